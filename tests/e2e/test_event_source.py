# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source for ansible-rulebook on its own, loaded as ansible-rulebook loads it, against the feed of a simulated tenant."""

from __future__ import annotations

import asyncio
import json
import runpy
import stat
import traceback
from datetime import datetime

import pytest
from canaries import CANARY, shown
from euc_simulator.testing import Simulator
from strangers import REDIRECTS, stranger
from support import ROOT
from vendors import ODD

FILE = ROOT / "extensions" / "eda" / "plugins" / "event_source" / "workspot_events.py"
KEY = {"key_id": "sim-siem-key", "secret_key": "sim-siem-secret"}
SPEED = 2000


@pytest.fixture(autouse=True)
def pace(monkeypatch):
    monkeypatch.setenv("EUC_FLEET_CLOCK_SPEED", str(SPEED))


@pytest.fixture
def simulator():
    with Simulator({"pools": [{"name": "Sales", "desktops": 3, "desktop_name_prefix": "SALES"}]}, speed=SPEED) as simulator:
        yield simulator


class Source:
    """The running event source and what it has delivered."""

    def __init__(self, **args):
        self._args = args

    async def __aenter__(self):
        self._queue = asyncio.Queue(1)  # as ansible-rulebook has it
        self._task = asyncio.create_task(runpy.run_path(str(FILE))["main"](self._queue, self._args))
        return self

    async def __aexit__(self, *_problem):
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def next(self):
        """The next event. A source that has ended raises what it ended with."""
        get = asyncio.create_task(self._queue.get())
        await asyncio.wait({get, self._task}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        if not get.done():
            get.cancel()
            self._task.result()
        return get.result()["workspot"]

    async def names(self, count):
        return [(await self.next())["event_name"] for _number in range(count)]

    def left(self):
        """What was handed over and not taken."""
        return [] if self._queue.empty() else [self._queue.get_nowait()["workspot"]["event_name"]]


@pytest.fixture
def source(simulator, tmp_path):
    def make(**more):
        return Source(**{"url": simulator.url, **KEY, "checkpoint_file": str(tmp_path / "events.json"), **more})

    return make


def numbered(*numbers):
    return [{"event_name": str(number)} for number in numbers]


async def until(true):
    """Let the source run until something is so."""
    for _moment in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never became so")


def calls(simulator, method="POST"):
    return [entry for entry in simulator.log() if entry["method"] == method]


def test_only_what_happens_from_the_first_start_on_is_told(simulator, source, tmp_path):
    simulator.change(events=numbered("long ago"))

    async def play():
        async with source() as running:
            await until((tmp_path / "events.json").exists)
            simulator.change(desktops=[{"pool": "Sales", "name": "SALES-001", "status": "Failed"}])
            return await running.next()

    event = asyncio.run(play())
    assert (event["event_type"], event["severity"], event["device"]) == ("VM Desktop", "Error", "SALES-001")
    assert set(event) == {
        *("username", "email", "description", "event_type", "event_name", "date_time", "location", "device", "severity")
    }


def test_all_pages_come_in_order_once_each_and_a_full_one_is_followed_at_once(simulator, source, monkeypatch):
    # So slow that a rest takes 36 seconds, longer than the next event is waited for, however busy the machine is.
    monkeypatch.setenv("EUC_FLEET_CLOCK_SPEED", "25")
    simulator.speed(25)
    simulator.change(events=numbered(*range(2003)))

    async def play():
        async with source(history="yes") as running:
            return await running.names(2003)

    assert asyncio.run(play()) == [str(number) for number in range(2003)]
    assert len(calls(simulator)) == 3


def test_it_goes_on_where_it_stopped_with_what_came_meanwhile(simulator, source, tmp_path):
    simulator.change(events=numbered(*range(5)))

    async def begin():
        async with source(history=True) as running:
            return await running.names(2) + running.left()

    async def go_on(count):
        async with source() as running:
            return await running.names(count)

    first = asyncio.run(begin())
    simulator.change(events=numbered(5, 6))
    assert first + asyncio.run(go_on(7 - len(first))) == [str(number) for number in range(7)]
    kept = tmp_path / "events.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.json", "events.json.lock"]


def test_what_the_feed_repeats_is_told_once(simulator, source):
    simulator.switches(siem_repeats=3)
    simulator.change(events=numbered(0, 1, 2))

    async def play():
        async with source(history=True) as running:
            names = await running.names(3)
            simulator.change(events=numbered(3))
            return names + await running.names(1)

    assert asyncio.run(play()) == ["0", "1", "2", "3"]
    assert len(calls(simulator, "GET")) == 2


