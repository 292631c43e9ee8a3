# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters that the roles for users work with: user_rows, headroom, csv_file, offboarded."""

from __future__ import annotations

import csv
import io

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.csv_file import csv_file
from ansible_collections.euc.fleet.plugins.filter.headroom import headroom
from ansible_collections.euc.fleet.plugins.filter.offboarded import offboarded
from ansible_collections.euc.fleet.plugins.filter.user_rows import user_rows
from report_samples import HOSTILE

POOLS = [
    {"id": "p1", "name": "Sales", "pool_type": "Persistent", "cloud": "Azure Cloud", "vm_type": "Small"},
    {"id": "p2", "name": "Lab", "pool_type": "Persistent", "cloud": "Azure Cloud", "vm_type": None},
    {"id": "p3", "name": "Kiosk", "pool_type": "Non-Persistent", "cloud": "Azure Cloud", "vm_type": "Small"},
    {"id": "p4", "name": "Far", "pool_type": "Persistent", "cloud": "Akamai", "vm_type": "Small"},
]


def wrong(*rows):
    return [row["msg"] for row in user_rows([{"email": "ann@example.com", "pool": "Sales", **row} for row in rows], POOLS)["wrong"]]


@pytest.mark.parametrize("mark", [",", ";"])
def test_csv_is_read_with_either_mark_and_numbered_as_a_spreadsheet_does(mark):
    text = '\ufeffemail,pool,tag:team,tag:floor\r\n\r\nann@example.com,sales,"a b",\r\n'.replace(",", mark).replace("sales", "Sales")
    (row,) = user_rows(text, POOLS)["good"]
    assert (row["row"], row["pool_id"], row["tags"], row["desktop"]) == (3, "p1", {"team": "a b"}, None)


@pytest.mark.parametrize(
    "row, says",
    [
        ({"email": "ann"}, "'ann' is no e-mail address such as ann@example.com"),
        ({"pool": ""}, "pool is missing"),
        ({"pool": "Kiosk", "desktop": "K-1"}, "desktops of pool 'Kiosk' belong to nobody, so 'K-1' cannot be given to anybody"),
        ({"pool": "Far", "tags": {"a": 1}}, "Cannot tag: pool 'Far' is on Akamai, and the API offers this on Azure, GCP, Amazon WorkSpaces Core only"),
        ({"tags": {"a": "b?"}}, "tag 'a' has ?, and < > % & \\ ? / are reserved"),
        ({"tags": {"a": []}}, "tags is a dictionary of names and values"),
        ({"phone": 1}, "nobody knows 'phone'"),
    ],
)
def test_what_is_wrong_with_a_row(row, says):
    assert wrong(row) == [says]


def test_rows_that_contradict_each_other_are_all_wrong():
    assert wrong({"desktop": "S-1"}, {"email": "bob@example.com", "desktop": "s-1"}, {"email": "cid@example.com", "pool": "Lab", "desktop": "S-1"}) == [
        "the same desktop is in row 2",
        "the same desktop is in row 1",
    ]


def test_the_desktop_of_a_row_that_is_wrong_anyway_is_not_judged():
    rows = [{"email": "ann@example.com", "pool": pool, "desktop": "S-1"} for pool in ("Sales", "Lab")]
    rows += [{"email": "bob@example.com", "pool": "Lab", "desktop": "L-1"}]
    # As the role gives them: nobody but bob has a row that is good by itself, so the pool Sales is not read.
    desktops = [{"id": "d9", "name": "L-9", "fqdn": None, "pool": "Lab", "pool_id": "p2", "user": None, "status": "Ready"}]
    assert [row["msg"] for row in user_rows(rows, POOLS, desktops)["wrong"]] == [
        "the same e-mail address is in row 2",
        "the same e-mail address is in row 1",
        "There is no desktop 'L-1' in pool 'Lab'; did you mean 'L-9'?",
    ]


@pytest.mark.parametrize(
    "given, says",
    [
        ("email,mail\n", "nobody knows the column 'mail'"),
        ("email,email\n", "the column 'email' is there twice"),
        ({"email": "a@b"}, "a list of dictionaries"),
        (["a@b"], "a list of dictionaries"),
    ],
)
def test_what_is_no_list_of_users(given, says):
    with pytest.raises(AnsibleFilterError, match=says):
        user_rows(given, POOLS)


def test_more_cells_than_columns_are_a_row_error():
    assert user_rows("email,pool\nann@example.com,Sales,x\n", POOLS)["wrong"][0]["msg"] == "nobody knows 'more cells than columns'"


def license(vm_type, free):
    return {"vm_type": vm_type, "named_users": {"bought": 9, "free": free, "used": None}}


def room(*pools, named=(), desktops=(), **limits):
    plan = [{"kind": "assignments", "verb": "assign", "after": {"user": "a@b", "pool": pool}} for pool in pools]
    plan += [{"kind": "assignments", "verb": "assign", "after": {"user": "a@b", "pool": pool, "desktop": name}} for pool, name in named]
    found = [{"pool": pool, "name": name, "user": None, "status": status} for pool, name, status in desktops]
    return headroom([*plan, {"kind": "users", "verb": "create", "after": {}}], pools=POOLS, desktops=found, **limits)


def test_desktops_that_are_free_and_not_asked_for_by_name_need_not_be_built():
    desktops = [("Sales", "S-1", "Ready"), ("Sales", "S-2", "Offline"), ("Sales", "S-3", "Suspended"), ("Lab", "L-1", "Ready")]
    assert room("Sales", "Sales", "Kiosk", named=[("Sales", "S-2")], desktops=desktops) == {
        "named_users": 3,
        "new_desktops": 1,
        "objections": ["too few desktops are free: 1 would have to be built (1 in pool 'Sales'), and 0 may be"],
    }
    assert room("Lab", desktops=desktops)["objections"] == [] == room("Sales", max_new_desktops=1)["objections"]


