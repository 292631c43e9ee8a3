# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine: observe -> plan -> (apply -> settle) -> report. Check mode stops after the plan; a real run carries out that very plan."""

from __future__ import annotations

import abc

from .errors import FleetError, NotFound, OutcomeUnknown
from .journal import ACCEPTED, ENDED, OWED, SENDING
from .plan import DONE, MOVING, Limits, Plan
from .render import diff, plan_line
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

    def remarks(self, options, record):
        """Sentences for the user about what differs and is not changed."""
        return []

    def limits(self, options):
        return Limits()

    def absent(self, options):
        """The record of an object that is not there, named as the options name it."""
        return {**self.schema.blank(), "name": options.get("name")}

    def not_comparable(self, options, plan):
        """Names of fields that were sent, or would have been, and that no read can confirm."""
        return []


class Step:
    """A change on its way: begun once, then open until it is seen to be done or failed."""

    def __init__(self, change, client):
        self.change = change
        self.operation = None
        self.doubt = None
        self.failure = None
        self.open = False
        self.lost = None
        self.begun_at = self.moved_at = None
        self._client = client

    def promise(self):
        """Note a change that is owed, before anything is sent."""
        if self.change.owed:
            self._client.journal.note(self.change.key, OWED)

    def begin(self):
        """Send the change, unless an earlier run already did: then take up its operation."""
        self.begun_at = self.moved_at = self._client.clock.time()
        self.doubt = self.operation = None
        begun_before, self.open = self.open, True
        if not self.change.send or (not begun_before and not self.change.repeatable and self._taken_up()):
            return
        self._note(SENDING)
        try:
            answer = self.change.send()
        except OutcomeUnknown as doubt:
            self.doubt = doubt
        except FleetError as error:
            self.fail(error)
        else:
            self.operation = answer.operation
            if self.operation:
                self._note(ACCEPTED)
            else:
                self.finish()

    def _taken_up(self):
        """Whether an earlier run that was cut off sent this change, so that it is waited for and not sent again."""
        earlier = self._client.journal.unfinished(self.change.key)
        if not earlier:
            return False
        if not earlier["operation"]:
            # Cut off between sending and the answer. What ran then shows by now, unless that was only a moment ago.
            if self.begun_at - earlier["at"] > self.change.doubtful_for:
                return False
            self.doubt = OutcomeUnknown(f"Could not {self.change.doing}: an earlier run was cut off while it did")
            return True
        if self._client.is_running(earlier["operation"]):
            self.operation = earlier["operation"]
            return True
        # It has ended: the tenant shows with what outcome, and it may have been undone since.
        self._client.refresh(self.change.place)
        verdict = self.change.seen()
        if verdict == DONE:
            self.finish()
        return verdict in (DONE, MOVING)

    def finish(self):
        self.open = False
        if self.change.record is not None:
            self.change.record.update(self.change.after)
        else:
            self._client.forget(self.change.place)
        for place in self.change.touches:
            self._client.forget(place)
        if self.change.owed:
            self._client.journal.note(self.change.key, ENDED)
        self._note(ENDED)

    def fail(self, error):
        self.open = False
        self.failure = error
        self._note(ENDED)

    def give_up(self, error):
        """Stop waiting for something that may still go on: the journal keeps it for a later run."""
        self.open = False
        self.failure = error

    def _note(self, event):
        if self.change.send and not self.change.repeatable:
            self._client.journal.note(self.change.key, event, self.operation)


def reconcile(ctx, noun):
    """Lead one object to the state that the task's options describe, and report."""
    options = ctx.params
    noun.check(options)
    client = ctx.client
    try:
        record = noun.observe(client, options)
        plan = Plan(noun.plan(client, options, record))
    except NotFound as error:
        if not (ctx.check_mode and error.creatable):
            raise
        # In check mode the task that creates it has created nothing: this one cannot be planned, but neither is it wrong.
        ctx.warn(f"Only in check mode is this no failure, since an earlier task may be about to create it: {error}")
        return {"changed": True, "changes": [], "diff": diff([]), noun.result: noun.absent(options), "cost": client.cost(Plan())}
    for remark in noun.remarks(options, record):
        ctx.warn(remark)
    plan.guard(noun.limits(options))
    report = {
        "changed": bool(plan.writes),
        "changes": [change.describe() for change in plan.writes],
        "diff": diff(plan.writes),
    }
    fields = noun.not_comparable(options, plan)
    if fields:
        report["not_comparable"] = fields
    predicted = dict(record or noun.absent(options))
    for change in plan.writes:
        predicted.update({name: value for name, value in change.after.items() if name in predicted})
    if ctx.check_mode:
        cost = client.cost(plan)
        if plan.writes:
            ctx.progress(plan_line(plan.writes, cost))
        return {**report, noun.result: predicted, "cost": cost}
    operations = carry_out(
        plan, client, Deadline(client.clock, options.get("wait_timeout") or noun.wait_timeout), wait=options.get("wait", True)
    )
    if operations:
        report["operation"] = operations[-1]
    return {**report, noun.result: noun.observe(client, options) or predicted}


def carry_out(plan, client, deadline, *, wait=True):
    """Send the changes stage by stage and wait for each stage; returns the operation ids. A failure carries what was done and what was not."""
    steps = [Step(change, client) for change in plan.changes]
    for step in steps:
        step.promise()
    operations = []
    for stage in plan.stages():
        current = [step for step in steps if step.change in stage]
        for step in current:
            step.begin()
            if step.failure:
                break
        operations += [step.operation for step in current if step.operation]
        waiting = [step for step in current if step.open and (wait or step.doubt)]
        try:
            client.settle(waiting, deadline)
        except FleetError as error:
            for step in waiting:
                if step.open:
                    step.give_up(error)
        failed = [step for step in current if step.failure]
        if failed:
            raise _with_partial(failed[0].failure, steps)
    return operations


def _with_partial(error, steps):
    done = [step.change for step in steps if step.begun_at is not None and not step.failure and step.change.send]
    # A write of unknown outcome counts as a change: better to say so too often than to hide one.
    uncertain = any(step.operation or isinstance(step.failure, OutcomeUnknown) for step in steps if step.failure)
    error.partial = {
        "changed": bool(done) or uncertain,
        "done": [change.summary for change in done],
        "not_done": [step.change.summary for step in steps if step.failure],
        "not_attempted": [step.change.summary for step in steps if step.begun_at is None],
        **{"operation": step.operation for step in steps if step.failure and step.operation},
    }
    return error
