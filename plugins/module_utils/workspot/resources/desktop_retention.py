# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a suspended desktop is kept: the noun behind workspot_desktop_retention. Source: workspot-behaviour.md, section 4.11."""

from __future__ import annotations

import datetime

from ...core.errors import InvalidInput
from ...core.plan import Change
from ...core.reconcile import Noun
from ..client import Call
from .desktops import DESKTOP, find_desktop, label

RETAIN = Call("retainDesktopUsingPOST", "POST", "/v1.0/desktops/{desktopId}/retainDesktop")

# A hundred years; what is longer is meant to be without end.
MOST_DAYS = 36_500


class DesktopRetention(Noun):
    result = "desktop"
    schema = DESKTOP
    options = {
        "pool": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "days": {"type": "int"},
        "forever": {"type": "bool", "default": False},
    }

    def check(self, options):
        if options["forever"] == (options["days"] is not None):
            raise InvalidInput("Give either days, or forever: true to keep the desktop without end")
        if options["days"] is not None and not 1 <= options["days"] <= MOST_DAYS:
            raise InvalidInput(f"days is a number from 1 to {MOST_DAYS}; keeping a desktop without end takes forever: true")

    def observe(self, client, options):
        return find_desktop(client, options["pool"], options["name"])

    def plan(self, client, options, record):
        days = 0 if options["forever"] else options["days"]
        term = "without end" if options["forever"] else f"for {days} day{'' if days == 1 else 's'}"
        doing = f"keep desktop '{label(record)}' {term} once it is suspended"
        if record["status"] == "Suspended":
            doing = f"keep suspended desktop '{label(record)}' {term} from now"
        return [
            Change(
                "retain",
                "desktop",
                label(record),
                doing,
                after={"retention_days": days},
                send=lambda: client.call(RETAIN, doing, {"retentionPeriod": str(days)}, desktopId=record["id"]),
                record=record,
            )
        ]

    def facts(self, client, options, record):
        """The day of deletion is known only if the clock is running already."""
        runs = record["status"] == "Suspended" and not options["forever"]
        now = datetime.datetime.now(datetime.timezone.utc)
        return {"deleted_on": (now + datetime.timedelta(days=options["days"])).date().isoformat() if runs else None}

    def not_comparable(self, options, plan):
        return ["forever" if options["forever"] else "days"]


DESKTOP_RETENTION = DesktopRetention()
