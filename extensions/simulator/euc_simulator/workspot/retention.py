# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a suspended desktop is kept (behaviour notes, 4.11). No call reads it."""

from ..wire import Call, Reply, serves
from .control import DELETING, Control
from .errors import invalid, wrong_state


@serves("retainDesktopUsingPOST", "POST /v1.0/desktops/{desktopId}/retainDesktop")
def retain(control: Control, call: Call) -> Reply:
    """On a suspended desktop the days count from now, so that each repetition prolongs them; else from its suspension."""
    desktop, period = control.desktop(call.slots["desktopId"]), call.json().get("retentionPeriod")
    if not (isinstance(period, str) and period.isascii() and period.isdigit()):
        raise invalid("retentionPeriod is a number of days, as text.")
    if desktop.status == DELETING:
        raise wrong_state(desktop, "retained")
    desktop.retention_days = int(period)
    control.start_retention(desktop)
    return Reply(200, {"desktopId": desktop.id, "desktopStatus": desktop.status, "retentionPeriod": period})
