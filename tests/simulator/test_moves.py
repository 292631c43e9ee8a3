# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moving and upgrading a desktop into another pool."""

from __future__ import annotations

import pytest

TENANT = {
    "pools": [
        {"name": "Old", "region": "westeurope", "vm_type": "STANDARD", "create_desktop_on_delete": True, "desktop_name_prefix": "OLD"},
        {"name": "New", "region": "westeurope", "vm_type": "STANDARD", "desktop_name_prefix": "NEW"},
        {"name": "Elsewhere", "region": "eastus", "vm_type": "STANDARD"},
        {"name": "Bigger", "region": "westeurope", "vm_type": "POWER"},
        {"name": "Kiosk", "region": "westeurope", "vm_type": "STANDARD", "pool_type": "Non-Persistent"},
        {"name": "Google", "cloud": "Google Cloud", "region": "westeurope", "vm_type": "STANDARD"},
        {"name": "Disaster", "region": "westeurope", "vm_type": "STANDARD", "dr_event": True},
    ],
    "desktops": [
        {"name": "OLD-001", "pool": "Old", "user": "ann@example.com", "tags": {"dept": "sales"}},
        {"name": "OLD-002", "pool": "Old"},
    ],
}
DOMAIN = {"domainToJoin": "corp.example.com", "domainOU": "OU=VDI", "domainUser": "corp\\joiner", "domainPWD": "secret"}


@pytest.fixture
def api(checked):
    return checked(TENANT)


def move(api, target="New", user="ann@example.com", name="OLD-001"):
    return api.post(api.desktop_path("Old", name) + "/moveDesktop", json={"assignedUser": user, "targetPoolId": api.pool(target)["id"]})


def upgrade(api, target="New", name="OLD-001", retain="false", **more):
    body = {**DOMAIN, "targetPoolId": api.pool(target)["id"], "retainName": retain, **more}
    return api.post(
        f"/v1.0/desktops/{api.desktops('Old')[name]['id']}/upgradeDesktop",
        json={key: value for key, value in body.items() if value is not None},
    )


def test_a_move_makes_a_copy_with_a_new_id_and_deletes_the_source(api):
    before = api.desktops("Old")["OLD-001"]
    answer = move(api)
    assert api.desktops("Old")["OLD-001"]["status"] == "Offline"
    api.simulator.advance(400)
    copy = api.desktops("New")["OLD-001"]
    assert (copy["status"], copy["email"], api.desktops("Old")["OLD-001"]["email"]) == ("Provisioning", "", "ann@example.com")
    api.simulator.advance(350)
    assert (api.desktops("New")["OLD-001"]["email"], api.desktops("Old")["OLD-001"]["email"]) == ("ann@example.com", "")
    assert api.finish(answer, 150)["status"] == "Succeeded"
    assert api.desktops("Old")["OLD-001"]["status"] == "Deleting"
    api.simulator.advance(60)
    moved = api.desktops("New")["OLD-001"]
    assert list(api.desktops("Old")) == ["OLD-002"]  # auto-create does not replace it
    assert moved["id"] != before["id"]
    assert (moved["fqdn"], moved["tags"], moved["status"]) == (before["fqdn"], before["tags"], "Ready")
    assert [desktop["id"] for desktop in api.user("ann@example.com").json()["assignedDesktops"]] == [moved["id"]]


@pytest.mark.parametrize(
    "target, user, word",
    [
        ("Elsewhere", "ann@example.com", "region"),
        ("Bigger", "ann@example.com", "VM type"),
        ("Kiosk", "ann@example.com", "persistent"),
        ("Google", "ann@example.com", "not supported"),
        ("Old", "ann@example.com", "another"),
        ("New", "ben@example.com", "assignedUser"),
        ("Disaster", "ann@example.com", "disaster"),
    ],
)
def test_where_a_desktop_cannot_go(api, target, user, word):
    answer = move(api, target, user)
    assert answer.status_code == 400
    assert word in answer.json()["description"]
    assert api.desktops("Old")["OLD-001"]["status"] == "Ready"


