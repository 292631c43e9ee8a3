# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user: the noun behind workspot_user. Source: workspot-behaviour.md, sections 4.4 and 5.3."""

from __future__ import annotations

from ...core.errors import ApiError
from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun, predict
from ...core.schema import CREATE
from ..client import Call
from .desktops import list_desktops
from .holdings import places_of
from .pools import find_pool
from .users import USER, check_email, find_user, read_user
from .users_report import list_users

CREATE_USER = Call("addUserUsingPOST", "POST", "/v1.0/users")
DELETE_USER = Call("deleteUserUsingDELETE", "DELETE", "/v1.0/users/{email}/")
SET_COST_CENTER = Call("assignCostCenterUsingPOST", "POST", "/v1.0/users/{email}/assignCostCenter")
# No duration is published; the expectation that a plan's ETA is made of.
SECONDS_TO_CREATE = 15


class User(Noun):
    result = "user"
    schema = USER
    options = {
        **USER.argument_spec(),
        "email": {"type": "str", "required": True},
        "pool": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    }

    def check(self, options):
        check_email(options["email"])

    def observe(self, client, options):
        return find_user(client, options["email"])

    def imagine(self, client, options, record, plan):
        gone = any(change.verb == "delete" for change in plan.writes)
        client.imagine((read_user, options["email"]), None if gone else predict(self, options, record, plan))

    def remarks(self, options, record):
        if record is None or options["state"] == "absent":
            return []
        return [
            f"User '{options['email']}' has {field.name} '{record[field.name]}', not '{options[field.name]}': the API cannot change names of an existing user"
            for field in USER.fixed_differences(options, record)
            if field.name != "email"
        ]

    def plan(self, client, options, record):
        email = options["email"]
        if options["state"] == "absent":
            return [self._deletion(client, email, record)] if record else []
        changes = [] if record else [self._creation(client, options)]
        if options["cost_center"] is not None and options["cost_center"] != ((record or {}).get("cost_center") or ""):
            changes.append(self._cost_center(client, email, options["cost_center"], record))
        return changes

    def absent(self, options):
        return {
            **super().absent(options),
            "name": options["email"],
            "email": options["email"],
            "assigned_desktops": [],
            "assigned_pools": [],
        }

    def not_comparable(self, options, plan):
        return ["pool"] if options["pool"] and options["state"] == "present" else []

    @staticmethod
    def _creation(client, options):
        email = options["email"]
        after = {name: options[name] for name in ("email", "first_name", "last_name") if options[name] is not None}
        body, note, touches = USER.body(options, CREATE), "", places_of(email)
        if options["pool"]:
            pool = find_pool(client, options["pool"])
            body["poolId"], note = pool["id"], f"with a desktop of pool '{pool['name']}' if one is free"
            touches += ((list_desktops, pool["id"]),)
        return Change(
            "create",
            "user",
            email,
            f"create user '{email}'",
            after=after,
            send=lambda: client.call(CREATE_USER, f"create user '{email}'", body),
            seen=lambda: DONE if find_user(client, email) else UNSEEN,
            place=(read_user, email),
            touches=touches,
            repeatable=False,
            seconds=SECONDS_TO_CREATE,
            note=note,
        )

    @staticmethod
    def _cost_center(client, email, wanted, record):
        doing = f"set the cost center of user '{email}' to '{wanted}'"

        def send():
            accepted = client.call(SET_COST_CENTER, doing, {"costCenter": wanted}, email=email)
            if isinstance(accepted.body, dict) and (accepted.body.get("costCenter") or "") != wanted:
                raise ApiError(
                    f"Could not {doing}: Workspot Control accepted the call and kept the old value; cost centers by user are off for this tenant"
                )
            return accepted

        return Change(
            "update",
            "user",
            email,
            doing,
            before={"cost_center": record["cost_center"]} if record else {},
            after={"cost_center": wanted},
            send=send,
            seen=lambda: DONE if ((find_user(client, email) or {}).get("cost_center") or "") == wanted else UNSEEN,
            place=(read_user, email),
            touches=((list_users,),),
            stage=1,
            record=record,
        )

    @staticmethod
    def _deletion(client, email, record):
        desktops = ", ".join(desktop["name"] or desktop["id"] for desktop in record["assigned_desktops"])
        return Change(
            "delete",
            "user",
            email,
            f"delete user '{email}'",
            before={"email": email, "assigned_desktops": [desktop["name"] for desktop in record["assigned_desktops"]]},
            send=lambda: client.call(DELETE_USER, f"delete user '{email}'", email=email),
            seen=lambda: UNSEEN if find_user(client, email) else DONE,
            place=(read_user, email),
            touches=(*places_of(email), (list_desktops,)),
            destructive=True,
            note=f"suspended or given back, as the pools are set: {desktops}" if desktops else "",
        )


USER_NOUN = User()
