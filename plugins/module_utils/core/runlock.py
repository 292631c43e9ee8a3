# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run at a time: a lock that belongs to a process, here the run of Ansible, and ends with it however that ends.

The file names the process by its id and the moment it was started, so that a lock of a run that was killed is no lock, nor one whose
process id somebody else has by now.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import subprocess

from .errors import Refused
from .wait import duration

LOOKS_EVERY = 5  # seconds, while another run is waited for


class RunLock:
    def __init__(self, path, clock):
        self._path = path
        self._clock = clock

    def take(self, process, purpose, deadline):
        """Take the lock for a process, waiting for another run until the deadline; returns {purpose, pid, since}.

        The process that has it already keeps it. Raises Refused, naming the other run.
        """
        mine = {"purpose": purpose, "pid": process, "started": started(process), "since": _now()}
        while True:
            holder = self._claim(mine)
            if _same(holder, mine):
                return {name: holder[name] for name in ("purpose", "pid", "since")}
            if deadline.expired():
                raise Refused(
                    f"Will not begin {purpose}: {holder['purpose']} is working for the same customer (process {holder['pid']}, since "
                    f"{holder['since']}); run again when it has ended" + (f", it was waited for {duration(deadline.seconds)}" if deadline.seconds else "")
                )
            self._clock.sleep(min(LOOKS_EVERY, max(deadline.remaining(), 0.1)))

    def _claim(self, mine):
        """Write down who has the lock, unless somebody has it who lives; returns who has it then."""
        with open(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                holder = json.load(file)
                if started(holder["pid"]) == holder["started"]:
                    return holder
            except (ValueError, KeyError, TypeError):
                pass  # new, or cut short by a kill: nobody's
            file.seek(0)
            file.truncate()
            json.dump(mine, file)
            return mine


def started(process):
    """When a process was started, in the words of the system; None if there is no such process."""
    try:
        with open(f"/proc/{int(process)}/stat", encoding="utf-8", errors="replace") as file:
            state, *others = file.read().rpartition(")")[2].split()
        return None if state == "Z" else others[18]  # field 22: ticks since the machine came up
    except FileNotFoundError:
        if os.path.exists("/proc/self/stat"):
            return None
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(process)], capture_output=True, text=True, check=False)
    return shown.stdout.strip() or None


def _same(holder, mine):
    return (holder["pid"], holder["started"]) == (mine["pid"], mine["started"])


def _now():
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