def test_with_feedback_an_event_that_no_rule_has_taken_comes_again(simulator, source):
    simulator.change(events=numbered(0, 1))

    async def play():
        taken = asyncio.Queue()
        async with source(history=True, feedback=True, eda_feedback_queue=taken) as running:
            await running.next()
            await taken.put("taken")
            await running.next()
        async with source(feedback=True, eda_feedback_queue=taken) as running:
            return await running.names(1)

    assert asyncio.run(play()) == ["1"]


@pytest.mark.parametrize(
    "kind, method, data",
    [
        ("status", "POST", {"status": 502}),
        ("throttle", "POST", {}),
        ("drop_before", "POST", {}),
        ("html", "POST", {}),
        ("status", "HEAD", {"status": 500}),
        ("garbage", "GET", {}),
        ("answer", "POST", {"status": 202, "text": "[" * 100_000}),
        ("answer", "GET", {"text": '{"events": ' + "[" * 100_000}),
        ("answer", "GET", {"text": '{"events": [7]}', "headers": {"Content-Type": "application/json; charset=base64"}}),
        ("cut_body", "GET", {}),
    ],
)
def test_after_trouble_it_rests_15_minutes_and_asks_again(simulator, source, caplog, kind, method, data):
    simulator.change(events=numbered("one"))
    simulator.fault(kind, method=method, **data)

    async def play():
        async with source(history=True) as running:
            return await running.names(1)

    assert asyncio.run(play()) == ["one"]
    first, second = (datetime.fromisoformat(entry["time"].replace("Z", "+00:00")).timestamp() for entry in calls(simulator))
    assert second - first >= 15 * 60
    (warning,) = caplog.messages
    assert warning.endswith("the events feed is asked again in 15 minutes") and "sim-siem" not in warning


def test_a_redirect_is_trouble_and_nobody_else_is_asked(simulator, source, caplog):
    simulator.change(events=numbered("one"))
    methods = ("POST", "HEAD", "GET", "POST", "HEAD")
    with stranger() as elsewhere:
        for method, status in zip(methods, REDIRECTS):
            simulator.fault("answer", method=method, status=status, text="", headers={"Location": f"{elsewhere.origin}/here"})

        async def play():
            async with source(history=True) as running:
                return await running.names(1)

        assert asyncio.run(play()) == ["one"]
        assert elsewhere.heard == []
    assert sorted(message.split("status ")[1][:3] for message in caplog.messages) == [str(status) for status in REDIRECTS]


def test_an_address_in_an_answer_is_a_path_and_no_more(simulator, source):
    simulator.change(events=numbered("one"))
    with stranger() as elsewhere:
        simulator.fault("answer", method="POST", status=202, text=json.dumps({"poll": f"{elsewhere.origin}/services/data/v2/request/x"}))

        async def play():
            async with source(history=True) as running:
                return await running.names(1)

        assert asyncio.run(play()) == ["one"]
        assert elsewhere.heard == [] and "/services/data/v2/request/x" in [call["path"] for call in calls(simulator, "HEAD")]


def test_the_key_is_told_nowhere(simulator, source, tmp_path, caplog, capfd):
    # Its own log, that of aiohttp and of asyncio, as a program shows them that is as verbose as it can be.
    caplog.set_level("DEBUG")
    key = f"{CANARY}-key{ODD}"
    simulator.change(events=numbered("one"), admin={"siem": {"secret_key": key}})
    for kind, data in (("status", {"status": 502}), ("garbage", {}), ("drop_before", {}), ("answer", {"status": 400, "text": key})):
        simulator.fault(kind, **data)

    async def play(given):
        async with source(history=True, secret_key=given) as running:
            return await running.names(2)

    # The other event is that the key was changed.
    assert "one" in asyncio.run(play(key), debug=True)
    with pytest.raises(Exception, match="the key is wrong") as refusal:
        asyncio.run(play(f"{key}-wrong"), debug=True)
    told = [*caplog.messages, *capfd.readouterr(), *map(str, calls(simulator)), "".join(traceback.format_exception(refusal.value))]
    assert len(caplog.messages) > 4 and shown("\n".join(told).encode()) == []
    assert [file for file in tmp_path.iterdir() if shown(file.read_bytes())] == []


def test_a_full_page_that_leads_nowhere_is_trouble(simulator, source, caplog):
    simulator.change(events=numbered("one"))
    page = json.dumps({"events": numbered(*range(1000))})
    simulator.fault("answer", method="GET", text=page, headers={"X-Ws-Checkpoint": ""})

    async def play():
        async with source(history=True) as running:
            return await running.names(1)

    assert asyncio.run(play()) == ["one"]
    first, second = (datetime.fromisoformat(entry["time"].replace("Z", "+00:00")).timestamp() for entry in calls(simulator))
    assert second - first >= 15 * 60 and "told a full page of events and no checkpoint for the next one" in caplog.text


