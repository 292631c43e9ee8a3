# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateway clusters and their gateways."""

from __future__ import annotations

import pytest

TENANT = {
    "clouds": [{"name": "Google", "config_type": "Google Cloud Platform"}, {"name": "Azure", "config_type": "Azure Cloud"}],
    "identity_providers": ["okta"],
    "gateway_clusters": [
        {"name": "Europe", "subscription_name": "Google", "auth_type": "AAD", "policy_name": "Default Gateway", "image_name": "Old", "vm_class_name": "Small",
         "name_prefix": "gw", "regional_clusters": [{"region": "europe-west1", "zone": "b", "pools": ["P"], "hosts": 2}]},
        {"name": "Radius", "subscription_name": "Google", "auth_type": "NPS", "image_name": "Old", "vm_class_name": "Small", "region": "us-east1",
         "number_of_hosts": 1},
        {"name": "Unused", "subscription_name": "Azure", "auth_type": "AD", "policy_name": "Default Gateway", "region": "westeurope", "hosts": []},
    ],
    "pools": [{"name": "P", "cloud": "Google Cloud", "region": "europe-west1"},
              {"name": "Direct", "gateway_cluster_name": "Europe", "route_gateway_type": "Never"}],
    "desktops": [{"name": f"P-{n}", "pool": "P", "user": f"user{n}@example.com", "session": "connected"} for n in range(8)]
    + [{"name": "P-8", "pool": "P", "user": "user8@example.com", "session": "disconnected"},
       {"name": "D-1", "pool": "Direct", "user": "user9@example.com", "session": "connected"}],
}  # fmt: skip
CLUSTERS = "/v1.0/rdgateways/clusters"
CREATE = {"name": "New", "subscriptionName": "Google", "region": "asia-east1", "authType": "AAD", "gatewayPolicyName": "Default Gateway", "imageName": "Win",
          "vmClassName": "Small", "namePrefix": "n", "numberOfHosts": 2, "zone": "a", "virtualNetworkId": "net-1",
          "localAdmin": {"userName": "admin", "password": "canary-4"}}  # fmt: skip
NPS = [{"ipAddress": "10.0.0.1", "priority": 1, "sharedSecret": "canary-5"}]


@pytest.fixture
def api(checked):
    return checked(TENANT)


def cluster(api, name="Europe"):
    return next(item for item in api.get(CLUSTERS).json()["clusters"] if item["name"] == name)


def region(api, name="Europe"):
    return cluster(api, name)["regionalClusters"][0]


def hosts_path(api, name="Europe"):
    return f"{CLUSTERS}/{cluster(api, name)['clusterId']}/regions/{region(api, name)['clusterRegionId']}/rdgateways"


def hosts(api, name="Europe"):
    return {host["name"]: host for host in api.get(hosts_path(api, name)).json()["rdGateways"]}


def connections(api, host="gw001", name="Europe"):
    return api.get(f"{hosts_path(api, name)}/{hosts(api, name)[host]['id']}/connections").json()


def test_show(api):
    europe = cluster(api)
    assert (europe["publicDomainOverriden"], europe["policyName"], europe["authType"]) == (False, "Default Gateway", "AAD")
    part = region(api)
    assert (part["status"], part["zone"], part["availability"], part["cloudType"]) == (
        "Published",
        "b",
        "Highly Available",
        "Google Cloud Platform",
    )
    assert [pool["name"] for pool in part["pools"]] == ["P", "Direct"]
    host = hosts(api)["gw001"]
    assert (host["mode"], host["status"], host["region"], host["fqdn"]) == ("Enabled", "Ready", "europe-west1", "gw001.example.com")
    options = api.get("/v1.0/rdgateways/authenticationOptions").json()
    assert (options["authenticationOptions"], options["idp"]) == (["AD", "AAD", "NPS"], ["okta"])
    assert api.get(f"{CLUSTERS}/nothing/regions/nothing/rdgateways").status_code == 400
    assert api.get(f"{CLUSTERS}/{europe['clusterId']}/regions/nothing/rdgateways").status_code == 400


