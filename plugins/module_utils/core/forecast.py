# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout that is only imagined: the same waves on a clock of their own, for what a run will cost and when it will be over."""

from __future__ import annotations

import collections
import copy
import dataclasses

from .throttle import WINDOW
from .waves import DONE, GO, LATER, RUNNING, WAITING, Rollout


class ImaginedClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.now += max(seconds, 0)


class Lane:
    """Places in sliding minutes, as core/throttle.py gives them to processes; 0 a minute means no pacing. ``taken`` were so many just before."""

    def __init__(self, clock, limit, taken=0):
        self.calls = 0
        self._clock = clock
        self._stamps = collections.deque([clock.now] * taken, maxlen=limit) if limit else None

    def pass_(self, calls=1):
        for _call in range(calls):
            self.calls += 1
            if self._stamps is None:
                continue
            if len(self._stamps) == self._stamps.maxlen:
                self._clock.sleep(self._stamps[0] + WINDOW - self._clock.now)
            self._stamps.append(self._clock.now)


@dataclasses.dataclass(frozen=True)
class Expected:
    """What one act takes: seconds of warning before it, seconds of work, calls, whether its object cannot be used meanwhile, and whether a look
    at it reads the listing of its group and its operation."""

    notice: float = 0
    seconds: float = 0
    writes: int = 1
    reads: int = 1
    down: bool = False
    listed: bool = True
    asks: bool = False


class ImaginedCrew:
    """Every act succeeds, in the time that its work is expected to take. ``available``: group -> how many can be used now; ``taken``: what
    planning and signing in have cost of the lanes."""

    def __init__(self, expected, available, min_available, interval, lanes, taken, reads_a_round, max_warned):
        self.clock = ImaginedClock()
        self.interval = interval
        self.why_later = "too few would be left"
        self.read, self.write, self.poll = (Lane(self.clock, lanes[lane], taken.get(lane, 0)) for lane in ("read", "write", "poll"))
        self.expected = expected
        self._available = dict(available)
        self._min_available = min_available
        self._reads_a_round = reads_a_round
        self._max_warned = max_warned
        self._ends, self._warned, self._looked = {}, {}, None

    def outage(self):
        return ""

    def called_off(self):
        return ""

    def progress(self, text):
        pass

    def recovering(self, targets):
        self.read.pass_(len({target.group for target in targets if self.expected[target.id].down}))
        return []

    def ready(self, target):
        expected = self.expected[target.id]
        if expected.notice and target.id not in self._warned:
            if len(self._warned.keys() - self._ends.keys()) >= self._max_warned:
                return LATER
            self.write.pass_()
            self._warned[target.id] = self.clock.now
        if self.clock.now < self._warned.get(target.id, float("-inf")) + expected.notice:
            return LATER
        if self._min_available and expected.down and self._available[target.group] <= self._min_available:
            return LATER
        return GO

    def begin(self, target):
        expected = self.expected[target.id]
        if self._looked != self.clock.now:
            self.read.pass_(self._reads_a_round)
            self._looked = self.clock.now
        self.read.pass_(expected.reads)
        self.write.pass_(expected.writes)
        self._available[target.group] -= expected.down
        self._ends[target.id] = self.clock.now + expected.seconds
        target.status = RUNNING if expected.seconds else DONE

    def look(self, targets):
        listings = {target.group for target in targets if self.expected[target.id].listed}
        for _call in range(len(listings) + sum(self.expected[target.id].asks for target in targets)):
            self.poll.pass_()
            self.read.pass_()
        for target in targets:
            if self._ends[target.id] <= self.clock.now:
                target.status = DONE
                self._available[target.group] += self.expected[target.id].down


def forecast(waves, crew, limits):
    """{"reads", "writes", "eta_s"} of what is left of these waves, carried out by an ImaginedCrew."""
    imagined = [[copy.copy(target) for target in wave if target.status == WAITING and target.id in crew.expected] for wave in waves]
    for wave in imagined:
        for target in wave:
            target.begun = False
    Rollout([wave for wave in imagined if wave], crew, dataclasses.replace(limits, deadline=None)).run()
    return {"reads": crew.read.calls, "writes": crew.write.calls, "eta_s": round(crew.clock.now)}
