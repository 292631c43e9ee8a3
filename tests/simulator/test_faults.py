# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be made to go wrong."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest
import requests


def pools(api, times=1):
    """The last of so many answers."""
    return [api.get("/v1.0/pools") for _time in range(times)][-1]


def test_drop_before_runs_nothing(start):
    api = start()
    path = api.pool_path("Sales EU") + "/desktops"
    api.simulator.fault("drop_before", method="POST", path="/desktops$")
    with pytest.raises(requests.ConnectionError):
        api.post(path, json={"computerName": "Ghost"})
    assert "Ghost" not in api.desktops("Sales EU")
    entry = next(entry for entry in api.simulator.log() if entry["fault"])
    assert (entry["fault"], entry["status"], entry["operation_id"]) == ("drop_before", None, "createDesktopUsingPOST")


def test_drop_after_has_run_the_call(start):
    api = start()
    path = api.pool_path("Sales EU") + "/desktops"
    api.simulator.fault("drop_after", operation_id="createDesktopUsingPOST")
    with pytest.raises(requests.ConnectionError):
        api.post(path, json={"computerName": "Ghost"})
    assert "Ghost" in api.desktops("Sales EU")
    assert api.post(path).status_code == 202


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_dropped_connection_carries_no_byte(start, kind):
    api = start()
    api.simulator.fault(kind, path="pools")
    host, port = api.simulator.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(f"GET /v1.0/pools HTTP/1.1\r\nHost: x\r\nAuthorization: {api.headers['Authorization']}\r\n\r\n".encode())
        received = b""
        with contextlib.suppress(ConnectionResetError):
            received = line.recv(1000)
    assert received == b""


@pytest.mark.parametrize("kind, runs", [("status", False), ("status_after", True)])
@pytest.mark.parametrize("status", [500, 502, 503])
def test_status(start, kind, runs, status):
    api = start()
    path = api.pool_path("Sales EU") + "/desktops"
    api.simulator.fault(kind, method="POST", status=status)
    assert api.post(path, json={"computerName": "Ghost"}).status_code == status
    assert ("Ghost" in api.desktops("Sales EU")) is runs


def test_garbage_html_and_cut_bodies(start):
    api = start()
    api.simulator.fault("garbage", path="pools")
    with pytest.raises(ValueError):
        api.get("/v1.0/pools").json()
    api.simulator.fault("html", path="pools")
    assert api.get("/v1.0/pools").headers["Content-Type"] == "text/html"
    api.simulator.fault("cut_body", path="pools")
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        api.get("/v1.0/pools")
    assert pools(api).status_code == 200


@pytest.mark.parametrize("kind", ["garbage", "cut_body"])
def test_an_answer_without_a_body_can_go_wrong_as_well(start, kind):
    api = start()
    path = api.desktop_path("Sales EU", "SALES-001")
    api.simulator.fault(kind, method="DELETE")
    if kind == "cut_body":
        with pytest.raises(requests.ConnectionError):
            api.delete(path)
    else:
        assert api.delete(path).status_code == 200
    assert api.get(path).json()["status"] == "Deleting"


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "cut_body"])
def test_connections_break_under_tls_too(start, kind):
    api = start(tls=True)
    api.simulator.fault(kind, path="pools")
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        api.get("/v1.0/pools")
    assert pools(api).status_code == 200


def test_slow_answer_has_run_the_call_and_holds_up_nobody_else(start):
    api = start()
    path = api.simulator.url + api.pool_path("Sales EU") + "/desktops"
    api.simulator.fault("slow", method="POST", seconds=1)
    headers = dict(api.headers)
    waiting = threading.Thread(target=lambda: requests.post(path, json={"computerName": "Slow"}, headers=headers, timeout=10))
    waiting.start()
    deadline = time.monotonic() + 0.9
    while "Slow" not in api.desktops("Sales EU") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "Slow" in api.desktops("Sales EU")
    assert waiting.is_alive()
    waiting.join()


def test_throttle_revoke_and_times(start):
    api = start()
    api.simulator.fault("throttle", path="pools", times=2, seconds=3)
    assert pools(api).json()["X-Retry-After-Secs"] == 3
    assert pools(api).status_code == 429
    assert pools(api).status_code == 200
    api.simulator.fault("revoke_token", path="pools", skip=1)
    assert pools(api).status_code == 200
    assert pools(api).status_code == 401
    api.sign_in()
    assert pools(api).status_code == 200
    assert [fault["struck"] for fault in api.simulator.faults()] == [2, 1]
    api.simulator.clear_faults()
    assert api.simulator.faults() == []


def test_lost_operation_goes_on_unseen(start):
    api = start()
    api.simulator.fault("lose_operation", method="POST")
    answer = api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Lost"})
    assert api.get(answer.json()["statusURL"]).status_code == 400
    api.simulator.advance(260)
    assert api.desktops("Sales EU")["Lost"]["status"] == "Ready"


@pytest.mark.parametrize("work, status", [("stops", "Provisioning"), ("finishes", "Ready")])
def test_restart(start, work, status):
    api = start()
    answer = api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Running"})
    api.simulator.fault("restart", path="pools", seconds=600, work=work)
    assert pools(api).status_code == 503
    assert pools(api).status_code == 503
    api.simulator.advance(600)
    assert api.get(answer.json()["statusURL"]).json()["status"] == "InProgress"
    assert api.desktops("Sales EU")["Running"]["status"] == status
    # What starts after the restart is not harmed.
    assert api.finish(api.post(api.pool_path("Sales EU") + "/desktops"), 240)["status"] == "Succeeded"


def test_a_rival_makes_the_same_call_first(start):
    api = start(duplicate_names="refuse")
    api.simulator.fault("rival", operation_id="createDesktopUsingPOST")
    assert api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Ghost"}).status_code == 400
    assert "Ghost" in api.desktops("Sales EU")


@pytest.mark.parametrize(
    "kind, ran", [("drop_before", False), ("status", False), ("throttle", False), ("drop_after", True), ("html", True), ("rival", True)]
)
def test_the_log_tells_what_ran(start, kind, ran):
    api = start()
    path = api.pool_path("Sales EU") + "/desktops"
    api.simulator.fault(kind, operation_id="createDesktopUsingPOST")
    with contextlib.suppress(requests.ConnectionError):
        api.post(path, json={"computerName": "Ghost"})
    assert ("Ghost" in api.desktops("Sales EU")) is ran
    api.post(path, data="no JSON")
    written = [entry["ran"] for entry in api.simulator.log() if entry["operation_id"] == "createDesktopUsingPOST"]
    assert written == [ran, False]


def test_concurrent_change_comes_before_the_call(start):
    api = start()
    path = api.desktop_path("Sales EU", "SALES-001")
    api.simulator.fault(
        "concurrent", path="SALES|desktops/", change={"desktops": [{"pool": "Sales EU", "name": "SALES-001", "absent": True}]}
    )
    assert api.get(path).status_code == 400


def test_bad_faults_are_refused_in_a_sentence(start):
    simulator = start().simulator
    with pytest.raises(ValueError, match="needs a kind out of"):
        simulator.fault("explode")
    with pytest.raises(ValueError, match="regular expression"):
        simulator.fault("status", path="(")
    with pytest.raises(ValueError, match="matches by"):
        simulator.admin("POST", "faults", {"kind": "status", "match": {"verb": "GET"}})
