# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rebuild a desktop, give it another disk, look at its screen (behaviour notes, 4.1)."""

import struct
import zlib

from ..ids import number_from
from ..wire import Call, Reply, serves
from .clouds import AWS, AZURE
from .control import BUILDING, DELETING, FAILED, READY, REDEPLOYING, STARTED, SUSPENDED, Control, Desktop
from .downloads import link_origin, publish
from .errors import invalid, wrong_state
from .operations import OperationFailure, accepted
from .power import begin_reboot

_SIZE = 64, 36  # of a screenshot


@serves("redeployDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/redeploy", clouds=(AZURE,))
def redeploy(control: Control, call: Call) -> Reply:
    """A fresh desktop from the pool's template: id, name, user and tags stay; what was on it, a session too, is gone."""
    desktop = control.desktop_of(call)
    if desktop.status in (BUILDING, DELETING, SUSPENDED):
        raise wrong_state(desktop, "redeployed")
    begin_redeploy(control, desktop)

    def work() -> None:
        if desktop.status == FAILED:
            raise OperationFailure("redeployFailed", f"Desktop {desktop.name} could not be redeployed.")

    return accepted(control, call, control.operations.run(control.switches.redeploying_seconds, work))


def begin_redeploy(control: Control, desktop: Desktop) -> None:
    seconds = control.switches.redeploying_seconds
    desktop.paused = False
    if control.builder.fails(desktop):
        control.pass_through(desktop, (0, REDEPLOYING), (seconds, FAILED))
    else:
        control.pass_through(desktop, (0, REDEPLOYING), (seconds, STARTED), (seconds + control.switches.online_seconds, READY))


@serves("attachSnapshotUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/attachSnapshot", clouds=(AWS,))
def attach_snapshot(control: Control, call: Call) -> Reply:
    """The desktop starts again from the snapshot, and its agent registers anew. Any snapshot id will do."""
    desktop, body = control.desktop_of(call), call.json()
    if not body.get("snapshotId"):
        raise invalid("snapshotId is needed.")
    require_domain(control, body)
    if desktop.status in (BUILDING, DELETING, SUSPENDED):
        raise wrong_state(desktop, "given a snapshot")
    begin_reboot(control, desktop)
    return accepted(control, call, control.operations.run(control.switches.rebooting_seconds, lambda: None))


def require_domain(control: Control, body: dict) -> None:
    """An Entra-ID-only tenant joins no domain."""
    fields = ("domainToJoin", "domainOU", "domainUser", "domainPWD")
    if not control.switches.entra_only and not all(body.get(field) for field in fields):
        raise invalid(f"{', '.join(fields)} are needed.")


@serves("screenshotDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/screenshotDesktop", clouds=(AZURE,))
def take_screenshot(control: Control, call: Call) -> Reply:
    """Of the login screen only: while a session exists nothing comes back, in one of two ways; see switch screenshot_in_session."""
    desktop, origin = control.desktop_of(call), link_origin(control, call)
    if not desktop.has_session and desktop.status not in (STARTED, READY):
        raise wrong_state(desktop, "photographed")

    def work() -> dict | None:
        if desktop.status in (STARTED, READY):
            return {control.switches.link_key: publish(control, origin, f"{desktop.name}.png", _login_screen(desktop))}
        if desktop.has_session and control.switches.screenshot_in_session == "empty":
            return None
        raise OperationFailure("screenshotNotAvailable", f"Desktop {desktop.name} is {desktop.status}: no screenshot is taken.")

    return accepted(control, call, control.operations.run(control.switches.screenshot_seconds, work))


def _login_screen(desktop: Desktop) -> bytes:
    """A PNG in one colour, which follows from the desktop's id."""
    width, height = _SIZE
    row = b"\0" + number_from(desktop.id).to_bytes(4, "big")[1:] * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
