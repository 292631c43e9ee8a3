# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has which desktop: the noun behind workspot_assignment. Source: workspot-behaviour.md, sections 4.4 and 8 (question 9)."""

from __future__ import annotations

from ...core.errors import Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import Field, Schema
from ...core.snapshot import Planned
from ..client import AKAMAI, AWS, AZURE, GCP, Call
from .desktops import (
    BROKEN,
    BUILDS,
    FREE,
    OUT_OF_SLOTS,
    SECONDS_TO_BUILD,
    choose_desktop,
    desktop_now,
    desktops_of,
    label,
    list_desktops,
    refuse_in_session,
)
from .holdings import places_of
from .pools import find_pool, is_persistent
from .users import check_email, find_user, read_user, require_user

ASSIGN_DESKTOP = Call("assignDesktopUsingPOST", "POST", "/v1.0/users/{email}/desktops", (AZURE, GCP, AWS, AKAMAI))
ASSIGN_POOL = Call("assignPoolUsingPOST", "POST", "/v1.0/users/{email}/pools", (AZURE, GCP, AWS, AKAMAI))
UNASSIGN = Call("unassignDesktopUsingDELETE", "DELETE", "/v1.0/users/{email}/desktops/{desktopId}", (AZURE, GCP, AWS, AKAMAI))

ASSIGNMENT = Schema(
    noun="assignment",
    plural="assignments",
    fields=tuple(Field(name, read=name) for name in ("user", "pool", "pool_id", "desktop", "desktop_id")),
)


