# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands to one desktop: the noun behind workspot_desktop_action. Source: workspot-behaviour.md, section 4.1."""

from __future__ import annotations

from ...core.errors import InvalidInput, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import CREATE
from ..client import AKAMAI, AWS, AZURE, GCP, Call
from .desktop import DOMAIN_JOIN
from .desktops import DESKTOP, desktop_now, find_desktop, has_session, label, list_desktops, refuse_moving
from .pools import find_pool, require_persistent
from .sessions import check_message, end_of_session, message

PATH = "/v1.0/pools/{poolId}/desktops/{desktopId}/"
CALLS = {
    "reboot": Call("rebootDesktopUsingPOST", "POST", PATH + "reboot", (AZURE, GCP, AWS, AKAMAI)),
    "redeploy": Call("redeployDesktopUsingPOST", "POST", PATH + "redeploy", (AZURE,)),
    "attach_snapshot": Call("attachSnapshotUsingPOST", "POST", PATH + "attachSnapshot", (AWS,)),
}
# No durations are published; the expectations that a plan's ETA is made of.
SECONDS = {"reboot": 120, "redeploy": 300, "attach_snapshot": 240}
UNFIT = ("Provisioning", "Deleting", "Suspended", "Redeploy")


class DesktopAction(Noun):
    result = "desktop"
    schema = DESKTOP
    wait_timeout = 1800
    options = {
        "pool": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "action": {"type": "str", "choices": ["reboot", "redeploy", "attach_snapshot"], "required": True},
        "session_policy": {"type": "str", "choices": ["skip", "wait", "force"], "default": "skip"},
        "text": {"type": "str"},
        "grace": {"type": "int", "default": 300},
        **DOMAIN_JOIN.argument_spec(),
    }

    def check(self, options):
        check_message(options["text"])
        if options["grace"] < 0:
            raise InvalidInput("grace is a number of seconds from 0")
        snapshot = options["action"] == "attach_snapshot"
        if snapshot and not options["snapshot_id"]:
            raise InvalidInput("action: attach_snapshot needs snapshot_id")
        if not snapshot and DOMAIN_JOIN.body(options, CREATE):
            raise InvalidInput(f"snapshot_id and the domain options go with action: attach_snapshot, not with {options['action']}")

    def observe(self, client, options):
        return find_desktop(client, options["pool"], options["name"])

    def plan(self, client, options, record):
        pool, action = find_pool(client, options["pool"]), options["action"]
        doing = f"{action.replace('_', ' a ')}{' to' if action == 'attach_snapshot' else ''} desktop '{label(record)}'"
        CALLS[action].require(pool, doing)
        if action == "reboot":
            require_persistent(pool, doing, "persistent desktops are rebooted")
        act = self._act(client, pool, record, options, doing)
        if record["status"] in UNFIT and not client.journal.unfinished(act.key):
            raise Refused(f"Cannot {doing} now: it is {record['status']}")
        refuse_moving(client, record, doing)
        if not has_session(record):
            return [act]
        if options["session_policy"] == "skip":
            return []
        changes = []
        if options["text"] and record["user"]:
            changes.append(message(client, pool, record, record["user"], options["text"], max(options["grace"], 1)))
        if options["session_policy"] == "wait":
            changes.append(end_of_session(client, pool, record, stage=1))
        elif changes:
            changes.append(end_of_session(client, pool, record, stage=1, grace=options["grace"]))
        return [*changes, act]

    def remarks(self, options, record):
        reason = _skipped_because(options, record)
        return [f"Left desktop '{label(record)}' alone: {reason}"] if reason else []

    def facts(self, client, options, record):
        reason = _skipped_because(options, record)
        return {"skipped_because": reason} if reason else {}

    def not_comparable(self, options, plan):
        return DOMAIN_JOIN.write_only(options, CREATE)

    @staticmethod
    def _act(client, pool, record, options, doing):
        action, begun = options["action"], []

        def now():
            return desktop_now(client, pool, record) or {"status": None}

        def send():
            # Somebody may have signed in since the plan was made.
            client.refresh((list_desktops, pool["id"]))
            if options["session_policy"] != "force" and has_session(now()):
                raise Refused(f"Will not {doing}: somebody has signed in meanwhile ({now()['status']})")
            return client.call(CALLS[action], doing, DOMAIN_JOIN.body(options, CREATE) or None, poolId=pool["id"], desktopId=record["id"])

        def seen():
            # The state before and after is the same word: only the states between show that it ran.
            if now()["status"] in ("Rebooting", "Redeploy"):
                begun.append(True)
                return MOVING
            return DONE if begun else UNSEEN

        return Change(
            action,
            "desktop",
            label(record),
            doing,
            before={"status": record["status"]},
            after={"status": "Ready" if has_session(record) else record["status"]},
            send=send,
            seen=seen,
            place=(list_desktops, pool["id"]),
            stage=2,
            repeatable=False,
            command=True,
            fleeting=True,
            destructive=action != "reboot",
            seconds=SECONDS[action],
            note="" if action == "reboot" else "what is on its disk is lost",
        )


def _skipped_because(options, record):
    return f"somebody has a session on it ({record['status']})" if has_session(record) and options["session_policy"] == "skip" else None


DESKTOP_ACTION = DesktopAction()
