# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications, their server pools, and bundles."""

from __future__ import annotations

import pytest

TENANT = {
    "clouds": [{"name": "Main", "config_type": "Google Cloud"}],
    "gateway_clusters": [{"name": "Gate", "subscription_name": "Main"}],
    "app_pools": [
        {"name": "Servers", "cloud": "Google Cloud", "region": "europe-west1", "template": "Srv", "server_name_prefix": "SRV", "servers": 2,
         "max_session_limit": 5, "auto_create_on_delete": False},
        {"name": "Again", "cloud": "Azure Cloud", "server_name_prefix": "AG", "servers": 1, "auto_create_on_delete": True},
        {"name": "Far", "cloud": "Akamai", "servers": 1},
    ],
    "applications": [{"name": "Ledger", "app_pool": "Servers", "full_path": r"C:\ledger.exe"}, {"name": "Distant", "app_pool": "Far", "full_path": "x"}],
    "bundles": [{"name": "Accounting", "applications": ["Ledger"]}, {"name": "Empty"}, {"name": "Express Setup"}],
    "groups": [{"name": "Finance", "bundle": "Accounting"}],
}  # fmt: skip
APPS, POOLS, BUNDLES = "/v1.0/cloudAppPools/applications", "/v1.0/cloudAppPools", "/v1.0/bundles"


@pytest.fixture
def api(checked):
    return checked(TENANT)


def app(api, name="Ledger"):
    return f"{APPS}/{api.ids(APPS, 'applications')[name]}"


def pool(api, name="Servers"):
    return f"{POOLS}/{api.ids(POOLS, 'cloudAppPools')[name]}"


def bundle(api, name="Accounting"):
    return f"{BUNDLES}/{api.ids(BUNDLES, 'bundlesList')[name]}"


def servers(api, name="Servers"):
    return {server["name"]: server for server in api.get(pool(api, name) + "/appServers").json()["cloudAppServers"]}


# ---- Applications


def test_values_read_otherwise_than_they_are_written(api):
    cluster = api.get("/v1.0/rdgateways/clusters").json()["clusters"][0]["clusterId"]
    body = {"name": "Drawing", "poolId": pool(api).rsplit("/", 1)[1], "fullPath": r"C:\draw.exe", "applicationType": "Cloud Application",
            "cloudAppType": "Custom", "serverType": "Workspot Cloud App Pools", "appParams": "-x", "workingDir": "C:\\", "loginOption": "SSO_AAD",
            "gatewayClusterId": cluster, "routeThroughGateway": "Always", "targetPlatforms": ["Windows"], "appIconName": "predefined1.png",
            "bundles": [bundle(api, "Empty").rsplit("/", 1)[1]]}  # fmt: skip
    answer = api.post(APPS, json=body).json()
    assert answer["status"] == "Succeeded"
    read = api.get(app(api, "Drawing")).json()
    assert read == answer["details"]
    assert (read["cloudAppType"], read["serverType"], read["parameters"]) == ("Custom Application", "Workspot Cloud App pools", "-x")
    assert (read["gatewayClusterId"], read["poolName"], read["bundles"]) == (cluster, "Servers", body["bundles"])
    assert not {"workingDir", "appIconName", "loginDomain", "appParams"} & set(read)
    assert api.get(bundle(api, "Empty")).json()["apps"] == [{"id": read["id"], "name": "Drawing"}]
    api.simulator.switches(application_bundles="names")
    assert api.get(app(api, "Drawing")).json()["bundles"] == ["Empty"]


@pytest.mark.parametrize("change", [{"name": None}, {"poolId": "nothing"}, {"poolId": None}, {"fullPath": ""}, {"bundles": ["nothing"]},
                                    {"gatewayClusterId": "nothing"}])  # fmt: skip
def test_bad_applications(start, change):
    api = start(TENANT)
    body = {"name": "New", "poolId": pool(api).rsplit("/", 1)[1], "fullPath": "x", **change}
    assert api.post(APPS, json=body).status_code == 400
    assert "New" not in api.ids(APPS, "applications")


