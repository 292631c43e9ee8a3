# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating and deleting one desktop: the noun behind workspot_desktop. Source: workspot-behaviour.md, sections 3.4, 4.1, 4.3 and 5.2."""

from __future__ import annotations

import dataclasses
import re

from ...core.errors import InvalidInput, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import CREATE, Field, Schema
from ..client import AKAMAI, AWS, AZURE, GCP, Call, cloud_name
from ..listed import refuse_by_name, refuse_id
from .desktops import (
    BROKEN,
    BUILDS,
    DESKTOP,
    OUT_OF_SLOTS,
    SECONDS_TO_BUILD,
    choose_desktop,
    desktop_now,
    desktops_of,
    find_desktop,
    label,
    list_desktops,
    refuse_in_session,
    refuse_moving,
)
from .holdings import places_of
from .pools import find_pool, list_pools

CREATE_DESKTOP = Call("createDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops", (AZURE, GCP, AWS, AKAMAI))
ADD_MACHINE = Call("createCustomDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/customdesktop")
DELETE = Call("deleteDesktopUsingDELETE", "DELETE", "/v1.0/pools/{poolId}/desktops/{desktopId}", (AZURE, GCP, AWS, AKAMAI))

# A disk from a snapshot, and the domain that the desktop then joins. Nothing reads it back.
DOMAIN_JOIN = Schema(
    "desktop",
    "desktops",
    (
        Field("snapshot_id", sent="snapshotId", when=CREATE),
        Field("domain", sent="domainToJoin", when=CREATE),
        Field("domain_ou", sent="domainOU", when=CREATE),
        Field("domain_user", sent="domainUser", when=CREATE),
        Field("domain_password", sent="domainPWD", when=CREATE, secret=True),
    ),
)
# What a desktop that Control builds may be called: the rule, and the same in words.
COMPUTER_NAME = (r"[A-Za-z][A-Za-z0-9-]*", "letters, digits and hyphens, beginning with a letter")
# The two ways of creation differ in their fields.
BUILT = Schema("desktop", "desktops", (Field("name", sent="computerName", when=CREATE), *DOMAIN_JOIN.fields))
MACHINE = Schema(
    "desktop",
    "desktops",
    (
        Field("name", sent="computerName", when=CREATE),
        Field("bios_guid", sent="biosGUID", when=CREATE),
        Field("mac_address", sent="macAddress", when=CREATE),
        Field("fqdn", sent="fqdn", when=CREATE),
    ),
)


