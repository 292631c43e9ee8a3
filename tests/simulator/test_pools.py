# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktop pools."""

from __future__ import annotations

import pytest


def test_list_and_show(api):
    pools = api.get("/v1.0/pools").json()["desktopPools"]
    assert [pool["name"] for pool in pools] == ["Sales EU", "Lab", "Kiosk", "Own machines", "Far away"]
    sales = api.get(f"/v1.0/pools/{pools[0]['id']}").json()
    assert sales == pools[0]
    assert (sales["usedCount"], sales["availCount"], sales["template"], sales["status"]) == (1, 2, "Win11", "Success")


def test_unknown_pool(api):
    answer = api.get("/v1.0/pools/nothing")
    assert answer.status_code == 400
    assert answer.json() == {"error": "notFound", "description": "Pool nothing was not found"}
    api.simulator.switches(not_found_status=404, not_found_text="No {noun} here")
    answer = api.get("/v1.0/pools/nothing")
    assert (answer.status_code, answer.json()["description"]) == (404, "No Pool here")


def test_agent_token_and_login_options(api):
    token = api.get(api.pool_path("Lab") + "/agentToken").json()
    assert len(token["poolAgentToken"]) == 40
    assert {"name": "SSO_AAD"} in api.get("/v1.0/pools/loginOptions").json()["loginOptions"]


def test_create_from_reference_builds_afterwards(api):
    answer = api.post(
        "/v1.0/pools",
        json={
            "poolName": "New",
            "referencePoolName": "Lab",
            "numberOfDesktops": 2,
            "desktopNamePrefix": "NEW",
            "desktopNameSuffixLength": 2,
            "description": "Fresh",
            "protocolPolicy": "Default Protocol",
        },
    )
    assert answer.status_code == 200
    assert answer.json()["status"] == "Succeeded"
    pool = api.pool("New")
    assert pool["id"] == answer.json()["desktopPoolId"]
    assert (pool["template"], pool["zone"], pool["description"]) == ("Lab image", "europe-west1-b", "Fresh")
    assert {name: desktop["status"] for name, desktop in api.desktops("New").items()} == {
        "NEW-01": "Provisioning",
        "NEW-02": "Provisioning",
    }
    api.simulator.advance(240)
    assert [desktop["status"] for desktop in api.desktops("New").values()] == ["Online", "Provisioning"]
    api.simulator.advance(260)
    assert [desktop["status"] for desktop in api.desktops("New").values()] == ["Ready", "Ready"]


@pytest.mark.parametrize(
    "body, word",
    [
        ({"poolName": "New"}, "needed"),
        ({"poolName": "New", "referencePoolName": "Nothing"}, "not found"),
        ({"poolName": "New", "referencePoolName": "Sales EU"}, "not supported"),
        ({"poolName": "Lab", "referencePoolName": "Lab"}, "already exists"),
        ({"poolName": "New", "referencePoolName": "Lab", "warmupPolicy": "Nothing"}, "not found"),
        ({"poolName": "New", "referencePoolName": "Lab", "desktopNameSuffixLength": 5}, "1 to 4"),
        ({"poolName": "New", "referencePoolName": "Lab", "numberOfDesktops": -1}, "negative"),
    ],
)
def test_create_refused(lenient, body, word):
    answer = lenient.post("/v1.0/pools", json=body)
    assert answer.status_code == 400
    assert word in answer.json()["description"]
    lenient.simulator.switches(pool_write_failure="answered")
    answer = lenient.post("/v1.0/pools", json=body)
    assert (answer.status_code, answer.json()["status"]) == (200, "Failure")
    assert word in answer.json()["errorInfo"]["description"]
    assert len(lenient.get("/v1.0/pools").json()["desktopPools"]) == 5


def test_update_takes_the_name_and_changes_what_is_given(api):
    lab = api.pool("Lab")
    assert api.post(f"/v1.0/pools/{lab['id']}", json={"description": "x"}).status_code == 400
    answer = api.post("/v1.0/pools/Lab", json={"autoCreateOnDelete": False, "protocolPolicy": "Default Protocol"})
    assert answer.json()["desktopPoolId"] == lab["id"]
    assert api.pool("Lab") == {**lab, "createDesktopOnDelete": False}
    assert api.simulator.state()["pools"][1]["protocol_policy"] == "Default Protocol"
    api.post("/v1.0/pools/Lab", json={"protocolPolicy": None})
    assert "protocol_policy" not in api.simulator.state()["pools"][1]


def test_update_elsewhere_than_gcp(api):
    assert api.post("/v1.0/pools/Sales%20EU", json={"description": "x"}).status_code == 400


def test_a_name_with_a_slash_can_be_addressed(start):
    api = start({"pools": [{"name": "A/B", "cloud": "Google Cloud"}]})
    assert api.post("/v1.0/pools/A%2FB", json={"description": "x"}).status_code == 200


def test_growing_builds_and_shrinking_is_a_switch(api):
    api.post("/v1.0/pools/Lab", json={"numberOfDesktops": 3})
    assert sorted(api.desktops("Lab")) == ["LAB-001", "LAB-002", "LAB-003"]
    assert api.post("/v1.0/pools/Lab", json={"numberOfDesktops": 1}).status_code == 400
    api.simulator.switches(shrink="delete")
    assert api.post("/v1.0/pools/Lab", json={"numberOfDesktops": 1}).status_code == 200
    assert sorted(api.desktops("Lab")) == ["LAB-001"]


def test_a_pool_can_pause_on_its_first_failure(api):
    api.simulator.switches(provisioning_fails="NEW-001")
    wish = {"poolName": "New", "referencePoolName": "Lab", "numberOfDesktops": 3, "desktopNamePrefix": "NEW", "pauseOnFirstFailure": True}
    api.post("/v1.0/pools", json=wish)
    api.simulator.advance(240)
    assert {name: desktop["status"] for name, desktop in api.desktops("New").items()} == {"NEW-001": "Failed"}


def test_policies_and_licenses(api):
    assert api.get("/v1.0/policies?type=Warmup").json() == {"policyType": "Warmup", "policies": [{"name": "Default Warmup"}]}
    assert api.get("/v1.0/licenses").json()["licenses"][0]["namedUsersEntitlement"] == 100


def test_policies_of_an_unknown_type(lenient):
    assert lenient.get("/v1.0/policies?type=Other").status_code == 400
