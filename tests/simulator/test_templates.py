# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud subscriptions, custom images and templates."""

from __future__ import annotations

import pytest

TENANT = {
    "clouds": [
        {"name": "Azure", "config_type": "Azure Cloud", "subscription_id": "12345678-1234-1234-1234-12345675e58d", "regions": ["westeurope"]},
        {"name": "Google", "config_type": "Google Cloud Platform", "byoc": True,
         "regions": [{"name": "asia-east1", "location": "Taiwan", "zones": ["asia-east1-a"], "networks": [{"id": "net-1", "name": "default"}]},
                     {"name": "us-east1", "networks": [{"id": "net-2", "name": "other"}]}],
         "custom_images": [{"image_name": "w11", "image_type": "Windows 11", "region": "asia-east1"}],
         "vm_classes": [{"name": "Small", "cpu": 2, "memory": 8, "disk_size": 128}]},
        {"name": "Amazon", "config_type": "Amazon WorkSpaces Core",
         "regions": [{"name": "us-east-1", "networks": [{"id": "subnet-1", "vpc_id": "vpc-1"}],
                      "security_groups": [{"id": "sg-1", "name": "vdi", "vpc_id": "vpc-1"}]}]},
        {"name": "Far", "config_type": "Akamai"},
    ],
    "templates": [
        {"name": "Base", "subscription_name": "Google", "cpu": 4, "pause_resume_supported": False, "region": "Global"},
        {"name": "Base", "subscription_name": "Azure", "status": "Draft"},
        {"name": "Distant", "subscription_name": "Far"},
    ],
    "pools": [{"name": "Lab", "cloud": "Google Cloud", "subscription_name": "Google", "template": "Base", "desktops": 1, "desktop_name_prefix": "LAB"}],
}  # fmt: skip


@pytest.fixture
def api(checked):
    return checked(TENANT)


def cloud(name="Google"):
    return f"/v1.0/clouds/{name}"


def templates(api, name="Google"):
    return {template["name"]: template for template in api.get(cloud(name) + "/templates").json()["templates"]}


def done(api, answer, seconds):
    """The operations of templates answer 200."""
    return api.finish(answer, seconds, status=200)


# ---- Clouds


def test_subscriptions_show_their_ids_masked(api):
    clouds = {item["name"]: item for item in api.get("/v1.0/clouds").json()["publicClouds"]}
    assert clouds["Azure"] == {"name": "Azure", "configType": "Azure Cloud", "status": "online", "byoc": False,
                               "subscriptionId": "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxx5e58d"}  # fmt: skip
    assert clouds["Google"]["byoc"] is True


@pytest.mark.parametrize(
    "path, answered",
    [
        ("/networks", "Google"), ("/regions", "Amazon"), ("/regions/us-east-1/networks", "Amazon"), ("/regions/us-east-1/securityGroups", "Amazon"),
        ("/regions/asia-east1/zones", "Google"), ("/customImages", "Google Amazon"), ("/templates/vmClasses", "Azure Google Amazon"),
        ("/templates", "Azure Google Amazon Far"),
    ],
)  # fmt: skip
def test_what_a_cloud_lacks_is_refused_even_to_readers(api, path, answered):
    codes = {name: api.get(cloud(name) + path).status_code for name in ("Azure", "Google", "Amazon", "Far")}
    assert " ".join(name for name, code in codes.items() if code == 200) == answered
    assert set(codes.values()) <= {200, 400}


