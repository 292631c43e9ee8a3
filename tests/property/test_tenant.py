# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promises of workspot_tenant that hold for every tenant and every desired state, tried on generated ones."""

from __future__ import annotations

from hypothesis import assume, given, note
from hypothesis import strategies as st
from scenarios import Stage, tenant_of
from strategies import DESKTOPS, NEW_DESKTOPS, NEW_USERS, USERS, changed_fields, tags, tenants, words

LISTS = {"users": "email", "desktops": "name", "bundles": "name", "applications": "name"}


@st.composite
def desired_states(draw):
    """Some users, desktops with some of their sides, and bundles with applications, old and new, none of them twice."""
    optional = st.fixed_dictionaries({}, optional={"first_name": words, "last_name": words, "cost_center": words})
    users = [{"email": email, **draw(optional)} for email in draw(st.lists(st.sampled_from(USERS + NEW_USERS), unique=True))]
    owners = st.sampled_from([user["email"] for user in users] + USERS)
    sides = st.fixed_dictionaries(
        {}, optional={"tags": tags(1), "purge_tags": st.booleans(), "user": owners, "power": st.sampled_from(["running", "paused"])}
    )
    desktops = [
        {"pool": "Sales", "name": name, **draw(sides)} for name in draw(st.lists(st.sampled_from(DESKTOPS + NEW_DESKTOPS), unique=True))
    ]
    applications = [
        {"name": name, "pool": "Servers", "full_path": f"C:\\{name}.exe"} for name in draw(st.sets(st.sampled_from(["Draw", "Edit"])))
    ]
    known = ["View", *(application["name"] for application in applications)]
    bundles = [
        {"name": name, "applications": draw(st.lists(st.sampled_from(known), unique=True))}
        for name in draw(st.sets(st.sampled_from(["Office", "Team"])))
    ]
    state = {"users": users, "desktops": desktops, "applications": applications, "bundles": bundles}
    state = {key: items for key, items in state.items() if items}
    assume(state)
    return {**state, "on_error": draw(st.sampled_from(["stop", "continue"])), "guard": {"confirm": True}}


@st.composite
def worlds(draw):
    return {
        **draw(tenants()),
        "app_pools": [{"name": "Servers", "cloud": "Azure Cloud", "servers": 1}],
        "applications": [{"name": "View", "app_pool": "Servers", "full_path": "C:\\view.exe"}],
        "bundles": [{"name": "Office", "applications": ["View"]}, {"name": "Other", "applications": []}],
    }


def lead(stage, state, **more):
    return stage.run("workspot_tenant", **state, **more)


def failed(result):
    return [item["name"] for item in result["results"] if item["status"] == "failed"]


@given(worlds(), desired_states())
def test_a_second_run_changes_and_writes_nothing(tenant, state):
    with Stage(tenant) as stage:
        first = lead(stage, state)
        stage.writes()
        between = stage.rest()
        second = lead(stage, state)
        assert stage.writes() == []
        assert stage.rest() == between
        assert failed(second) == failed(first)
        # Whatever could be done was done by the first run.
        if state["on_error"] == "continue" or not failed(first):
            assert not second["changed"]
            # What belongs to an object that fails stays planned, and is left alone.
            assert {item["name"] for item in second["plan"]} <= set(failed(first))


@given(worlds(), desired_states())
def test_the_check_plan_is_the_real_plan_and_is_what_is_sent(tenant, state):
    with Stage(tenant) as stage:
        checked = lead(stage, state, check=True)
        assert stage.writes() == []
        real = lead(stage, state)
        for key in ("plan", "drift", "diff", "cost", "objections"):
            assert checked[key] == real[key], key
        assert failed(checked) == failed(real)
        sent = stage.writes()
        if state["on_error"] == "stop" and failed(real):
            assert sent == []
        elif not failed(real):
            assert len(sent) == len(real["plan"]) == checked["cost"]["writes"]


@given(worlds(), desired_states(), st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(tenant, state, random):
    shuffled = {key: random.sample(value, len(value)) if isinstance(value, list) else value for key, value in state.items()}
    ends = []
    for order in (state, dict(reversed(shuffled.items()))):
        with Stage(tenant) as stage:
            result = lead(stage, order)
            ends.append((stage.rest(), sorted(failed(result)), sorted(entry["summary"] for entry in result["plan"])))
    assert ends[0] == ends[1]


@given(worlds(), desired_states(), st.sampled_from(["drop_before", "drop_after", "status_after", "garbage"]), st.integers(0, 99))
def test_an_interrupted_run_and_another_one_end_as_an_undisturbed_one(tenant, state, kind, chosen):
    state = {**state, "on_error": "continue"}
    with Stage(tenant) as stage:
        lead(stage, state)
        writes = stage.writes()
        wanted = stage.rest()
    assume(writes)
    number = chosen % len(writes)
    note(f"{kind} at write {number} of {writes}")
    with Stage(tenant) as stage:
        stage.simulator.fault(kind, operation_id=writes[number], skip=writes[:number].count(writes[number]))
        lead(stage, {**state, "on_error": "stop"} if chosen % 2 else state)
        stage.simulator.clear_faults()
        lead(stage, state)
        assert stage.rest() == wanted


@given(worlds(), desired_states(), st.integers(0, 99), st.sampled_from(["status", "html", "cut_body"]))
def test_a_read_that_fails_is_never_an_absence(tenant, state, chosen, kind):
    with Stage(tenant) as stage:
        lead(stage, state, check=True)
        reads = [entry["operation_id"] for entry in stage.simulator.log() if entry["operation_id"] != "issueToken"]
        operation_id = reads[chosen % len(reads)]
        note(f"{kind} at {operation_id} of {reads}")
        before = tenant_of(stage.simulator.state())
        data = {"status": 500} if kind == "status" else {}
        stage.simulator.fault(kind, operation_id=operation_id, times=10_000, **data)
        stage.simulator.forget()
        result = lead(stage, state, retry_timeout=5)
        assert result["failed"] and result["error"]["kind"] in ("bad_answer", "operation_failed", "timed_out"), result["msg"]
        assert stage.writes() == []
        assert tenant_of(stage.simulator.state()) == before


@given(worlds(), desired_states())
def test_what_is_left_out_is_left_alone(tenant, state):
    with Stage(tenant) as stage:
        before = tenant_of(stage.simulator.state())
        lead(stage, {**state, "on_error": "continue"})
        spoken_of = {item[name].casefold() for key, name in LISTS.items() for item in state.get(key, ())}
        sides = {"tags": {"tags"}, "user": {"user"}, "power": {"status", "power"}}
        given_sides = {item["name"]: set().union(*(sides[side] for side in sides if side in item)) for item in state.get("desktops", ())}
        for _kind, name, field in changed_fields(before, stage.rest()):
            title = (name[1] if isinstance(name, tuple) else name).casefold()
            assert title in spoken_of or field in ("bundles", "groups", "used_count", "avail_count"), (name, field)
            if isinstance(name, tuple) and name[1] in DESKTOPS and name[1] in given_sides:
                assert field in given_sides[name[1]], (name, field)
