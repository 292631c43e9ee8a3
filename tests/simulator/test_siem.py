# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The events feed: who may ask, how events are asked for, and what becomes an event."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time

import pytest

ASK = "/services/data/v2/event"


def sign(method, path, body, *, form="WS", key=("sim-siem-key", "sim-siem-secret"), late=0):
    stamp = str(int((time.time() - late) * 1000))
    digest = hashlib.md5(body).hexdigest() if body else ""
    text = "\n".join([method, digest, path, "", f"x-ws-timestamp:{stamp}"])
    pair = f"{key[0]}:{base64.b64encode(hmac.digest(key[1].encode(), text.encode(), 'sha256')).decode()}"
    credentials = base64.b64encode(pair.encode()).decode() if form == "WS" else pair
    return {"x-ws-timestamp": stamp, "Authorization": f"{form} {credentials}"}


def call(api, method, path, data=None, **how):
    body = json.dumps({"version": "3.0", "provider": "Splunk", **data}).encode() if data else b""
    return api.request(method, path, data=body, headers=sign(method, path, body, **how))


def ask(api, checkpoint="0"):
    return call(api, "POST", ASK, {"checkpoint": checkpoint}).json()["poll"]


def read(api, checkpoint="0"):
    """(events, checkpoint) as a client gets them that waits long enough."""
    poll = ask(api, checkpoint)
    api.simulator.advance(60)
    assert call(api, "HEAD", poll).status_code == 200
    answer = call(api, "GET", poll)
    events = answer.json()["events"] if answer.status_code == 200 else []
    assert answer.headers["X-Ws-Num-Rec"] == str(len(events))
    return events, answer.headers["X-Ws-Checkpoint"]


@pytest.mark.parametrize("form", ["WS", "WSEvents"])
def test_both_forms_of_the_signature_are_taken_and_a_switch_takes_one(start, form):
    api = start(sign_in=False)
    assert call(api, "POST", ASK, {"test": "true"}, form=form).status_code == 200
    api.simulator.switches(siem_authorization="WS")
    assert call(api, "POST", ASK, {"test": "true"}, form=form).status_code == (200 if form == "WS" else 401)


@pytest.mark.parametrize(
    "how, status",
    [({"key": ("sim-siem-key", "wrong")}, 401), ({"key": ("wrong", "sim-siem-secret")}, 401), ({"late": 901}, 401), ({"late": 890}, 200)],
)
def test_key_and_time_of_the_signature_count(start, how, status):
    assert call(start(sign_in=False), "POST", ASK, {"test": "true"}, **how).status_code == status


def test_the_token_of_the_control_api_opens_nothing_and_a_suspended_company_is_403(start):
    api = start()
    assert api.post(ASK, json={"test": "true"}).status_code == 401
    api.simulator.switches(siem_company="suspended")
    assert call(api, "POST", ASK, {"test": "true"}).status_code == 403


def test_a_body_that_was_changed_on_its_way_is_refused(start):
    api = start()
    headers = sign("POST", ASK, b'{"test": "true"}')
    assert api.post(ASK, data=b'{"test": "TRUE"}', headers=headers).status_code == 401


@pytest.mark.parametrize("data", [{"checkpoint": 0}, {"checkpoint": "later"}, {}, {"checkpoint": "0", "provider": "Other"}])
def test_a_wrong_question_is_400(start, data):
    assert call(start(), "POST", ASK, data or {"other": "1"}).status_code == 400


def test_events_are_made_ready_on_request_and_the_request_ends(start):
    api = start({"events": [{"event_name": "First"}]})
    poll = ask(api)
    api.simulator.advance(59)
    assert (call(api, "HEAD", poll).status_code, call(api, "GET", poll).status_code) == (202, 202)
    api.simulator.advance(1)
    answer = call(api, "GET", poll)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json; charset=UTF-8")
    assert [event["eventName"] for event in answer.json()["events"]] == ["First"]
    api.simulator.advance(3540)
    assert call(api, "HEAD", poll).status_code == 400


def test_pages_and_checkpoints_lose_and_double_nothing(start):
    api = start({"events": [{"event_name": str(number)} for number in range(5)]}, siem_page=2)
    names, checkpoint = [], "0"
    for size in (2, 2, 1, 0):
        events, checkpoint = read(api, checkpoint)
        assert len(events) == size
        names += [event["eventName"] for event in events]
    assert names == ["0", "1", "2", "3", "4"]


def test_a_switch_tells_events_again_and_still_goes_on(start):
    api = start({"events": [{"event_name": str(number)} for number in range(4)]}, siem_page=3, siem_repeats=1)
    first, checkpoint = read(api)
    second, checkpoint = read(api, checkpoint)
    third, _checkpoint = read(api, checkpoint)
    assert [[event["eventName"] for event in events] for events in (first, second, third)] == [["0", "1", "2"], ["2", "3"], ["3"]]


def test_events_may_arrive_late(start):
    api = start({}, event_arrival_seconds=300)
    api.simulator.change(events=[{"event_name": "Late"}])
    assert read(api)[0] == []
    api.simulator.advance(300)
    assert [event["eventName"] for event in read(api)[0]] == ["Late"]


def test_what_happens_in_the_tenant_becomes_events(api):
    api.post(api.desktop_path("Sales EU", "SALES-001") + "/reboot")
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-001", "session": "connected"}])
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-002", "status": "Error"}])
    api.simulator.change(pools=[{"name": "Lab", "description": "New"}])
    events, _checkpoint = read(api)
    assert [(event["eventType"], event["eventName"], event["email"], event["device"]) for event in events] == [
        ("Admin", "Reboot Desktop", "admin@example.com", ""),
        ("User", "Sign In", "ann@example.com", "SALES-001"),
        ("VM Desktop", "Desktop Failed", "", "SALES-002"),
        ("Admin", "Pools changed", "somebody.else@example.com", ""),
    ]
    assert {key for event in events for key in event} == {
        *("username", "email", "description", "eventType", "eventName", "dateTime", "location", "device", "severity")
    }
    assert time.strptime(events[0]["dateTime"][:-4], "%m/%d/%Y %H:%M:%S")


def test_a_desktop_that_cannot_be_built_is_an_event_and_a_refused_write_is_none(start):
    api = start(provisioning_fails="NEW")
    assert api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "no good"}).status_code == 400
    api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "NEW"})
    api.simulator.advance(240)
    assert [(event["eventName"], event["device"]) for event in read(api)[0]] == [("Create Desktop", ""), ("Desktop Failed", "NEW")]


def test_the_feed_takes_nothing_from_the_budget_of_calls(start):
    api = start(throttle="1/2")
    read(api)
    assert {name: count for name, count in api.simulator.counters().items() if name != "operations"} == {
        "reads": 0,
        "writes": 0,
        "tokens": 1,
        "throttled": 0,
    }
