# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task has read of the tenant: each listing once, kept for a while, and corrected by what the task itself writes."""

from __future__ import annotations


class Snapshot:
    """Cache of listings. A listing is a function ``listing(client, *key)`` of a resource file; (listing, *key) is its *place*.

    ``ttl`` is how long, in seconds, a listing counts as read.
    """

    def __init__(self, clock, ttl):
        self._clock = clock
        self._ttl = ttl
        self._kept = {}

    def get(self, client, place):
        """The records at a place, from memory if read within the time to live. They are shared: a write updates them where they are."""
        if self.age(place) > self._ttl:
            return self.read(client, place)
        return self._kept[place][1]

    def read(self, client, place):
        """The records at a place, from the server."""
        listing, *key = place
        records = listing(client, *key)
        self._kept[place] = (self._clock.time(), records)
        return records

    def age(self, place):
        """Seconds since the place was read; endless if it was not."""
        return self._clock.time() - self._kept[place][0] if place in self._kept else float("inf")

    def forget(self, place):
        self._kept.pop(place, None)
