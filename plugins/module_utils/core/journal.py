# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An append-only record of writes that must not be sent twice: what was about to leave, and what the server called it.

Each line is one JSON object: ``at`` (seconds), ``run`` (the process), ``key`` (the change), ``event`` (sending, accepted, owed, ended), ``operation`` (id).
It holds names and operation ids, never a secret. A run that was killed is continued from here by the next one.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import uuid

from .errors import InvalidInput

# Older entries are history: the server has long forgotten the operation, and the tenant shows its outcome.
KEPT_SECONDS = 24 * 3600
COMPACTED_ABOVE = 1 << 20

SENDING, ACCEPTED, OWED, ENDED = "sending", "accepted", "owed", "ended"


class Journal:
    def __init__(self, path, clock):
        self._path = path
        self._clock = clock
        # Tells the entries of this process from those of others.
        self._run = uuid.uuid4().hex
        # What was begun and has not ended, as far as the file was read, and the line before that place.
        self._known, self._read_to, self._last = {}, 0, b""

    def check(self):
        """Raise InvalidInput if the file cannot be written, or is something else."""
        folder = os.path.dirname(os.path.abspath(self._path))
        if not os.path.isdir(folder) or not os.access(self._path if os.path.exists(self._path) else folder, os.W_OK):
            raise InvalidInput(f"journal '{self._path}' cannot be written: its folder must be there, and both must be yours")
        if os.path.exists(self._path):
            with open(self._path, encoding="utf-8", errors="replace") as file:
                first = file.readline()
            if first and not first.startswith('{"at": '):
                raise InvalidInput(f"journal '{self._path}' is another kind of file; name one that is not there yet")

    def note(self, key, event, operation=None):
        """Append one entry; it is on disk when this returns."""
        with self._locked() as file:
            self._append(file, key, event, operation)

    def claim(self, key, known=None):
        """Note that a write is leaving, unless another process has begun the same one since the entry ``known``: then return that entry."""
        with self._locked() as file:
            entry = self._unfinished(file).get(key)
            if entry and entry != known and entry["event"] != OWED and entry["run"] != self._run:
                return entry
            self._append(file, key, SENDING)
            return None

    def unfinished(self, key):
        """The last entry of a change that was begun and not seen to end, or None."""
        if not os.path.exists(self._path):
            return None
        with self._locked() as file:
            return self._unfinished(file).get(key)

    @contextlib.contextmanager
    def _locked(self):
        while True:
            with os.fdopen(os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                # Compaction may have put another file in place while this one was waited for.
                if os.path.exists(self._path) and os.path.samestat(os.fstat(file.fileno()), os.stat(self._path)):
                    yield file
                    return

    def _append(self, file, key, event, operation=None):
        entry = {"at": self._clock.time(), "run": self._run, "key": key, "event": event, "operation": operation}
        if os.fstat(file.fileno()).st_size > COMPACTED_ABOVE:
            compact = f"{self._path}.compact"
            with open(os.open(compact, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as other:
                _write(other, *self._unfinished(file).values(), entry)
            os.replace(compact, self._path)
        else:
            size = os.fstat(file.fileno()).st_size
            if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
                file.write("\n")  # a kill has cut the last line short
            _write(file, entry)

    def _unfinished(self, file):
        """By key. Only what was appended since the last look is read: a long run looks thousands of times."""
        self._catch_up(file.fileno())
        since = self._clock.time() - KEPT_SECONDS
        return {key: entry for key, entry in self._known.items() if entry["at"] > since}

    def _catch_up(self, descriptor):
        if os.pread(descriptor, len(self._last), self._read_to - len(self._last)) != self._last:
            # Compaction has put another file in place.
            self._known, self._read_to, self._last = {}, 0, b""
        for line in os.pread(descriptor, os.fstat(descriptor).st_size - self._read_to, self._read_to).splitlines(keepends=True):
            if not line.endswith(b"\n"):
                break  # cut short by a kill; whoever appends next ends it
            self._read_to, self._last = self._read_to + len(line), line
            try:
                entry = json.loads(line)
                key, event = entry["key"], entry["event"]
                entry["at"] = float(entry["at"])
                entry["run"], entry["operation"]
            except (ValueError, KeyError, TypeError):
                continue
            if event in (SENDING, ACCEPTED, OWED):
                self._known[key] = entry
            else:
                self._known.pop(key, None)


def _write(file, *entries):
    file.write("".join(json.dumps(entry) + "\n" for entry in entries))
    file.flush()
    os.fsync(file.fileno())
