# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine for many objects at once: plan all of them, judge the whole plan, carry it out in order, report on each.

Objects refer to each other by name. So they are planned in order, and what is planned of the first ones is imagined to be there for the
later ones; right before its turn an object is planned once more on what is really there. What it then wants beyond the judged plan is refused.
"""

from __future__ import annotations

import dataclasses
import itertools

from .errors import FleetError, InvalidInput, OperationFailed, Refused
from .plan import Plan
from .reconcile import Noun, Work, carry_out, observe_and_plan, plan_now
from .render import described, named, object_diffs
from .wait import Deadline

OK, CHANGED, FAILED, NOT_ATTEMPTED = "ok", "changed", "failed", "not_attempted"


@dataclasses.dataclass(eq=False)
class Item:
    """One object that shall be in a certain state, or one side of it: a desktop's tags are an item beside the desktop.

    ``kind`` and ``title`` say what it is for people, items with the same ones are reported as one; ``phase`` is when its turn comes.
    """

    kind: str
    title: str
    noun: Noun
    options: dict
    phase: int
    record: dict | None = None
    plan: Plan = dataclasses.field(default_factory=Plan)
    error: FleetError | None = None
    work: Work | None = None

    @property
    def writes(self):
        return self.plan.writes


class ItemsFailed(FleetError):
    """Some of many objects could not be planned or led to their state; the result tells which, and what became of the rest."""

    kind = "items_failed"


def check_all(items):
    """Raise InvalidInput for options that are wrong whatever the tenant holds: the first, and how many more there are."""
    wrong = []
    for item in items:
        try:
            item.noun.check(item.options)
        except InvalidInput as error:
            wrong.append(f"{item.kind}: {error}")
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise InvalidInput(f"{wrong[0]}{more}", errors=wrong)


def plan_all(client, items):
    """Plan each item in the order of phases. An item that cannot be has its ``error``; a read that fails ends it all, for then nothing is known."""
    with client.imagining():
        for item in sorted(items, key=_phase):
            try:
                item.record = item.noun.observe(client, item.options)
                item.plan = Plan(item.noun.plan(client, item.options, item.record))
            except (InvalidInput, Refused, OperationFailed) as error:
                item.error = error
                continue
            if item.plan.changes:
                item.noun.imagine(client, item.options, item.record, item.plan)


def apply_all(client, items, timeout, *, go_on):
    """Carry out what was planned, phase by phase; the items tell what came of it. ``timeout``: seconds to wait in one phase, from its last write."""
    for _phase_number, group in itertools.groupby(sorted(items, key=_phase), key=_phase):
        # What is part of an object that has failed already is not begun.
        failed = {(item.kind, item.title) for item in items if item.error}
        due = [item for item in group if item.plan.changes and (item.kind, item.title) not in failed]
        for item in due:
            _prepare(client, item)
        works = [item.work for item in due if item.work]
        if go_on or not any(item.error for item in due):
            pacing = client.session.budget.seconds_for("write", sum(len(item.writes) for item in due))
            carry_out(works, client, Deadline(client.clock, timeout + pacing), go_on=go_on)
        for item in due:
            if item.work and item.work.failure:
                item.error = item.work.account()
        if not go_on and any(item.error for item in due):
            return


def _prepare(client, item):
    """Plan an item once more on what is there now, and make its work of that; what was not judged is its error."""
    judged = {change.key: change for change in item.writes}
    try:
        item.record, plan = observe_and_plan(client, item.noun, item.options)
        beyond = [change.doing for change in plan.writes if change.key not in judged or _exceeds(change, judged[change.key])]
        if beyond:
            raise Refused(f"Will not {beyond[0]}: that was not in the plan, the tenant has changed since; run again")
        item.plan = plan
        item.work = Work(plan, client, lambda: plan_now(client, item.noun, item.options)[1])
    except FleetError as error:
        item.error = error


def _exceeds(change, judged):
    """Whether a change that cannot be undone takes more than the one that was judged."""
    if not change.destructive:
        return False
    if not judged.destructive:
        return True
    before, expected = named(change.before), named(judged.before)
    for name, value in before.items():
        known = expected.get(name)
        if set(value) - set(known or ()) if isinstance(value, list) else value != known:
            return True
    return named(change.after) != named(judged.after)


def report(items, *, planned_only):
    """``results`` and ``summary``: what became of each object, in the order of kinds and titles."""
    results = {}
    for item in items:
        result = results.setdefault((item.kind, item.title), {"kind": item.kind, "name": item.title, "status": OK, "changes": []})
        result["changes"] += [change.summary for change in item.writes]
        status = _status(item, planned_only)
        if WORST.index(status) > WORST.index(result["status"]):
            result["status"] = status
        if item.error:
            result.setdefault("msg", str(item.error))
            result.setdefault("error", {"kind": item.error.kind, **item.error.facts})
    ordered = list(results.values())
    summary = {status: sum(result["status"] == status for result in ordered) for status in WORST}
    return {"results": ordered, "summary": {"objects": len(ordered), **summary}}


WORST = [OK, CHANGED, NOT_ATTEMPTED, FAILED]


def _status(item, planned_only):
    if item.error:
        return FAILED
    if not item.plan.changes:
        return OK
    if planned_only:
        return CHANGED if item.writes else OK
    if item.work is None or not any(step.since is not None for step in item.work.steps):
        return NOT_ATTEMPTED
    return CHANGED if item.work.sent else OK


def describe(items):
    """The plan as data, in the order in which it is carried out."""
    return [described(item.kind, item.title, change) for item in sorted(items, key=_phase) for change in item.writes]


def diffs(items):
    """One diff an object that changes; Ansible's default callback prints such a list."""
    return [one for item in sorted(items, key=_phase) for one in object_diffs(item.writes)]


def plan_of(items):
    """All changes as one plan, phase after phase, for what it costs."""
    changes = []
    for item in items:
        changes += [dataclasses.replace(change, stage=change.stage + 100 * item.phase) for change in item.plan.changes]
    return Plan(changes)


def _phase(item):
    return item.phase