# ---- Connections


def test_connected_users_are_shared_by_the_enabled_gateways(api):
    api.simulator.advance(3723)
    api.sign_in()
    both = [connections(api, host) for host in ("gw001", "gw002")]
    users = sorted(item["userName"] for answer in both for item in answer["connections"])
    assert users == [f"user{n}@example.com" for n in range(8)]  # neither the disconnected one nor the one without gateway
    assert [answer["activeConnections"] for answer in both] == [host["activeConnections"] for host in hosts(api).values()]
    assert all(answer["activeConnections"] for answer in both)
    first = both[0]["connections"][0]
    assert (first["targetComputer"][:2], first["targetPort"], first["duration"]) == ("p-", 3389, "01:02:03")


def test_a_connection_names_its_target_as_switched(api):
    api.simulator.switches(connection_target="name")
    assert connections(api)["connections"][0]["targetComputer"].startswith("P-")


def test_when_a_gateway_was_rebooted_last(api):
    now = api.simulator.now() * 1000
    assert {round((now - host["lastRebootDate"]) / 86_400_000) for host in hosts(api).values()} == {30}

    def tell(date):
        region = {"region": "europe-west1", "hosts": [{"name": "gw001", "last_reboot_date": date}]}
        api.simulator.change(gateway_clusters=[{"name": "Europe", "regional_clusters": [region]}])

    for date in (1_700_000_000_000, "2023-11-14T22:13:20Z", "2023-11-14T23:13:20+01:00", "2023-11-14 22:13:20"):
        tell(date)
        assert hosts(api)["gw001"]["lastRebootDate"] == 1_700_000_000_000
    for wrong in ("yesterday", True, [1]):
        with pytest.raises(ValueError, match="last_reboot_date of gateway gw001 is milliseconds since 1970 or an ISO date, not "):
            tell(wrong)


def test_logging_off_ends_the_connection(api):
    user = connections(api)["connections"][0]["userName"]
    desktop = next(desktop for desktop in api.desktops("P").values() if desktop["email"] == user)
    answer = api.post(f"/v1.0/users/{user}/logoff", json={"poolId": desktop["poolId"], "desktopId": desktop["id"]})
    api.finish(answer, 5)
    assert user not in [item["userName"] for host in ("gw001", "gw002") for item in connections(api, host)["connections"]]


def test_a_gateway_may_know_more_than_the_desktop_tells(api):
    stray = {"user_name": "user8@example.com", "target_computer": "P-8"}
    region = {"region": "europe-west1", "hosts": [{"name": "gw001", "connections": [stray]}]}
    api.simulator.change(gateway_clusters=[{"name": "Europe", "regional_clusters": [region]}])
    assert {"userName": "user8@example.com", "targetComputer": "P-8"} in connections(api)["connections"]
    desktop = api.desktops("P")["P-8"]
    api.finish(api.post("/v1.0/users/user8%40example.com/logoff", json={"poolId": desktop["poolId"], "desktopId": desktop["id"]}), 5)
    assert "user8@example.com" not in str(connections(api))


def test_performance_is_numbers_as_text(api):
    load = api.get(f"{hosts_path(api)}/{hosts(api)['gw001']['id']}/performance").json()
    assert len(load["cpu"]) == len(load["memory"]) == 12
    assert all(isinstance(value, str) and value.isdigit() for sample in load["cpu"] for value in sample.values())


# ---- Clusters


