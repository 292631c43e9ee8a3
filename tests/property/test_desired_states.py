# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promises that hold for every tenant and every desired state, tried on generated ones."""

from __future__ import annotations

from hypothesis import assume, given, note
from hypothesis import strategies as st
from scenarios import Stage, tenant_of
from strategies import DESKTOPS, NEW_DESKTOPS, NEW_USERS, USERS, changed_fields, tags, tenants, words


@st.composite
def tasks(draw):
    """One task and the objects that it is about."""
    desktop, user = draw(st.sampled_from(DESKTOPS)), draw(st.sampled_from(USERS))
    new_desktop, new_user = draw(st.sampled_from(NEW_DESKTOPS)), draw(st.sampled_from(NEW_USERS))
    names, states = {"pool": "Sales", "name": desktop}, st.sampled_from(["present", "absent"])
    optional = st.fixed_dictionaries({}, optional={"first_name": words, "last_name": words, "cost_center": words})
    return draw(
        st.sampled_from(
            [
                ("workspot_desktop_tags", {**names, "tags": draw(tags(1)), "purge": draw(st.booleans())}, {desktop}),
                ("workspot_desktop_power", {**names, "state": draw(st.sampled_from(["running", "paused"]))}, {desktop}),
                ("workspot_desktop_power", {**names, "state": "paused", "force": True}, {desktop}),
                ("workspot_desktop", {**names, "state": "absent", "force": draw(st.booleans())}, {desktop}),
                ("workspot_desktop", {"pool": "Sales", "name": new_desktop}, {new_desktop}),
                ("workspot_user", {"email": user, **draw(optional)}, {user}),
                ("workspot_user", {"email": user, "state": "absent"}, {user, *DESKTOPS}),
                ("workspot_user", {"email": new_user, **draw(optional)}, {new_user}),
                (
                    "workspot_assignment",
                    {"user": user, "pool": "Sales", "desktop": desktop, "state": draw(states), "force": draw(st.booleans())},
                    {user, desktop},
                ),
            ]
        )
    )


@st.composite
def independent_tasks(draw):
    """Tasks none of which is about an object of another one."""
    chosen, taken = [], set()
    for module, options, objects in draw(st.lists(tasks(), min_size=3, max_size=8)):
        if not objects & taken:
            chosen.append((module, options))
            taken |= objects
    return chosen


def outcome(result):
    """What a user may rely on to be the same each time."""
    return {key: result.get(key) for key in ("failed", "msg", "changed", "changes", "diff")}


def play(stage, work, check=False):
    return [stage.run(module, check=check, **options) for module, options in work]


@given(tenants(), independent_tasks())
def test_a_second_application_changes_and_writes_nothing(tenant, work):
    with Stage(tenant) as stage:
        first = play(stage, work)
        stage.writes()
        between = stage.rest()
        second = play(stage, work)
        assert stage.writes() == []
        assert [result["changed"] for result in second] == [False for _task in work]
        assert stage.rest() == between
        # What was refused at first is refused again, and nothing that went well fails the second time.
        assert [bool(result.get("failed")) for result in second] == [bool(result.get("failed")) for result in first]


@given(tenants(), independent_tasks())
def test_check_mode_plans_what_the_real_run_does(tenant, work):
    with Stage(tenant) as stage:
        planned = play(stage, work, check=True)
        assert stage.writes() == []
        # Independent tasks, so that the plan of each holds whatever the others did.
        done = play(stage, work)
        assert [outcome(result) for result in planned] == [outcome(result) for result in done]
        assert len(stage.writes()) == sum(len(result.get("changes", ())) for result in done)


@given(tenants(), independent_tasks(), st.randoms(use_true_random=False))
def test_the_order_of_independent_tasks_does_not_matter(tenant, work, random):
    assume(len(work) > 1)
    ends = []
    for order in (work, random.sample(work, len(work))):
        with Stage(tenant) as stage:
            play(stage, order)
            ends.append(stage.rest())
    assert ends[0] == ends[1]


