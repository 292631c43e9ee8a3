# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The export of a tenant as a tenant file."""

from __future__ import annotations

import pytest

ID = "33333333-0000-4000-8000-000000000001"
EXPORT = {
    "tenant": {
        "pools": [{"name": "Sales", "description": "Sales desktops"}, {"name": ID}],
        "desktops": [{"pool": "Sales", "name": "SALES-001", "user": "ann@example.com"}, {"pool": ID, "name": "LAB-001"}],
        "bundles": [{"name": "All", "applications": ["Mail"]}],
        "gateway_clusters": [{"name": "Europe", "cloud": "Google", "cloud_region": "europe-west1"}],
    },
    "facts": {
        "pools": [{"name": "Sales", "id": "sales-id", "cloud": "Google Cloud", "used_count": 1}, {"name": ID, "id": ID, "called": "Sales"}],
        "desktops": [{"pool": "Sales", "name": "SALES-002", "status": "Failed", "tags": {"a": "b"}}],
        "applications": [{"name": "Mail", "id": "mail-id", "listed": False}],
        "gateway_clusters": [
            {"name": "Europe", "regions": [{"region": "europe-west1", "availability": "Highly Available", "pools": [ID]}]},
        ],
        "clouds": [{"name": "Google", "config_type": "Google Cloud"}],
    },
    "left_out": {},
    "unmanageable": ["a sentence"],
    "changed": False,
    "admin": {"client_id": "another"},
}


def test_tenant_and_facts_are_one(checked):
    api = checked(EXPORT, sign_in=False)
    state = api.simulator.state()
    assert state["admin"]["client_id"] == "another"
    pools = [(pool["name"], pool.get("id"), pool["cloud"], pool["description"]) for pool in state["pools"]]
    assert pools == [("Sales", "sales-id", "Google Cloud", "Sales desktops"), ("Sales", ID, "Azure Cloud", None)]
    desktops = [(desktop["name"], desktop["status"], desktop.get("user"), desktop.get("tags")) for desktop in state["desktops"]]
    assert desktops == [
        ("SALES-001", "Ready", "ann@example.com", None),
        ("LAB-001", "Ready", None, None),
        ("SALES-002", "Failed", None, {"a": "b"}),
    ]
    assert len(state["gateway_clusters"][0]["regional_clusters"][0]["hosts"]) == 2


def test_what_an_export_names_is_found_on_the_wire(checked):
    api = checked({key: value for key, value in EXPORT.items() if key != "admin"})
    assert api.get("/v1.0/cloudAppPools/applications").json() == {"applications": []}
    assert api.get("/v1.0/cloudAppPools/applications/mail-id").status_code == 400
    (bundle,) = api.get("/v1.0/bundles").json()["bundlesList"]
    assert bundle["apps"] == [{"id": "mail-id", "name": "Mail"}]
    (cluster,) = api.get("/v1.0/rdgateways/clusters").json()["clusters"]
    assert [pool["id"] for pool in cluster["regionalClusters"][0]["pools"]] == [ID]
    # That a pool is behind a gateway does not change how it routes.
    listed = {pool["id"]: pool for pool in api.get("/v1.0/pools").json()["desktopPools"]}
    assert "routeGatewayType" not in listed[ID] and "description" not in listed[ID]
    # Calls that name a pool still want its name.
    assert api.post(f"/v1.0/pools/{ID}", json={"description": "x"}).status_code == 400


def test_a_twin_is_dumped_as_any_tenant(checked):
    api = checked(EXPORT, sign_in=False)
    state = api.simulator.state()
    api.simulator.reset(state)
    assert api.simulator.state() == state


def test_a_tenant_without_facts_has_what_the_simulator_gives(checked):
    api = checked({"tenant": EXPORT["tenant"] | {"pools": [{"name": "Sales"}, {"name": ID}], "bundles": []}})
    assert api.pool("Sales")["status"] == "Success"


@pytest.mark.parametrize(
    "tenant, sentence",
    [
        ({"tenant": ["pools"]}, "tenant is a mapping of nouns"),
        ({"tenant": {"pools": [{"name": "A"}]}, "facts": {"pools": ["A"]}}, "facts is a mapping of nouns"),
        ({"tenant": {"printers": [{"name": "A"}]}}, "Unknown in tenant: printers"),
        ({"tenant": {}, "colour": "red"}, "Unknown in tenant: colour"),
        ({"tenant": {"bundles": [{"name": "B", "applications": ["Gone"]}]}}, "Application 'Gone' of bundle B is not in the file"),
    ],
)
def test_a_bad_export_is_refused_in_one_sentence(start, tenant, sentence):
    api = start()
    with pytest.raises(ValueError, match=sentence):
        api.simulator.reset(tenant)
