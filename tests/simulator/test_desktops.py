# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktops: create, delete, power, tags."""

from __future__ import annotations

import pytest


def test_create_goes_through_its_states(api):
    answer = api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Example-Dev"})
    assert api.finish(answer)["status"] == "InProgress"
    assert api.desktops("Sales EU")["Example-Dev"]["status"] == "Provisioning"
    operation = api.finish(answer, 240)
    desktop = api.desktops("Sales EU")["Example-Dev"]
    assert operation["status"] == "Succeeded"
    assert operation["details"] == {
        "desktopName": "Example-Dev",
        "id": desktop["id"],
        "ipAddress": desktop["ipAddress"],
        "fqdn": desktop["fqdn"],
    }
    assert operation["errorInfo"] == {"error": "null", "description": "null"}
    assert (desktop["status"], desktop["email"]) == ("Online", "")
    api.simulator.advance(20)
    assert api.get(api.desktop_path("Sales EU", "Example-Dev")).json()["status"] == "Ready"


def test_without_a_name_the_next_free_number_is_taken(api):
    api.post(api.pool_path("Sales EU") + "/desktops")
    assert "SALES-004" in api.desktops("Sales EU")


def test_desktops_are_built_one_after_the_other(api):
    answers = [api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": f"D-{n}"}) for n in range(3)]
    api.simulator.advance(480)
    assert [api.finish(answer)["status"] for answer in answers] == ["Succeeded", "Succeeded", "InProgress"]


def test_beyond_the_cap_the_operation_fails_and_nothing_is_created(api):
    api.simulator.switches(provisioning_cap=1)
    api.post(api.pool_path("Sales EU") + "/desktops")
    operation = api.finish(api.post(api.pool_path("Far away") + "/desktops"))
    assert operation["status"] == "Failed"
    assert operation["details"] is None
    assert operation["errorInfo"]["error"] == "maxConcurrentProvisioningError"
    assert len(api.desktops("Far away")) == 1
    api.simulator.advance(240)
    assert api.finish(api.post(api.pool_path("Far away") + "/desktops"))["status"] == "InProgress"


def test_a_repeated_create_runs_twice_unless_refused(api):
    path = api.pool_path("Sales EU") + "/desktops"
    for _time in range(2):
        api.post(path, json={"computerName": "Twin"})
    desktops = [desktop for desktop in api.get(path).json()["desktops"] if desktop["name"] == "Twin"]
    assert len({desktop["id"] for desktop in desktops}) == 2
    api.simulator.switches(duplicate_names="refuse")
    assert api.post(path, json={"computerName": "twin"}).status_code == 400


def test_a_new_desktop_can_show_up_late(api):
    api.simulator.switches(listing_lag_seconds=30)
    before = api.pool("Sales EU")["availCount"]
    api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Late"})
    assert "Late" not in api.desktops("Sales EU")
    assert api.pool("Sales EU")["availCount"] == before
    api.simulator.advance(30)
    assert "Late" in api.desktops("Sales EU")


@pytest.mark.parametrize("name", ["1abc", "-abc", "a b", "a.b", ""])
def test_bad_computer_names(lenient, name):
    assert lenient.post(lenient.pool_path("Sales EU") + "/desktops", json={"computerName": name}).status_code == 400


def test_a_build_can_fail(api):
    api.simulator.switches(provisioning_fails="^Bad")
    operation = api.finish(api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Bad-1"}), 240)
    assert (operation["status"], operation["errorInfo"]["error"]) == ("Failed", "provisioningFailed")
    assert api.desktops("Sales EU")["Bad-1"]["status"] == "Failed"


def test_delete_shrinks_the_pool(api):
    path = api.desktop_path("Sales EU", "SALES-001")
    answer = api.delete(path)
    assert (answer.status_code, answer.text) == (204, "")
    assert api.get(path).json()["status"] == "Deleting"
    assert api.delete(path).status_code == 400
    api.simulator.advance(60)
    assert "SALES-001" not in api.desktops("Sales EU")
    assert api.get(path).status_code == 400
    assert api.user("ann@example.com").json()["assignedDesktops"] == []


def test_delete_with_auto_create_builds_a_new_one_without_tags(api):
    path = api.desktop_path("Lab", "LAB-001")
    api.post(path + "/tags", json={"tags": [{"name": "a", "value": "b"}]})
    old = api.desktops("Lab")["LAB-001"]
    api.delete(path)
    api.simulator.advance(60)
    new = api.desktops("Lab")["LAB-001"]
    assert (new["status"], new["tags"]) == ("Provisioning", [])
    assert new["id"] != old["id"]


def test_delete_while_it_is_built_frees_the_builder(api):
    first = api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "First"})
    second = api.post(api.pool_path("Sales EU") + "/desktops", json={"computerName": "Second"})
    api.simulator.advance(100)
    api.delete(api.desktop_path("Sales EU", "First"))
    assert api.finish(first)["errorInfo"]["error"] == "desktopDeleted"
    assert api.finish(second, 240)["status"] == "Succeeded"