@pytest.mark.parametrize("code", [202, 200])
def test_create(api, code):
    api.simulator.switches(cluster_create_status=code)
    answer = api.post(CLUSTERS, json=CREATE)
    assert region(api, "New")["status"] == "Draft"
    assert {name: host["status"] for name, host in hosts(api, "New").items()} == {"n001": "Provisioning", "n002": "Provisioning"}
    assert api.post(f"{CLUSTERS}/New/publish").status_code == 400
    assert api.finish(answer, 600, status=code)["status"] == "Succeeded"
    assert [(host["status"], host["mode"]) for host in hosts(api, "New").values()] == [("Ready", "Disabled")] * 2
    assert api.post(f"{CLUSTERS}/New/publish").json() == {
        "clusterName": "New",
        "status": "Succeeded",
        "errorInfo": {"error": "null", "description": "null"},
    }
    assert region(api, "New")["status"] == "Published"
    assert api.post(CLUSTERS, json=CREATE).json()["error"] == "alreadyExists"
    text = str(api.simulator.state()) + str(api.simulator.log()) + api.get(CLUSTERS).text
    assert "canary" not in text


@pytest.mark.parametrize(
    "change",
    [
        *({field: None} for field in ("name", "subscriptionName", "region", "authType", "imageName", "vmClassName", "namePrefix", "numberOfHosts")),
        {"subscriptionName": "Azure"}, {"subscriptionName": "Nothing"}, {"numberOfHosts": -1}, {"authType": "face"}, {"gatewayPolicyName": "Nothing"},
        {"gatewayPolicyName": None}, {"npsServers": NPS}, {"gatewayPolicyName": None, "npsServers": NPS}, {"authType": "NPS"},
        {"authType": "NPS", "gatewayPolicyName": None}, {"authType": "NPS", "gatewayPolicyName": None, "npsServers": [{"ipAddress": "10.0.0.1"}]},
        {"overridePublicDomain": True},
    ],
)  # fmt: skip
def test_bad_clusters(start, change):
    api = start(TENANT)
    body = {key: value for key, value in {**CREATE, **change}.items() if value is not None}
    assert api.post(CLUSTERS, json=body).status_code == 400
    assert len(api.get(CLUSTERS).json()["clusters"]) == 3


@pytest.mark.parametrize("kind, more", [("NPS", {"npsServers": NPS}), ("okta", {"gatewayPolicyName": "Default Gateway"})])
def test_authentication(api, kind, more):
    body = {**{key: value for key, value in CREATE.items() if key != "gatewayPolicyName"}, "authType": kind, **more}
    assert api.post(CLUSTERS, json=body).status_code == 202
    assert cluster(api, "New")["authType"] == kind


def test_what_a_tenant_offers_is_checked(checked):
    offer = {"gateway_images": ["Win"], "gateway_vm_classes": [{"name": "Small"}], "regions": ["asia-east1"]}
    api = checked({"clouds": [{"name": "Google", "config_type": "Google Cloud", **offer}]})
    assert api.post(CLUSTERS, json={**CREATE, "imageName": "Other"}).status_code == 400
    assert api.post(CLUSTERS, json={**CREATE, "vmClassName": "Other"}).status_code == 400
    assert api.post(CLUSTERS, json={**CREATE, "region": "mars"}).status_code == 400
    assert api.post(CLUSTERS, json=CREATE).status_code == 202


def test_an_update_makes_a_draft_if_it_changes_anything(api):
    path = f"{CLUSTERS}/Europe"
    assert api.post(path, json={"imageName": "Old"}).json()["status"] == "Succeeded"
    assert region(api)["status"] == "Published"
    assert api.post(path, json={"imageName": "New"}).json()["status"] == "Succeeded"
    assert (cluster(api)["imageName"], region(api)["status"]) == ("New", "Draft")
    assert api.post(path, json={"npsServers": NPS}).status_code == 400
    assert api.post(f"{CLUSTERS}/Radius", json={"gatewayPolicyName": "Default Gateway"}).status_code == 400
    assert api.post(f"{CLUSTERS}/Radius", json={"npsServers": NPS}).json()["status"] == "Succeeded"
    assert region(api, "Radius")["status"] == "Draft"
    assert api.post(f"{CLUSTERS}/Unused", json={"imageName": "x"}).json()["error"] == "notSupported"
    assert api.post(f"{CLUSTERS}/{cluster(api)['clusterId']}", json={"imageName": "x"}).status_code == 400  # by name, not by id


