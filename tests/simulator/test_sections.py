# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tenant file beyond pools, desktops and users."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

README = Path(__file__).resolve().parent.parent.parent / "extensions" / "simulator" / "README.md"
# Every call that lists or shows something, for comparing a tenant with its twin.
LISTS = ("/v1.0/pools", "/v1.0/clouds", "/v1.0/bundles", "/v1.0/groups", "/v1.0/globalDesktops", "/v1.0/cloudAppPools", "/v1.0/cloudAppPools/applications",
         "/v1.0/rdgateways/clusters", "/v1.0/rdgateways/authenticationOptions", "/v1.0/staleDevices")  # fmt: skip


@pytest.fixture
def estate():
    """The tenant of the README, whole."""
    return yaml.safe_load(re.search(r"```yaml\n(.*?)```", README.read_text(), re.DOTALL)[1])


def everything(api):
    seen = {path: api.get(path).json() for path in LISTS}
    for cloud in seen["/v1.0/clouds"]["publicClouds"]:
        for path in ("templates", "networks", "customImages", "templates/vmClasses"):
            seen[cloud["name"], path] = api.get(f"/v1.0/clouds/{cloud['name']}/{path}").json()
    for pool in seen["/v1.0/cloudAppPools"]["cloudAppPools"]:
        seen[pool["name"]] = api.get(f"/v1.0/cloudAppPools/{pool['id']}/appServers").json()
    for group in seen["/v1.0/groups"]["groups"]:
        seen[group["name"]] = api.get(f"/v1.0/groups/{group['id']}/globalDesktops").json()
    for cluster in seen["/v1.0/rdgateways/clusters"]["clusters"]:
        for region in cluster["regionalClusters"]:
            seen[region["clusterRegionId"]] = api.get(
                f"/v1.0/rdgateways/clusters/{cluster['clusterId']}/regions/{region['clusterRegionId']}/rdgateways"
            ).json()
    return seen


def test_the_tenant_of_the_readme_loads_and_comes_back(checked, estate):
    api = checked(estate)
    before, state = everything(api), api.simulator.state()
    api.simulator.reset(state)
    api.sign_in()
    assert api.simulator.state() == state
    assert everything(api) == before


@pytest.mark.parametrize("seed", [0, 3])
def test_a_generated_tenant_loads_and_comes_back(checked, seed):
    from euc_simulator.generate import generate

    api = checked(generate(60, 7, 30, seed), seed=seed)
    before, state = everything(api), api.simulator.state()
    nouns = (
        "clouds",
        "templates",
        "gateway_clusters",
        "app_pools",
        "applications",
        "bundles",
        "global_desktops",
        "groups",
        "stale_devices",
    )
    assert all(state[key] for key in nouns)
    api.simulator.reset(state)
    api.sign_in()
    assert (api.simulator.state(), everything(api)) == (state, before)


def test_what_calls_have_changed_comes_back(checked, estate):
    """Ids of second comers cannot be made anew from their names, so they are in the file."""
    api = checked(estate)
    app_pool = api.ids("/v1.0/cloudAppPools", "cloudAppPools")["App servers"]
    for _time in range(2):
        assert api.post("/v1.0/cloudAppPools/applications", json={"name": "Twin", "poolId": app_pool, "fullPath": "x"}).status_code == 200
        api.post("/v1.0/bundles", json={"bundleName": "Twin"})
    path = "/v1.0/clouds/Main/templates"
    for _time in range(2):
        api.post(path + "/register", json={"name": "Again"})
        api.simulator.advance(900)
        if not _time:
            assert api.delete(path + "/Again").status_code == 200
    api.post("/v1.0/rdgateways/clusters/Europe/gateways", json={})
    api.simulator.advance(600)
    ann, near = "/v1.0/users/ann%40example.com", api.ids("/v1.0/globalDesktops", "globalDesktopDetails")["Near you"]
    own = api.get(f"{ann}/globalDesktops/{near}").json()
    before, state = everything(api), api.simulator.state()
    api.simulator.reset(state)
    api.sign_in()
    assert everything(api) == before
    assert api.get(f"{ann}/globalDesktops/{near}").json() == own
    assert len(before["/v1.0/rdgateways/clusters"]["clusters"][0]["regionalClusters"]) == 1


