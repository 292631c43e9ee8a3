# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What workspot_tenant must never do, whatever it is asked for: each was once a way to lose something."""

from __future__ import annotations

import copy

import pytest
import support
from scenarios import TENANT, Stage

CONFIRMED = {"confirm": True}


def changed_tenant(**lists):
    tenant = copy.deepcopy(TENANT)
    for key, items in lists.items():
        tenant[key] = [*tenant[key], *items]
    return tenant


CONTRADICTIONS = {
    "present and absent": ({"bundles": [{"name": "New"}, {"name": "New", "state": "absent"}]}, "New is given twice in bundles"),
    "a bundle that a group shall have": (
        {"bundles": [{"name": "Office", "state": "absent"}], "groups": [{"name": "Designers", "bundle": "Office"}]},
        "Office in bundles shall be absent, and Designers in groups names it",
    ),
    "a user who shall have a desktop": (
        {"users": [{"email": "bob@example.com", "state": "absent"}], "assignments": [{"user": "Bob@example.com", "pool": "Sales"}]},
        "bob@example.com in users shall be absent, and Bob@example.com -> Sales in assignments names it",
    ),
    "purge with nothing that stays": (
        {"applications": [{"name": "Nothing", "state": "absent"}], "purge": ["applications"]},
        "purge: applications without any applications that stay would remove all there are",
    ),
    "purge and any desktop of the pool": (
        {
            "desktops": [{"pool": "Sales", "name": "SALES-001"}],
            "assignments": [{"user": "ann@example.com", "pool": "Sales"}],
            "purge": ["desktops"],
        },
        "purge: desktops does not go with an assignment of any desktop of pool 'Sales'",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictions_are_refused_before_anything_is_read(name):
    state, sentence = CONTRADICTIONS[name]
    with Stage() as stage:
        result = stage.run("workspot_tenant", **state, guard=CONFIRMED)
        assert result["failed"] and sentence in result["msg"]
        assert stage.simulator.log() == []


def test_purge_spares_a_kind_whose_objects_could_not_be_told():
    twins = [{"name": "Viewer", "app_pool": "Design servers", "full_path": "C:\\other.exe"}]
    with Stage(changed_tenant(applications=twins)) as stage:
        state = {"applications": [{"name": name} for name in ("Viewer", "Drawing", "Writer")], "purge": ["applications"]}
        result = stage.run("workspot_tenant", **state, guard=CONFIRMED, on_error="continue")
        assert result["failed"] and "fits 2 applications" in result["msg"]
        assert stage.writes() == [] and result["drift"]["removed"] == []


@pytest.mark.parametrize(
    "state",
    [
        {"applications": [{"name": "Writer"}], "bundles": [{"name": "Office", "applications": ["Drawing", "Writer"]}], "purge": ["applications"]},
        {"bundles": [{"name": "Office"}], "groups": [{"name": "Everybody", "bundle": "Designing"}], "purge": ["bundles"]},
    ],
    ids=["an application of a bundle", "a bundle of a group"],
)
def test_purge_spares_what_another_item_wants(state):
    with Stage(changed_tenant(bundles=[{"name": "Spare"}])) as stage:
        result = stage.run("workspot_tenant", **state, guard=CONFIRMED, on_error="continue")
        removed = {entry["name"] for entry in result["drift"]["removed"]}
        # Others go, or the test would prove nothing.
        assert removed and not removed & {"Drawing", "Designing"}


def test_purge_of_desktops_that_are_built_anew_is_refused():
    with Stage() as stage:
        result = stage.run("workspot_tenant", desktops=[{"pool": "Support", "name": "SUP-001"}], purge=["desktops"], guard=CONFIRMED)
        assert result["failed"] and "whose pool builds a fresh one each time" in result["msg"]
        assert stage.writes() == []


def test_what_was_read_long_ago_does_not_count():
    with Stage() as stage:
        options = {"bundles": [{"name": "Planning"}]}
        stage.run("workspot_tenant", bundles=[{"name": "Office"}])
        stage.simulator.change(bundles=[{"name": "Planning"}])
        stage.simulator.forget()
        # As the items of a loop do, this one meets the memory of the one before; two hours later.
        wait = __import__(f"{support.PLUGINS}.module_utils.core.wait", fromlist=["Clock"])
        wait.Clock().sleep(7200)
        result = stage.run("workspot_tenant", fresh=False, **options)
        assert not result.get("failed") and not result["changed"] and stage.writes() == []


def test_the_guard_counts_desktops_that_go_with_their_users():
    with Stage() as stage:
        users = [{"email": "dora@example.com", "state": "absent"}, {"email": "carl@example.com", "state": "absent"}]
        result = stage.run("workspot_tenant", users=users, guard={"min_available": 2, "max_percent": 50, **CONFIRMED})
        assert result["failed"] and stage.writes() == []
        assert any("pool 'Support'" in objection for objection in result["objections"]), result["objections"]


def test_a_bundle_may_be_called_like_a_pool():
    with Stage(changed_tenant(bundles=[{"name": "Sales"}])) as stage:
        state = {"bundles": [{"name": "Sales", "state": "absent"}], "desktops": [{"pool": "Sales", "name": "SALES-001", "state": "absent"}]}
        result = stage.run("workspot_tenant", **state, guard={"max_percent": 50, **CONFIRMED})
        assert not result.get("failed"), result["msg"]


@pytest.mark.parametrize("journal, sentence", [("nowhere/journal", "cannot be written"), ("notes.txt", "is another kind of file")])
def test_a_journal_that_cannot_be_one_is_refused_first(journal, sentence, tmp_path):
    (tmp_path / "notes.txt").write_text("What I have to buy\n")
    with Stage() as stage:
        result = stage.run("workspot_tenant", users=[{"email": "eve@example.com"}], journal=str(tmp_path / journal))
        assert result["failed"] and sentence in result["msg"]
        assert stage.simulator.log() == []


def test_an_object_that_has_failed_in_part_is_left_alone():
    with Stage() as stage:
        applications = [{"name": "Drawing", "pool": "Office servers", "bundles": ["Designing", "Fresh"]}]
        state = {"applications": applications, "bundles": [{"name": "Fresh"}], "on_error": "continue"}
        result = stage.run("workspot_tenant", **state)
        assert result["failed"] and "at creation only" in result["msg"]
        assert stage.writes() == ["createBundleUsingPOST"]


def test_a_desktop_that_is_being_built_is_waited_for_before_it_is_assigned():
    with Stage(leaps=True) as stage:
        stage.run("workspot_desktop", pool="Sales", name="SALES-006", wait=False)
        result = stage.run("workspot_tenant", desktops=[{"pool": "Sales", "name": "SALES-006", "user": "ann@example.com"}])
        assert not result.get("failed"), result["msg"]
        assert [desktop["user"] for desktop in stage.rest()["desktops"] if desktop["name"] == "SALES-006"] == ["ann@example.com"]


def test_check_mode_tells_how_long_builds_in_several_pools_take():
    # Control builds one desktop after the other, whichever their pools.
    desktops = [{"pool": pool, "name": f"{pool.upper()}-{number}"} for pool in ("Sales", "Service") for number in (101, 102)]
    with Stage(speed=1) as stage:
        told = stage.run("workspot_tenant", check=True, desktops=desktops)["cost"]
        began = stage.simulator.now()
        real = stage.run("workspot_tenant", desktops=desktops)
        took = stage.simulator.now() - began
        assert not real.get("failed"), real["msg"]
        assert abs(told["eta_s"] - took) < took / 10, (told, took)


def test_the_plan_of_an_assignment_counts_desktops_that_the_same_task_makes():
    with Stage() as stage:
        pools = [{"name": "Sales South", "reference_pool": "Sales", "desktops": 2, "desktop_name_prefix": "SOUTH"}]
        assignments = [{"user": "bob@example.com", "pool": "Sales South"}]
        result = stage.run("workspot_tenant", check=True, pools=pools, assignments=assignments)
        assert not result.get("failed"), result["msg"]
        assert "assign a desktop of pool 'Sales South' to 'bob@example.com' (one of its desktops is taken)" in [
            change["summary"] for change in result["plan"]
        ]


def test_the_diff_shows_each_object_of_an_item():
    with Stage() as stage:
        names = ("SALES-002", "SALES-004")
        stage.simulator.change(desktops=[{"pool": "Sales", "name": name, "user": "bob@example.com"} for name in names])
        released = [{"user": "bob@example.com", "pool": "Sales", "state": "absent"}]
        diff = stage.run("workspot_tenant", check=True, assignments=released, guard=CONFIRMED)["diff"]
        assert [one["before"]["desktop"] for one in diff] == list(names)


@pytest.mark.parametrize("format", ["json", "csv"])
def test_a_users_report_without_cost_centers_is_no_reason_to_set_them_again(format):
    users = [{"email": f"user{number}@example.com", "cost_center": "4711"} for number in range(5)]
    with Stage(changed_tenant(users=users), users_report_cost_centers=False, users_report_format=format) as stage:
        result = stage.run("workspot_tenant", users=users)
        assert not result.get("failed") and not result["changed"], result
        assert stage.writes() == []


def test_an_object_of_several_parts_counts_once_among_the_failed():
    with Stage() as stage:
        lost = {"pool": "Salles", "name": "SALES-001", "user": "carl@example.com", "tags": {"floor": 3}}
        one = stage.run("workspot_tenant", check=True, desktops=[lost])
        two = stage.run("workspot_tenant", check=True, desktops=[lost, {**lost, "name": "SALES-002"}])
    assert one["msg"].endswith("did you mean 'Sales'?") and two["msg"].endswith(" (and 1 more)")


SHOP = {"name": "Shop", "cloud": "Azure Cloud", "pool_type": "Persistent", "description": "As it became", "desktops": 2}


@pytest.mark.parametrize(
    "kind, wanted, fields, reason",
    [
        ("pools", {"name": "Shop", "description": "As it was"}, {"description": ("As it became", "As it was")}, "the API offers this on GCP only"),
        ("pools", {"name": "Shop", "desktops": 1}, {"desktops": (2, 1)}, "Will not shrink pool 'Shop' from 2 to 1 desktops"),
        ("applications", {"name": "Drawing", "pool": "Office servers"}, {"pool": ("Design servers", "Office servers")}, "at creation only"),
    ],
)
def test_a_difference_that_nothing_leads_back_is_a_known_one(kind, wanted, fields, reason):
    with Stage(changed_tenant(pools=[SHOP])) as stage:
        result = stage.run("workspot_tenant", check=True, **{kind: [wanted]})
        assert result["failed"] and reason in result["msg"] and result["drift"]["unknown"] == []
        (entry,) = result["drift"]["changed"]
        assert entry["fields"] == {name: {"before": before, "after": after} for name, (before, after) in fields.items()}
        assert reason in entry["reason"]


def test_what_a_rail_refuses_is_not_announced():
    with Stage() as stage:
        state, told = {"users": [{"email": "eve@example.com"}], "guard": {"max_changes": 0}}, []
        result = stage.run("workspot_tenant", progress=told.append, **state)
        assert result["msg"].startswith("Nothing was sent: ") and stage.writes() == []
        assert [words.split()[0] for words in told if "make 1 change" in words] == ["would"]
