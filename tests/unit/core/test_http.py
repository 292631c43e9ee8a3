# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session's rules: what is sent again, what never, where the token goes, and what an error says."""

from __future__ import annotations

import socket

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core import http as transport
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import (
    ApiError,
    BadAnswer,
    LoginFailed,
    OutcomeUnknown,
    Throttled,
    Unreachable,
    WriteInCheckMode,
)
from ansible_collections.euc.fleet.plugins.module_utils.core.http import Session
from ansible_collections.euc.fleet.plugins.module_utils.core.throttle import Budget
from ansible_collections.euc.fleet.plugins.module_utils.workspot.auth import ReadyToken
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import Dialect
from unit.clocks import ManualClock
from unit.scripted import scripted

OK = (200, '{"fine": true}')
THROTTLED = '{"X-Retry-After-Secs": 12, "description": "RateLimitExceeded", "error": "TooManyRequests"}'
DOING = "delete desktop 'A'"


class Renewable(ReadyToken):
    """A login whose second token is good."""

    def expire(self):
        self._token = "second-token"
        return True


def session(url, login=None, **more):
    clock = ManualClock()
    budget = Budget("/nonexistent/unused", {}, clock)
    return Session(url, login or ReadyToken("first-token", "x"), Dialect(), budget, clock, **{"request_timeout": 2, **more})


@pytest.mark.parametrize(
    "trouble", [None, (503, "busy"), (502, "<html>"), (500, "{}"), (200, '{"cut'), (200, '{"fine"', {"Content-Length": "500"})]
)
def test_a_read_is_repeated(trouble):
    with scripted(OK, trouble, trouble, OK) as (url, seen):
        client = session(url)
        client.call("GET", "/a", doing="read")
        assert client.call("GET", "/a", doing="read").body == {"fine": True}
        assert len(seen) == 4
        assert client.usage.reads == 4


@pytest.mark.parametrize("trouble", [None, (503, "busy"), (500, "{}"), (200, "<html>"), (200, '{"fine"', {"Content-Length": "500"})])
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_write_in_doubt_is_never_repeated(trouble, method):
    with scripted(trouble, OK) as (url, seen):
        with pytest.raises(OutcomeUnknown, match="Could not delete desktop 'A': whether it ran is unknown"):
            session(url).call(method, "/a", doing=DOING)
        assert len(seen) == 1


@pytest.mark.parametrize("status", [400, 429])
def test_a_throttled_call_is_repeated_after_the_wait_it_names(status):
    with scripted((status, THROTTLED), OK) as (url, seen):
        client = session(url)
        assert client.call("POST", "/a", doing=DOING, body={"x": 1}).status == 200
        assert client.clock.slept == [12]
        assert (client.usage.throttled, client.usage.writes) == (1, 2)
        assert seen[0][3] == seen[1][3] == b'{"x": 1}'


def test_a_file_goes_out_as_a_form_and_again_after_a_throttle_answer_and_an_expired_token():
    with scripted((429, THROTTLED), (401, "{}"), OK) as (url, seen):
        client = session(url, Renewable("first-token", "x"))
        assert client.call("POST", "/icon", doing="upload", files={"icon": ("logo.png", b"\x89PNG")}).body == {"fine": True}
        assert [request[2]["Authorization"] for request in seen] == ["Bearer first-token"] * 2 + ["Bearer second-token"]
        for _method, _path, headers, body in seen:
            assert headers["Content-Type"].startswith("multipart/form-data; boundary=")
            assert b'name="icon"; filename="logo.png"' in body and b"\x89PNG" in body


@pytest.mark.parametrize("hint, pause", [("NaN", 10), ("1e400", 10), ("-Infinity", 10), ("1" * 400, 10), ('"soon"', 10), ("{}", 10), ("-5", 0)])
def test_a_wait_that_makes_no_sense_is_a_short_one(hint, pause):
    with scripted((429, f'{{"X-Retry-After-Secs": {hint}}}', {"Retry-After": hint}), OK) as (url, _seen):
        client = session(url)
        assert client.call("POST", "/a", doing=DOING).body == {"fine": True}
        assert client.clock.slept == ([pause] if pause else [])


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/html; charset=nonsense"},
        {"Content-Type": "application/json; charset=base64"},
        {"Content-Type": "\xff\x00"},
        {"Location": "http://[::1"},
        {"Set-Cookie": "a=b; expires=never; domain=\xff"},
        {"Content-Encoding": "identity", "X": "y" * 60_000},
    ],
)
def test_what_headers_say_of_a_good_answer_does_not_matter(headers):
    with scripted((200, '{"fine": "\u00e9"}', headers)) as (url, _seen):
        assert session(url).call("GET", "/a", doing="read").body == {"fine": "\u00e9"}


@pytest.mark.parametrize("location", ["http://[::1", "\xff", "//x", "javascript:alert(1)", "x" * 60_000])
def test_a_redirect_is_one_sentence_wherever_it_leads(location):
    with scripted((302, "", {"Location": location})) as (url, _seen):
        with pytest.raises(ApiError, match="redirects elsewhere"):
            session(url).call("GET", "/a", doing="read")


