# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pools of a global desktop, for all or for one user: the noun behind workspot_global_desktop. Source: workspot-behaviour.md, 4.9, 5.3 and 5.7."""

from __future__ import annotations

from ...core.errors import InvalidInput
from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ..client import AWS, AZURE, GCP, Call
from .global_desktops import GLOBAL_DESKTOP, OF_USER, find_global_desktop, read_for_user, read_global_desktop
from .pools import find_pool
from .users import check_email, require_user

SET = Call("setGlobalDesktopGroupPoolsUsingPOST", "POST", "/v1.0/globalDesktops/{globalDesktopId}/pools", (AZURE, GCP, AWS))
SET_FOR_USER = Call("setGlobalDesktopPoolsUsingPOST", "POST", f"{OF_USER}/pools", (AZURE, GCP, AWS))
DROP_FOR_USER = Call("deleteGlobalDesktopPoolsUsingDELETE", "DELETE", f"{OF_USER}/pools", (AZURE, GCP, AWS))
TAKE_AWAY = Call("unAssignAppToUserUsingDELETE", "DELETE", OF_USER, (AZURE, GCP, AWS))

KEPT = ("id", "name", "pools", "pool_ids")
# No duration is published; this is only the expectation that a plan's ETA is made of.
SECONDS_TO_SET = 15


class GlobalDesktop(Noun):
    result = "global_desktop"
    schema = GLOBAL_DESKTOP
    options = {
        "name": {"type": "str", "required": True},
        "pools": {"type": "list", "elements": "str"},
        "user": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    }

    def check(self, options):
        name, pools = options["name"], options["pools"]
        if options["user"]:
            check_email(options["user"])
        if options["state"] == "absent":
            if not options["user"]:
                raise InvalidInput(f"Global desktop '{name}' can be taken away from a user only: the API cannot delete it")
            return
        if not pools:
            raise InvalidInput(f"Global desktop '{name}' needs at least one pool in pools")
        gaps = [place for place, pool in enumerate(pools, 1) if not pool.strip()]
        if gaps:
            raise InvalidInput(
                f"Global desktop '{name}' has no pool at place {gaps[0]} of pools: precedence follows from the order and has no gaps"
            )
        _refuse_twice(name, pools, pools)

    def observe(self, client, options):
        found = find_global_desktop(client, options["name"])
        record = client.records(*_place(found, options["user"]))
        return record and {**{key: record[key] for key in KEPT}, "user": options["user"]}

    def plan(self, client, options, record):
        found, user = find_global_desktop(client, options["name"]), options["user"]
        if options["state"] == "absent":
            return [self._taking_away(client, found, user, record)] if record else []
        if record and options["pools"] in (record["pools"], record["pool_ids"]):
            return []
        pools = [find_pool(client, wanted) for wanted in options["pools"]]
        _refuse_twice(found["name"], [pool["id"] for pool in pools], [pool["name"] for pool in pools])
        if record and record["pool_ids"] == [pool["id"] for pool in pools]:
            return []
        if record is None:
            require_user(client, user)
        return [self._setting(client, found, user, record, pools)]

    def absent(self, options):
        return {"id": None, "name": options["name"], "user": options["user"], "pools": [], "pool_ids": []}

    @staticmethod
    def _setting(client, found, user, record, pools):
        name, ids = found["name"], [pool["id"] for pool in pools]
        doing = f"set the pools of global desktop '{name}'" + (f" for '{user}'" if user else "")
        call, path = (SET_FOR_USER, {"email": user}) if user else (SET, {})
        body = {"poolPrecedence": [{"poolId": id, "precedence": rank} for rank, id in enumerate(ids, 1)]}
        leaving = [id for id in record["pool_ids"] if id not in ids] if record else []
        if user and len(leaving) == 1 and ids == [id for id in record["pool_ids"] if id not in leaving]:
            # One pool less in the same order has a call of its own, which answers at once.
            call, body = DROP_FOR_USER, {"poolId": leaving[0]}
        for pool in pools:
            call.require(pool, doing)
        place = _place(found, user)
        before = {key: record[key] for key in ("pools", "pool_ids")} if record else {}
        return Change(
            "set the pools of",
            "global desktop",
            f"{name} of {user}" if user else name,
            doing,
            before=before,
            after={"pools": [pool["name"] for pool in pools], "pool_ids": ids},
            send=lambda: client.call(call, doing, body, globalDesktopId=found["id"], **path),
            seen=lambda: DONE if (client.records(*place) or {"pool_ids": None})["pool_ids"] == ids else UNSEEN,
            place=place,
            touches=() if user else ((read_for_user,),),
            seconds=0 if call is DROP_FOR_USER else SECONDS_TO_SET,
            note="in this order: " + ", ".join(pool["name"] for pool in pools),
        )

    @staticmethod
    def _taking_away(client, found, user, record):
        doing = f"take global desktop '{found['name']}' away from '{user}'"
        place = _place(found, user)
        # Whether the user has it by one of these cannot be read: no quick call tells the groups of a user.
        groups = [group["name"] for group in client.records(read_global_desktop, found["id"])["groups"]]
        return Change(
            "take away",
            "global desktop",
            f"{found['name']} of {user}",
            doing,
            before={"user": user, "pools": record["pools"]},
            after={"pools": [], "pool_ids": []},
            send=lambda: client.call(TAKE_AWAY, doing, globalDesktopId=found["id"], email=user),
            seen=lambda: UNSEEN if client.records(*place) else DONE,
            place=place,
            destructive=True,
            note=f"whoever is in {_any_of(groups)} keeps it by the group" if groups else "",
            rescue=f"what a user has by {_any_of(groups)} is taken from the group, with workspot_group" if groups else "",
        )


def _place(found, user):
    """Where the pools of a global desktop are seen."""
    return (read_for_user, user, found["id"]) if user else (read_global_desktop, found["id"])


def _any_of(groups):
    return f"group{'s' if len(groups) > 1 else ''} {' or '.join(repr(group) for group in sorted(groups))}"


def _refuse_twice(name, keys, shown):
    twice = [text for number, (key, text) in enumerate(zip(keys, shown)) if key in keys[:number]]
    if twice:
        raise InvalidInput(f"Pool '{twice[0]}' is given twice for global desktop '{name}'")


GLOBAL_DESKTOP_NOUN = GlobalDesktop()