def test_what_is_named_but_not_listed_is_there(checked):
    api = checked({"pools": [{"name": "P", "cloud": "Google Cloud", "subscription_name": "Main"}], "users": [{"email": "a@example.com", "groups": ["Sales"]}],
                   "templates": [{"name": "T"}]})  # fmt: skip
    assert [(cloud["name"], cloud["configType"]) for cloud in api.get("/v1.0/clouds").json()["publicClouds"]] == [("Main", "Google Cloud")]
    assert [group["name"] for group in api.get("/v1.0/groups").json()["groups"]] == ["Sales"]
    assert [template["name"] for template in api.get("/v1.0/clouds/Main/templates").json()["templates"]] == ["T"]


def test_words_of_options_and_of_exports_are_understood(checked):
    api = checked({
        "clouds": [{"name": "Main", "cloud": "Google Cloud"}],
        "pools": [{"name": "P", "gateway_cluster_name": "Gate"}],
        "templates": [{"name": "T", "subscription": "Main", "state": "draft", "assigned_pools": ["P"], "vm_type": "Small"}],
        "gateway_clusters": [{"name": "Gate", "subscription": "Main", "state": "published", "region": "r", "number_of_hosts": 2,
                              "gateway_policy_name": "Default Gateway",
                              "local_admin": {"password": "canary-7"}, "override_public_domain": True}],
        "app_pools": [{"name": "A", "cloud_provider": "Azure Cloud", "pool_size": 2}],
        "applications": [{"name": "App", "pool": "A", "app_params": "-x", "bundles": ["B"]}],
        "bundles": [{"name": "B", "apps": [{"id": "x", "name": "App"}], "groups": []}],
        "global_desktops": [{"global_desktop_name": "G", "assigned_pools": [{"pool_name": "P", "precedence": 1}], "groups_assigned": []}],
    })  # fmt: skip
    assert api.get("/v1.0/clouds/Main/templates/T").json()["templates"][0]["status"] == "Draft"
    cluster = api.get("/v1.0/rdgateways/clusters").json()["clusters"][0]
    assert (cluster["publicDomainOverriden"], cluster["policyName"], cluster["regionalClusters"][0]["pools"][0]["name"]) == (
        True,
        "Default Gateway",
        "P",
    )
    assert api.pool("P")["routeGatewayType"] == "Always"
    application = api.get("/v1.0/cloudAppPools/applications").json()["applications"][0]
    assert (application["parameters"], len(application["bundles"])) == ("-x", 1)
    assert api.get("/v1.0/cloudAppPools").json()["cloudAppPools"][0]["hostCount"] == 2
    assert "canary" not in str(api.simulator.state())


@pytest.mark.parametrize(
    "tenant, sentence",
    [
        ({"clouds": [{"name": "C", "colour": 1}]}, "Unknown in cloud subscription C: colour"),
        ({"clouds": [{"name": "C", "regions": [{"name": "r", "moons": 1}]}]}, "moons"),
        ({"clouds": [{"name": "C", "vm_classes": [{"size": 1}]}]}, "Unknown in vm_classes of C: size"),
        ({"templates": [{"status": "Draft"}]}, "Template needs a name"),
        ({"templates": "T"}, "templates is a list of mappings"),
        ({"applications": [{"name": "A"}]}, "App pool None of application A"),
        ({"bundles": [{"name": "B", "applications": ["Nothing"]}]}, "Application 'Nothing' of bundle B"),
        ({"bundles": [{"name": "B", "applications": "Nothing"}]}, "list of names"),
        ({"groups": [{"name": "G", "bundle": "Nothing"}]}, "Bundle 'Nothing' of group G"),
        ({"global_desktops": [{"name": "G", "pools": ["Nothing"]}]}, "Pool 'Nothing'"),
        ({"global_desktops": [{"name": "G", "users": [{"user": "eve@example.com"}]}]}, "not among the users"),
        ({"gateway_clusters": [{"name": "G", "regional_clusters": [{"region": "r", "hosts": [{"speed": 1}]}]}]}, "speed"),
        ({"gateway_clusters": [{"name": "G", "region": "r", "pools": ["Nothing"]}]}, "Pool 'Nothing' of gateway cluster G"),
        ({"app_pools": [{"name": "A", "servers": [{"speed": 1}]}]}, "speed"),
        ({"stale_devices": [{"pool_name": "x"}]}, "needs a name"),
        ({"assignments": [{"user": "a@example.com"}]}, "a desktop or a pool"),
        ({"assignments": [{"user": "a@example.com", "desktop": "D"}]}, "There is no free desktop D"),
        ({"assignments": [{"user": "a@example.com", "pool": "P"}], "pools": [{"name": "P"}]}, "no free desktop of pool P"),
    ],
)
def test_bad_sections_are_refused_in_a_sentence(start, tenant, sentence):
    api = start()
    with pytest.raises(ValueError, match=sentence):
        api.simulator.admin("PUT", "state", tenant)
    assert api.get("/v1.0/pools").status_code == 200


