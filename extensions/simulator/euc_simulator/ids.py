# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids that are the same in every run with the same seed and the same history."""

import uuid
import zlib
from collections import Counter

_NAMESPACE = uuid.UUID("6f1c1d0e-5d0a-4f0c-9d53-0e1f7a5c2b61")


class Ids:
    """Makes UUIDs from seed, kind and name; a name that comes again gets a new one."""

    def __init__(self, seed: int):
        self._seed = seed
        self._made: Counter[tuple[str, str]] = Counter()

    def first(self, kind: str, name: str) -> str:
        """The id that the first thing of this name gets."""
        return self._nth(kind, name, 0)

    def make(self, kind: str, name: str) -> str:
        nth = self._made[kind, name]
        self._made[kind, name] += 1
        return self._nth(kind, name, nth)

    def _nth(self, kind: str, name: str, nth: int) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self._seed}/{kind}/{name}/{nth}"))


def number_from(thing_id: str) -> int:
    """A number that follows from an id, whatever the id looks like; for things that only have to look different."""
    return zlib.crc32(thing_id.encode())
