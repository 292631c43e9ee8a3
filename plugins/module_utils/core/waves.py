# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many acts in waves: who is next, how many at once, how far apart, and when to stop. Knows neither a vendor nor how anything is done.

What does it is a *crew*, and there are two: one that acts, and one that only imagines it, on a clock of its own. So the time that check mode
tells is not estimated by other rules than those of the run. Of a crew the engine needs ``clock``, ``interval`` (seconds between looks),
``outage()`` and ``called_off()`` (a sentence, or nothing), ``ready(target)`` (GO, LATER, or the sentence why it is to be skipped), ``begin(target)`` and
``look(targets)`` (both set the status), ``recovering(targets)`` (those not usable yet), ``why_later`` and ``progress(text)``.
"""

from __future__ import annotations

import dataclasses
import math

from .wait import duration

DONE, SKIPPED, FAILED, NOT_ATTEMPTED = "done", "skipped", "failed", "not_attempted"
WAITING, RUNNING = "waiting", "running"
GO, LATER = "go", "later"


@dataclasses.dataclass(eq=False)
class Target:
    """One object that is acted on. ``group`` holds those that stand in for one another; ``begun`` tells that an earlier run has acted on it,
    and ``operation`` how the server calls that."""

    id: str
    name: str
    group: str
    status: str = WAITING
    msg: str = ""
    begun: bool = False
    operation: str | None = None
    changes: list = dataclasses.field(default_factory=list)

    def end(self, status, msg=""):
        self.status, self.msg = status, msg


@dataclasses.dataclass(frozen=True)
class Limits:
    """``spacing`` seconds between starts, ``deadline`` on the crew's clock, ``patience`` seconds without anything going on."""

    max_outstanding: int = 10
    spacing: float = 0
    deadline: float | None = None
    max_failures: int = 0
    patience: float = 3600


def waves_of(targets, canary=0, size=None, percent=None):
    """The targets in waves: first the canaries, then so many, or such a share of all, at a time."""
    size = size or (math.ceil(len(targets) * percent / 100) if percent else None) or max(len(targets) - canary, 1)
    first, rest = targets[:canary], targets[canary:]
    return [wave for wave in (first, *(rest[start : start + size] for start in range(0, len(rest), size))) if wave]


class Rollout:
    """``run()`` acts on the targets wave by wave; they tell what became of each, ``stopped_because`` why not all had their turn."""

    def __init__(self, waves, crew, limits):
        self.waves = waves
        self.crew = crew
        self.limits = limits
        self.stopped_because = ""
        self.cut_short = False
        self._running = []
        self._seconds = None
        self._next_start = float("-inf")
        self._moved = crew.clock.time()

    @property
    def targets(self):
        return [target for wave in self.waves for target in wave]

    def run(self, seconds=None):
        """``seconds`` is how long it is expected to take, for those who watch."""
        self._seconds = seconds
        for target in self.targets:
            if target.begun and target.status == WAITING:
                self._begin(target)
        self._judge()
        for number, wave in enumerate(self.waves, 1):
            self._carry_out(number, wave)
            if self.waves[number:] and not self.stopped_because:
                self._recover(number, wave)
        for target in self.targets:
            if target.status == WAITING:
                target.end(NOT_ATTEMPTED)

    def _carry_out(self, number, wave):
        """Start what may start and look at what was started, until nothing of the wave is left, or the rollout has stopped."""
        while True:
            queue = [target for target in wave if target.status == WAITING]
            if queue and not self.stopped_because:
                self._start(queue)
            queue = [target for target in wave if target.status == WAITING]
            if not self._running and (self.stopped_because or not queue):
                return
            self._tell(number)
            self._rest(queue)
            self._look()
            self._judge()
            # Those that are put off for a reason of their own have as long, and end by themselves.
            if queue and not self._running and self.crew.clock.time() - self._moved > self.limits.patience + self.crew.interval:
                self._stop(f"nothing could be started for {duration(self.limits.patience)}: {self.crew.why_later}")

    def _start(self, queue):
        for target in queue:
            if len(self._running) >= self.limits.max_outstanding or self.crew.clock.time() < self._next_start or self._over():
                return
            answer = self.crew.ready(target)
            if answer == LATER:
                continue
            self._moved = self.crew.clock.time()
            if answer != GO:
                target.end(SKIPPED, answer)
                continue
            if self._over():
                return
            self._next_start = self.crew.clock.time() + self.limits.spacing
            self._begin(target)
            if target.status == FAILED:
                self._judge()
            if self.stopped_because:
                return

    def _begin(self, target):
        self.crew.begin(target)
        if target.status == RUNNING:
            self._running.append(target)

    def _look(self):
        if self._running:
            self.crew.look(self._running)
            self._running = [target for target in self._running if target.status == RUNNING]
            self._moved = self.crew.clock.time()

    def _rest(self, queue):
        pause = self.crew.interval
        if queue and not self.stopped_because and len(self._running) < self.limits.max_outstanding:
            pause = min(pause, max(self._next_start - self.crew.clock.time(), 0) or pause)
        self.crew.clock.sleep(pause)

    def _recover(self, number, wave):
        """Wait until what the wave has acted on can be used again: the next one shall not add to its trouble."""
        until = self.crew.clock.time() + self.limits.patience
        while True:
            ill = self.crew.recovering([target for target in wave if target.status == DONE])
            self._judge()
            if not ill or self.stopped_because:
                return
            if self.crew.clock.time() > until:
                names = ", ".join(target.name for target in ill[:3])
                self._stop(f"wave {number} has not recovered within {duration(self.limits.patience)}: {names}")
                return
            self.crew.progress(f"wave {number} of {len(self.waves)}: waiting for {len(ill)} to recover")
            self.crew.clock.sleep(self.crew.interval)

    def _judge(self):
        failures = self._count(FAILED)
        if failures > self.limits.max_failures:
            self._stop(f"{failures} failed, and max_failures allows {self.limits.max_failures}")
        self._stop(self.crew.outage())
        self._over()

    def _over(self):
        """Whether the deadline has passed or somebody has called it off; then nothing new is begun, and that is no failure."""
        if not self._count(WAITING):
            return False
        late = self.limits.deadline is not None and self.crew.clock.time() >= self.limits.deadline
        reason = "the deadline has passed" if late else self.crew.called_off()
        self.cut_short = self.cut_short or bool(reason and not self.stopped_because)
        self._stop(reason)
        return bool(reason)

    def _stop(self, reason):
        if reason and not self.stopped_because:
            self.stopped_because = reason
            self.crew.progress(f"stopping: {reason}")

    def _count(self, status):
        return sum(target.status == status for target in self.targets)

    def _tell(self, number):
        counts = ", ".join(f"{self._count(status)} {status}" for status in (DONE, SKIPPED, FAILED, RUNNING, WAITING))
        left = (self._count(WAITING) + self._count(RUNNING)) / len(self.targets)
        eta = f"; about {duration(self._seconds * left)} to go" if self._seconds else ""
        self.crew.progress(f"wave {number} of {len(self.waves)}: {counts}{eta}")
