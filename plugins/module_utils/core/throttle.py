# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request budget of one customer, shared by all processes of this user on this machine.

Source: workspot-behaviour.md, section 2. The window kind is not published, so a sliding one is assumed: the strictest.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import random

from .errors import InvalidInput, Throttled
from .wait import duration

WINDOW = 60.0
# A call is stamped when it leaves, the server counts it when it arrives; the margin covers the difference in travel times.
MARGIN = 1.0
# A reservation further ahead than this comes from a clock that was set back, not from a queue.
ABSURD = 3600.0


def state_directory():
    """Where budgets and journals live: private to the user, shared by the user's processes."""
    base = os.environ.get("EUC_FLEET_STATE_DIR")
    if not base:
        base = os.path.join(os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state"), "euc.fleet")
    try:
        os.makedirs(base, mode=0o700, exist_ok=True)
    except OSError as error:
        raise InvalidInput(
            f"The state folder '{base}' cannot be made ({error.strerror}); name another one in EUC_FLEET_STATE_DIR"
        ) from None
    if not os.access(base, os.W_OK):
        raise InvalidInput(f"The state folder '{base}' cannot be written to; name another one in EUC_FLEET_STATE_DIR")
    return base


class Budget:
    """First come, first served places in sliding one-minute windows, one window per lane.

    ``limits`` maps a lane (``read``, ``write``, ``poll``) to calls per minute; 0 means no pacing. A process reserves the
    next free moment under the file lock and then sleeps until it has come: nobody spins, and nobody overtakes.
    """

    def __init__(self, path, limits, clock):
        self._path = path
        self._limits = {lane: limit for lane, limit in limits.items() if limit}
        self._clock = clock

    def acquire(self, lane, doing="go on", deadline=None):
        """Wait for a place in the lane; returns the seconds waited. Raises Throttled, about ``doing``, if it would come after the deadline."""
        if lane not in self._limits:
            return 0.0
        asked = self._clock.time()
        while True:
            with self._locked() as state:
                now = self._clock.time()
                at = self._next(state, lane, now)
                # What is free now is never late: the last look of a wait comes when its time is just over.
                if deadline is not None and at > now and at - now > deadline.remaining():
                    wait = duration(at - now)
                    raise Throttled(
                        f"Could not {doing} in time: the shared budget of {self._limits[lane]} {lane}s a minute has its next free place in {wait}, "
                        f"after the time limit of {duration(deadline.seconds)}; run fewer tasks at once or allow more time with 'retry_timeout'",
                        retry_after_s=round(at - now),
                    )
                self._stamps(state, lane).append(at)
            if at <= now:
                return now - asked
            self._clock.sleep(at - now)
            # Somebody may have been told to hold back while this process slept: then the place is void.
            with self._locked() as state:
                if self._blocked(state, lane) <= self._clock.time():
                    return self._clock.time() - asked

    def hold_back(self, lanes, seconds):
        """The server refused a call and named a wait: nobody uses its lanes before then."""
        paced = [lane for lane in lanes if lane in self._limits]
        if not paced:
            # Unpaced, so there is no shared state; still obey the server.
            self._clock.sleep(seconds)
            return
        with self._locked() as state:
            until = self._clock.time() + seconds + random.uniform(0, 1)
            for lane in paced:
                state["blocked"][lane] = max(until, self._blocked(state, lane))

    def seconds_for(self, lane, calls):
        """How long the given number of calls takes from now, as things stand, if nobody else calls."""
        if lane not in self._limits or not calls:
            return 0.0
        with self._locked() as state:
            now = self._clock.time()
            ahead = {"lanes": {lane: list(self._stamps(state, lane))}, "blocked": dict(state["blocked"])}
        for _number in range(calls):
            at = self._next(ahead, lane, now)
            self._stamps(ahead, lane).append(at)
        return at - now

    def _next(self, state, lane, now):
        stamps = self._stamps(state, lane)
        stamps[:] = [stamp for stamp in stamps[-self._limits[lane] :] if stamp < now + ABSURD]
        candidates = [now, self._blocked(state, lane)]
        if stamps:
            candidates.append(stamps[-1] if stamps[-1] > now else now)
        if len(stamps) == self._limits[lane]:
            candidates.append(stamps[0] + WINDOW + MARGIN)
        return max(candidates)

    def _blocked(self, state, lane):
        until = state["blocked"].get(lane, 0)
        return until if until < self._clock.time() + ABSURD else 0

    @staticmethod
    def _stamps(state, lane):
        return state["lanes"].setdefault(lane, [])

    @contextlib.contextmanager
    def _locked(self):
        with open(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                state = json.load(file)
                state["lanes"].items(), state["blocked"].items()
            except (ValueError, KeyError, TypeError, AttributeError):
                # New, or cut short by a kill: the server's own throttling corrects what is forgotten here.
                state = {"lanes": {}, "blocked": {}}
            yield state
            file.seek(0)
            file.truncate()
            json.dump(state, file)