class Assignment(Noun):
    result = "assignment"
    schema = ASSIGNMENT
    wait_timeout = 3600
    options = {
        "user": {"type": "str", "required": True},
        "pool": {"type": "str", "required": True},
        "desktop": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "force": {"type": "bool", "default": False},
    }

    def check(self, options):
        check_email(options["user"])

    def observe(self, client, options):
        pool = find_pool(client, options["pool"])
        shared = not is_persistent(pool) and not options["desktop"] and _entitled(find_user(client, options["user"]), pool)
        held = [] if shared and options["state"] == "present" else self._held(client, pool, options)
        if not held and options["state"] == "present" and not options["desktop"] and is_persistent(pool):
            held = self._held_by_his_record(client, pool, options)
        if held:
            return self._record(options["user"], pool, held[0])
        return {**self.absent(options), "pool": pool["name"], "pool_id": pool["id"]} if shared else None

    def plan(self, client, options, record):
        pool = find_pool(client, options["pool"])
        if options["state"] == "absent":
            if record and not record["desktop_id"]:
                raise Refused(
                    f"Cannot take pool '{pool['name']}' away from '{options['user']}': the API has no call for it; "
                    "remove the entitlement in Control or by directory group"
                )
            return [self._release(client, pool, desktop, options) for desktop in self._held(client, pool, options)]
        if record:
            return []
        require_user(client, options["user"])
        return [self._desktop(client, pool, options) if options["desktop"] else self._any_of_pool(client, pool, options)]

    def imagine(self, client, options, record, plan):
        # Whoever gets any desktop of a pool is not shown to have one: nobody knows yet which it will be.
        for change in plan.writes:
            if change.noun == "desktop":
                pool = find_pool(client, options["pool"])
                user = {"assign": options["user"], "unassign": None}[change.verb]
                id = change.before["desktop_id"]
                desktops = [{**one, "user": user} if one["id"] == id else one for one in desktops_of(client, pool)]
                client.imagine((list_desktops, pool["id"]), desktops)

    def absent(self, options):
        return {**self.schema.blank(), "user": options["user"], "pool": options["pool"], "desktop": options["desktop"]}

    @staticmethod
    def _held(client, pool, options):
        """The desktops of the pool, or the one named, that are assigned to the user."""
        desktops = desktops_of(client, pool)
        if options["desktop"]:
            desktops = [
                choose_desktop(desktops, options["desktop"], where=f" in pool '{pool['name']}'", optional=options["state"] == "absent")
            ]
        return [desktop for desktop in desktops if desktop and desktop["status"] != "Deleting" and _same(desktop["user"], options["user"])]

    def _held_by_his_record(self, client, pool, options):
        """What the pool did not show and the user's record, read after it, does: a second desktop would cost money, so both must agree."""
        user = find_user(client, options["user"]) or {"assigned_desktops": []}
        listed = {desktop["id"] for desktop in desktops_of(client, pool)}
        if not any(desktop["id"] in listed for desktop in user["assigned_desktops"]):
            return []
        client.refresh((list_desktops, pool["id"]))  # it may have been assigned between the two readings
        held = self._held(client, pool, options)
        if not held:
            raise Refused(
                f"Will not assign a desktop of pool '{pool['name']}' to '{user['email']}': his record has one that the pool shows as free"
            )
        return held

    @staticmethod
    def _record(user, pool, desktop):
        return {"user": user, "pool": pool["name"], "pool_id": pool["id"], "desktop": desktop["name"], "desktop_id": desktop["id"]}

    def _desktop(self, client, pool, options):
        user = options["user"]
        desktop = choose_desktop(desktops_of(client, pool), options["desktop"])
        name = label(desktop)
        doing = f"assign desktop '{name}' to '{user}'"
        ASSIGN_DESKTOP.require(pool, doing)
        if desktop["user"]:
            raise Refused(
                f"Will not {doing}: it is assigned to {desktop['user']}; unassign it first, for this module never takes a desktop from somebody"
            )
        if desktop["status"] in (*BROKEN, "Deleting", "Provisioning"):
            raise Refused(f"Cannot {doing}: it is {desktop['status']}")
        if desktop["status"] == "Suspended" and not options["force"]:
            raise Refused(f"Will not {doing}: it is suspended, so its data is kept for somebody; set 'force: true' if that is meant")
        return Change(
            "assign",
            "desktop",
            f"{name} to {user}",
            doing,
            before={"desktop": desktop["name"], "desktop_id": desktop["id"], "user": None},
            after=self._record(user, pool, desktop),
            send=lambda: client.call(ASSIGN_DESKTOP, doing, {"desktopId": desktop["id"]}, email=user),
            seen=lambda: DONE if self._held(client, pool, options) else UNSEEN,
            place=(list_desktops, pool["id"]),
            judged_by=((list_desktops, pool["id"]),),
            touches=places_of(options["user"]),
        )

    def _any_of_pool(self, client, pool, options):
        user = options["user"]
        doing = f"assign a desktop of pool '{pool['name']}' to '{user}'"
        ASSIGN_POOL.require(pool, doing)
        free = any(not desktop["user"] and desktop["status"] in FREE for desktop in desktops_of(client, pool))
        planned = isinstance(pool["id"], Planned)  # by the same task, so what it will have does not show yet
        how = "a free desktop is taken" if free else "one of its desktops is taken" if planned else "no desktop is free, so one is built"

        def desktop_seen():
            if self._held(client, pool, options):
                return DONE
            # A desktop that is built for this user has no user yet; one that an earlier run asked for may have been there before.
            may_be_ours = (not desktop["user"] and desktop["status"] == "Provisioning" for desktop in desktops_of(client, pool))
            return MOVING if any(may_be_ours) else UNSEEN

        def pool_seen():
            return DONE if _entitled(find_user(client, user), pool) else UNSEEN

        listing, record = (list_desktops, pool["id"]), (read_user, user)
        persistent = is_persistent(pool)
        return Change(
            "assign",
            "pool",
            f"{pool['name']} to {user}",
            doing,
            after={"user": user, "pool": pool["name"], "pool_id": pool["id"]},
            send=lambda: client.call(ASSIGN_POOL, doing, {"poolId": pool["id"]}, email=user),
            seen=desktop_seen if persistent else pool_seen,
            place=listing if persistent else record,
            judged_by=(listing if persistent else record,),
            touches=(listing, *places_of(user)),
            repeatable=False,
            seconds=15 if free or planned or not persistent else SECONDS_TO_BUILD,
            queue="" if free or planned or not persistent else BUILDS,
            note=how if persistent else "",
            retry_on=(OUT_OF_SLOTS,),
        )

    @staticmethod
    def _release(client, pool, desktop, options):
        user, name = options["user"], label(desktop)
        doing = f"unassign desktop '{name}' from '{user}'"
        UNASSIGN.require(pool, doing)
        refuse_in_session(desktop, doing, options["force"])

        def seen():
            now = desktop_now(client, pool, desktop)
            return UNSEEN if now and _same(now["user"], user) else DONE

        return Change(
            "unassign",
            "desktop",
            f"{name} from {user}",
            doing,
            before={"desktop": desktop["name"], "desktop_id": desktop["id"], "user": user},
            after={"desktop": desktop["name"], "user": None},
            send=lambda: client.call(UNASSIGN, doing, email=user, desktopId=desktop["id"]),
            seen=seen,
            place=(list_desktops, pool["id"]),
            touches=places_of(options["user"]),
            destructive=True,
            note="it is suspended or given back, as its pool is set",
        )


def _entitled(user, pool):
    """Whether a user has a non-persistent pool: there is no desktop of his to see, only the pool in his record."""
    return any(assigned["id"] == pool["id"] for assigned in (user or {}).get("assigned_pools", ()))


def _same(email, other):
    return bool(email) and email.casefold() == other.casefold()


ASSIGNMENT_NOUN = Assignment()