@pytest.mark.parametrize(
    "licenses, says",
    [
        ([license("small", 1)], ["2 licenses of named users of Small are needed, and 1 are free", "3 licenses of named users are needed, and 1 are free"]),
        ([license("Small", 2), license("Large", 1)], []),
        ([license("Large", 2)], ["3 licenses of named users are needed, and 2 are free"]),
        ([license("Small", None)], ["the licenses do not tell how many named users are free"]),
        (None, []),
    ],
)
def test_licenses_of_the_type_and_of_all_types_must_suffice(licenses, says):
    assert room("Sales", "Sales", "Lab", "Kiosk", licenses=licenses, max_new_desktops=9)["objections"] == says
    assert room("Kiosk", licenses=licenses)["objections"] == []


@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "+1", "-1", "@a", "\t=a"])
def test_a_csv_file_reads_back_and_holds_no_formula(text):
    rows = list(csv.reader(io.StringIO(csv_file([{"b": text, "a": -1}, {}], ["a", "b"]), newline="")))
    expected = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    assert rows in ([["a", "b"], ["-1", expected], ["", ""]], [["a", "b"], ["-1", f"'{expected}"], ["", ""]])
    assert not rows[1][1].startswith(("=", "+", "-", "@", "\t"))


RUN = {
    **{"asked": ["Ann@example.com", "bob@example.com", "zoe@example.com"], "on_hold": ["bob@example.com"]},
    "users": [{"email": "ann@example.com", "assigned_pools": [{"name": "Sales", "pool_type": "Persistent"}, {"name": "Kiosk", "pool_type": "Non-Persistent"}]}],
    "desktops": [{"id": "d1", "label": "Sales/S-1", "user": "ann@example.com"}],
    **{"removable": [], "lost": [], "after": [], "logged_off": {}, "retained": {}, "released": {}, "removed": {}},
    **{"check": False, "remove_users": False, "fate": "suspended, is deleted on 2026-01-31"},
}
DONE = {"results": [{"name": "Sales/S-1", "status": "done", "changes": ["unassign it"], "operation": "op-1"}]}
LEFT_ALONE = "and no more to ann@example.com, so it was left alone"
SKIPPED = {"results": [{"name": "Sales/S-1", "status": "skipped", "changes": [], "msg": "somebody else has it"}]}


def became(name, **changed):
    (told,) = (told for told in offboarded({**RUN, **changed}) if told["name"] == name)
    return told["status"], told["msg"]


def now(user, status):
    return [{"id": "d1", "user": user, "status": status}]


@pytest.mark.parametrize(
    "changed, status, msg",
    [
        ({"check": True, "after": now("ann@example.com", "Ready")}, "not_attempted", "of ann@example.com"),
        ({}, "done", "deleted"),
        ({"after": now("ann@example.com", "Deleting")}, "done", "deleted"),
        ({"after": now("ANN@example.com", "Ready")}, "failed", "stays with ann@example.com: it is still assigned"),
        ({"after": now("ann@example.com", "Ready"), "logged_off": {"msg": "no answer"}}, "failed", "stays with ann@example.com: no answer"),
        # That bob could not be deleted says nothing about her desktop.
        ({"after": now("ann@example.com", "Ready"), "removed": {"msg": "bob: HTTP 500"}}, "failed", "stays with ann@example.com: it is still assigned"),
        ({"after": now("cid@example.com", "Ready"), "released": SKIPPED}, "skipped", f"belongs to cid@example.com now, {LEFT_ALONE}"),
        ({"after": now(None, "Ready"), "retained": DONE}, "skipped", f"belongs to nobody now, {LEFT_ALONE}"),
        ({"after": now(None, "Ready"), "released": DONE}, "done", "is in the pool again (Ready), so nothing of it is kept for ann@example.com"),
        ({"after": now(None, "Suspended"), "released": DONE}, "done", "suspended, is deleted on 2026-01-31"),
    ],
)
def test_what_becomes_of_the_desktop_of_somebody_who_left(changed, status, msg):
    assert became("Sales/S-1", **changed) == (status, msg)


@pytest.mark.parametrize(
    "changed, status, msg",
    [
        ({}, "ok", "stays a user, and keeps what is shared: Kiosk"),
        ({"remove_users": True}, "not_attempted", "stays a user, for not all desktops could be let go"),
        ({"removed": {"results": [{"name": "ann@example.com", "status": "changed"}]}}, "done", None),
        ({"removed": {"results": [{"name": "ann@example.com", "status": "changed"}]}, "check": True}, "not_attempted", None),
        ({"removed": {"results": [{"name": "ann@example.com", "status": "not_attempted"}], "msg": "too many"}}, "failed", "too many"),
        ({"removed": {}}, "failed", "it was not tried"),
    ],
)
def test_what_becomes_of_somebody_who_left(changed, status, msg):
    removable = {"remove_users": True, "removable": ["ann@example.com"]} if "removed" in changed else {}
    assert became("ann@example.com", **removable, **changed) == (status, msg)


def test_who_does_not_leave_is_told():
    assert (became("bob@example.com"), became("zoe@example.com")) == (("skipped", "is on hold"), ("skipped", "is no user of Workspot Control"))
    assert became("S-9", lost=[{"user": "ann@example.com", "id": "d9", "name": "S-9"}])[0] == "failed"
