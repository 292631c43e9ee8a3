# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crew that acts: each act is the plan of a noun, sent and seen through by the steps of core/settle.py, and kept in the logbook."""

from __future__ import annotations

import abc
import collections

from .errors import FleetError, InvalidInput, Refused
from .logbook import BEGUN, STARTING
from .reconcile import Work
from .settle import look_at, timed_out
from .wait import Deadline
from .waves import DONE, FAILED, RUNNING, SKIPPED

AS_IT_SHALL_BE = "it is as it shall be already"


class RolloutStopped(FleetError):
    """A rollout came to an early end, or some of its acts failed; the result tells what became of each object."""

    kind = "rollout_stopped"


class Act:
    """A plan on its way: its stages one after the other, without waiting for any."""

    def __init__(self, plan, client, timeout, plan_again):
        self.work = Work(plan, client, plan_again)
        self.deadline = Deadline(client.clock, timeout)
        self._sendings = 0
        self._stages = collections.deque(sorted({change.stage for change in plan.changes}))

    @property
    def open(self):
        return [step for step in self.work.steps if step.open]

    def go_on(self, taken_up=False, operation=None):
        """Begin stages until one is under way. A command that an earlier run has sent is taken up, and not sent again."""
        while self._stages and not self.open and not self.work.failure:
            for step in self.work.at(self._stages.popleft()):
                if taken_up and step.change.command:
                    step.resume(operation)
                else:
                    step.begin()
                if step.failure:
                    break

    def operation(self, known):
        """How the server calls what was sent last. What was ``known`` before is of an earlier attempt if something was sent since."""
        sendings = sum(step.sendings for step in self.work.steps)
        sent_since, self._sendings = sendings > self._sendings, sendings
        return next(reversed(self.work.operations), None if sent_since else known)


class Crew(abc.ABC):
    """What a vendor adds: ``plan(target)``, which changes to make now; ``ill(target)``, a sentence if it is not well after its act; and what
    core/waves.py asks for besides."""

    def __init__(self, client, logbook, timeout):
        self.client = client
        self.clock = client.clock
        self.interval = client.poll_interval
        self.progress = client.progress
        self.acts = {}
        self.trouble = ""
        self.crowded = False  # the server had no place for one of the acts under way
        self._logbook = logbook
        self._timeout = timeout

    @abc.abstractmethod
    def plan(self, target):
        """The Plan of the act on a target, from what is there now. Raises FleetError; Refused and InvalidInput mean to skip it."""

    @abc.abstractmethod
    def ill(self, target):
        """Why an object that was acted on is worse than before, or nothing."""

    @property
    def sent(self):
        return any(act.work.sent for act in self.acts.values())

    def begin(self, target):
        try:
            plan = self.plan(target)
        except (Refused, InvalidInput) as error:
            self.end(target, SKIPPED, str(error))
            return
        except FleetError as error:
            self.end(target, FAILED, str(error))
            return
        if not plan.changes:
            self.end(target, *((DONE, "done by an earlier run") if target.begun else (SKIPPED, AS_IT_SHALL_BE)))
            return
        target.changes = [change.summary for change in plan.writes]
        act = self.acts[target.id] = Act(plan, self.client, self._timeout, lambda: self.plan(target))
        if not target.begun:
            self._logbook.note(STARTING, target)
        act.go_on(target.begun, target.operation)
        target.operation = act.operation(target.operation)
        if act.open:
            self._logbook.note(BEGUN, target, operation=target.operation)
        self._conclude(target, act)

    def look(self, targets):
        """Look once at all that is under way."""
        acts = [self.acts[target.id] for target in targets]
        try:
            steps = [step for act in acts for step in act.open]
            again, trouble = look_at(self.client, steps, Deadline(self.clock, self._timeout))
            for step in again:
                step.begin_again()
        except FleetError as error:
            # No later look will do better, as without a login.
            self.trouble = trouble = error
            for act in acts:
                _give_up(act, error)
        for target, act in zip(targets, acts):
            if act.deadline.expired():
                for step in act.open:
                    step.give_up(timed_out(step, act.deadline, trouble))
            act.go_on()
            self._conclude(target, act)
        self.crowded = any(step.put_off for act in acts for step in act.open)

    def end(self, target, status, msg=""):
        target.end(status, msg)
        self._logbook.note(status, target, msg=msg, operation=target.operation)

    def _conclude(self, target, act):
        target.operation = act.operation(target.operation)
        if act.open:
            target.status = RUNNING
            return
        for step in act.work.steps:
            step.leave()
        failure = act.work.failure
        if failure is None:
            words = self.ill(target)
            self.end(target, FAILED if words else DONE, words)
        elif isinstance(failure, Refused) and not act.work.sent:
            self.end(target, SKIPPED, str(failure))
        else:
            act.work.account()  # lets the sentence name the way out
            self.end(target, FAILED, str(failure))


def _give_up(act, error):
    for step in act.open:
        step.give_up(error)