def test_throttling_beyond_the_time_limit_ends_the_task():
    with scripted((429, THROTTLED)) as (url, _seen):
        with pytest.raises(Throttled, match="asks to wait 12 s"):
            session(url, retry_timeout=10).call("GET", "/a", doing="read")


def test_a_refused_connection_is_tried_again_even_for_a_write_and_given_up_soon():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = session(f"http://127.0.0.1:{port}")
    with pytest.raises(Unreachable, match=f"no connection to http://127.0.0.1:{port}: .*refused"):
        client.call("POST", "/a", doing=DOING)
    assert client.clock.slept == [1, 2]


def test_an_expired_token_is_renewed_once_for_reads_and_writes():
    for method in ("GET", "POST"):
        with scripted((401, "{}"), OK) as (url, seen):
            session(url, Renewable("first-token", "x")).call(method, "/a", doing=DOING)
            assert [request[2]["Authorization"] for request in seen] == ["Bearer first-token", "Bearer second-token"]


def test_a_second_refusal_of_the_token_ends_the_task():
    with scripted((401, '{"error": "invalid_token"}')) as (url, seen):
        with pytest.raises(LoginFailed, match="token was not accepted: HTTP 401, invalid_token"):
            session(url, Renewable("first-token", "x")).call("GET", "/a", doing="read")
        assert len(seen) == 2


def test_no_write_leaves_a_session_that_only_reads():
    with scripted(OK) as (url, seen):
        with pytest.raises(WriteInCheckMode):
            session(url, read_only=True).call("POST", "/a", doing=DOING)
        assert not seen


def test_the_token_does_not_follow_a_redirect():
    with scripted(OK) as (elsewhere, stolen):
        with scripted((302, "", {"Location": elsewhere})) as (url, _seen):
            with pytest.raises(ApiError, match="redirects elsewhere"):
                session(url).call("GET", "/a", doing="read")
        assert not stolen


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_download_trusts_whom_the_calls_trust():
    # Behind a proxy that looks into TLS, every host has a certificate of the proxy's authority.
    testing = pytest.importorskip("euc_simulator.testing", reason="the simulator is installed in .venv only")
    with testing.Simulator(tls=True) as elsewhere, scripted(OK) as (url, seen):
        link = elsewhere.url + "/_simulator/counters"
        with pytest.raises(Unreachable, match=f"The certificate of {elsewhere.url} is not trusted .*'ca_path'"):
            session(url).download(link, doing="download")
        for verify in (elsewhere.ca_path, False):
            assert b"reads" in session(url, verify=verify).download(link, doing="download")
        assert seen == []


def test_a_download_carries_no_credentials(tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login thief password thief-password\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with scripted((200, "content")) as (elsewhere, seen), scripted(OK) as (url, asked):
        client = session(url)
        client.call("GET", "/a", doing="read")
        assert client.download(elsewhere + "/file", doing="download") == b"content"
        assert "Authorization" not in seen[0][2]
        assert asked[0][2]["Authorization"] == "Bearer first-token"


def test_an_expired_link_is_one_sentence():
    with scripted((403, "<Error>AccessDenied</Error>")) as (url, _seen):
        with pytest.raises(BadAnswer, match="Could not download: HTTP 403 .* links expire"):
            session(url).download(url + "/file", doing="download")


def test_a_refusal_tells_what_the_server_said_and_hides_secrets():
    with scripted((400, '{"error": "invalidState", "description": "no\\n way, first-token"}')) as (url, _seen):
        with pytest.raises(ApiError) as caught:
            session(url).call("DELETE", "/a", doing=DOING)
    assert str(caught.value) == "Could not delete desktop 'A': HTTP 400, invalidState: no way, ********"
    assert caught.value.facts == {"status": 400, "token": "invalidState", "text": "no\n way, ********"}


def test_html_instead_of_json_is_told_after_a_few_tries():
    with scripted((200, "<html><body>Welcome to the hotel</body></html>")) as (url, seen):
        with pytest.raises(BadAnswer, match="a body that is no JSON .*Welcome to the hotel.*check that 'url'"):
            session(url).call("GET", "/a", doing="read")
        assert len(seen) == transport.GARBAGE_TRIES


def test_an_endless_answer_is_cut_off(monkeypatch):
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1000)
    with scripted((200, "[" + "1," * 100_000 + "1]")) as (url, _seen):
        with pytest.raises(BadAnswer, match="the answer is endless"):
            session(url, retry_timeout=1).call("GET", "/a", doing="read")


def test_an_empty_answer_is_nothing():
    with scripted((204, "")) as (url, _seen):
        assert session(url).call("DELETE", "/a", doing=DOING).body is None


@pytest.mark.parametrize("url", ["htp://x", "http://", "not an address"])
def test_an_address_that_is_none_is_told_at_once(url):
    with pytest.raises(Unreachable):
        session(url).call("GET", "/a", doing="read")
