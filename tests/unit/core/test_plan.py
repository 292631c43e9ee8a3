# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: order, limits, and what people see of them."""

from __future__ import annotations

from ansible_collections.euc.fleet.plugins.module_utils.core.plan import GRACE, SHORT_GRACE, Change, Plan, in_turn
from ansible_collections.euc.fleet.plugins.module_utils.core.render import diff, diffs, plan_line


def change(name, **more):
    return Change("paint", "car", name, f"paint car '{name}'", **{"send": lambda: None, **more})


def test_stages_come_in_order_and_keep_what_may_go_together():
    plan = Plan([change("late", stage=2), change("first"), change("second")])
    assert [[step.name for step in stage] for stage in plan.stages()] == [["first", "second"], ["late"]]


def test_waiting_is_no_write():
    assert [step.name for step in Plan([change("a"), change("b", send=None)]).writes] == ["a"]


def test_a_diff_holds_only_what_changes_under_a_readable_header():
    assert diff([change("Beetle", before={"color": "red"}, after={"color": "blue"})]) == {
        "before": {"color": "red"},
        "after": {"color": "blue"},
        "before_header": "car Beetle",
        "after_header": "car Beetle",
    }
    assert diff([]) == {"before": {}, "after": {}}
    ids = {"id": "1", "owner_id": "2", "driver_ids": ["3"]}
    assert diff([change("Beetle", before=ids, after=ids)])["after"] == {}


def test_a_plan_in_one_line():
    line = plan_line([change("a", note="it dries"), change("b")], {"writes": 2, "reads": 1, "eta_s": 75})
    assert line == "would paint car 'a' (it dries); paint car 'b': 2 writes, 1 read, about 1 min 15 s"


def test_a_diff_of_several_steps_shows_where_they_began_and_where_they_end():
    steps = [change("a", before={"color": "red"}, after={"color": "grey"}), change("a", before={"color": "grey"}, after={"color": "blue"})]
    assert diff(steps)["before"] == {"color": "red"} and diff(steps)["after"] == {"color": "blue"}
    made = [change("a", after={"color": "grey"}), change("a", before={"color": "grey"}, after={"color": "blue"})]
    assert diff(made)["before"] == {}
    other = [change("a", before={"color": "red"}, after={"color": "grey"}), change("b", before={"color": "red"}, after={"color": "blue"})]
    assert diff(other)["before"] == {"color": "red"}


def test_each_object_has_a_diff_of_its_own():
    steps = [change(name, before={"color": "red"}, after={"color": "blue"}) for name in ("a", "b", "a")]
    assert [entry["after_header"] for entry in diffs(steps)] == ["car a", "car b"]
    assert diffs(steps[:1]) == diff(steps[:1])
    assert diffs([]) == {"before": {}, "after": {}}


def test_changes_about_one_object_have_one_diff():
    steps = [change(name, about="garage", before={"cars": 2 + number}, after={"cars": 3 + number}) for number, name in enumerate("ab")]
    assert (diffs(steps)["before"], diffs(steps)["after"]) == ({"cars": 2}, {"cars": 4})


def test_changes_in_turn_have_a_stage_each():
    assert [len(stage) for stage in Plan(in_turn([change("a"), change("b")])).stages()] == [1, 1]


def test_patience_follows_from_what_may_go_on_unseen():
    assert change("a").patience == SHORT_GRACE
    assert change("a", repeatable=False).patience == GRACE
    assert change("a", repeatable=False, seconds=240).patience == 480
