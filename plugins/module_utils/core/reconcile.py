# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine: observe -> plan -> (apply -> settle) -> report. Check mode stops after the plan; a real run carries out that very plan."""

from __future__ import annotations

import abc

from .errors import MISREAD, FleetError, NotFound, Refused
from .plan import Plan
from .render import diffs, plan_line
from .settle import FRESH, Step, settle
from .snapshot import Planned
from .wait import Deadline

# Options of every module that may wait; mirrored by the doc fragment `wait`.
WAIT = {
    "options": {
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "int"},
        "poll_interval": {"type": "int", "default": 5},
    }
}


class Noun(abc.ABC):
    """One kind of object: how it is observed and what leads from its state to the desired one.

    ``result`` is the key of the object in results, ``options`` the argument spec of its own options, ``wait_timeout`` the default in
    seconds. ``observe`` returns the record (a dictionary in the user's words) or None; ``plan`` returns Changes and sends nothing.
    """

    result = ""
    schema = None
    options = {}
    wait_timeout = 900

    @abc.abstractmethod
    def observe(self, client, options):
        """The record as it is, or None. Raises InvalidInput for options that no state of the tenant could satisfy."""

    @abc.abstractmethod
    def plan(self, client, options, record):
        """The Changes from the record to the desired state."""

    def check(self, options):
        """Raise InvalidInput for options that are wrong whatever the tenant holds. Called before anything is read."""

    def places(self, client, options):
        """The listings in which the record stands, for objects that others refer to."""
        return ()

    def imagine(self, client, options, record, plan):
        """Let what is planned after this find the record as the plan will leave it."""
        predicted = predict(self, options, record, plan.changes)
        if record is None and self.schema.has_id:
            predicted["id"] = Planned(f"planned {self.schema.noun} {predicted['name']}")
        gone = any(change.verb == "delete" for change in plan.writes)
        for place in self.places(client, options):
            others = [other for other in client.records(*place) if not self._is_same(other, record)]
            client.imagine(place, others if gone else [*others, predicted])

    def _is_same(self, other, record):
        return other is record or (record is not None and self.schema.has_id and other["id"] == record["id"])

    def remarks(self, options, record):
        """Sentences for the user about what differs and is not changed."""
        return []

    def facts(self, client, options, record):
        """Further keys of the result, computed from what was observed."""
        return {}

    def absent(self, options):
        """The record of an object that is not there, named as the options name it."""
        return {**self.schema.blank(), "name": options.get("name")}

    def not_comparable(self, options, plan):
        """Names of fields that were sent, or would have been, and that no read can confirm."""
        return []


def reconcile(ctx, noun):
    """Lead one object to the state that the task's options describe, and report.

    Returns ``changed``, ``changes``, ``diff``, the noun's record, and where they apply ``operation``, ``not_comparable``, ``cost`` (in check
    mode) and the noun's own facts. Raises FleetError.
    """
    options = ctx.params
    noun.check(options)
    client = ctx.client
    try:
        record, plan = observe_and_plan(client, noun, options)
    except NotFound as error:
        if not (ctx.check_mode and _may_come(options, error)):
            raise
        # In check mode the task that creates it has created nothing: this one cannot be planned, but neither is it wrong.
        ctx.warn(_excuse(noun, options, str(error)))
        return {"changed": True, "changes": [], "diff": diffs([]), noun.result: noun.absent(options), "cost": client.cost(Plan())}
    for remark in noun.remarks(options, record):
        ctx.warn(remark)
    report = {
        "changed": bool(plan.writes),
        "changes": [change.describe() for change in plan.writes],
        "diff": diffs(plan.writes),
        **noun.facts(client, options, record),
    }
    fields = noun.not_comparable(options, plan)
    if fields:
        report["not_comparable"] = fields
    predicted = predict(noun, options, record, plan.writes)
    if ctx.check_mode:
        cost = client.cost(plan)
        if plan.writes:
            ctx.progress(plan_line(plan.writes, cost))
        return {**report, noun.result: predicted, "cost": cost}
    work = Work(plan, client, lambda: plan_now(client, noun, options)[1])
    deadline = Deadline(client.clock, options.get("wait_timeout") or noun.wait_timeout)
    carry_out([work], client, deadline, wait=options.get("wait", True))
    if work.failure:
        raise work.account()
    if work.operations:
        report["operation"] = work.operations[-1]
    # What is still under way is told as it will be; to read it now would be to remember what is about to change.
    record = predicted if work.goes_on else _as_it_is(ctx, noun) or predicted
    return {**report, noun.result: record}