def test_custom_desktops_need_a_custom_pool_and_are_there_at_once(api):
    path = api.pool_path("Own machines") + "/customdesktop"
    answer = api.post(path, json={"computerName": "Shared-1", "biosGUID": "12345678-1234-5678-ABCD-1234567890AB"})
    desktop = api.desktops("Own machines")["Shared-1"]
    assert answer.status_code == 200
    assert answer.json()["details"]["id"] == desktop["id"]
    assert desktop["status"] == "Ready"
    assert api.post(path, json={"computerName": "Shared-1", "biosGUID": "x"}).status_code == 400
    assert (
        api.post(path, json={"computerName": "Shared-2", "macAddress": "00:1s", "fqdn": "shared-2.corp"}).json()["details"]["fqdn"]
        == "shared-2.corp"
    )
    assert api.post(api.pool_path("Sales EU") + "/customdesktop", json={"computerName": "X", "biosGUID": "x"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [{"computerName": "A"}, {"computerName": "A", "macAddress": "x"}, {"biosGUID": "x"}, {"computerName": "A" * 16, "biosGUID": "x"}],
)
def test_bad_custom_desktops(lenient, body):
    assert lenient.post(lenient.pool_path("Own machines") + "/customdesktop", json=body).status_code == 400


# ---- Power


def test_pause_and_resume(api):
    path = api.desktop_path("Sales EU", "SALES-001")
    answer = api.post(path + "/pause")
    assert api.get(path).json()["status"] == "Ready"
    assert api.finish(answer, 60)["status"] == "Succeeded"
    assert api.get(path).json()["status"] == "Offline"
    assert api.post(path + "/pause").status_code == 400
    assert api.finish(api.post(path + "/resume"), 60)["status"] == "Succeeded"
    assert api.get(path).json()["status"] == "Online"
    api.simulator.advance(20)
    assert api.get(path).json()["status"] == "Ready"


def test_the_word_for_paused_is_a_switch(api):
    api.simulator.switches(paused_status="Hibernated")
    path = api.desktop_path("Sales EU", "SALES-001")
    api.finish(api.post(path + "/pause"), 60)
    assert api.get(path).json()["status"] == "Hibernated"
    assert api.post(path + "/resume").status_code == 202


def test_resume_with_a_duration_forbids_a_pause(api):
    path = api.desktop_path("Sales EU", "SALES-001")
    assert api.finish(api.post(path + "/resume", json={"duration": "5"}))["status"] == "Succeeded"
    api.simulator.advance(299)
    assert api.post(path + "/pause").status_code == 400
    api.simulator.advance(1)
    assert api.post(path + "/pause").status_code == 202


def test_a_duration_is_text(lenient):
    for duration in (5, "5m", "", "-1"):
        assert lenient.post(lenient.desktop_path("Sales EU", "SALES-001") + "/resume", json={"duration": duration}).status_code == 400


def test_a_reboot_and_another_one(api):
    path = api.desktop_path("Sales EU", "SALES-002")
    first = api.post(path + "/reboot")
    assert api.get(path).json()["status"] == "Rebooting"
    api.simulator.advance(60)
    second = api.post(path + "/reboot")
    assert api.finish(first, 60)["status"] == "Succeeded"
    assert api.get(path).json()["status"] == "Rebooting"
    assert api.finish(second, 60)["status"] == "Succeeded"
    assert api.get(path).json()["status"] == "Online"


@pytest.mark.parametrize("command", ["pause", "resume", "reboot"])
def test_power_is_for_persistent_desktops(api, command):
    name = next(iter(api.desktops("Kiosk")))
    assert api.post(f"{api.desktop_path('Kiosk', name)}/{command}").status_code == 400


@pytest.mark.parametrize("command, status", [("pause", 400), ("resume", 400), ("tags", 400), ("reboot", 202)])
def test_a_cloud_may_lack_a_call(lenient, command, status):
    name = next(iter(lenient.desktops("Far away")))
    body = {"tags": [{"name": "a", "value": "b"}]} if command == "tags" else None
    assert lenient.post(f"{lenient.desktop_path('Far away', name)}/{command}", json=body).status_code == status


def test_template_without_pause(start):
    api = start({"pools": [{"name": "P", "pause_resume_supported": False, "desktops": 1, "desktop_name_prefix": "P"}]})
    assert api.post(api.desktop_path("P", "P-001") + "/pause").status_code == 400


# ---- Tags


def tag(name="a", value="b"):
    return {"name": name, "value": value}


def test_tags_replace_all_tags(api):
    path = api.desktop_path("Sales EU", "SALES-001")
    desktop = api.get(path).json()
    answer = api.post(path + "/tags", json={"desktopId": desktop["id"], "poolId": desktop["poolId"], "tags": [tag(), tag("c", "d")]})
    assert (answer.status_code, answer.text) == (200, "")
    assert api.get(path).json()["tags"] == [tag(), tag("c", "d")]


@pytest.mark.parametrize(
    "tags",
    [
        None,
        [],
        [tag(str(n)) for n in range(6)],
        [tag(), tag()],
        [tag(), tag(value="other")],
        [tag("n" * 129)],
        [tag(value="v" * 513)],
        [tag(str(n) + "n" * 100, "v" * 400) for n in range(5)],
        [tag("")],
        [{"name": "a"}],
        ["a"],
        *([tag("a" + character)] for character in "<>%&\\?/"),
        *([tag(value=character)] for character in "<>%&\\?/"),
    ],
)
def test_bad_tags(lenient, tags):
    path = lenient.desktop_path("Sales EU", "SALES-001")
    answer = lenient.post(path + "/tags", json={"tags": tags})
    assert answer.status_code == 400
    assert lenient.get(path).json()["tags"] == [tag("dept", "sales")]


def test_most_that_tags_may_be(lenient):
    tags = [tag(str(n) + "n" * 27, "v" * 380) for n in range(5)]
    tags[0]["value"] += "v" * (2048 - sum(len(item["name"]) + len(item["value"]) for item in tags))
    assert lenient.post(lenient.desktop_path("Sales EU", "SALES-001") + "/tags", json={"tags": tags}).status_code == 200
    tags[0]["value"] += "v"
    assert lenient.post(lenient.desktop_path("Sales EU", "SALES-001") + "/tags", json={"tags": tags}).status_code == 400


def test_tags_of_another_desktop(lenient):
    body = {"tags": [tag()], "desktopId": "other"}
    assert lenient.post(lenient.desktop_path("Sales EU", "SALES-001") + "/tags", json=body).status_code == 400


@pytest.mark.parametrize(
    "status, code", [("Failed", 400), ("Error", 400), ("Deleting", 400), ("Provisioning", 400), ("Suspended", 200), ("Offline", 200)]
)
def test_states_in_which_a_desktop_takes_tags(api, status, code):
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-001", "status": status}])
    assert api.post(api.desktop_path("Sales EU", "SALES-001") + "/tags", json={"tags": [tag()]}).status_code == code


def test_tags_are_for_persistent_desktops(api):
    name = next(iter(api.desktops("Kiosk")))
    assert api.post(api.desktop_path("Kiosk", name) + "/tags", json={"tags": [tag()]}).status_code == 400