def test_a_repeated_create_makes_two_unless_refused(api):
    body = {"name": "Twin", "poolId": pool(api).rsplit("/", 1)[1], "fullPath": "x"}
    for _time in range(2):
        assert api.post(APPS, json=body).status_code == 200
    assert [item["name"] for item in api.get(APPS).json()["applications"]].count("Twin") == 2
    api.simulator.switches(duplicate_names="refuse")
    assert api.post(APPS, json=body).json()["error"] == "alreadyExists"


def test_an_update_leaves_out_what_it_does_not_name_and_replaces_lists(api):
    before = api.get(app(api)).json()
    answer = api.post(app(api), json={"fullPath": "new.exe", "bundles": []}).json()["details"]
    assert answer == {**before, "fullPath": "new.exe", "bundles": []}
    assert api.get(bundle(api)).json()["apps"] == []
    assert api.post(app(api), json={"useDefaultIcon": True, "appIconName": "a.png"}).status_code == 400
    assert api.post(app(api, "Distant"), json={"fullPath": "y"}).json()["error"] == "notSupported"


def test_deleting_an_application_takes_it_out_of_bundles(api):
    assert api.delete(app(api)).status_code == 204
    assert api.get(bundle(api)).json()["apps"] == []
    assert api.delete(APPS + "/nothing").status_code == 400
    assert api.delete(app(api, "Distant")).status_code == 204


@pytest.mark.parametrize("size, code", [(1, 200), (102_400, 200), (102_401, 413)])
def test_an_icon_has_100_kb_at_most(api, size, code):
    picture = bytes(n * 7 % 256 for n in range(size))
    answer = api.post(app(api) + "/icon", files={"icon": ("icon.png", picture, "image/png")})
    assert answer.status_code == code
    if code == 200:
        assert answer.json()["details"]["name"] == "Ledger"


def test_the_icon_arrives_as_it_was_sent():
    from euc_simulator.wire import Call

    content = bytes(range(256)) + b"\r\n--x\r\n\n\r"
    body = (
        b'--Mixed\r\nContent-Disposition: form-data; name="icon"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        + content
        + b"\r\n--Mixed--\r\n"
    )
    call = Call("POST", "/", "", {"content-type": "multipart/form-data; boundary=Mixed"}, body, "")
    assert call.parts() == {"icon": content}


def test_an_upload_without_icon(start):
    api = start(TENANT)
    assert api.post(app(api) + "/icon", files={"picture": b"x"}).status_code == 400
    assert api.post(app(api) + "/icon").status_code == 400


# ---- Bundles


def test_bundles(api):
    ledger = app(api).rsplit("/", 1)[1]
    created = api.post(BUNDLES, json={"bundleName": "New", "appIds": [ledger]}).json()
    assert (created["status"], created["details"]["apps"]) == ("Succeeded", [{"id": ledger, "name": "Ledger"}])
    updated = api.post(bundle(api, "New"), json={"bundleName": "Newer", "appIds": []}).json()["details"]
    assert updated == {"id": created["details"]["id"], "name": "Newer", "apps": [], "groups": []}
    assert api.post(BUNDLES, json={"bundleName": "Bad", "appIds": ["nothing"]}).status_code == 400
    assert api.post(BUNDLES, json={"appIds": []}).status_code == 400
    assert api.delete(bundle(api, "Newer")).status_code == 204
    assert set(api.ids(BUNDLES, "bundlesList")) == {"Accounting", "Empty", "Express Setup"}


def test_a_group_has_one_bundle(api):
    group = api.ids("/v1.0/groups", "groups")["Finance"]
    assert api.get(bundle(api)).json()["groups"] == [{"id": group, "name": "Finance"}]
    answer = api.post(f"/v1.0/groups/{group}/bundle", json={"bundleId": bundle(api, "Empty").rsplit("/", 1)[1]})
    assert answer.json()["details"]["groups"] == [{"id": group, "name": "Finance"}]
    assert api.get(bundle(api)).json()["groups"] == []
    assert api.post(f"/v1.0/groups/{group}/bundle", json={"bundleId": "nothing"}).status_code == 400
    assert api.delete(bundle(api, "Empty")).status_code == 204
    assert [item["groups"] for item in api.get(BUNDLES).json()["bundlesList"]] == [[], []]


def test_the_built_in_bundle_stays(api):
    assert api.get(bundle(api, "Express Setup")).status_code == 200
    assert api.post(bundle(api, "Express Setup"), json={"bundleName": "Mine"}).status_code == 400
    assert api.delete(bundle(api, "Express Setup")).status_code == 400


