# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one clock, and the list of things that will happen on it.

Simulated seconds = real seconds * speed; at speed 0 time moves only when it is advanced by hand.
Nothing runs in the background: each request first lets everything happen that is due by then, in order.
"""

import heapq
import itertools
import time
from datetime import datetime, timezone


class Clock:
    """Simulated time, in seconds since the Unix epoch."""

    def __init__(self, speed: float = 60.0):
        self._speed = speed
        self._simulated = time.time()
        self._measured = time.monotonic()

    def read(self) -> float:
        return self._simulated + (time.monotonic() - self._measured) * self._speed

    @property
    def speed(self) -> float:
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._simulated, self._measured = self.read(), time.monotonic()
        self._speed = speed

    def advance(self, seconds: float) -> None:
        self._simulated += seconds


class Happening:
    """Something due later. Cancelled happenings are skipped when their time comes."""

    __slots__ = ("action", "cancelled")

    def __init__(self, action):
        self.action = action
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class Timeline:
    """Happenings in the order in which they are due; `now` stands still while a request is served."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self._due: list[tuple[float, int, Happening]] = []
        self._order = itertools.count()
        self.now = clock.read()

    def after(self, seconds: float, action) -> Happening:
        """Let `action()` happen `seconds` from now; while it runs, `now` is the moment it was due."""
        happening = Happening(action)
        heapq.heappush(self._due, (self.now + seconds, next(self._order), happening))
        return happening

    def catch_up(self) -> None:
        """Let everything happen that is due by the clock."""
        until = self._clock.read()
        while self._due and self._due[0][0] <= until:
            self.now, _order, happening = heapq.heappop(self._due)
            if not happening.cancelled:
                happening.action()
        self.now = until


def iso(moment: float) -> str:
    """A moment as the API writes it, such as 2020-09-04T05:28:28.968Z (behaviour notes, 3.1)."""
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(given) -> float:
    """A moment given in milliseconds since 1970, as the API writes those of gateways, or as an ISO date, in UTC unless it tells; ValueError for others."""
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return given / 1000
    found = datetime.fromisoformat(str(given))
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()
