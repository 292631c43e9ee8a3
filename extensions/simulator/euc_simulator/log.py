# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: what was asked, by which operation, and how it was answered. Tests assert on it."""

import json
import re
from collections import Counter
from urllib.parse import parse_qsl

_SECRET = re.compile(r"passw|pwd|secret|token", re.IGNORECASE)
MASK = "********"


def mask(value):
    """The same value with every secret in it replaced."""
    if isinstance(value, dict):
        return {key: MASK if _SECRET.search(str(key)) and not isinstance(item, (dict, list)) else mask(item)
                for key, item in value.items()}
    if isinstance(value, list):
        return [mask(item) for item in value]
    return value


def readable_body(body: bytes, content_type: str):
    """A request's body for the journal: parsed where it can be, secrets masked; null when there was none."""
    if not body:
        return None
    try:
        if content_type.startswith("application/x-www-form-urlencoded"):
            return mask(dict(parse_qsl(body.decode())))
        return mask(json.loads(body))
    except ValueError:
        return f"{len(body)} bytes of {content_type or 'no type'}"


class Journal:
    """One entry a request, in order of arrival."""

    def __init__(self):
        self.clear()

    def clear(self) -> None:
        self.entries: list[dict] = []
        self._operations: Counter[str] = Counter()
        self._totals = Counter(reads=0, writes=0, tokens=0, throttled=0)

    def note(self, entry: dict, category: str | None) -> None:
        """Count a request when it has arrived; its status is filled in later. category: read, write, token or None."""
        self.entries.append(entry)
        self._operations[entry["operation_id"] or "unknown"] += 1
        if category:
            self._totals[category + "s"] += 1

    def note_throttled(self) -> None:
        self._totals["throttled"] += 1

    def counters(self) -> dict:
        """Calls by operation and by kind. Throttled calls are in both counts, and counted once more by themselves."""
        return {"operations": dict(self._operations), **self._totals}
