# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event log of a tenant (behaviour notes, section 6). Types and fields are the vendor's; names of events are our own, for it publishes none."""

import re
from datetime import datetime, timezone

from ..clock import Timeline
from ..switches import Switches

ADMIN, SYSTEM, USER, DESKTOP = "Admin", "System", "User", "VM Desktop"  # types
FIELDS = {"username": "username", "email": "email", "description": "description", "event_type": "eventType", "event_name": "eventName",
          "date_time": "dateTime", "location": "location", "device": "device", "severity": "severity"}  # fmt: skip
# Whoever changes the tenant behind the back of the API's own administrator.
SOMEBODY_ELSE = "somebody.else@example.com"


class Events:
    """What happened, in order; an event arrives some time after it happened."""

    def __init__(self, timeline: Timeline, switches: Switches):
        self._timeline = timeline
        self._switches = switches
        self._entries: list[tuple[float, dict]] = []  # moment of arrival, event as on the wire

    def note(self, event_type: str, event_name: str, description: str, **fields: str) -> None:
        """fields: the others of FIELDS."""
        now = self._timeline.now
        given = {"event_type": event_type, "event_name": event_name, "description": description, "severity": "Info", "date_time": _written(now), **fields}
        self._entries.append((now + self._switches.event_arrival_seconds, {wire: str(given.get(name, "")) for name, wire in FIELDS.items()}))

    def note_write(self, operation_id: str, path: str, email: str) -> None:
        """What an administrator did by the API."""
        words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", operation_id.split("Using")[0])
        self.note(ADMIN, " ".join(words).title(), path, username=email, email=email)

    def forget(self) -> None:
        self._entries.clear()

    def arrived(self, until: float) -> list[dict]:
        """All that had arrived by a moment."""
        return [event for arrival, event in self._entries if arrival <= until]


def _written(moment: float) -> str:
    """MM/DD/YYYY HH:MM:SS.mmm; the zone is not published, so UTC."""
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%m/%d/%Y %H:%M:%S.%f")[:-3]