def _may_come(options, error):
    """Whether an earlier task may be about to create what is not there: nobody creates it only to have it gone, and a command's is mistyped
    rather if a name like it is there."""
    return error.creatable and options.get("state") not in ("absent", "cancelled") and not (options.get("action") and error.near)


def _excuse(noun, options, error):
    """What the real run would say, unless; about this task, for Ansible shows a warning that it has shown before only once."""
    name = next((options[key] for key in ("name", "user", "cluster") if options.get(key)), None)
    subject = f"{noun.schema.noun} '{name}'"
    about = "" if subject in error or not name else f"{subject[0].upper()}{subject[1:]}: "
    stop = "" if error.endswith("?") else "."
    return f"{about}{error}{stop} If an earlier task creates it, this is fine; check mode cannot plan this task in detail"


def observe_and_plan(client, noun, options):
    """The record and the plan. What cannot be undone, and what a rail had to allow, is decided on listings that were read just now."""
    record, plan = plan_now(client, noun, options)
    stale = {place for change in plan.writes for place in change.evidence if client.age(place) > FRESH}
    if not stale:
        return record, plan
    for place in stale:
        client.refresh(place)
    return plan_now(client, noun, options)


def plan_now(client, noun, options):
    """The record and the plan, from what is known of the tenant."""
    record = noun.observe(client, options)
    return record, Plan(noun.plan(client, options, record))


def predict(noun, options, record, changes):
    """The record as it will be after these changes."""
    predicted = dict(record or noun.absent(options))
    for change in changes:
        predicted.update({name: value for name, value in change.after.items() if name in predicted})
    return predicted


class Work:
    """The plan of one object on its way: steps in order of their stages, and the first failure. ``plan_again`` makes the plan anew, for a
    change whose evidence has grown old while it waited for its turn."""

    def __init__(self, plan, client, plan_again=None):
        def confirm(change):
            for place in change.evidence:
                client.freshen(place)
            if change.key not in {write.key for write in plan_again().writes}:
                raise Refused(f"Will not {change.doing}: the tenant has changed since that was planned; run again")

        self.steps = [Step(change, client, confirm if plan_again else None) for change in plan.changes]
        self.last = max((change.stage for change in plan.writes), default=0)

    def at(self, stage):
        return [step for step in self.steps if step.change.stage == stage]

    @property
    def failure(self):
        return next((step.failure for step in self.steps if step.failure), None)

    @property
    def operations(self):
        return [step.operation for step in self.steps if step.operation]

    @property
    def sent(self):
        """Whether a write has left or may have left. A write of unknown outcome counts: better to say so too often than to hide one."""
        return any(step.sent for step in self.steps)

    @property
    def goes_on(self):
        """Whether something that was sent is not seen to be done."""
        return any(step.sent and not step.done for step in self.steps)

    def account(self):
        """The failure, with what was done and what was not in its ``partial``."""
        failed = [step for step in self.steps if step.failure]
        if failed[0].change.rescue:
            self.failure.advise(failed[0].change.rescue)
        self.failure.partial = {
            "changed": self.sent,
            "done": [step.change.summary for step in self.steps if step.done and step.change.send],
            "not_done": [step.change.summary for step in failed],
            "not_attempted": [step.change.summary for step in self.steps if step.since is None],
            **{"operation": step.operation for step in failed if step.operation},
        }
        return self.failure


def carry_out(works, client, deadline, *, wait=True, go_on=False):
    """Send the changes of all works stage by stage and see each stage through together; the steps tell what came of it.

    A work that fails goes no further. The others do with ``go_on``; without it, nothing new is begun after a failure.
    """
    for work in works:
        for step in work.steps:
            step.promise()
    for stage in sorted({step.change.stage for work in works for step in work.steps}):
        begun = _begin([work for work in works if not work.failure], stage, go_on)
        # Without waiting, a stage is seen through all the same if it is in doubt or if a later one builds on it.
        waiting = [step for work, step in begun if step.open and (wait or stage < work.last or step.doubt)]
        try:
            settle(client, waiting, deadline)
        except FleetError as error:
            for step in waiting:
                if step.open:
                    step.give_up(error)
        if not go_on and any(work.failure for work in works):
            break
    for work in works:
        for step in work.steps:
            step.leave()


def _begin(works, stage, go_on):
    """Send this stage of the works; returns the steps with their work."""
    begun = []
    for work in works:
        for step in work.at(stage):
            step.begin()
            begun.append((work, step))
            if step.failure:
                break
        if work.failure and not go_on:
            break
    return begun


def _as_it_is(ctx, noun):
    """The record after the work; a read that fails now must not hide what was done."""
    try:
        return noun.observe(ctx.client, ctx.params)
    except (FleetError, *MISREAD) as error:
        ctx.warn(f"It was done, and could not be read afterwards: {error}")
        return None
