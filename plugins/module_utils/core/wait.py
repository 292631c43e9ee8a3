# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time: a clock that tests and rehearsals can run faster, deadlines, and poll intervals that grow."""

from __future__ import annotations

import os
import time

from .errors import InvalidInput


class Clock:
    """Wall clock in seconds. ``speed`` 60 makes a simulated minute of each real second.

    The speed comes from ``EUC_FLEET_CLOCK_SPEED`` so that a rehearsal against ``euc-simulator serve --speed 60`` can wait at the
    simulator's pace. Readings are comparable between the processes of one machine: the shared request budget relies on it.
    """

    def __init__(self, speed=None):
        given = speed or os.environ.get("EUC_FLEET_CLOCK_SPEED") or 1
        try:
            self.speed = float(given)
        except ValueError:
            self.speed = 0
        if not self.speed > 0:
            raise InvalidInput(f"EUC_FLEET_CLOCK_SPEED is a number above 0, not '{given}'")

    def time(self):
        return time.time() * self.speed

    def sleep(self, seconds):
        if seconds > 0:
            time.sleep(seconds / self.speed)


class Deadline:
    """A total limit in seconds for something that may consist of many calls."""

    def __init__(self, clock, seconds):
        self.seconds = seconds
        self._clock = clock
        self._start = clock.time()

    def elapsed(self):
        return self._clock.time() - self._start

    def remaining(self):
        return self.seconds - self.elapsed()

    def expired(self):
        return self.remaining() <= 0


def intervals(first, longest, growth=1.5):
    """Endless poll intervals in seconds: ``first``, then longer and longer up to ``longest``."""
    interval = first
    while True:
        yield min(interval, longest)
        interval *= growth


def duration(seconds):
    """Seconds in a reader's words: ``45 s``, ``4 min 10 s``, ``2 h 5 min``."""
    seconds = round(seconds)
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
