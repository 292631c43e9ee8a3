# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of a rollout: which waves it has, and what became of each object, so that a run that ended early is continued by the next.

JSON lines that are only appended: ``rollout`` (``digest`` of what is asked for, ``waves``), then per ``id`` ``starting`` (before anything is
sent), ``begun`` (with its ``operation``) and how it ended, and ``end``. It may go on after ``end``, over many runs.
What was sent by single writes is in core/journal.py, beside it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os

from .errors import InvalidInput
from .waves import DONE, Target

ROLLOUT, STARTING, BEGUN, END = "rollout", "starting", "begun", "end"
NEVER = -1  # instead of the seconds after which something may be done again


def digest_of(*what):
    """What tells one rollout from another: the same request gives the same text."""
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()[:20]


class NoLogbook:
    """A rollout that keeps no journal: what it does not finish is not continued."""

    waves = None

    def recall(self, waves):
        return waves

    def open(self, waves):
        pass

    def note(self, event, target=None, **more):
        pass

    def close(self):
        pass


class Logbook:
    """``waves`` are those of an unfinished run of the same rollout, as Targets, or None. With ``repeat_after``, each run has waves of its own, and
    what is done counts for so many seconds, also when a run was finished; for ever if they are NEVER.

    Raises InvalidInput if the file is no journal, belongs to another rollout that is not finished, or is in use by another process.
    """

    def __init__(self, path, digest, clock, repeat_after=0):
        self.waves = None
        self._path = path
        self._digest = digest
        self._clock = clock
        self._repeat_after = repeat_after
        self._known = None
        self._size = 0
        self._file = None
        if os.path.exists(path):
            self._read()

    def _read(self):
        entries = []
        with self._usable(), open(self._path, "rb") as file:
            content = file.read()
        self._size = len(content)
        for line in content.decode("utf-8", "replace").splitlines():
            with contextlib.suppress(ValueError):  # cut short by a kill
                entries.append(json.loads(line))
        if not content:
            return
        if not entries or not all(isinstance(entry, dict) for entry in entries) or entries[0].get("event") != ROLLOUT:
            raise InvalidInput(f"journal '{self._path}' is not the journal of a rollout; name another file")
        if entries[-1].get("event") == END and not self._counts(entries[-1]):
            return
        if entries[0]["digest"] != self._digest:
            way_out = "" if self._repeat_after else ", which is not finished; run that one to its end, or"
            raise InvalidInput(f"journal '{self._path}' is of another rollout{way_out or ';'} name another file")
        self._known = [entry for entry in entries if "id" in entry]
        if not self._repeat_after:
            self.waves = self.recall([[Target(*item) for item in wave] for wave in entries[0]["waves"]])

    def recall(self, waves):
        """The waves, with what the journal knows of their objects."""
        targets = {target.id: target for wave in waves for target in wave}
        for entry in self._known or ():
            if entry["id"] in targets:
                _apply(entry, targets[entry["id"]], self._counts(entry) or not self._repeat_after)
        return waves

    def _counts(self, entry):
        """Whether what was done then may not be done again yet."""
        return self._repeat_after == NEVER or self._clock.time() < entry["at"] + self._repeat_after

    def open(self, waves):
        """Go on with the journal, or begin it with these waves; nobody else may use it meanwhile."""
        with self._usable():
            self._file = open(os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise InvalidInput(f"journal '{self._path}' is in use: another process carries out this rollout") from None
        if os.fstat(self._file.fileno()).st_size != self._size:
            self.close()
            raise InvalidInput(f"journal '{self._path}' was used by another process while this one planned; run again")
        if self._known is None:
            os.ftruncate(self._file.fileno(), 0)
            names = [[(target.id, target.name, target.group) for target in wave] for wave in waves]
            self.note(ROLLOUT, digest=self._digest, waves=names)
        else:
            # A kill may have cut the last line short.
            self._write("\n")

    def note(self, event, target=None, **more):
        """Append one entry; it is on disk when this returns."""
        about = {"id": target.id, "name": target.name} if target else {}
        self._write(json.dumps({"at": self._clock.time(), "event": event, **about, **more}) + "\n")

    def close(self):
        if self._file:
            self._file.close()
            self._file = None

    @contextlib.contextmanager
    def _usable(self):
        try:
            yield
        except OSError as error:
            raise InvalidInput(f"journal '{self._path}' cannot be used ({error.strerror}); name another file") from None

    def _write(self, text):
        self._file.write(text)
        self._file.flush()
        os.fsync(self._file.fileno())


def _apply(entry, target, counts):
    """Only what is done is not tried again, and what was begun is waited for, as long as that counts; what failed or was skipped is tried again,
    for somebody has asked once more."""
    event = entry["event"]
    if event == DONE and counts:
        target.end(DONE, "done by an earlier run")
    target.begun = counts and event in (STARTING, BEGUN)
    target.operation = entry.get("operation") if counts and event in (BEGUN, DONE) else None
