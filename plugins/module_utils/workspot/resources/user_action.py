# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands to one user: the noun behind workspot_user_action. Source: workspot-behaviour.md, sections 4.1 and 4.4."""

from __future__ import annotations

from ...core.errors import Ambiguous, InvalidInput, NotFound, Refused
from ...core.plan import Change
from ...core.reconcile import Noun
from ..client import Call
from .desktops import desktops_of, find_desktop, has_session, label
from .pools import find_pool
from .sessions import check_message, log_off, message
from .users import USER, check_email, require_user

REFRESH = Call("refreshGroupEntitlementsUsingPOST", "POST", "/v1.0/users/{email}/refreshGroupEntitlements")


class UserAction(Noun):
    result = "user"
    schema = USER
    options = {
        "user": {"type": "str", "required": True},
        "action": {"type": "str", "choices": ["logoff", "message", "remote_assistance", "refresh_entitlements"], "required": True},
        "pool": {"type": "str"},
        "desktop": {"type": "str"},
        "text": {"type": "str"},
        "duration": {"type": "int", "default": 90},
    }

    def check(self, options):
        check_email(options["user"])
        check_message(options["text"])
        if options["text"] is not None and options["action"] != "message":
            raise InvalidInput(f"text goes with action: message, not with {options['action']}")
        misplaced = [name for name in ("password_for_expert", "dest") if options.get(name)]
        if misplaced and options["action"] != "remote_assistance":
            raise InvalidInput(f"{misplaced[0]} goes with action: remote_assistance, not with {options['action']}")
        if options["action"] == "refresh_entitlements" and (options["pool"] or options["desktop"]):
            raise InvalidInput("action: refresh_entitlements is about the user alone; leave pool and desktop out")
        if options["duration"] < 1:
            raise InvalidInput("duration is a number of seconds from 1")

    def observe(self, client, options):
        return require_user(client, options["user"])

    def plan(self, client, options, record):
        user = options["user"]
        if options["action"] == "refresh_entitlements":
            doing = f"refresh the group entitlements of '{user}'"
            note = "takes effect when the user next starts the client"
            return [Change("refresh", "user", user, doing, send=lambda: client.call(REFRESH, doing, email=user), record=record, note=note)]
        pool, desktop = session_desktop(client, record, options)
        if options["action"] == "logoff":
            return [log_off(client, pool, desktop, user)] if has_session(desktop) else []
        if not has_session(desktop):
            raise Refused(f"Cannot show '{user}' a message on desktop '{label(desktop)}': there is no session on it ({desktop['status']})")
        return [message(client, pool, desktop, user, options["text"], options["duration"])]


def session_desktop(client, user, options):
    """The pool and the desktop that a command to a user's session is about: the one named, or else the only one that he has."""
    email = user["email"]
    if options["desktop"]:
        if not options["pool"]:
            raise InvalidInput("desktop needs pool")
        desktop = find_desktop(client, options["pool"], options["desktop"])
        if (desktop["user"] or "").casefold() != email.casefold():
            raise Refused(f"Desktop '{label(desktop)}' is not assigned to '{email}' but to {desktop['user'] or 'nobody'}")
        return find_pool(client, options["pool"]), desktop
    pools = [find_pool(client, options["pool"])] if options["pool"] else [find_pool(client, pool["id"]) for pool in user["assigned_pools"]]
    held = [
        (pool, desktop) for pool in pools for desktop in desktops_of(client, pool) if (desktop["user"] or "").casefold() == email.casefold()
    ]
    if not held:
        raise NotFound(f"User '{email}' has no desktop" + (f" in pool '{options['pool']}'" if options["pool"] else ""))
    if len(held) > 1:
        raise Ambiguous(
            f"User '{email}' has {len(held)} desktops: {', '.join(label(desktop) for _pool, desktop in held)}; name pool and desktop"
        )
    return held[0]


USER_ACTION = UserAction()
