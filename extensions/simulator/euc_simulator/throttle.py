# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call budget of one customer (behaviour notes, section 2): reads and writes a simulated minute."""

from collections import deque

from .clock import Timeline
from .switches import Switches

MINUTE = 60.0


class Throttle:
    """Counts calls in a sliding or a fixed minute; which one, and the limits, are switches."""

    def __init__(self, timeline: Timeline, switches: Switches):
        self._timeline = timeline
        self._switches = switches
        self._calls: dict[str, deque[float]] = {"read": deque(), "write": deque()}

    def refuse(self, category: str) -> float | None:
        """None when the call may run; else the simulated seconds until the next one may."""
        limit = self._switches.reads_per_minute if category == "read" else self._switches.writes_per_minute
        if not limit:
            return None
        now, calls = self._timeline.now, self._calls[category]
        self._forget_before(now, calls)
        refused = len(calls) >= limit
        if not refused or self._switches.throttle_counts_rejected:
            calls.append(now)
        return self._until_free(now, calls, limit) if refused else None

    def _forget_before(self, now: float, calls: deque[float]) -> None:
        start = now - MINUTE if self._switches.throttle_window == "sliding" else now - now % MINUTE - 1e-9
        while calls and calls[0] <= start:
            calls.popleft()

    def _until_free(self, now: float, calls: deque[float], limit: int) -> float:
        if self._switches.throttle_window == "fixed":
            return MINUTE - now % MINUTE
        # The oldest calls must leave the window until fewer than `limit` are left in it.
        return calls[len(calls) - int(limit)] + MINUTE - now
