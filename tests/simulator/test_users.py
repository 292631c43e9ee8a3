# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, who has which desktop, and the report of all users."""

from __future__ import annotations

import csv
import io

import pytest
import requests

ANN, BEN = "/v1.0/users/ann%40example.com", "/v1.0/users/ben%40example.com"


def test_show(api):
    user = api.user("ann@example.com").json()
    assert (user["firstName"], user["lastName"], user["costCenter"]) == ("Ann", "Adams", "115")
    assert [desktop["desktopName"] for desktop in user["assignedDesktops"]] == ["SALES-001"]
    assert [pool["poolName"] for pool in user["assignedPools"]] == ["Sales EU"]


def test_unknown_user(api):
    answer = api.user("eve@example.com")
    assert (answer.status_code, answer.json()["description"]) == (400, "User eve@example.com was not found")


def test_create_takes_a_while(api):
    answer = api.post("/v1.0/users", json={"email": "eve@example.com", "firstName": "Eve"})
    assert api.user("eve@example.com").status_code == 400
    operation = api.finish(answer, 10)
    assert operation["status"] == "Succeeded"
    assert operation["details"] == api.user("eve@example.com").json()
    assert api.post("/v1.0/users", json={"email": "Eve@example.com"}).status_code == 400


def test_two_creates_at_once_make_one_user(api):
    answers = [api.post("/v1.0/users", json={"email": "eve@example.com"}) for _time in range(2)]
    api.simulator.advance(10)
    assert [api.finish(answer)["status"] for answer in answers] == ["Succeeded", "Failed"]


def test_who_is_not_in_the_directory_fails_in_the_operation(start):
    api = start({"directory": ["ann@example.com"]})
    assert api.finish(api.post("/v1.0/users", json={"email": "eve@example.com"}), 10)["errorInfo"]["error"] == "userNotInDirectory"
    assert api.finish(api.post("/v1.0/users", json={"email": "Ann@example.com"}), 10)["status"] == "Succeeded"


def test_create_with_a_pool_takes_a_free_desktop_if_there_is_one(api):
    pool = api.pool("Sales EU")["id"]
    for email, desktops in (("eve@example.com", ["SALES-002"]), ("fin@example.com", [])):
        api.finish(api.post("/v1.0/users", json={"email": email, "poolId": pool}), 10)
        assert [desktop["desktopName"] for desktop in api.user(email).json()["assignedDesktops"]] == desktops


@pytest.mark.parametrize("email", [None, "", "eve", "a b@example.com"])
def test_bad_addresses(lenient, email):
    assert lenient.post("/v1.0/users", json={"email": email}).status_code == 400


def test_delete_suspends_or_returns_by_pool(api):
    lab = api.desktops("Lab")["LAB-001"]["id"]
    api.post(ANN + "/desktops", json={"desktopId": lab})
    assert api.delete(ANN + "/").status_code == 204
    assert api.user("ann@example.com").status_code == 400
    assert [
        (desktop["status"], desktop["email"]) for desktop in (api.desktops("Sales EU")["SALES-001"], api.desktops("Lab")["LAB-001"])
    ] == [("Suspended", ""), ("Ready", "")]


def test_deleting_a_user_does_not_stop_the_deletion_of_the_desktop(api):
    api.delete(api.desktop_path("Sales EU", "SALES-001"))
    api.delete(ANN + "/")
    assert api.desktops("Sales EU")["SALES-001"]["status"] == "Deleting"
    api.simulator.advance(60)
    assert "SALES-001" not in api.desktops("Sales EU")


def test_cost_center(api):
    assert api.post(ANN + "/assignCostCenter", json={"costCenter": "7"}).json()["costCenter"] == "7"
    assert api.user("ann@example.com").json()["costCenter"] == "7"
    api.simulator.switches(cost_centers="directory")
    assert api.post(ANN + "/assignCostCenter", json={"costCenter": "8"}).status_code == 400


def test_assign_and_unassign_a_desktop(api):
    desktop = api.desktops("Sales EU")["SALES-002"]["id"]
    for _time in range(2):
        answer = api.post(BEN + "/desktops", json={"desktopId": desktop})
        assert [item["id"] for item in answer.json()["assignedDesktops"]] == [desktop]
    assert api.post(ANN + "/desktops", json={"desktopId": desktop}).status_code == 400
    assert api.delete(f"{ANN}/desktops/{desktop}").status_code == 400
    assert api.delete(f"{BEN}/desktops/{desktop}").status_code == 204
    assert api.desktops("Sales EU")["SALES-002"]["status"] == "Suspended"
    assert api.post(BEN + "/desktops", json={"desktopId": desktop}).status_code == 200
    assert api.desktops("Sales EU")["SALES-002"]["status"] == "Ready"


