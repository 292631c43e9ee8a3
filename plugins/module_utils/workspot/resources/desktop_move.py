# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing a desktop into another pool: the noun behind workspot_desktop_move. Source: workspot-behaviour.md, section 4.10."""

from __future__ import annotations

import dataclasses
import re

from ...core.errors import InvalidInput, NotFound, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import CREATE, Field, Schema
from ..client import AZURE, Call, cloud_name
from .desktop import COMPUTER_NAME, DOMAIN_JOIN
from .desktops import (
    BROKEN,
    BUSY,
    DESKTOP,
    OUT_OF_SLOTS,
    RUNNING,
    choose_desktop,
    desktop_now,
    desktops_of,
    has_session,
    label,
    list_desktops,
)
from .holdings import places_of
from .pools import find_pool, list_pools, require_persistent

MOVE = Call("moveDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops/{desktopId}/moveDesktop", (AZURE,))
UPGRADE = Call("upgradeDesktopUsingPOST", "POST", "/v1.0/desktops/{desktopId}/upgradeDesktop", (AZURE,))
CANCEL_MOVE = Call("cancelMoveDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops/{desktopId}/cancelMoveDesktop", (AZURE,))
CANCEL_UPGRADE = Call("cancelUpgradeDesktopUsingPOST", "POST", "/v1.0/desktops/{desktopId}/cancelUpgradeDesktop", (AZURE,))
# No duration is published for a move; it copies a disk, so it takes longer than building. The expectation that a plan's ETA is made of.
SECONDS = 900

DOMAIN = [field for field in DOMAIN_JOIN.fields if field.name != "snapshot_id"]
UPGRADED = Schema("desktop", "desktops", (Field("computer_name", sent="computerName", when=CREATE), *DOMAIN))


