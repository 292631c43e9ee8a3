# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task has read of the tenant: each listing once, kept for a while, and corrected by what the task itself writes."""

from __future__ import annotations

import contextlib

from .errors import MISREAD, misread
from .schema import Listing


class Planned(str):
    """Stands for the id of an object that is only planned: of such a one nothing can be read."""


class Snapshot:
    """Cache of listings. A listing is a function ``listing(client, *key)`` of a resource file; (listing, *key) is its *place*.

    ``ttl`` is how long, in seconds, a listing counts as read. While many objects are planned, what is planned of the first ones is imagined
    to be there already, so that the later ones can refer to it.
    """

    def __init__(self, clock, ttl):
        self._clock = clock
        self._ttl = ttl
        self._kept = {}
        self._imagined = {}

    def get(self, client, place):
        """The records at a place, from memory if read within the time to live. They are shared: a write updates them where they are."""
        if place in self._imagined:
            return self._imagined[place]
        if any(isinstance(key, Planned) for key in place):
            return []
        if place not in self._kept or self.age(place) > self._ttl:
            return self.read(client, place)
        return self._kept[place][1]

    def read(self, client, place):
        """The records at a place, from the server."""
        listing, *key = place
        try:
            records = listing(client, *key)
        except MISREAD as error:
            raise misread(error) from None
        return self.put(place, records)

    def put(self, place, records):
        """Keep what was just read of a place, perhaps by another call than its own."""
        records = Listing(records) if isinstance(records, list) else records
        self._kept[place] = (self._clock.time(), records)
        return records

    def age(self, place):
        """Seconds since the place was read; endless if it was not."""
        return self._clock.time() - self._kept[place][0] if place in self._kept else float("inf")

    def holds(self, place, record):
        """Whether this very record stands at the place as last read."""
        records = self._kept[place][1] if place in self._kept else None
        return record is records or (isinstance(records, list) and any(record is one for one in records))

    def forget(self, place):
        """Have a place read again when it is needed next, and every place that begins so: (list_desktops,) means those of all pools."""
        for known in [known for known in self._kept if place and known[: len(place)] == place]:
            del self._kept[known]

    def imagine(self, place, records):
        """Have a place hold these records, until the imagination ends."""
        self._imagined[place] = records

    @contextlib.contextmanager
    def imagining(self):
        """What is imagined within is forgotten at the end."""
        try:
            yield
        finally:
            self._imagined.clear()

    @contextlib.contextmanager
    def holding(self):
        """Within, a listing is read once however long it takes, unless a write makes it read again. What was too old before is read anew."""
        for place in [place for place in self._kept if self.age(place) > self._ttl]:
            del self._kept[place]
        ttl, self._ttl = self._ttl, float("inf")
        try:
            yield
        finally:
            self._ttl = ttl