def test_a_failure_may_be_answered_instead_of_refused(api):
    api.simulator.switches(write_failure="answered")
    answer = api.post(BUNDLES, json={"bundleName": "Bad", "appIds": ["nothing"]})
    assert (answer.status_code, answer.json()) == (200, {"status": "Failed"})
    picture = {"icon": ("icon.png", b"x" * 102_401, "image/png")}
    assert api.post(app(api) + "/icon", files=picture).status_code == 413


# ---- Server pools


def test_server_pools(api):
    assert api.get(pool(api)).json() == {"id": pool(api).rsplit("/", 1)[1], "name": "Servers", "cloudProvider": "Google Cloud", "hostCount": 2,
                                         "description": "", "region": "europe-west1", "status": "Success", "template": "Srv"}  # fmt: skip
    server = servers(api)["SRV-001"]
    assert (server["status"], server["mode"], server["totalSessions"]) == ("Ready", "Enabled", 0)
    assert api.get(f"{pool(api)}/appServers/{server['id']}").json() == server
    assert api.get(f"{pool(api)}/appServers/nothing").status_code == 400


def test_create_from_a_reference_by_id_builds_servers(api):
    body = {"poolName": "New", "referencePool": pool(api).rsplit("/", 1)[1], "poolSize": 2, "serverNamePrefix": "NEW", "loadBalancingMethod": "Depth",
            "description": "Fresh"}  # fmt: skip
    details = api.post(POOLS, json=body).json()["details"]
    assert (details["template"], details["hostCount"], details["description"]) == ("Srv", 2, "Fresh")
    assert {name: server["status"] for name, server in servers(api, "New").items()} == {
        "NEW-001": "Provisioning",
        "NEW-002": "Provisioning",
    }
    api.simulator.advance(300)
    assert {server["status"] for server in servers(api, "New").values()} == {"Ready"}
    assert api.post(POOLS, json=body).json()["error"] == "alreadyExists"


@pytest.mark.parametrize("change", [{"poolName": ""}, {"referencePool": "Servers"}, {"poolSize": -1}, {"poolSize": "2"},
                                    {"maxSessionLimit": 0}, {"loadBalancingMethod": "Width"}])  # fmt: skip
def test_bad_server_pools(start, change):
    api = start(TENANT)
    body = {"poolName": "New", "referencePool": pool(api).rsplit("/", 1)[1], "poolSize": 1, **change}
    assert api.post(POOLS, json=body).status_code == 400
    assert "New" not in api.ids(POOLS, "cloudAppPools")


def test_update_is_for_google_and_changes_the_size(api):
    assert api.post(pool(api, "Again"), json={"description": "x"}).json()["error"] == "notSupported"
    assert api.post(pool(api), json={"poolSize": 3, "description": "x"}).json()["details"]["hostCount"] == 3
    assert servers(api)["SRV-003"]["status"] == "Provisioning"
    assert api.post(pool(api), json={"poolSize": 1}).status_code == 400
    api.simulator.switches(shrink="delete")
    assert api.post(pool(api), json={"poolSize": 1}).status_code == 200
    assert list(servers(api)) == ["SRV-001"]


def test_deleting_a_server(api):
    path = f"{pool(api)}/appServers/{servers(api)['SRV-001']['id']}"
    assert api.delete(path).status_code == 204
    assert api.get(path).json()["status"] == "Deleting"
    assert api.delete(path).status_code == 400
    again = servers(api, "Again")["AG-001"]["id"]
    api.delete(f"{pool(api, 'Again')}/appServers/{again}")
    api.simulator.advance(60)
    assert (list(servers(api)), api.get(pool(api)).json()["hostCount"]) == (["SRV-002"], 1)
    new = servers(api, "Again")["AG-001"]
    assert (new["status"], new["id"] != again) == ("Provisioning", True)


def test_deleting_a_pool_with_applications(api):
    assert api.delete(pool(api)).json()["error"] == "inUse"
    assert api.delete(pool(api, "Again")).status_code == 204
    api.simulator.switches(app_pool_in_use="delete")
    assert api.delete(pool(api)).status_code == 204
    assert set(api.ids(APPS, "applications")) == {"Distant"}
