# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clock, journal and tenant file."""

from __future__ import annotations

import json
import time

import pytest
import requests
import yaml


def test_speed(start):
    api = start()
    simulator = api.simulator
    before = simulator.now()
    time.sleep(0.02)
    assert simulator.now() == before
    simulator.speed(1000)
    time.sleep(0.05)
    assert simulator.now() >= before + 50
    simulator.speed(0)
    now = simulator.now()
    simulator.advance(10)
    assert simulator.now() == now + 10
    with pytest.raises(ValueError, match="advance and speed"):
        simulator.admin("POST", "clock", {"adv": 1})


# ---- Journal


def test_journal_masks_secrets_and_counts(start):
    api = start()
    api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "X", "domainPWD": "canary-1"})
    api.get("/v1.0/nothing")
    text = json.dumps(api.simulator.log())
    assert "canary-1" not in text
    assert "sim-password" not in text
    assert '"domainPWD": "********"' in text
    counters = api.simulator.counters()
    assert counters["operations"] == {"issueToken": 1, "poolsUsingGET": 1, "createDesktopUsingPOST": 1, "unknown": 1}
    assert (counters["reads"], counters["writes"], counters["tokens"]) == (1, 1, 1)
    api.simulator.forget()
    assert api.simulator.log() == []
    assert api.simulator.counters()["reads"] == 0


# ---- Tenant file


def test_state_round_trip(start, tenant):
    api = start({**tenant, "simulator": {"paused_status": "Paused"}, "directory": ["ann@example.com"]})
    api.post(api.desktop_path("Sales EU", "SALES-001") + "/tags", json={"tags": [{"name": "x", "value": "y"}]})
    api.post(api.desktop_path("Sales EU", "SALES-002") + "/pause")
    api.simulator.advance(60)
    for _time in range(2):
        api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Twin"})
    state = api.simulator.state()
    desktops = api.desktops("Sales EU")
    api.simulator.reset(state)
    assert api.simulator.state() == state
    assert api.get("/v1.0/pools").status_code == 401
    api.sign_in()
    assert api.desktops("Sales EU") == desktops
    assert api.post(api.desktop_path("Sales EU", "SALES-002") + "/resume").status_code == 202


def test_state_as_yaml(start):
    api = start()
    answer = requests.get(api.simulator.url + "/_simulator/state", headers={"Accept": "application/yaml"}, timeout=10)
    assert yaml.safe_load(answer.text) == api.simulator.state()
    assert requests.put(api.simulator.url + "/_simulator/state", data=answer.text, timeout=10).status_code == 200


def test_ids_follow_from_the_seed(start):
    first, second, other = start(), start(), start(seed=1)
    assert first.pool("Lab") == second.pool("Lab")
    assert first.pool("Lab")["id"] != other.pool("Lab")["id"]


@pytest.mark.parametrize(
    "tenant, sentence",
    [
        ({"pool": []}, "Unknown in tenant: pool"),
        ({"pools": [{"name": "A", "colour": "red"}]}, "colour"),
        ({"pools": [{"region": "x"}]}, "A pool needs a name"),
        ({"desktops": [{"name": "D", "pool": "Nothing"}]}, "Pool 'Nothing' of desktop D"),
        ({"desktops": [{"name": "D", "pool": "A", "x": 1}], "pools": [{"name": "A"}]}, "Unknown in a desktop: x"),
        ({"users": [{"email": "a@example.com", "phone": 1}]}, "phone"),
        ({"admin": {"pin": 1}}, "Unknown in admin: pin"),
        ({"simulator": {"speeed": 1}}, "there is no switch 'speeed'"),
        ({"simulator": {"throttle_style": 500}}, "takes one of 429, 400"),
        ({"policies": {"Other": []}}, "Other"),
        ({"pools": [{"name": "A", "desktops_on_unassign": "burn"}]}, "suspend or return"),
        ([], "mapping"),
        ({"pools": "A"}, "pools is a list of mappings"),
        ({"pools": [{"name": "A"}], "desktops": [{"name": "D", "pool": "A", "tags": ["x"]}]}, "tags of desktop D is a mapping"),
    ],
)
def test_bad_tenants_are_refused_in_a_sentence_and_change_nothing(start, tenant, sentence):
    api = start()
    before = api.simulator.state()
    with pytest.raises(ValueError, match=sentence):
        api.simulator.admin("PUT", "state", tenant)
    assert api.simulator.state() == before
    assert api.get("/v1.0/pools").status_code == 200


def test_change_as_an_administrator(start):
    api = start()
    api.simulator.change(
        pools=[{"name": "Kiosk", "absent": True}, {"name": "Sales EU", "description": "new"}, {"name": "Fresh", "desktops": 1}],
        desktops=[{"pool": "Sales EU", "name": "SALES-001", "status": "Connected"}, {"pool": "Sales EU", "name": "SALES-009"}],
        users=[{"email": "ben@example.com", "absent": True}, {"email": "new@example.com"}])  # fmt: skip
    assert [pool["name"] for pool in api.get("/v1.0/pools").json()["desktopPools"]] == [
        "Sales EU",
        "Lab",
        "Own machines",
        "Far away",
        "Fresh",
    ]
    assert api.pool("Sales EU")["description"] == "new"
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Connected"
    assert "SALES-009" in api.desktops("Sales EU")
    assert api.user("ben@example.com").status_code == 400
    assert api.user("new@example.com").status_code == 200


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"pools": [{"name": "Fresh"}], "desktops": [{"name": "SALES-001", "absent": True}]}, "Pool None of desktop SALES-001"),
        ({"simulator": {"paused_status": "Paused"}, "users": [{"email": "new@example.com"}, {"email": "b@example.com", "phone": 1}]}, "phone"),
        ({"users": [{"email": "new@example.com"}], "ras": {"farm": {"colour": "red"}}}, "colour"),
    ],
)
def test_a_bad_change_changes_nothing(start, change, sentence):
    api = start()
    before = api.simulator.state()
    with pytest.raises(ValueError, match=sentence):
        api.simulator.change(**change)
    assert api.simulator.state() == before


def test_a_desktop_that_was_being_built_goes_on_after_a_reload(start):
    api = start({"pools": [{"name": "P"}], "desktops": [{"name": "P-001", "pool": "P", "status": "Provisioning"}]})
    api.simulator.advance(260)
    assert api.desktops("P")["P-001"]["status"] == "Ready"