def test_lists_of_a_subscription(api):
    networks = api.get(cloud() + "/networks").json()["cloudNetworks"]
    assert [(network["networkID"], network["cloudRegion"]["region"]) for network in networks] == [
        ("net-1", "asia-east1"),
        ("net-2", "us-east1"),
    ]
    assert api.get(cloud() + "/regions/asia-east1/zones").json() == {"zones": ["asia-east1-a"]}
    assert api.get(cloud("Amazon") + "/regions").json() == {"regions": ["us-east-1"]}
    assert api.get(cloud("Amazon") + "/regions/us-east-1/networks").json()["cloudNetworks"][0]["vpcId"] == "vpc-1"
    assert api.get(cloud("Amazon") + "/regions/us-east-1/securityGroups").json() == {
        "securityGroups": [{"id": "sg-1", "name": "vdi", "vpcId": "vpc-1"}]
    }
    assert api.get(cloud() + "/templates/vmClasses").json() == {"vmClasses": [{"name": "Small", "cpu": 2, "memory": 8, "diskSize": 128}]}
    assert len(api.get(cloud("Azure") + "/templates/vmClasses").json()["vmClasses"]) == 3
    assert api.get(cloud("Nothing") + "/templates").status_code == 400
    assert api.get(cloud("Amazon") + "/regions/mars/networks").status_code == 400


def test_gateway_offers(api):
    for what, key in (("images", "images"), ("vmClasses", "vmClasses")):
        answer = api.get(f"/v1.0/clouds/rdgateways/{what}", params={"subscriptionName": "Google"})
        assert "name" in answer.json()[key][0]
        assert api.get(f"/v1.0/clouds/rdgateways/{what}", params={"subscriptionName": "Far"}).json()["error"] == "notSupported"


def test_custom_images_are_those_that_were_added(api):
    body = {"imageName": "w12", "imageType": "Windows 12", "region": "asia-east1"}
    answer = api.post(cloud() + "/customImages", json=body)
    assert answer.json() == {"status": "Succeeded", "details": None, "errorInfo": {"error": "null", "description": "null"}}
    assert body in api.get(cloud() + "/customImages").json()["images"]
    assert api.post(cloud() + "/customImages", json=body).json()["error"] == "alreadyExists"
    assert api.post(cloud("Azure") + "/customImages", json=body).status_code == 400


def test_custom_images_may_be_those_that_can_be_added(api):
    api.simulator.switches(custom_images="candidates")
    for _time in range(2):
        assert api.post(cloud() + "/customImages", json={"imageName": "w11"}).status_code == 200
    assert api.post(cloud() + "/customImages", json={"imageName": "w12"}).status_code == 400


# ---- Templates


def test_one_template_comes_in_a_list(api):
    answer = api.get(cloud() + "/templates/Base").json()
    assert list(answer) == ["templates"]
    assert answer["templates"] == [templates(api)["Base"]]
    assert answer["templates"][0] == {"name": "Base", "status": "Published", "assignedPools": ["Lab"], "cpu": 4, "pauseResumeSupported": False,
                                      "region": "Global"}  # fmt: skip
    assert templates(api, "Azure")["Base"]["status"] == "Draft"
    assert api.get(cloud() + "/templates/Nothing").status_code == 400


def test_pools_take_over_whether_they_can_pause(api):
    assert api.post(api.desktop_path("Lab", "LAB-001") + "/pause").status_code == 400


BUILD = {"templateName": "New", "imageName": "w11", "vmType": "Small", "templateOS": "Windows", "templateType": "Cloud Desktop", "networkId": "net-1",
         "zone": "asia-east1-a", "notes": "n"}  # fmt: skip


def test_build_makes_a_draft(api):
    answer = api.post(cloud() + "/templates/build", json=BUILD)
    assert templates(api)["New"]["status"] == "Provisioning"
    assert api.post(cloud() + "/templates/New/publish").status_code == 400
    assert done(api, answer, 900)["status"] == "Succeeded"
    template = templates(api)["New"]
    assert (template["status"], template["cpu"], template["memory"], template["storage"]) == ("Draft", 2, "8192 MB", "128 GB")
    assert (template["templateOsType"], template["templateType"], template["region"]) == ("Windows", "Cloud Desktop", "Global")
    assert not {"notes", "networkId", "imageName", "vmType"} & set(template)


