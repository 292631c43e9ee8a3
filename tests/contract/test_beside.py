# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the vendor announces or shows beside its contract is understood as well; workspot-behaviour.md tells what it is."""

from __future__ import annotations

from scenarios import Stage

REBOOT = {"cluster": "Iberia", "name": "iberia001", "action": "reboot"}
AGED = {"older_than": 90}


def test_a_gateway_that_reboots_in_the_background():
    with Stage(gateway_reboot="asynchronous") as stage:
        before = stage.run("workspot_gateway_host_info", **{key: REBOOT[key] for key in ("cluster", "name")})["gateway_hosts"][0]
        result = stage.run("workspot_gateway_host", **REBOOT)
        assert result["changed"] and result["operation"]
        (host,) = [host for host in result["gateways"]["hosts"] if host["name"] == "iberia001"]
        assert host["last_reboot_date"] > before["last_reboot_date"] and host["status"] == "Ready"


def test_a_gateway_that_is_in_maintenance_after_its_reboot():
    with Stage(gateway_mode_after_reboot="Maintenance") as stage:
        assert stage.run("workspot_gateway_host", **REBOOT)["gateways"]["enabled"] == ["iberia002"]
        assert stage.run("workspot_gateway_host", cluster="Iberia", state="enabled")["gateways"]["enabled"] == ["iberia001", "iberia002"]


def test_dates_of_stale_devices_as_the_example_shows_them():
    with Stage(stale_device_dates="example", stale_devices_page=1) as stage:
        result = stage.run("workspot_stale_device", **AGED)
        assert result["stale_devices"] == {"total": 1, "devices": []}
        assert stage.run("workspot_stale_device", **AGED)["changed"] is False


def test_a_creation_that_answers_200_with_an_operation():
    cluster = dict(
        name="Nordic", cloud="Google", cloud_region="europe-north1", auth_type="AAD", gateway_policy="Default Gateway", image="Windows Server (2025)",
        vm_class="Standard Gateway", name_prefix="nordic", number_of_hosts=1,
    )  # fmt: skip
    with Stage(cluster_create_status=200) as stage:
        assert stage.run("workspot_gateway_cluster", **cluster)["operation"]
        assert stage.run("workspot_gateway_host_info", cluster="Nordic")["gateway_hosts"][0]["status"] == "Ready"


def test_images_that_are_listed_because_they_can_be_added():
    with Stage(custom_images="candidates") as stage:
        result = stage.run("workspot_custom_image", cloud="Google", name="windows-design")
        assert not result.get("failed") and not result["changed"]


def test_an_image_that_came_in_between_is_no_failure():
    image = {"cloud": "Google", "name": "windows-11"}
    with Stage() as stage:
        stage.simulator.fault(
            "concurrent",
            operation_id="createCustomImagesUsingPOST",
            change={"clouds": [{"name": "Google", "custom_images": [{"image_name": "windows-11"}]}]},
        )
        assert stage.run("workspot_custom_image", **image)["custom_image"]["name"] == "windows-11"


def test_a_cloud_that_is_not_there_is_one_clear_sentence():
    with Stage() as stage:
        result = stage.run("workspot_cloud_info", cloud="Gogle", gather=["networks"])
        assert result["error"]["kind"] == "not_found"
        assert result["msg"] == "There is no cloud 'Gogle'; did you mean 'Google'?"
