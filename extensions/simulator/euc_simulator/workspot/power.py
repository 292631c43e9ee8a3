# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pause, resume and reboot of persistent desktops (behaviour notes, 4.1)."""

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, GCP
from .control import BUILDING, DELETING, READY, REBOOTING, REDEPLOYING, SIGNED_IN, STARTED, SUSPENDED, Desktop
from .desktops import require_persistent
from .errors import invalid, wrong_state
from .operations import accepted
from .things import named

_RUNNING = (STARTED, READY, *SIGNED_IN)
_CLOUDS = (AZURE, GCP, AWS)


def _require_power_management(control, desktop: Desktop, command: str) -> None:
    require_persistent(desktop, command)
    if not desktop.pool.pause_resume_supported or not _template_supports_it(control, desktop.pool):
        raise Refusal(400, "notSupported", f"The template of pool {desktop.pool.name} does not support pause and resume.")


def _template_supports_it(control, pool) -> bool:
    template = named(control.templates, pool.details.get("template"))
    return template is None or template.details.get("pause_resume_supported", True)


@serves("pauseDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/pause", clouds=_CLOUDS)
def pause(control, call: Call) -> Reply:
    desktop = control.desktop_of(call)
    _require_power_management(control, desktop, "paused")
    if desktop.status not in _RUNNING or desktop.paused:
        raise wrong_state(desktop, "paused")
    if desktop.awake_until > control.timeline.now:
        raise Refusal(400, "pauseNotAllowed", f"Desktop {desktop.name} was resumed for a duration that is not over.")

    def work() -> None:
        if desktop.status in _RUNNING:
            desktop.paused = True
            control.pass_through(desktop, (0, control.switches.paused_status))

    return accepted(control, call, control.operations.run(control.switches.pausing_seconds, work))


@serves("resumeDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/resume", clouds=_CLOUDS)
def resume(control, call: Call) -> Reply:
    """A running desktop can be resumed as well: then only the duration matters."""
    desktop, duration = control.desktop_of(call), call.json().get("duration")
    _require_power_management(control, desktop, "resumed")
    if not desktop.paused and desktop.status not in (*_RUNNING, "Offline"):
        raise wrong_state(desktop, "resumed")
    if duration is not None:
        if not (isinstance(duration, str) and duration.isascii() and duration.isdigit()):
            raise invalid("duration is a number of minutes, as text.")
        desktop.awake_until = control.timeline.now + 60 * int(duration)
    if not desktop.paused and desktop.status in _RUNNING:
        return accepted(control, call, control.operations.run(0, lambda: None))

    def work() -> None:
        if desktop.paused or desktop.status == "Offline":
            start(control, desktop)

    return accepted(control, call, control.operations.run(control.switches.resuming_seconds, work))


@serves("rebootDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/reboot", clouds=(*_CLOUDS, AKAMAI))
def reboot(control, call: Call) -> Reply:
    """Also wakes a paused desktop and may heal a failed one; a repeated call reboots again."""
    desktop = control.desktop_of(call)
    require_persistent(desktop, "rebooted")
    if desktop.status in (BUILDING, DELETING, SUSPENDED, REDEPLOYING):
        raise wrong_state(desktop, "rebooted")
    if desktop.move:
        desktop.move.forget()
    begin_reboot(control, desktop)
    return accepted(control, call, control.operations.run(control.switches.rebooting_seconds, lambda: None))


def begin_reboot(control, desktop: Desktop) -> None:
    seconds = control.switches.rebooting_seconds
    desktop.paused = False
    control.pass_through(desktop, (0, REBOOTING), (seconds, STARTED), (seconds + control.switches.online_seconds, READY))


def start(control, desktop: Desktop) -> None:
    desktop.paused = False
    control.pass_through(desktop, (0, STARTED), (control.switches.online_seconds, READY))
