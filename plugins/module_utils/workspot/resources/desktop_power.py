# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pausing and resuming one desktop: the noun behind workspot_desktop_power. Source: workspot-behaviour.md, section 4.1."""

from __future__ import annotations

import dataclasses

from ...core.errors import InvalidInput, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ..client import AWS, AZURE, GCP, Call
from ..listed import UPDATE_WRITE_ONLY
from .desktops import BROKEN, BUSY, DESKTOP, RUNNING, desktop_now, find_desktop, label, list_desktops, refuse_in_session, refuse_moving
from .pools import find_pool, require_persistent

PAUSE = Call("pauseDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops/{desktopId}/pause", (AZURE, GCP, AWS))
RESUME = Call("resumeDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops/{desktopId}/resume", (AZURE, GCP, AWS))
# No duration is published for either; this is only the expectation that a plan's ETA is made of.
SECONDS_TO_SWITCH = 60


class DesktopPower(Noun):
    result = "desktop"
    schema = DESKTOP
    options = {
        "pool": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["running", "paused"], "required": True},
        "keep_awake": {"type": "int"},
        "force": {"type": "bool", "default": False},
        "update_write_only": UPDATE_WRITE_ONLY,
        "running_statuses": {"type": "list", "elements": "str", "default": list(RUNNING)},
        "paused_statuses": {"type": "list", "elements": "str", "default": ["Offline", "Paused"]},
    }

    def check(self, options):
        if options["keep_awake"] is not None and (options["state"] != "running" or options["keep_awake"] < 1):
            raise InvalidInput("keep_awake is a number of minutes from 1, and goes with state: running only")

        if not options["running_statuses"] or not options["paused_statuses"]:
            raise InvalidInput("running_statuses and paused_statuses each need a status word")

    def observe(self, client, options):
        return find_desktop(client, options["pool"], options["name"])

    def places(self, client, options):
        return ((list_desktops, find_pool(client, options["pool"])["id"]),)

    def plan(self, client, options, record):
        pool = find_pool(client, options["pool"])
        running = options["state"] == "running"
        reached = options["running_statuses"] if running else options["paused_statuses"]
        awake = running and options["keep_awake"] and options["update_write_only"] == "always"
        if record["status"] in reached and not awake:
            return []
        name, call, verb = label(record), RESUME if running else PAUSE, "resume" if running else "pause"
        doing = f"{verb} desktop '{name}'"
        call.require(pool, doing)
        require_persistent(pool, doing, "persistent desktops pause and resume")
        if record["status"] in (*BROKEN, "Deleting", "Suspended"):
            raise Refused(f"Cannot {doing}: it is {record['status']}")
        refuse_moving(client, record, doing)
        if not running:
            refuse_in_session(record, doing, options["force"])

        def seen(kept_awake=awake):
            status = (desktop_now(client, pool, record) or {}).get("status")
            if status in BROKEN:
                return f"the desktop is {status}"
            # That a running desktop is kept awake is shown by nothing; to ask for it twice does no harm.
            return DONE if status in reached and not kept_awake else MOVING if status in BUSY else UNSEEN

        body = {"duration": str(options["keep_awake"])} if running and options["keep_awake"] else None
        switch = Change(
            verb,
            "desktop",
            name,
            doing,
            before={"status": record["status"]},
            after={"status": "Ready" if running else reached[0]},
            send=lambda: client.call(call, doing, body, poolId=pool["id"], desktopId=record["id"]),
            seen=seen,
            place=(list_desktops, pool["id"]),
            judged_by=() if running else ((list_desktops, pool["id"]),),
            stage=1,
            repeatable=bool(awake),
            seconds=SECONDS_TO_SWITCH,
            note=f"kept awake for {options['keep_awake']} minutes" if body else "",
        )
        if record["status"] not in BUSY:
            return [switch]
        if running:
            arrival = dataclasses.replace(switch, send=None, before={}, after={}, note="", seen=lambda: seen(kept_awake=False), stage=0)
            return [arrival, switch] if awake else [arrival]
        raise Refused(f"Cannot {doing} now: it is {record['status']}; wait until that has ended")

    def not_comparable(self, options, plan):
        return ["keep_awake"] if options["keep_awake"] else []


DESKTOP_POWER = DesktopPower()