@pytest.mark.parametrize(
    "status, code", [("Connected", 400), ("Disconnect", 400), ("Suspended", 400), ("Failed", 400), ("Rebooting", 400), ("Online", 202)]
)
def test_states_in_which_a_desktop_can_move(api, status, code):
    api.simulator.change(desktops=[{"pool": "Old", "name": "OLD-001", "status": status}])
    assert move(api).status_code == code


def test_a_free_desktop_does_not_move_and_a_paused_one_does(api):
    assert move(api, name="OLD-002").status_code == 400
    api.simulator.change(desktops=[{"pool": "Old", "name": "OLD-001", "power": "paused"}])
    assert move(api).status_code == 202


def test_nothing_else_is_done_to_a_desktop_that_moves(api):
    move(api)
    path = api.desktop_path("Old", "OLD-001")
    for command in ("reboot", "redeploy", "resume", "pause", "cancelMoveDesktop"):
        assert api.post(f"{path}/{command}").status_code == 400, command
    assert move(api).status_code == 400
    assert upgrade(api).status_code == 400
    assert api.delete(path).status_code == 400
    api.simulator.advance(400)
    assert api.delete(api.desktop_path("New", "OLD-001")).status_code == 400
    assert api.get(path).status_code == 200


def test_moves_take_up_slots_of_provisioning(api):
    api.simulator.switches(provisioning_cap=1)
    move(api)
    answer = api.post(api.pool_path("New") + "/desktops")
    assert api.finish(answer)["errorInfo"]["error"] == "maxConcurrentProvisioningError"
    api.simulator.advance(900)
    assert api.finish(api.post(api.pool_path("New") + "/desktops"))["status"] == "InProgress"


def test_a_move_beyond_the_cap_leaves_everything_as_it_is(api):
    api.simulator.switches(provisioning_cap=0)
    assert api.finish(move(api))["errorInfo"]["error"] == "maxConcurrentProvisioningError"
    assert api.desktops("Old")["OLD-001"]["status"] == "Ready"


def test_an_early_failure_needs_nothing(api):
    api.simulator.switches(move_fails="early")
    assert api.finish(move(api), 900)["errorInfo"]["error"] == "desktopNotMoved"
    desktop = api.desktops("Old")["OLD-001"]
    assert (desktop["status"], desktop["email"]) == ("Ready", "ann@example.com")
    assert api.desktops("New") == {}
    assert api.post(api.desktop_path("Old", "OLD-001") + "/cancelMoveDesktop").status_code == 400


@pytest.mark.parametrize("command", ["reboot", "cancelMoveDesktop"])
def test_a_late_failure_needs_a_reboot_or_a_cancel(api, command):
    api.simulator.switches(move_fails="late")
    assert api.finish(move(api), 900)["status"] == "Failed"
    path = api.desktop_path("Old", "OLD-001")
    assert (api.get(path).json()["status"], api.desktops("New")) == ("Offline", {})
    assert api.post(path + "/resume").status_code == 400
    assert api.finish(api.post(f"{path}/{command}"), 150)["status"] == "Succeeded"
    assert (api.get(path).json()["status"], api.get(path).json()["email"]) == ("Ready", "ann@example.com")
    api.simulator.switches(move_fails="no")
    assert api.finish(move(api), 900)["status"] == "Succeeded"


def test_the_last_failure_needs_a_cancel(api):
    api.simulator.switches(move_fails="last")
    assert api.finish(move(api), 900)["status"] == "Failed"
    path = api.desktop_path("Old", "OLD-001")
    assert (api.get(path).json()["email"], api.desktops("New")["OLD-001"]["email"]) == ("", "ann@example.com")
    assert api.post(path + "/reboot").status_code == 400
    assert api.finish(api.post(path + "/cancelMoveDesktop"), 100)["status"] == "Succeeded"
    assert (api.get(path).json()["status"], api.get(path).json()["email"], api.desktops("New")) == ("Ready", "ann@example.com", {})
    assert api.post(path + "/cancelMoveDesktop").status_code == 400