@pytest.mark.parametrize("change", [{"templateName": ""}, {"imageName": "w99"}, {"vmType": "Huge"}, {"zone": "mars"}, {"networkId": "net-9"},
                                    {"templateName": "Base"}, {"setupDomainJoin": True}])  # fmt: skip
def test_bad_builds(api, change):
    assert api.post(cloud() + "/templates/build", json={**BUILD, **change}).status_code == 400


def test_a_build_can_fail(api):
    api.simulator.switches(template_fails="^New")
    answer = api.post(cloud() + "/templates/build", json=BUILD)
    assert done(api, answer, 900)["errorInfo"]["error"] == "templateFailed"
    assert "New" not in templates(api)


def test_clone_and_register(api):
    assert done(api, api.post(cloud() + "/templates/Base/clone", json={"name": "Copy"}), 900)["status"] == "Succeeded"
    copy = templates(api)["Copy"]
    assert (copy["status"], copy["parentTemplate"], copy["cpu"], copy["assignedPools"]) == ("Draft", "Base", 4, [])
    assert api.post(cloud() + "/templates/Base/clone", json={"name": "Copy"}).json()["error"] == "alreadyExists"
    assert api.post(cloud("Azure") + "/templates/Base/clone", json={"name": "Copy"}).json()["error"] == "notSupported"
    assert api.post(cloud("Amazon") + "/templates/register", json={"name": "Known"}).status_code == 400
    done(api, api.post(cloud("Amazon") + "/templates/register", json={"name": "Known", "region": "us-east-1"}), 900)
    assert (templates(api, "Amazon")["Known"]["status"], templates(api, "Amazon")["Known"]["region"]) == ("Published", "us-east-1")


STEPS = {"draft": "Draft", "preview": "Preview", "publish": "Published"}
ALLOWED = {("Draft", "preview"), ("Draft", "publish"), ("Preview", "draft"), ("Preview", "publish"), ("Published", "draft")}


@pytest.mark.parametrize("status", STEPS.values())
@pytest.mark.parametrize("step", STEPS)
def test_steps_of_the_life_cycle(api, status, step):
    api.simulator.change(templates=[{"name": "Base", "subscription_name": "Azure", "status": status}])
    answer = api.post(f"{cloud('Azure')}/templates/Base/{step}")
    if (status, step) not in ALLOWED:
        assert (answer.status_code, answer.json()["error"]) == (400, "invalidState")
        return
    assert templates(api, "Azure")["Base"]["status"] == status
    assert api.post(f"{cloud('Azure')}/templates/Base/{step}").status_code == 400  # while it is under way
    assert done(api, answer, 120)["status"] == "Succeeded"
    assert templates(api, "Azure")["Base"]["status"] == STEPS[step]


def test_a_preview_has_one_pool_at_most(api):
    api.simulator.change(templates=[{"name": "Base", "subscription_name": "Google", "status": "Draft"}],
                         pools=[{"name": "Second", "cloud": "Google Cloud", "subscription_name": "Google", "template": "Base"}])  # fmt: skip
    assert api.post(cloud() + "/templates/Base/preview").status_code == 400
    api.simulator.change(pools=[{"name": "Second", "absent": True}])
    assert api.post(cloud() + "/templates/Base/preview").status_code == 200


def test_delete_is_refused_while_pools_use_it(api):
    answer = api.delete(cloud() + "/templates/Base")
    assert (answer.status_code, answer.json()["error"]) == (400, "inUse")
    api.simulator.switches(write_failure="answered")
    answer = api.delete(cloud() + "/templates/Base")
    assert (answer.status_code, answer.json()["status"], answer.json()["errorInfo"]["error"]) == (200, "Failed", "inUse")
    assert api.delete(cloud("Azure") + "/templates/Base").json()["status"] == "Succeeded"
    assert templates(api, "Azure") == {}
    assert api.delete(cloud("Far") + "/templates/Distant").json()["status"] == "Succeeded"
    assert api.post(cloud("Azure") + "/templates/Base/draft").status_code == 400