class Desktop(Noun):
    result = "desktop"
    schema = DESKTOP
    wait_timeout = 3600
    options = {
        "pool": {"type": "str", "required": True},
        **BUILT.argument_spec(),
        **MACHINE.argument_spec(),
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "force": {"type": "bool", "default": False},
    }

    def check(self, options):
        if options["state"] == "absent":
            return
        name, machine = options["name"], self._is_machine(options)
        if machine and not (options.get("bios_guid") or (options.get("mac_address") and options.get("fqdn"))):
            raise InvalidInput(f"A machine of a custom cloud needs bios_guid, or mac_address and fqdn; '{name}' has neither")
        if machine and any(options.get(field.name) for field in DOMAIN_JOIN.fields):
            raise InvalidInput(
                f"'{name}' is given both as a machine of a custom cloud (bios_guid, mac_address, fqdn) and as one to build (snapshot, domain)"
            )
        if options.get("domain_user") and not options.get("snapshot_id"):
            raise InvalidInput(f"The domain options of desktop '{name}' go with snapshot_id only")

    def observe(self, client, options):
        return find_desktop(client, options["pool"], options["name"], optional=True)

    def places(self, client, options):
        return ((list_desktops, find_pool(client, options["pool"])["id"]),)

    def plan(self, client, options, record):
        pool = find_pool(client, options["pool"])
        if options["state"] == "absent":
            return (
                [self._deletion(client, pool, record, options["name"], options["force"])]
                if record and record["status"] != "Deleting"
                else []
            )
        if record is None:
            return [self._creation(client, pool, options)]
        if record["status"] == "Deleting":
            return [self._departure(client, pool, record), self._creation(client, pool, options)]
        if record["status"] in BROKEN:
            raise Refused(
                f"Desktop '{label(record)}' exists but is {record['status']}; remove it with state: absent (id {record['id']}) and run again",
                status=record["status"],
            )
        if record["status"] == "Provisioning":
            return [self._arrival(client, pool, record["name"], ids_before=())]
        return []

    def absent(self, options):
        return {**super().absent(options), "pool": options["pool"], "tags": {}}

    def not_comparable(self, options, plan):
        if options["state"] == "absent":
            return []
        return [
            name for name in (MACHINE if self._is_machine(options) else BUILT).write_only(options, CREATE) if name not in ("name", "fqdn")
        ]

    def _creation(self, client, pool, options):
        name, machine = options["name"], self._is_machine(options)
        refuse_id("desktop", name)
        doing = f"create desktop '{name}' in pool '{pool['name']}'"
        call, schema, pattern, rule = (
            (ADD_MACHINE, MACHINE, r"[A-Za-z0-9-]{1,15}", "1 to 15 letters, digits and hyphens")
            if machine
            else (CREATE_DESKTOP, BUILT, *COMPUTER_NAME)
        )
        call.require(pool, doing)
        if not re.fullmatch(pattern, name):
            raise InvalidInput(f"Cannot {doing}: the computer name must be {rule}")
        if machine and cloud_name(pool["cloud"]):
            raise Refused(f"Cannot {doing}: the pool is on {pool['cloud']}, and bios_guid, mac_address and fqdn are for custom clouds only")
        ids_before = {record["id"] for record in desktops_of(client, pool)}
        body = schema.body(options, CREATE)
        return dataclasses.replace(
            self._arrival(client, pool, name, ids_before),
            verb="create",
            doing=doing,
            send=lambda: client.call(call, doing, body, poolId=pool["id"]),
            after={"name": name, "pool": pool["name"], "pool_id": pool["id"], **({} if machine else {"status": "Ready"})},
            stage=1,
            repeatable=False,
            seconds=0 if machine else SECONDS_TO_BUILD,
            queue=BUILDS,
            retry_on=(OUT_OF_SLOTS,),
        )

    @staticmethod
    def _arrival(client, pool, name, ids_before):
        """Waiting until a desktop of this name, other than those before, is built."""

        def seen():
            news = [record for record in desktops_of(client, pool) if record["id"] not in ids_before]
            record = choose_desktop(news, name, optional=True)
            if record is None:
                return UNSEEN
            if record["status"] in BROKEN:
                return f"the desktop is {record['status']}; remove it with state: absent and run again"
            return MOVING if record["status"] == "Provisioning" else DONE

        return Change(
            "wait for",
            "desktop",
            f"{pool['name']}/{name}",
            f"wait for desktop '{pool['name']}/{name}'",
            after={"status": "Ready"},
            seen=seen,
            place=(list_desktops, pool["id"]),
            touches=((list_pools,),),
            seconds=SECONDS_TO_BUILD,
            queue=BUILDS,
        )

    @staticmethod
    def _departure(client, pool, record):
        """Waiting until a desktop that is being deleted is gone, so that its name is free."""
        return Change(
            "wait for the end of",
            "desktop",
            label(record),
            f"wait for the end of desktop '{label(record)}'",
            seen=lambda: MOVING if desktop_now(client, pool, record) else DONE,
            place=(list_desktops, pool["id"]),
        )

    @staticmethod
    def _deletion(client, pool, record, wanted, force):
        doing = f"delete desktop '{label(record)}'"
        DELETE.require(pool, doing)
        refuse_in_session(record, doing, force)
        if not force and record["status"] == "Suspended":
            raise Refused(f"Will not {doing}: it is suspended, so its data is kept for somebody; set 'force: true' if it shall go")
        if not force:
            refuse_moving(client, record, doing)
        if not force and record["user"]:
            raise Refused(f"Will not {doing}: it is assigned to {record['user']}; unassign it first or set 'force: true'")
        if pool["create_desktop_on_delete"]:
            refuse_by_name(record, wanted, doing, "the pool builds a fresh desktop")

        def seen():
            now = desktop_now(client, pool, record)
            return DONE if now is None or now["status"] == "Deleting" else UNSEEN

        return Change(
            "delete",
            "desktop",
            label(record),
            doing,
            before={"name": record["name"], "pool": record["pool"]},
            send=lambda: client.call(DELETE, doing, poolId=pool["id"], desktopId=record["id"]),
            seen=seen,
            place=(list_desktops, pool["id"]),
            touches=((list_pools,), *places_of(record["user"])),
            destructive=True,
            note="the pool builds a fresh desktop in its place" if pool["create_desktop_on_delete"] else "the pool shrinks by one",
        )

    @staticmethod
    def _is_machine(options):
        return any(options.get(name) for name in ("bios_guid", "mac_address", "fqdn"))


DESKTOP_NOUN = Desktop()
