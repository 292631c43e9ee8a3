# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Redeploy, snapshots, screenshots and retention."""

from __future__ import annotations

import pytest
import requests

DAY = 86400


# ---- Redeploy


def test_redeploy_keeps_id_user_and_tags(api):
    path = api.desktop_path("Sales EU", "SALES-001")
    before = api.get(path).json()
    answer = api.post(path + "/redeploy")
    assert api.get(path).json()["status"] == "Redeploy"
    assert api.post(path + "/reboot").status_code == 400
    assert api.finish(answer, 300)["status"] == "Succeeded"
    assert api.get(path).json() == {**before, "status": "Online"}
    api.simulator.advance(20)
    assert api.get(path).json() == before


def test_redeploy_can_fail(api):
    api.simulator.switches(provisioning_fails="SALES")
    operation = api.finish(api.post(api.desktop_path("Sales EU", "SALES-001") + "/redeploy"), 300)
    assert operation["errorInfo"]["error"] == "redeployFailed"
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Failed"


@pytest.mark.parametrize(
    "status, code", [("Provisioning", 400), ("Suspended", 400), ("Deleting", 400), ("Failed", 202), ("Offline", 202), ("Connected", 202)]
)
def test_states_in_which_a_desktop_can_be_redeployed(api, status, code):
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-001", "status": status}])
    assert api.post(api.desktop_path("Sales EU", "SALES-001") + "/redeploy").status_code == code


AZURE_ONLY = {
    "redeploy": None, "screenshotDesktop": None, "cancelMoveDesktop": None, "moveDesktop": {"assignedUser": "ann@example.com", "targetPoolId": "x"},
}  # fmt: skip


@pytest.mark.parametrize("command", AZURE_ONLY)
@pytest.mark.parametrize("pool", ["Lab", "Far away"])
def test_only_azure_has_these(api, command, pool):
    name = next(iter(api.desktops(pool)))
    answer = api.post(f"{api.desktop_path(pool, name)}/{command}", json=AZURE_ONLY[command])
    assert (answer.status_code, answer.json()["error"]) == (400, "notSupported")


# ---- Snapshots

DOMAIN = {"domainToJoin": "corp.example.com", "domainOU": "OU=VDI", "domainUser": "corp\\joiner", "domainPWD": "canary-2"}


def test_attach_a_snapshot(checked):
    api = checked({"pools": [{"name": "P", "cloud": "Amazon WorkSpaces Core", "desktops": 1, "desktop_name_prefix": "P"}]})
    path = api.desktop_path("P", "P-001")
    assert api.post(path + "/attachSnapshot", json={"snapshotId": "snap-1"}).status_code == 400
    answer = api.post(path + "/attachSnapshot", json={"snapshotId": "snap-1", **DOMAIN})
    assert api.get(path).json()["status"] == "Rebooting"
    assert api.finish(answer, 120)["status"] == "Succeeded"
    api.simulator.advance(20)
    assert api.get(path).json()["status"] == "Ready"
    api.simulator.switches(entra_only=True)
    assert api.post(path + "/attachSnapshot", json={"snapshotId": "snap-1"}).status_code == 202
    assert "canary-2" not in str(api.simulator.log())


def test_snapshots_are_for_amazon(lenient):
    body = {"snapshotId": "snap-1", **DOMAIN}
    assert lenient.post(lenient.desktop_path("Sales EU", "SALES-001") + "/attachSnapshot", json=body).json()["error"] == "notSupported"


# ---- Screenshots


def test_a_screenshot_is_linked_for_fifteen_minutes(api):
    operation = api.finish(api.post(api.desktop_path("Sales EU", "SALES-001") + "/screenshotDesktop"), 10)
    link = operation["details"]["downloadUrl"]
    picture = requests.get(link, timeout=10)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert api.get(link).status_code == 400  # with a bearer token
    api.simulator.advance(898)
    assert requests.get(link, timeout=10).status_code == 200
    api.simulator.advance(3)
    assert requests.get(link, timeout=10).status_code == 403


@pytest.mark.parametrize("way, status", [("failed", "Failed"), ("empty", "Succeeded")])
@pytest.mark.parametrize("session", ["connected", "disconnected"])
def test_nothing_is_shown_while_somebody_is_signed_in(api, way, status, session):
    api.simulator.switches(screenshot_in_session=way)
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-001", "session": session}])
    operation = api.finish(api.post(api.desktop_path("Sales EU", "SALES-001") + "/screenshotDesktop"), 10)
    assert (operation["status"], operation["details"]) == (status, None)


def test_a_session_that_begins_meanwhile_is_not_shown_either(api):
    answer = api.post(api.desktop_path("Sales EU", "SALES-001") + "/screenshotDesktop")
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-001", "session": "connected"}])
    assert api.finish(answer, 10)["details"] is None


def test_the_name_of_the_link_is_a_switch_and_a_sleeper_has_no_screen(api):
    api.simulator.switches(link_key="screenshotUrl")
    operation = api.finish(api.post(api.desktop_path("Sales EU", "SALES-001") + "/screenshotDesktop"), 10)
    assert list(operation["details"]) == ["screenshotUrl"]
    api.simulator.change(desktops=[{"pool": "Sales EU", "name": "SALES-002", "power": "paused"}])
    assert api.post(api.desktop_path("Sales EU", "SALES-002") + "/screenshotDesktop").status_code == 400


# ---- Retention


def retain(api, days, name="SALES-001"):
    return api.post(f"/v1.0/desktops/{api.desktops('Sales EU')[name]['id']}/retainDesktop", json={"retentionPeriod": days})


def suspend(api):
    desktop = api.desktops("Sales EU")["SALES-001"]
    assert api.delete(f"/v1.0/users/ann%40example.com/desktops/{desktop['id']}").status_code == 204
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Suspended"


def test_the_clock_starts_at_suspension(api):
    answer = retain(api, "2")
    assert answer.json() == {"desktopId": api.desktops("Sales EU")["SALES-001"]["id"], "desktopStatus": "Ready", "retentionPeriod": "2"}
    api.simulator.advance(5 * DAY)
    api.sign_in()
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Ready"
    suspend(api)
    api.simulator.advance(2 * DAY - 1)
    api.sign_in()
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Suspended"
    api.simulator.advance(1)
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Deleting"
    api.simulator.advance(60)
    assert "SALES-001" not in api.desktops("Sales EU")


def test_on_a_suspended_desktop_the_days_count_from_the_call(api):
    suspend(api)
    for _time in range(2):
        assert retain(api, "2").json()["desktopStatus"] == "Suspended"
        api.simulator.advance(DAY + DAY / 2)
        api.sign_in()
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Suspended"
    assert retain(api, "0").status_code == 200
    api.simulator.advance(99 * DAY)
    api.sign_in()
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Suspended"


def test_a_desktop_that_is_used_again_is_kept(api):
    retain(api, "1")
    suspend(api)
    api.post("/v1.0/users/ben%40example.com/desktops", json={"desktopId": api.desktops("Sales EU")["SALES-001"]["id"]})
    api.simulator.advance(3 * DAY)
    api.sign_in()
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Ready"


@pytest.mark.parametrize("days", [None, 5, "", "-1", "1.5", "x"])
def test_days_are_a_number_as_text(lenient, days):
    assert retain(lenient, days).status_code == 400


def test_no_read_tells_the_retention(api):
    retain(api, "5")
    assert "etention" not in api.get(api.desktop_path("Sales EU", "SALES-001")).text
    assert next(desktop for desktop in api.simulator.state()["desktops"] if desktop["name"] == "SALES-001")["retention_days"] == 5
