# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Building desktops: one after the other, never two at once (behaviour notes, section 2)."""

import re
from collections import deque
from dataclasses import dataclass
from typing import Any

from .operations import OperationFailure


@dataclass
class Job:
    desktop: Any
    done: Any  # called with None, or with the OperationFailure that ended it


class Builder:
    def __init__(self, control):
        self._control = control
        self._waiting: deque[Job] = deque()
        self._current: Job | None = None
        self.moves: list = []  # under way; they take up slots as well
        self._end = None

    @property
    def outstanding(self) -> int:
        return len(self._waiting) + (self._current is not None) + len(self.moves)

    def require_slot(self) -> None:
        if self.outstanding >= self._control.switches.provisioning_cap:
            raise OperationFailure("maxConcurrentProvisioningError", "You have reached the max concurrent provisionings allowed.")

    def build(self, desktop, done=lambda failure: None) -> None:
        self._waiting.append(Job(desktop, done))
        self._start_next()

    def cancel(self, desktop) -> None:
        """The desktop was deleted before it was finished."""
        if self._current and self._current.desktop is desktop:
            job, self._current = self._current, None
            self._end.cancel()
        else:
            job = next((job for job in self._waiting if job.desktop is desktop), None)
            if job is None:
                return
            self._waiting.remove(job)
        job.done(OperationFailure("desktopDeleted", f"Desktop {desktop.name} was deleted while it was provisioned."))
        self._start_next()

    def stop(self) -> None:
        """Control went away: nothing of what was outstanding is built."""
        if self._current:
            self._end.cancel()
        self._current = None
        self._waiting.clear()
        self.moves.clear()

    def fails(self, desktop) -> bool:
        failing = self._control.switches.provisioning_fails
        return bool(failing and re.search(failing, desktop.name))

    def _start_next(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._end = self._control.timeline.after(self._control.switches.provisioning_seconds, self._finish)

    def _finish(self) -> None:
        job, self._current = self._current, None
        control, desktop = self._control, job.desktop
        if self.fails(desktop):
            control.enter(desktop, "Failed")
            if desktop.pool.settings.get("pause_on_first_failure"):
                self._drop_waiting(desktop.pool)
            failure = OperationFailure("provisioningFailed", f"Desktop {desktop.name} could not be provisioned.")
        else:
            control.give_address(desktop)
            control.pass_through(desktop, (0, "Online"), (control.switches.online_seconds, "Ready"))
            failure = None
        self._start_next()
        job.done(failure)

    def _drop_waiting(self, pool) -> None:
        """A pool that pauses on its first failure builds nothing more; its waiting desktops vanish."""
        for job in [job for job in self._waiting if job.desktop.pool is pool]:
            self._control.remove_desktop(job.desktop)