def test_assignments(start):
    api = start({
        "pools": [{"name": "P", "desktops": 2, "desktop_name_prefix": "P"}, {"name": "Kiosk", "pool_type": "Non-Persistent"}],
        "assignments": [{"user": "ann@example.com", "desktop": "P-002", "pool": "P"}, {"user": "ann@example.com", "pool": "P"},
                        {"user": "ben@example.com", "pool": "P"},
                        {"user": "ben@example.com", "pool": "Kiosk"}, {"user": "eve@example.com", "pool": "P", "state": "absent"}],
    })  # fmt: skip
    assert {name: desktop["email"] for name, desktop in api.desktops("P").items()} == {
        "P-001": "ben@example.com",
        "P-002": "ann@example.com",
    }
    assert {pool["poolName"] for pool in api.user("ben@example.com").json()["assignedPools"]} == {"P", "Kiosk"}
    assert api.user("eve@example.com").status_code == 400
    assert "assignments" not in api.simulator.state()


def test_an_administrator_changes_anything(checked, estate):
    api = checked(estate)
    api.simulator.change(
        templates=[{"name": "Win11", "subscription_name": "Main", "status": "Draft"}], bundles=[{"name": "Accounting", "absent": True}, {"name": "Fresh"}],
        groups=[{"name": "Sales staff", "bundle": "Fresh"}, {"name": "More"}], applications=[{"name": "Ledger", "full_path": "new"}],
        gateway_clusters=[{"name": "Europe", "regional_clusters": [
            {"region": "europe-west1", "hosts": [{"name": "gw001", "mode": "Maintenance"}, {"name": "gw002", "absent": True}]}]}],
        app_pools=[{"name": "App servers", "servers": [{"name": "APP-002", "status": "Offline"}]}], global_desktops=[{"name": "Near you", "absent": True}],
        stale_devices=[{"device_name": "OLD-1", "absent": True}], clouds=[{"name": "Main", "status": "offline"}])  # fmt: skip
    state = api.simulator.state()
    assert state["templates"][0]["status"] == "Draft"
    assert [bundle["name"] for bundle in state["bundles"]] == ["Fresh"]
    assert [(group["name"], group.get("bundle")) for group in state["groups"]] == [("Sales staff", "Fresh"), ("More", None)]
    assert state["applications"][0]["full_path"] == "new"
    assert [(host["name"], host["mode"]) for host in state["gateway_clusters"][0]["regional_clusters"][0]["hosts"]] == [
        ("gw001", "Maintenance")
    ]
    assert [server["status"] for server in state["app_pools"][0]["servers"]] == ["Ready", "Offline", "Ready"]
    assert not {"global_desktops", "stale_devices"} & set(state)
    assert state["clouds"][0]["status"] == "offline"
    assert len(everything(api)["/v1.0/groups"]["groups"]) == 2


def test_faults_strike_the_new_calls_as_well(start, estate):
    api = start(estate, throttle="20/2")
    api.simulator.fault("status_after", operation_id="createBundleUsingPOST", status=502)
    assert api.post("/v1.0/bundles", json={"bundleName": "Once"}).status_code == 502
    assert "Once" in api.ids("/v1.0/bundles", "bundlesList")
    assert api.post("/v1.0/bundles", json={"bundleName": "Twice"}).status_code == 429
    api.simulator.advance(120)
    api.simulator.fault("lose_operation", path="/publish$|/draft$")
    answer = api.post("/v1.0/clouds/Main/templates/Win11/draft")
    assert api.get(answer.json()["statusURL"]).status_code == 400
    api.simulator.advance(120)
    assert api.get("/v1.0/clouds/Main/templates/Win11").json()["templates"][0]["status"] == "Draft"


@pytest.mark.parametrize("work, status", [("stops", "Provisioning"), ("finishes", "Draft")])
def test_a_restart_of_control_loses_operations_of_templates(start, estate, work, status):
    api = start(estate)
    answer = api.post("/v1.0/clouds/Main/templates/build", json={"templateName": "New", "imageName": "base-win11", "vmType": "Standard VM"})
    api.simulator.fault("restart", path="/licenses", seconds=10, work=work)
    api.get("/v1.0/licenses")
    api.simulator.advance(1000)
    assert api.get(answer.json()["statusURL"]).json()["status"] == "InProgress"
    assert api.get("/v1.0/clouds/Main/templates/New").json()["templates"][0]["status"] == status
    assert api.delete("/v1.0/clouds/Main/templates/New").status_code == 200