def test_delete_is_refused_while_pools_use_it(api):
    assert api.delete(f"{CLUSTERS}/Europe").json()["error"] == "inUse"
    api.simulator.switches(write_failure="answered")
    answer = api.delete(f"{CLUSTERS}/Europe")
    assert (answer.status_code, answer.json()["status"], answer.json()["clusterName"]) == (200, "Failed", "Europe")
    assert "P" in answer.json()["errorInfo"]["description"]
    assert api.delete(f"{CLUSTERS}/Unused").json()["status"] == "Succeeded"
    assert [item["name"] for item in api.get(CLUSTERS).json()["clusters"]] == ["Europe", "Radius"]


# ---- Gateways


def gateway(name, cluster_name="Europe"):
    return f"{CLUSTERS}/{cluster_name}/gateways/{name}"


def test_add_a_gateway(api):
    answer = api.post(f"{CLUSTERS}/Europe/gateways", json={"localAdmin": {"userName": "a", "password": "canary-6"}})
    assert (hosts(api)["gw003"]["status"], region(api)["status"]) == ("Provisioning", "Draft")
    assert api.post(gateway("gw003") + "/enable").status_code == 400
    assert api.post(gateway("gw003") + "/reboot").status_code == 400
    assert api.finish(answer, 600, status=200)["status"] == "Succeeded"
    assert hosts(api)["gw003"]["mode"] == "Disabled"
    assert connections(api, "gw003")["connections"] == []
    assert api.post(gateway("gw003") + "/enable").json()["status"] == "Succeeded"
    assert hosts(api)["gw003"]["mode"] == "Enabled"
    assert sum(host["activeConnections"] for host in hosts(api).values()) == 8


def test_a_reboot_is_proved_by_its_date_and_cuts_off_its_users(api):
    before = hosts(api)["gw001"]
    users = {item["userName"] for item in connections(api)["connections"]}
    assert api.post(gateway("gw001") + "/reboot").json()["status"] == "Succeeded"
    assert (hosts(api)["gw001"]["status"], hosts(api)["gw001"]["lastRebootDate"]) == ("Rebooting", before["lastRebootDate"])
    assert {desktop["email"] for desktop in api.desktops("P").values() if desktop["status"] == "Disconnected"} == users | {
        "user8@example.com"
    }
    assert hosts(api)["gw002"]["activeConnections"] == 8 - len(users)
    api.simulator.advance(180)
    after = hosts(api)["gw001"]
    assert (after["status"], after["mode"]) == ("Ready", "Enabled")
    assert after["lastRebootDate"] >= before["lastRebootDate"] + 180_000


def test_a_gateway_may_come_back_in_maintenance(api):
    api.simulator.switches(gateway_mode_after_reboot="Maintenance")
    api.post(gateway("gw001") + "/reboot")
    api.simulator.advance(180)
    assert hosts(api)["gw001"]["mode"] == "Maintenance"
    assert hosts(api)["gw001"]["activeConnections"] == 0


def test_the_announced_asynchronous_reboot(start):
    api = start(TENANT, gateway_reboot="asynchronous")
    assert api.finish(api.post(gateway("gw001") + "/reboot"), 180)["status"] == "Succeeded"
    assert hosts(api)["gw001"]["status"] == "Ready"


def test_delete_a_gateway(api):
    answer = api.delete(gateway("gw001"))
    assert answer.json() == {"status": "Succeeded", "details": None, "errorInfo": {"error": "null", "description": "null"}}
    assert list(hosts(api)) == ["gw002"]
    assert region(api)["availability"] == "Not Highly Available"
    assert api.delete(gateway("gw001")).status_code == 400
    assert api.post(f"{CLUSTERS}/Europe/gateways", json={}).status_code == 200
    assert set(hosts(api)) == {"gw001", "gw002"}
