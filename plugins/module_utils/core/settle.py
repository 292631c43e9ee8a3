# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending changes and seeing them through: what is under way, in doubt or lost is looked for in the tenant, never sent blindly again.

A change is looked for in the listing of its place, so that twenty desktops of a pool cost one read a round; its operation is asked only
when it is alone, or when the listing does not show it moving.

Of the client the engine needs: ``clock``, ``journal``, ``poll_interval`` (seconds), ``progress(text)``, ``refresh(place)``,
``forget(place)``, ``holds(place, record)``, ``operation(id)`` (a Status, or None if the server does not know it), ``waiting(deadline)`` (a
context whose reads are polls and end with the deadline) and ``before_writing(function)`` (a context whose writes call it right before they
leave).
"""

from __future__ import annotations

import itertools

from .errors import MISREAD, BadAnswer, FleetError, OperationFailed, OutcomeUnknown, Throttled, TimedOut, Unreachable, misread
from .journal import ACCEPTED, ENDED, OWED
from .plan import DONE, MOVING, UNSEEN
from .wait import duration, intervals

LONGEST_INTERVAL = 30
# Seconds between tries of what the server has no place for, if it is not known when one becomes free.
PACE = 60
# A listing older than this, in seconds, does not decide on what cannot be undone.
FRESH = 10
# A write that vanishes this often without a trace meets more than a passing disturbance.
MOST_SENDINGS = 3

IN_PROGRESS, SUCCEEDED = "in_progress", "succeeded"


class _BegunElsewhere(Exception):
    """Another run has begun the same change, after this one looked into the journal."""

    def __init__(self, entry):
        self.entry = entry


class Step:
    """A change on its way.

    ``open`` until it is seen to be done or has failed. While open it has either an ``operation`` to ask, or a ``doubt``: the error to end
    with if the tenant does not show the change in time; or neither, if it only waits, or if the server has ``refused`` it for now (its
    words): then it is ``put_off`` until its turn comes. ``sent`` tells that a write has left or may have left, ``since`` when it last showed
    a sign of life (seconds of the clock), ``sendings`` how often this run has sent it. ``confirm(change)`` plans again on what is there now,
    and raises Refused if the change is not in that plan.
    """

    def __init__(self, change, client, confirm=None):
        self.change = change
        self.confirm = confirm
        self.open = False
        self.done = False
        self.sent = False
        self.operation = None
        self.doubt = None
        self.refused = ""
        self.put_off = False
        self.failure = None
        self.since = None
        self._resend = self._confirming = False
        self.sendings = 0
        self._examined = None
        self._client = client

    def promise(self):
        """Note a change that is owed, before anything is sent."""
        if self.change.owed:
            self._client.journal.note(self.change.key, OWED)

    def begin(self):
        """Send the change, unless an earlier run already did: then take up where that one stopped."""
        self.open, self.since = True, self._client.clock.time()
        if not self.change.send:
            return
        try:
            if not self._taken_up():
                self._send()
        except FleetError as error:
            self.give_up(error)

    def resume(self, operation):
        """Wait for what an earlier run has sent, or may have sent, and never send it again: what does not show is a doubt."""
        self.open = self.sent = True
        self.since, self.operation = self._client.clock.time(), operation
        if not operation:
            words = "an earlier run was cut off while it did, and whether it ran is unknown; look before you run the task again"
            self.doubt = OutcomeUnknown(f"Could not {self.change.summary}: {words}")

    def look(self):
        """Decide by the place, which was just read. Returns whether the change shall be sent again."""
        verdict, now = self._seen(), self._client.clock.time()
        if verdict == DONE:
            self.finish(shown=True)
        elif verdict == MOVING:
            self.since = now
        elif verdict != UNSEEN:
            self.fail(OperationFailed(f"Could not {self.change.summary}: {verdict}", operation=self.operation))
        elif self.operation:
            return self.ask()
        elif self.refused:
            return True
        elif self.doubt is None:
            self.fail(OperationFailed(f"Could not {self.change.summary}: what was under way has ended otherwise; run again"))
        elif now - self.since > self.change.patience:
            return self._run_out()
        return False

    def ask(self):
        """Decide by the operation. Returns whether the change shall be sent again."""
        change, status, now = self.change, self._client.operation(self.operation), self._client.clock.time()
        if status is None:
            # A restart of the server loses operations: from now on the place decides.
            self._lose()
        elif status.state == SUCCEEDED:
            self.finish()
        elif status.state == IN_PROGRESS:
            if change.place and now - self.since > change.patience:
                # It also leaves operations that never end: work that takes far too long is looked for in its place.
                self._client.refresh(change.place)
                if self._seen() == DONE:
                    self.finish()
        elif status.token in change.retry_on:
            self._client.progress(f"{change.summary}: {status.words}; waiting for a place")
            self.operation, self.refused, self.put_off, self.since = None, status.words, True, now
        else:
            words = f"the operation failed with {status.words}; mend the cause and run again"
            facts = {"operation": self.operation, "token": status.token, "text": status.text}
            self.fail(OperationFailed(f"Could not {change.summary}: {words}", **facts))
        return False

    def begin_again(self):
        """Send once more what surely did not run, or what does no harm twice; not for ever."""
        if self.sendings >= MOST_SENDINGS and self.doubt:
            self.give_up(self.doubt)
            return
        try:
            self._send()
        except FleetError as error:
            self.give_up(error)

    def finish(self, shown=False):
        """It is done; ``shown`` by its place, which was just read and so need not be read again."""
        self.open, self.done = False, True
        change, record = self.change, self.change.record
        if record is not None and self._client.holds(change.place, record):
            record.update({name: value for name, value in change.after.items() if name in record})
        elif not shown:
            # Perhaps the place was read again since the plan was made: then the record that this change knows is nobody's any more.
            self._client.forget(change.place)
        self._forget(change.touches)
        if change.owed:
            self._client.journal.note(change.key, ENDED)
        self._note(ENDED)

    def leave(self):
        """End with it. What was sent and not seen to be done may show at any time, so that nothing read before counts."""
        if self.sent and not self.done:
            self._forget((self.change.place, *self.change.touches))

    def fail(self, error):
        self.open, self.failure = False, error
        self._note(ENDED)

    def give_up(self, error):
        """Stop waiting for something that may still go on: the journal keeps it for a later run."""
        self.open, self.failure = False, error

    def _send(self):
        doubted, self.doubt, self.operation, self.refused = self.doubt, None, None, ""
        self.since, self.sendings = self._client.clock.time(), self.sendings + 1
        try:
            with self._client.before_writing(self._claim):
                answer = self.change.send()
        except OutcomeUnknown as doubt:
            self.sent, self.doubt, self._resend = True, doubt, not self.change.fleeting
            if self.change.fleeting:
                words = f"whether it ran is unknown: {doubt.what}; it may have run and ended since, so look before you run the task again"
                self.doubt = OutcomeUnknown(f"Could not {self.change.summary}: {words}", **doubt.facts)
            return
        except MISREAD as error:
            self.sent, self.doubt, self._resend = True, misread(error), False
            return
        except FleetError as error:
            # Refused, perhaps because the first one has run after all.
            if not (doubted and self._shows()):
                self.fail(error)
            return
        except _BegunElsewhere as begun:
            if not self._take_up(begun.entry):
                self.give_up(OutcomeUnknown(f"Could not {self.change.summary}: another run is doing it; run again"))
            return
        self.sent, self.operation = True, answer.operation
        if self.operation:
            self._note(ACCEPTED)
        elif self.change.seconds and self.change.place:
            # Accepted, and it takes its time, but no operation is told: only the place can tell of it.
            self.doubt = OutcomeUnknown(
                f"Could not {self.change.summary}: it was accepted, and the tenant does not show its outcome; run again"
            )
        else:
            self.finish()

    def _claim(self):
        """Note that the write leaves now; unless another run got there first, or what allowed it has changed while it waited for its turn."""
        if self._confirming:
            return  # a look for which some systems have no GET
        if self.confirm and any(self._client.age(place) > FRESH for place in self.change.evidence):
            self._confirming = True
            try:
                self.confirm(self.change)
            finally:
                self._confirming = False
        self.since = self._client.clock.time()
        if not self.change.repeatable:
            entry = self._client.journal.claim(self.change.key, known=self._examined)
            if entry:
                raise _BegunElsewhere(entry)

    def _taken_up(self):
        """Whether an earlier run that was cut off has sent this change, so that it is waited for and not sent again."""
        self._examined = None if self.change.repeatable else self._client.journal.unfinished(self.change.key)
        return bool(self._examined) and self._examined["event"] != OWED and self._take_up(self._examined)

    def _take_up(self, entry):
        age = self._client.clock.time() - entry["at"]
        recent = age <= self.change.patience
        if self.change.command and not recent:
            return False
        if not entry["operation"]:
            # Cut off between sending and the answer. What ran then shows by now, unless that was only a moment ago.
            if not recent:
                return self._shows()
            self.sent, self._resend, self.since = True, True, entry["at"]
            self.doubt = OutcomeUnknown(f"Could not {self.change.summary}: an earlier run was cut off while it did; run again")
            return True
        status = self._client.operation(entry["operation"])
        if status and status.state == IN_PROGRESS:
            self.operation = entry["operation"]
            return True
        if status is None and recent:
            self.operation, self.since = entry["operation"], entry["at"]
            self._lose()
            return True
        if self.change.command:
            return False
        # It has ended: the tenant shows with what outcome, and it may have been undone since.
        return self._shows(late=bool(status) and status.state == SUCCEEDED and recent)

    def _shows(self, late=False):
        """Whether the tenant, read again, shows the change done or on its way; ``late``: or may be about to show it."""
        if not self.change.place:
            return False
        self._client.refresh(self.change.place)
        verdict = self._seen()
        if verdict == DONE:
            self.finish()
        elif verdict == MOVING or (late and verdict == UNSEEN):
            # Perhaps its last steps, perhaps another's work: it is sent again if it then does not show.
            self.sent, self._resend, self.since = True, True, self._client.clock.time()
            self.doubt = OutcomeUnknown(f"Could not {self.change.summary}: what an earlier attempt began does not show; run again")
        else:
            return False
        return True

    def _lose(self):
        self.doubt = OperationFailed(
            f"Could not {self.change.summary}: the server no longer knows operation {self.operation}, "
            "and the tenant does not show its outcome; run again",
            operation=self.operation,
        )
        self.sent, self.operation, self._resend = True, None, False
        self.since = self._client.clock.time()

    def _run_out(self):
        """The tenant does not show it, and would by now. Returns whether it shall be sent again."""
        if self._resend:
            return True
        self.fail(self.doubt)
        return False

    def _seen(self):
        try:
            return self.change.seen()
        except MISREAD as error:
            raise misread(error) from None

    def _forget(self, places):
        for place in places:
            self._client.forget(place)

    def _note(self, event):
        if self.change.send and not self.change.repeatable:
            self._client.journal.note(self.change.key, event, self.operation)


def settle(client, steps, deadline):
    """Wait until every open step is done or failed; at the deadline the rest fail as TimedOut and stay in the journal.

    A read that fails is no verdict: the next round looks again, until the deadline.
    """
    waiting = [step for step in steps if step.open]
    pauses, trouble = intervals(client.poll_interval, LONGEST_INTERVAL), None
    while waiting:
        if deadline.expired():
            for step in waiting:
                step.give_up(timed_out(step, deadline, trouble))
            return
        client.clock.sleep(min(next(pauses), max(deadline.remaining(), 0.1)))
        again, trouble = look_at(client, waiting, deadline)
        for step in again if not deadline.expired() else ():  # nothing is sent of which no look would be left
            step.begin_again()
        waiting = [step for step in waiting if step.open]
        if waiting:
            names = ", ".join(step.change.name for step in waiting[:3]) + (" ..." if len(waiting) > 3 else "")
            client.progress(
                f"waiting for {len(waiting)} of {len(steps)}: {names} "
                f"({duration(deadline.elapsed())} so far, at most {duration(deadline.seconds)})"
            )


def look_at(client, waiting, deadline):
    """Look once at everything: each place is read at most once. Returns the steps to send again, and what kept it from looking."""
    again, trouble = [], None
    looked_at = [step for step in waiting if not step.put_off]
    for place, group in itertools.groupby(sorted(looked_at, key=_place_order), key=lambda step: step.change.place):
        group = list(group)
        try:
            with client.waiting(deadline):
                if place and (len(group) > 1 or not group[0].operation):
                    client.refresh(place)
                    again += [step for step in group if step.look()]
                else:
                    again += [step for step in group if _decide_without_place(step)]
        except (BadAnswer, Unreachable, Throttled) as error:
            client.progress(f"could not look: {error}")
            # That no time is left for another look is no trouble, it is the end.
            trouble = None if isinstance(error, Throttled) and deadline.expired() else error
    for step in _whose_turn(waiting, client.clock.time()):
        step.put_off = False  # the next look sends it, unless somebody else has done it by then
    return again, trouble


def _whose_turn(steps, now):
    """Those of the steps put off that may try again: one for each of their kind that has just ended. While one of ours is under way in a
    queue, nothing is lost by waiting for its end; otherwise nobody knows when a place becomes free, and one tries at a time."""
    turns = []
    for reason in {step.change.retry_on for step in steps if step.put_off}:
        rivals = [step for step in steps if step.change.retry_on == reason]
        put_off = [step for step in rivals if step.put_off]
        places = sum(not step.open for step in rivals)
        queued = any(step.open and step.change.queue and not step.put_off for step in rivals)
        if not queued and now - max(step.since for step in put_off) >= PACE:
            places = max(places, 1)
        turns += put_off[:places]
    return turns


def _decide_without_place(step):
    """By its operation; without one, nothing can ever show what became of it."""
    if step.operation:
        return step.ask()
    if step.change.repeatable and isinstance(step.doubt, OutcomeUnknown):
        return True
    step.give_up(step.doubt)
    return False


def _place_order(step):
    return str(step.change.place)


def timed_out(step, deadline, trouble):
    if step.refused:
        return TimedOut(
            f"Could not {step.change.summary} within {duration(deadline.seconds)}: the server had no place for it ({step.refused}); "
            "run again later, or raise 'wait_timeout'"
        )
    operation = f" (operation {step.operation})" if step.operation else ""
    blind = f", where the last look failed ({trouble})" if trouble else ""
    return TimedOut(
        f"Could not {step.change.summary} within {duration(deadline.seconds)}{operation}{blind}; it may go on: "
        "run again to take up the wait, or raise 'wait_timeout'",
        operation=step.operation,
    )


def expected_waits(stage):
    """Seconds for which each place will be looked at until a stage is done; changes without one stand for themselves."""
    queued, waits = {}, {}
    for change in stage:
        queued[change.queue] = queued.get(change.queue, 0) + change.seconds
    for change in stage:
        if change.seconds:
            place = change.place or change
            waits[place] = max(waits.get(place, 0), queued[change.queue] if change.queue else change.seconds)
    return waits


def expected_reads(stage, poll_interval):
    """How many polls and listings the waits of a stage will take, for the cost of a plan."""
    places = expected_waits(stage)
    polls = 0
    for seconds in places.values():
        for pause in intervals(poll_interval, LONGEST_INTERVAL):
            polls += 1
            seconds -= pause
            if seconds <= 0:
                break
    return polls + len(places)
