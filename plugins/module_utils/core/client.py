# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine needs of any vendor's client besides its calls: listings, waits, what a plan costs."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import os

from .errors import InvalidInput
from .http import Session
from .settle import FRESH, expected_reads, expected_waits


def check_numbers(params, least, within=""):
    """Raise InvalidInput for a number below the ``least`` that makes sense; ``within`` is the option that holds them, with a dot."""
    for name, number in least.items():
        if params.get(name) is not None and params[name] < number:
            raise InvalidInput(f"{within}{name} is a number from {number}, not {params[name]}")


def check_connection(params, least):
    """Raise InvalidInput for what is wrong with options that every vendor has; ``least`` as check_numbers takes it."""
    check_numbers(params, least)
    if params["ca_path"] and params["validate_certs"] and not os.path.exists(params["ca_path"]):
        raise InvalidInput(f"ca_path '{params['ca_path']}' does not exist")


def open_session(params, url, login, dialect, budget, clock, read_only):
    """A Session with what the connection options of every vendor say about TLS, proxy and patience."""
    return Session(
        url,
        login,
        dialect,
        budget,
        clock,
        verify=(params["ca_path"] or True) if params["validate_certs"] else False,
        proxy=params["proxy"],
        request_timeout=params["request_timeout"],
        retry_timeout=params["retry_timeout"],
        read_only=read_only,
    )


@dataclasses.dataclass(frozen=True)
class Accepted:
    """A successful call: decoded body, and the operation's id if it goes on in the background."""

    body: object
    operation: str | None = None


class Client:
    """One task's view of a system. Session and snapshot are shared by all tasks of a process that give the same connection options.

    A vendor's client adds the calls; they pass on ``lanes``, ``deadline`` and, when they write, ``leaving`` to Session.call.
    """

    def __init__(self, session, snapshot, journal, progress, poll_interval=5):
        self.session = session
        self.clock = session.clock
        self.journal = journal
        self.progress = progress
        self.poll_interval = poll_interval
        self._snapshot = snapshot
        self._lanes, self._deadline, self._before_writing = (), None, None
        self._usage_before = copy.copy(session.usage)

    def records(self, listing, *key):
        """The records of a listing, read once (see Snapshot)."""
        return self._snapshot.get(self, (listing, *key))

    def refresh(self, place):
        """Read a place again, whatever its age."""
        return self._snapshot.read(self, place)

    def freshen(self, place):
        """Read a place again if what was read of it is too old to decide on."""
        if self.age(place) > FRESH:
            self.refresh(place)

    def forget(self, place):
        """Have a place read again when it is needed next, and every place that begins so."""
        self._snapshot.forget(place)

    def holds(self, place, record):
        """Whether this very record stands at the place as last read."""
        return self._snapshot.holds(place, record)

    def age(self, place):
        """Seconds since a place was read."""
        return self._snapshot.age(place)

    def seed(self, place, records):
        """Keep what another call than its own has told of a place."""
        self._snapshot.put(place, records)

    def imagine(self, place, records):
        """Have a place hold what is planned; within ``imagining()`` only."""
        self._snapshot.imagine(place, records)

    def imagining(self):
        return self._snapshot.imagining()

    def holding(self):
        return self._snapshot.holding()

    @contextlib.contextmanager
    def waiting(self, deadline=None):
        """Calls within are part of a wait: they take a place in the lane of polls, half as wide as that of reads, before their own, and
        end with the deadline."""
        self._lanes, self._deadline = ("poll",), deadline
        try:
            yield
        finally:
            self._lanes, self._deadline = (), None

    @contextlib.contextmanager
    def before_writing(self, function):
        """Writes within call the function right before they leave, when their place in the budget has come."""
        self._before_writing = function
        try:
            yield
        finally:
            self._before_writing = None

    def cost(self, plan):
        """What carrying out a plan will take: calls of the shared budget, and seconds until it is done."""
        writes = len(plan.writes)
        work = sum(max(expected_waits(stage).values(), default=0) for stage in plan.stages())
        reads = sum(expected_reads(stage, self.poll_interval) for stage in plan.stages())
        pacing = max(self.session.budget.seconds_for("write", writes), self.session.budget.seconds_for("read", reads))
        return {"reads": reads, "writes": writes, "eta_s": round(pacing + work)}

    def usage(self):
        return self.session.usage.since(self._usage_before)

    def close(self):
        """End what the task has opened at the vendor; called last, however the task ended. Never fails."""

    def renewed(self):
        """Credentials that the vendor has replaced, by the names of the options that take them. The task returns them, failed or not."""
        return {}
