# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for what Workspot Control does in the background: one poller for any number of changes.

Source: workspot-behaviour.md, section 3.1. A change is looked for in the listing of its place, so that twenty desktops of a pool cost one
read a round; its operation is asked only when it is alone, or when the listing does not show it moving.
"""

from __future__ import annotations

import itertools

from ..core.errors import ApiError, OperationFailed, OutcomeUnknown, TimedOut
from ..core.plan import DONE, GRACE, MOVING, UNSEEN
from ..core.wait import duration, intervals

LONGEST_INTERVAL = 30


def id_from(body):
    """The operation id in an answer's statusURL, in whatever case the key is written. Its host is ignored: the token goes nowhere else."""
    if not isinstance(body, dict):
        return None
    url = next((value for key, value in body.items() if key.casefold() == "statusurl"), None)
    return str(url).rstrip("/").rpartition("/")[2].partition("?")[0] if url else None


class Status:
    """An operation as the API tells it: ``state`` in_progress, succeeded or failed, ``details`` (dict or None), error ``token`` and ``text``."""

    def __init__(self, operation_id, body):
        self.id = operation_id
        word = str(body.get("status") or "").casefold()
        self.state = {"inprogress": "in_progress", "succeeded": "succeeded"}.get(word, "failed")
        self.details = body.get("details") if isinstance(body.get("details"), dict) else None
        self.started, self.ended = body.get("startTime"), body.get("endTime")
        info = body.get("errorInfo") if isinstance(body.get("errorInfo"), dict) else {}
        self.token, self.text = (info.get(key) if info.get(key) not in (None, "null", "") else None for key in ("error", "description"))
        if self.state == "failed" and not (self.token or self.text):
            self.text = f"status {body.get('status')}"

    def describe(self):
        return {
            "id": self.id,
            "status": self.state,
            "details": self.details,
            "error": self.token,
            "text": self.text,
            "started": self.started,
            "ended": self.ended,
        }

    @property
    def words(self):
        return ": ".join(str(word) for word in (self.token, self.text) if word)


def follow(client, operation_ids, deadline):
    """The Statuses of operations, in the order given, as they stand when all have ended or the deadline has come."""
    statuses = {}
    for pause in intervals(client.poll_interval, LONGEST_INTERVAL):
        for operation_id in operation_ids:
            if operation_id not in statuses or statuses[operation_id].state == "in_progress":
                with client.polling():
                    statuses[operation_id] = client.operation(operation_id)
        running = sum(status.state == "in_progress" for status in statuses.values())
        if not running or deadline.expired():
            return [statuses[operation_id] for operation_id in operation_ids]
        client.progress(f"waiting for {running} of {len(statuses)} operations ({duration(deadline.elapsed())} so far)")
        client.clock.sleep(min(pause, max(deadline.remaining(), 0.1)))


def settle(client, steps, deadline):
    """Wait until every open step is done or failed; at the deadline the rest fail as TimedOut and stay in the journal."""
    waiting = [step for step in steps if step.open]
    pauses = intervals(client.poll_interval, LONGEST_INTERVAL)
    while waiting:
        if deadline.expired():
            for step in waiting:
                step.give_up(_timed_out(step, deadline))
            return
        client.clock.sleep(min(next(pauses), max(deadline.remaining(), 0.1)))
        with client.polling():
            _look(client, waiting, deadline)
        waiting = [step for step in waiting if step.open]
        if waiting:
            names = ", ".join(step.change.name for step in waiting[:3]) + (" ..." if len(waiting) > 3 else "")
            client.progress(
                f"waiting for {len(waiting)} of {len(steps)}: {names} ({duration(deadline.elapsed())} so far, at most {duration(deadline.seconds)})"
            )


def _look(client, waiting, deadline):
    """One round: each place is read at most once, and an operation only where its place does not tell."""
    for place, group in itertools.groupby(sorted(waiting, key=_place_order), key=lambda step: step.change.place):
        group = list(group)
        if place and (len(group) > 1 or not group[0].operation):
            client.refresh(place)
            for step in group:
                _judge(client, step, deadline)
        else:
            for step in group:
                _ask_operation(client, step, deadline)


def _place_order(step):
    return str(step.change.place)


def _judge(client, step, deadline):
    """Decide on one step by the listing that was just read."""
    verdict, now = step.change.seen(), client.clock.time()
    if verdict == DONE:
        step.finish()
    elif verdict == MOVING:
        step.moved_at = now
    elif verdict != UNSEEN:
        step.fail(OperationFailed(f"Could not {step.change.summary}: {verdict}", operation=step.operation))
    elif step.operation:
        _ask_operation(client, step, deadline)
    elif step.lost and now - step.moved_at > max(GRACE, 2 * step.change.seconds):
        step.fail(step.lost)
    elif step.doubt and now - step.moved_at > step.change.doubtful_for:
        step.begin()


def _ask_operation(client, step, deadline):
    """Decide on one step by its operation."""
    if not step.operation:
        # No listing shows this change and no operation tells of it: only the next run's look at the tenant can.
        step.give_up(step.lost or step.doubt or OutcomeUnknown(f"Could not {step.change.summary}: its outcome cannot be read back"))
        return
    try:
        status = client.operation(step.operation)
    except ApiError as error:
        _lost(client, step, error)
        return
    if status.state == "succeeded":
        step.finish()
    elif status.state == "failed" and status.token in step.change.retry_on:
        pause = min(LONGEST_INTERVAL, max(deadline.remaining(), 0.1))
        client.progress(f"{step.change.summary}: {status.words}; trying again in {duration(pause)}")
        client.clock.sleep(pause)
        if not deadline.expired():
            step.begin()
    elif status.state == "failed":
        step.fail(
            OperationFailed(
                f"Could not {step.change.summary}: the operation failed with {status.words}; mend the cause and run again",
                operation=step.operation,
                token=status.token,
                text=status.text,
            )
        )


def _lost(client, step, error):
    """The server does not know the operation any more (a restart of Control loses them): from now on the place decides."""
    step.lost = OperationFailed(
        f"Could not {step.change.summary}: Workspot Control no longer knows operation {step.operation}, "
        "and the tenant does not show its outcome; run again",
        operation=step.operation,
        status=error.facts.get("status"),
    )
    step.operation, step.moved_at = None, client.clock.time()


def _timed_out(step, deadline):
    operation = f" (operation {step.operation})" if step.operation else ""
    return TimedOut(
        f"Waited {duration(deadline.seconds)} to {step.change.summary}, and it is not done{operation}; it may go on: "
        "run again to take up the wait, or raise 'wait_timeout'",
        operation=step.operation,
    )


def expected_reads(stage, poll_interval):
    """How many polls and listings the waits of a stage will take, for the cost of a plan."""
    places = {}
    for change in stage:
        if change.seconds:
            place = change.place or change
            places[place] = max(places.get(place, 0), change.seconds)
    polls = 0
    for seconds in places.values():
        for pause in intervals(poll_interval, LONGEST_INTERVAL):
            polls += 1
            seconds -= pause
            if seconds <= 0:
                break
    return polls + len(places)