class DesktopMove(Noun):
    result = "desktop"
    schema = DESKTOP
    wait_timeout = 7200
    options = {
        "pool": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "target_pool": {"type": "str"},
        "method": {"type": "str", "choices": ["move", "upgrade"], "default": "move"},
        "state": {"type": "str", "choices": ["moved", "cancelled"], "default": "moved"},
        "retain_name": {"type": "bool", "default": True},
        **UPGRADED.argument_spec(),
    }

    def check(self, options):
        if options["state"] == "moved" and not options["target_pool"]:
            raise InvalidInput("state: moved needs target_pool")
        if options["method"] == "move" and UPGRADED.body(options, CREATE):
            raise InvalidInput("computer_name and the domain options go with method: upgrade only; a moved desktop keeps its name")
        if bool(options["computer_name"]) == options["retain_name"]:
            raise InvalidInput("A new computer_name needs retain_name: false, and the other way round")
        pattern, rule = COMPUTER_NAME
        if options["computer_name"] and not re.fullmatch(pattern, options["computer_name"]):
            raise InvalidInput(f"computer_name '{options['computer_name']}' must be {rule}")
        missing = [field.name for field in DOMAIN if not options[field.name]]
        if 0 < len(missing) < len(DOMAIN):
            raise InvalidInput(f"For the upgraded desktop to join its domain, {', '.join(missing)} must be given as well")

    def observe(self, client, options):
        source = find_pool(client, options["pool"])
        here = choose_desktop(desktops_of(client, source), options["name"], optional=True)
        if options["state"] == "cancelled":
            return choose_desktop(desktops_of(client, source), options["name"], where=f" in pool '{source['name']}'")
        there = self._arrived(client, options)
        if there is None and (here is None or here["status"] == "Deleting"):
            target = find_pool(client, options["target_pool"])
            nor = "" if target is source else f", nor in '{target['name']}'"
            raise NotFound(f"There is no desktop '{options['name']}' in pool '{source['name']}'{nor}")
        return there if there and (here is None or here["status"] == "Deleting") else here

    def plan(self, client, options, record):
        source = find_pool(client, options["pool"])
        if options["state"] == "cancelled":
            return self._cancellation(client, source, options, record)
        target = find_pool(client, options["target_pool"])
        if record["pool_id"] == target["id"]:
            return []
        doing = f"{options['method']} desktop '{label(record)}' into pool '{target['name']}'"
        move = self._move(client, source, target, record, options, doing)
        if self._arrived(client, options):
            if record["status"] in RUNNING and not client.journal.unfinished(move.key):
                raise Refused(f"Cannot {doing}: that pool has a desktop of the same name already")
            # The copy is there and its source is down: it is under way, and only its end is waited for.
            return [dataclasses.replace(move, send=None, before={}, after={})]
        if not client.journal.unfinished(move.key):
            self._require(source, target, record, options, doing)
        return [move]

    def not_comparable(self, options, plan):
        return UPGRADED.write_only(options, CREATE)

    @staticmethod
    def _arrived(client, options):
        """The desktop in the target pool, by the name that it has there."""
        target = find_pool(client, options["target_pool"])
        return choose_desktop(desktops_of(client, target), options["computer_name"] or options["name"], optional=True)

    @staticmethod
    def _require(source, target, record, options, doing):
        """All that the vendor names as conditions, before anything is sent."""
        (MOVE if options["method"] == "move" else UPGRADE).require(source, doing)
        for pool in (source, target):
            require_persistent(pool, doing, "persistent desktops are moved")
        if cloud_name(source["cloud"]) != cloud_name(target["cloud"]):
            raise Refused(f"Cannot {doing}: '{source['name']}' is on {source['cloud']}, and the target on {target['cloud']}")
        if record["status"] in (*BROKEN, *BUSY, "Deleting", "Suspended"):
            raise Refused(f"Cannot {doing} now: it is {record['status']}")
        if has_session(record):
            raise Refused(f"Cannot {doing}: somebody has a session on it ({record['status']}); log the user off first")
        if options["method"] == "upgrade":
            return
        if not record["user"]:
            raise Refused(f"Cannot {doing}: it is assigned to nobody, and only a user's desktop can be moved")
        for field in ("region", "vm_type"):
            if source[field] != target[field]:
                raise Refused(f"Cannot {doing}: {field} is {source[field]} here and {target[field]} there, and must be the same")

    @staticmethod
    def _move(client, source, target, record, options, doing):
        name = options["computer_name"] or record["name"]
        method = "" if options["method"] == "move" else f" and 'method: {options['method']}'"
        rescue = f"if it has failed and left the desktop down, bring it back first with 'state: cancelled'{method}"
        if options["method"] == "upgrade" and not options["domain"]:
            rescue += f"; only Entra-ID-only tenants do without {', '.join(field.name for field in DOMAIN)}"

        def send():
            if options["method"] == "move":
                body = {"targetPoolId": target["id"], "assignedUser": record["user"]}
                return client.call(MOVE, doing, body, poolId=source["id"], desktopId=record["id"])
            body = {"targetPoolId": target["id"], "retainName": str(options["retain_name"]).lower(), **UPGRADED.body(options, CREATE)}
            return client.call(UPGRADE, doing, body, desktopId=record["id"])

        def seen():
            copy = choose_desktop(desktops_of(client, target), name, optional=True)
            if copy is None:
                return UNSEEN
            left = DESKTOP.find(client.refresh((list_desktops, source["id"])), record["id"], optional=True)
            return DONE if copy["status"] in RUNNING and (left is None or left["status"] == "Deleting") else MOVING

        return Change(
            options["method"],
            "desktop",
            label(record),
            doing,
            before={"pool": source["name"]},
            after={"pool": target["name"], "pool_id": target["id"]},
            send=send,
            seen=seen,
            place=(list_desktops, target["id"]),
            touches=((list_desktops, source["id"]), (list_pools,), *places_of(record["user"])),
            repeatable=False,
            destructive=True,
            judged_by=((list_desktops, source["id"]), (list_desktops, target["id"])),
            seconds=SECONDS,
            note="the desktop gets a new id, and cannot be used meanwhile",
            retry_on=(OUT_OF_SLOTS,),
            rescue=rescue,
        )

    @staticmethod
    def _cancellation(client, source, options, record):
        """Bringing back a source that a failed move has left down; one that runs needs nothing."""
        if record["status"] in RUNNING:
            return []
        doing = f"cancel the {options['method']} of desktop '{label(record)}'"
        call = CANCEL_MOVE if options["method"] == "move" else CANCEL_UPGRADE
        call.require(source, doing)
        path = {"poolId": source["id"]} if options["method"] == "move" else {}

        def seen():
            now = desktop_now(client, source, record)
            return DONE if now and now["status"] in RUNNING else MOVING if now and now["status"] in BUSY else UNSEEN

        return [
            Change(
                "cancel",
                "desktop",
                label(record),
                doing,
                before={"status": record["status"]},
                after={"status": "Ready"},
                send=lambda: client.call(call, doing, **path, desktopId=record["id"]),
                seen=seen,
                place=(list_desktops, source["id"]),
                repeatable=False,
                seconds=120,
            )
        ]


DESKTOP_MOVE = DesktopMove()
