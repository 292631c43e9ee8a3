# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups and global desktops: pools in order, for all or for one user."""

from __future__ import annotations

import pytest

TENANT = {
    "pools": [{"name": "A", "display_name": "First"}, {"name": "B"}, {"name": "C"}, {"name": "Far", "cloud": "Akamai"}],
    "desktops": [{"name": "B-001", "pool": "B", "user": "ann@example.com"}],
    "users": [{"email": "ann@example.com", "groups": ["Sales"]}, {"email": "ben@example.com"}],
    "global_desktops": [{"name": "Near", "pools": ["A", "B", "C"]}, {"name": "Other", "pools": ["A"]}],
    "groups": [{"name": "Sales", "global_desktops": ["Near"]}, {"name": "Lab", "type": "AD"}],
}


@pytest.fixture
def api(checked):
    return checked(TENANT)


def near(api):
    return api.ids("/v1.0/globalDesktops", "globalDesktopDetails")["Near"]


def order(api, *names, ranks=None):
    return {"poolPrecedence": [{"poolId": api.pool(name)["id"], "precedence": rank} for name, rank in zip(names, ranks or range(1, 9))]}


def of_user(api, email="ann"):
    return f"/v1.0/users/{email}%40example.com/globalDesktops/{near(api)}"


def ranks(answer, word="precedence"):
    return {pool["poolName"]: pool[word] for pool in answer.json()["assignedPools"]}


def test_show(api):
    answer = api.get(f"/v1.0/globalDesktops/{near(api)}")
    assert ranks(answer) == {"A": 1, "B": 2, "C": 3}
    assert answer.json()["assignedPools"][0]["poolDisplayName"] == "First"
    assert [(group["name"], group["type"]) for group in answer.json()["groupsAssigned"]] == [("Sales", "Workspot")]
    assert api.get("/v1.0/globalDesktops/nothing").status_code == 400


def test_set_pools_replaces_them(api):
    path = f"/v1.0/globalDesktops/{near(api)}"
    answer = api.post(path + "/pools", json=order(api, "C", "A", ranks=[2, 1]))
    assert len(ranks(api.get(path))) == 3
    assert api.finish(answer, 15)["status"] == "Succeeded"
    assert ranks(api.get(path)) == {"A": 1, "C": 2}


@pytest.mark.parametrize(
    "names, numbers",
    [("AB", [1, 3]), ("AB", [0, 1]), ("AB", [1, 1]), ("AB", [2, 3]), ("AA", [1, 2]), ("", []), ("AB", ["1", "2"]), ("AB", [1, None])],
)
def test_precedence_has_no_gaps(start, names, numbers):
    api = start(TENANT)
    for path in (f"/v1.0/globalDesktops/{near(api)}", of_user(api)):
        assert api.post(path + "/pools", json=order(api, *names, ranks=numbers)).status_code == 400


def test_pools_must_exist_and_be_on_a_fitting_cloud(api):
    path = f"/v1.0/globalDesktops/{near(api)}/pools"
    assert api.post(path, json={"poolPrecedence": [{"poolId": "nothing", "precedence": 1}]}).json()["error"] == "notFound"
    assert api.post(path, json=order(api, "Far")).json()["error"] == "notSupported"


def test_a_user_has_it_by_the_group(api):
    answer = api.get(of_user(api))
    assert ranks(answer, "precendence") == {"A": 1, "B": 2, "C": 3}
    assert [pool.get("assignedDesktop", {}).get("desktopName") for pool in answer.json()["assignedPools"]] == [None, "B-001", None]
    assert api.get(of_user(api, "ben")).status_code == 400
    assert api.delete(of_user(api)).status_code == 400  # it comes from the group


def test_a_list_of_the_user_overrides_the_global_one(api):
    assert api.finish(api.post(of_user(api) + "/pools", json=order(api, "C", "B")), 15)["status"] == "Succeeded"
    api.finish(api.post(f"/v1.0/globalDesktops/{near(api)}/pools", json=order(api, "A")), 15)
    assert ranks(api.get(of_user(api)), "precendence") == {"C": 1, "B": 2}
    assert api.delete(of_user(api)).status_code == 204
    assert ranks(api.get(of_user(api)), "precendence") == {"A": 1}


def test_give_it_to_a_user_without_a_list_and_take_it_away(api):
    assert api.finish(api.post(of_user(api, "ben") + "/pools"), 15)["status"] == "Succeeded"
    assert len(ranks(api.get(of_user(api, "ben")), "precendence")) == 3
    assert api.delete(of_user(api, "ben")).status_code == 204
    assert api.get(of_user(api, "ben")).status_code == 400


def test_drop_a_pool_renumbers_the_rest(api):
    body = {"poolId": api.pool("A")["id"]}
    assert ranks(api.delete(of_user(api) + "/pools", json=body), "precendence") == {"B": 1, "C": 2}
    assert api.delete(of_user(api) + "/pools", json=body).status_code == 400
    assert ranks(api.get(f"/v1.0/globalDesktops/{near(api)}")) == {"A": 1, "B": 2, "C": 3}
    api.delete(of_user(api) + "/pools", json={"poolId": api.pool("B")["id"]})
    assert api.delete(of_user(api) + "/pools", json={"poolId": api.pool("C")["id"]}).status_code == 400


def test_groups(api):
    groups = {group["name"]: group for group in api.get("/v1.0/groups").json()["groups"]}
    assert (groups["Sales"]["type"], groups["Lab"]["type"]) == ("Workspot", "AD")
    path = f"/v1.0/groups/{groups['Lab']['id']}/globalDesktops"
    assert api.get(path).json() == {"id": groups["Lab"]["id"], "name": "Lab", "globalDesktops": []}
    for _time in range(2):
        assert api.finish(api.post(path, json={"globalDesktopId": near(api)}), 15)["status"] == "Succeeded"
    assert [(item["name"], len(item["assignedPools"])) for item in api.get(path).json()["globalDesktops"]] == [("Near", 3)]
    assert api.finish(api.delete(f"{path}/{near(api)}"), 15)["status"] == "Succeeded"
    assert api.delete(f"{path}/{near(api)}").status_code == 400
    assert api.post(path, json={"globalDesktopId": "nothing"}).status_code == 400
    assert api.get("/v1.0/groups/nothing/globalDesktops").status_code == 400


def test_a_deleted_user_takes_the_own_list_along(api):
    api.finish(api.post(of_user(api, "ben") + "/pools", json=order(api, "C")), 15)
    api.delete("/v1.0/users/ben%40example.com/")
    api.finish(api.post("/v1.0/users", json={"email": "ben@example.com"}), 10)
    assert api.get(of_user(api, "ben")).status_code == 400