def test_a_failed_desktop_cannot_be_assigned(api):
    assert api.post(BEN + "/desktops", json={"desktopId": api.desktops("Sales EU")["SALES-003"]["id"]}).status_code == 400


def test_assign_pool_takes_a_free_desktop_then_builds(api):
    pool = api.pool("Sales EU")["id"]
    operation = api.finish(api.post(BEN + "/pools", json={"poolId": pool}), 15)
    assert operation["details"]["desktopName"] == "SALES-002"
    second = api.post(BEN + "/pools", json={"poolId": pool})
    assert api.finish(second, 15)["status"] == "InProgress"
    assert api.finish(second, 225)["details"]["desktopName"] == "SALES-004"
    assert len(api.user("ben@example.com").json()["assignedDesktops"]) == 2


def test_two_users_at_once_get_two_desktops(api):
    pool = api.pool("Lab")["id"]
    answers = [api.post(path + "/pools", json={"poolId": pool}) for path in (ANN, BEN)]
    api.simulator.advance(15)
    assert len({api.finish(answer)["details"]["id"] for answer in answers}) == 2


def test_a_second_assign_pool_can_do_nothing(api):
    api.simulator.switches(second_assign_pool="nothing")
    api.finish(api.post(ANN + "/pools", json={"poolId": api.pool("Sales EU")["id"]}), 15)
    assert len(api.user("ann@example.com").json()["assignedDesktops"]) == 1


def test_assign_pool_obeys_the_cap(api):
    api.simulator.switches(provisioning_cap=0)
    pool = api.pool("Own machines")["id"]
    operation = api.finish(api.post(ANN + "/pools", json={"poolId": pool}))
    assert operation["errorInfo"]["error"] == "maxConcurrentProvisioningError"


def test_a_non_persistent_pool_is_a_right_without_a_desktop(api):
    api.finish(api.post(BEN + "/pools", json={"poolId": api.pool("Kiosk")["id"]}), 15)
    user = api.user("ben@example.com").json()
    assert [pool["poolName"] for pool in user["assignedPools"]] == ["Kiosk"]
    assert user["assignedDesktops"] == []


def test_assign_to_a_user_who_leaves_meanwhile(api):
    answer = api.post(BEN + "/pools", json={"poolId": api.pool("Sales EU")["id"]})
    api.delete(BEN + "/")
    assert api.finish(answer, 15)["status"] == "Failed"
    assert api.desktops("Sales EU")["SALES-002"]["email"] == ""


# ---- Report


def report(api):
    return api.finish(api.get("/v1.0/reports/users"), 30)["details"]


def test_report_lists_all_users(api):
    details = report(api)
    users = requests.get(details["downloadUrl"], timeout=10).json()["Users"]
    assert [user["email"] for user in users] == ["ann@example.com", "ben@example.com"]
    assert [desktop["desktopName"] for desktop in users[0]["persistentDesktops"]] == ["SALES-001"]
    assert details["expiresIn"] == 900


def test_report_as_csv(api):
    api.simulator.switches(users_report_format="csv")
    rows = list(csv.DictReader(io.StringIO(requests.get(report(api)["downloadUrl"], timeout=10).text)))
    assert rows[0]["persistentDesktops"] == "SALES-001"


def test_download_refuses_a_bearer_token_forged_links_and_late_comers(api):
    link = report(api)["downloadUrl"]
    assert api.get(link).status_code == 400
    assert requests.get(link + "0", timeout=10).status_code == 403
    assert requests.get(link.replace("1-users", "2-users"), timeout=10).status_code == 403
    api.simulator.advance(901)
    assert requests.get(link, timeout=10).status_code == 403
    assert api.simulator.log()[-4]["token_carried"] is True


# ---- Operations


def test_unknown_operation(api):
    assert api.get("/v1.0/operation/nothing").status_code == 400


def test_spelling_and_host_of_the_status_url(api):
    api.simulator.switches(status_key="StatusUrl", status_host="https://api.workspot.com")
    data = api.post(api.pool_path("Sales EU") + "/desktops").json()
    assert list(data) == ["StatusUrl"]
    assert data["StatusUrl"].startswith("https://api.workspot.com/v1.0/operation/")
