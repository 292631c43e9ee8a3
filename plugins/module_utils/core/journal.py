# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An append-only record of writes that must not be sent twice: what was about to leave, and what the server called it.

Each line is one JSON object: ``at`` (seconds), ``key`` (the change), ``event`` (sending, accepted, owed, ended), ``operation`` (id).
It holds names and operation ids, never a secret. A run that was killed is continued from here by the next one.
"""

from __future__ import annotations

import fcntl
import json
import os

# Older entries are history: the server has long forgotten the operation, and the tenant shows its outcome.
KEPT_SECONDS = 24 * 3600
COMPACTED_ABOVE = 1 << 20

SENDING, ACCEPTED, OWED, ENDED = "sending", "accepted", "owed", "ended"


class Journal:
    def __init__(self, path, clock):
        self._path = path
        self._clock = clock

    def note(self, key, event, operation=None):
        """Append one entry; it is on disk when this returns."""
        line = json.dumps({"at": self._clock.time(), "key": key, "event": event, "operation": operation})
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if file.tell() == 0 and os.fstat(file.fileno()).st_size > COMPACTED_ABOVE:
                kept = [json.dumps(entry) for entry in self._unfinished(file).values()]
                file.truncate(0)
                line = "\n".join([*kept, line])
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def unfinished(self, key):
        """The last entry of a change that was begun and not seen to end, or None."""
        try:
            with open(self._path, encoding="utf-8") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                return self._unfinished(file).get(key)
        except FileNotFoundError:
            return None

    def _unfinished(self, file):
        entries = {}
        file.seek(0)
        for line in file:
            try:
                entry = json.loads(line)
                key, event, recent = entry["key"], entry["event"], entry["at"] > self._clock.time() - KEPT_SECONDS
            except (ValueError, KeyError, TypeError):
                continue  # cut short by a kill
            if recent and event in (SENDING, ACCEPTED, OWED):
                entries[key] = entry
            else:
                entries.pop(key, None)
        return entries