@given(tenants(), independent_tasks(), st.sampled_from(["drop_before", "drop_after", "status_after", "garbage"]), st.integers(0, 9))
def test_an_interrupted_application_and_another_one_end_as_an_undisturbed_one(tenant, work, kind, chosen):
    with Stage(tenant) as stage:
        play(stage, work)
        writes = stage.writes()
        wanted = stage.rest()
    assume(writes)
    number = len(writes)
    note(f"{kind} at write {chosen % number} of {writes}")
    with Stage(tenant) as stage:
        operation_id = writes[chosen % number]
        stage.simulator.fault(kind, operation_id=operation_id, skip=writes[: chosen % number].count(operation_id))
        for module, options in work:
            # A play ends for its host at the first failure.
            if stage.run(module, **options).get("failed"):
                break
        stage.simulator.clear_faults()
        play(stage, work)
        assert stage.rest() == wanted


# ---- What is left out is left alone

SETTINGS = {"description": words, "create_desktop_on_delete": st.booleans(), "route_gateway_type": st.sampled_from(["Always", "Never"])}


@given(tenants(), st.fixed_dictionaries({}, optional=SETTINGS))
def test_a_pool_changes_in_the_given_settings_only(tenant, options):
    with Stage(tenant) as stage:
        before = tenant_of(stage.simulator.state())
        result = stage.run("workspot_pool", name="Sales", **options)
        assert not result.get("failed"), result["msg"]
        after = stage.rest()
        assert changed_fields(before, after) <= {("pools", (None, "Sales"), field) for field in options}
        (pool,) = after["pools"]
        assert {field: pool[field] for field in options} == options


@given(
    tenants(), st.sampled_from(USERS), st.fixed_dictionaries({}, optional={"first_name": words, "last_name": words, "cost_center": words})
)
def test_an_existing_user_changes_in_the_cost_center_only(tenant, email, options):
    with Stage(tenant) as stage:
        before = tenant_of(stage.simulator.state())
        result = stage.run("workspot_user", email=email, **options)
        assert not result.get("failed"), result["msg"]
        after = stage.rest()
        assert changed_fields(before, after) <= ({("users", email, "cost_center")} if "cost_center" in options else set())
        (user,) = [user for user in after["users"] if user["email"] == email]
        assert user["cost_center"] == options.get("cost_center", user["cost_center"])


@given(tenants(), st.sampled_from(DESKTOPS), tags(0, 6), st.booleans())
def test_tags_are_merged_or_replaced_and_the_rules_hold(tenant, name, given_tags, purge):
    with Stage(tenant) as stage:
        before = tenant_of(stage.simulator.state())
        (old,) = [desktop.get("tags", {}) for desktop in before["desktops"] if desktop["name"] == name]
        result = stage.run("workspot_desktop_tags", pool="Sales", name=name, tags=given_tags, purge=purge)
        after = stage.rest()
        (new,) = [desktop.get("tags", {}) for desktop in after["desktops"] if desktop["name"] == name]
        wanted = given_tags if purge else {**old, **given_tags}
        if len(given_tags) > 5 or len(wanted) > 5 or (old and not wanted):
            assert result["failed"] and not result["changed"] and stage.writes() == [] and after == before
        else:
            assert not result.get("failed"), result["msg"]
            assert new == wanted
            assert result["changed"] == (old != wanted)
            assert changed_fields(before, after) <= {("desktops", ("Sales", name), "tags")}


@given(tenants(), st.lists(tasks(), min_size=1, max_size=5))
def test_nobody_loses_a_desktop_unless_told_so(tenant, work):
    # Whatever is asked, and in whatever order: an assignment ends only by a task that takes away, deletes, or deletes the user.
    with Stage(tenant) as stage:
        play(stage, [(module, options) for module, options, _objects in work if options.get("state") != "absent"])
        assigned = {desktop["name"]: desktop.get("user") for desktop in stage.rest()["desktops"]}
        for desktop in tenant["desktops"]:
            if desktop["user"]:
                assert assigned[desktop["name"]] == desktop["user"]