def test_a_failed_move_can_be_deleted(api):
    api.simulator.switches(move_fails="last")
    api.finish(move(api), 900)
    assert api.delete(api.desktop_path("Old", "OLD-001")).status_code == 204
    api.simulator.advance(60)
    assert api.post(api.desktop_path("New", "OLD-001") + "/reboot").status_code == 202


def test_a_move_ends_when_its_desktop_vanishes(api):
    answer = move(api)
    api.simulator.change(desktops=[{"pool": "Old", "name": "OLD-001", "absent": True}])
    assert api.finish(answer, 900)["status"] == "Failed"
    assert api.desktops("New") == {}


def test_a_restart_of_control_can_leave_a_move_behind(api):
    answer = move(api)
    api.simulator.fault("restart", path="/licenses", seconds=10)
    api.get("/v1.0/licenses")
    api.simulator.advance(1000)
    assert api.get(answer.json()["statusURL"]).json()["status"] == "InProgress"
    path = api.desktop_path("Old", "OLD-001")
    assert api.get(path).json()["status"] == "Offline"
    assert api.finish(api.post(path + "/cancelMoveDesktop"), 100)["status"] == "Succeeded"
    assert api.get(path).json()["status"] == "Ready"


def test_tags_and_the_word_for_moving_are_switches(api):
    api.simulator.switches(move_keeps_tags=False, moving_status="Moving")
    answer = move(api)
    assert api.desktops("Old")["OLD-001"]["status"] == "Moving"
    api.finish(answer, 900)
    assert api.desktops("New")["OLD-001"]["tags"] == []


# ---- Upgrade


def test_an_upgrade_may_cross_regions_and_names_the_desktop(api):
    assert api.finish(upgrade(api, "Elsewhere"), 1800)["status"] == "Succeeded"
    desktop = next(iter(api.desktops("Elsewhere").values()))
    assert (desktop["name"], desktop["email"]) == ("Elsewhere-001", "ann@example.com")
    api.simulator.switches(upgrading_seconds=100)
    assert api.finish(upgrade(api, name="OLD-002", computerName="MINE-1"), 100)["status"] == "Succeeded"
    assert "MINE-1" in api.desktops("New")


def test_an_upgrade_can_keep_the_name(api):
    before = api.desktops("Old")["OLD-001"]
    api.finish(upgrade(api, retain="true"), 1800)
    after = api.desktops("New")["OLD-001"]
    assert (after["fqdn"], after["id"] != before["id"]) == (before["fqdn"], True)


@pytest.mark.parametrize("more", [{"retain": "yes"}, {"retain": True}, {"retain": "true", "computerName": "X"}, {"domainPWD": None}, {"target": "Google"},
                                  {"target": "Disaster"}])  # fmt: skip
def test_bad_upgrades(start, more):
    assert upgrade(start(TENANT), **more).status_code == 400


def test_an_entra_only_tenant_upgrades_without_domain(start):
    api = start(TENANT, entra_only=True)
    body = {"targetPoolId": api.pool("New")["id"]}
    path = f"/v1.0/desktops/{api.desktops('Old')['OLD-001']['id']}/upgradeDesktop"
    assert api.post(path, json=body).status_code == 400
    assert api.post(path, json={**body, "computerName": "X"}).status_code == 202


def test_cancel_an_upgrade(api):
    api.simulator.switches(move_fails="last")
    desktop_id = api.desktops("Old")["OLD-001"]["id"]
    assert api.finish(upgrade(api), 1800)["errorInfo"]["error"] == "desktopNotUpgraded"
    assert api.post(api.desktop_path("Old", "OLD-001") + "/cancelMoveDesktop").status_code == 400
    assert api.finish(api.post(f"/v1.0/desktops/{desktop_id}/cancelUpgradeDesktop"), 100)["status"] == "Succeeded"
    assert api.desktops("Old")["OLD-001"]["email"] == "ann@example.com"
    assert api.post("/v1.0/desktops/nothing/cancelUpgradeDesktop").status_code == 400