def test_events_that_never_get_ready_are_asked_for_again(simulator, source, caplog):
    simulator.switches(siem_request_seconds=10**6, siem_request_life_seconds=10**6)

    async def play():
        async with source(history=True):
            await until(lambda: len(calls(simulator)) == 2)

    asyncio.run(play())
    assert "did not make its events ready within an hour" in caplog.text
    # Looked for every 30 seconds of an hour, and then once more for the second request at most.
    assert 120 <= len(calls(simulator, "HEAD")) <= 121


@pytest.mark.parametrize("switches, wrong, status", [({}, {"secret_key": "sim-siem-other"}, 401), ({"siem_company": "suspended"}, {}, 403)])
def test_a_refused_key_ends_it_at_once(simulator, source, switches, wrong, status):
    simulator.switches(**switches)

    async def play():
        async with source(**wrong) as running:
            await running.next()

    with pytest.raises(Exception, match=f"refuses the events feed with status {status}") as refusal:
        asyncio.run(play())
    assert [entry["status"] for entry in simulator.log()] == [status]
    assert "sim-siem" not in str(refusal.value)


@pytest.mark.parametrize("form", ["WS", "WSEvents"])
def test_both_forms_of_the_signature_can_be_made(simulator, source, form):
    simulator.switches(siem_authorization=form)
    simulator.change(events=numbered("one"))

    async def play():
        async with source(history=True, authorization=form) as running:
            return await running.names(1)

    assert asyncio.run(play()) == ["one"]


def test_a_certificate_is_checked_and_a_netrc_file_is_not_read(tmp_path, source, caplog, monkeypatch):
    (tmp_path / "netrc").write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    async def play(**options):
        async with source(history=True, **options) as running:
            if "ca_path" in options:
                return await running.names(1)
            await until(lambda: "certificate" in caplog.text)

    with Simulator({"events": numbered("one")}, speed=SPEED, tls=True) as simulator:
        asyncio.run(play(url=simulator.url))
        assert simulator.log() == []
        assert asyncio.run(play(url=simulator.url, ca_path=simulator.ca_path)) == ["one"]


def test_the_rules_go_on_while_the_feed_is_slow(simulator, source):
    simulator.fault("slow", method="POST", seconds=1)
    simulator.change(events=numbered("one"))
    turns = 0

    async def others():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.01)

    async def play():
        beside = asyncio.create_task(others())
        async with source(history=True) as running:
            await running.next()
        beside.cancel()

    asyncio.run(play())
    assert turns > 20


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"key_id": None}, "workspot_events needs key_id or WORKSPOT_SIEM_KEY_ID."),
        ({"checkpoint_file": None}, "workspot_events needs checkpoint_file."),
        ({"intervall": 5}, "workspot_events does not know intervall; it takes key_id, "),
        ({"history": "perhaps"}, "history of workspot_events is true or false, not 'perhaps'."),
        ({"request_timeout": 0}, "request_timeout of workspot_events is a number of seconds above 0, not 0."),
        ({"authorization": "Basic"}, "authorization of workspot_events is WS or WSEvents, not 'Basic'."),
        ({"url": "https://control.example.com/services"}, "url of workspot_events is an address without a path"),
        ({"url": "https://me:secret@control.example.com"}, "url of workspot_events is an address without a path"),
        ({"ca_path": "/nowhere/ca.pem"}, "There is no file '/nowhere/ca.pem', which ca_path of workspot_events names."),
        ({"checkpoint_file": "/nowhere/events.json"}, "The folder of '/nowhere/events.json', the checkpoint_file of workspot_events, does not exist."),
    ],
)
def test_bad_options_are_one_sentence_and_nothing_is_asked(simulator, source, wrong, says):
    async def play():
        async with source(**wrong) as running:
            await running.next()

    with pytest.raises(ValueError) as refusal:
        asyncio.run(play())
    assert str(refusal.value).startswith(says) and "secret" not in str(refusal.value).replace("secret_key", "")
    assert simulator.log() == []


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"checkpoint": "1"}'])
def test_a_file_that_is_something_else_is_left_alone(simulator, source, tmp_path, kept):
    (tmp_path / "events.json").write_text(kept)

    async def play():
        async with source() as running:
            await running.next()

    with pytest.raises(ValueError, match="is no checkpoint_file of workspot_events; remove it to begin anew"):
        asyncio.run(play())
    assert ((tmp_path / "events.json").read_text(), simulator.log()) == (kept, [])


def test_two_rulebooks_do_not_share_a_file(simulator, source, tmp_path):
    async def play():
        async with source():
            await until((tmp_path / "events.json").exists)
            async with source() as second:
                await second.next()

    with pytest.raises(ValueError, match="give each rulebook a checkpoint_file of its own"):
        asyncio.run(play())
    assert set(json.loads((tmp_path / "events.json").read_text())) == {"checkpoint", "skips", "delivered"}
