# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user group is entitled to: the noun behind workspot_group. Source: workspot-behaviour.md, sections 4.5 and 5.4."""

from __future__ import annotations

import functools

from ...core.errors import InvalidInput, NotFound
from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from .. import references
from ..client import AWS, AZURE, GCP, Call
from .bundles import find_bundle, list_bundles
from .global_desktops import find_global_desktop, read_for_user, read_global_desktop
from .groups import GROUP, list_global_desktops_of, list_groups, with_bundle, with_global_desktops

ASSIGN_BUNDLE = Call("assignBundleUsingPOST", "POST", "/v1.0/groups/{groupId}/bundle")
ASSIGN = Call("setGlobalDesktopToGroupUsingPOST", "POST", "/v1.0/groups/{groupId}/globalDesktops", (AZURE, GCP, AWS))
UNASSIGN = Call(
    "unassignGlobalDesktopToGroupUsingDELETE", "DELETE", "/v1.0/groups/{groupId}/globalDesktops/{globalDesktopId}", (AZURE, GCP, AWS)
)
# No duration is published for either; this is only the expectation that a plan's ETA is made of.
SECONDS_TO_ASSIGN = 15


class Group(Noun):
    result = "group"
    schema = GROUP
    options = {
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present"], "default": "present"},
        "bundle": {"type": "str"},
        "global_desktops": {"type": "list", "elements": "str"},
        "purge_global_desktops": {"type": "bool", "default": True},
    }

    def check(self, options):
        if options["bundle"] == "":
            raise InvalidInput(
                f"The bundle of group '{options['name']}' cannot be taken away, for the API has no call for it; "
                "name another bundle instead, one without applications if need be"
            )

    def observe(self, client, options):
        try:
            group = GROUP.find(client.records(list_groups), options["name"])
        except NotFound as error:
            raise NotFound(f"{error}; the API cannot create groups, they come from Control itself", name=options["name"]) from None
        if options["bundle"] is not None:
            group = with_bundle(client, group)
        return group if options["global_desktops"] is None else with_global_desktops(client, group)

    def plan(self, client, options, record):
        changes = []
        if options["bundle"] is not None:
            bundle = find_bundle(client, options["bundle"])
            if bundle["id"] != record["bundle_id"]:
                changes.append(self._bundle(client, record, bundle))
        if options["global_desktops"] is not None:
            held = references.known(record, "global_desktops", "global_desktop_ids")
            look_up = functools.partial(find_global_desktop, client)
            given = [references.find(wanted, held, look_up) for wanted in options["global_desktops"]]
            purge = options["purge_global_desktops"]
            after = references.merged(given, record, "global_desktops", "global_desktop_ids", purge=purge)
            now, then = (dict(zip(lists["global_desktop_ids"], lists["global_desktops"])) for lists in (record, after))
            changes += [self._global_desktop(client, record, after, id, then[id], True) for id in then if id not in now]
            changes += [self._global_desktop(client, record, after, id, now[id], False) for id in now if id not in then]
        return changes

    @staticmethod
    def _bundle(client, group, bundle):
        doing = f"assign bundle '{bundle['name']}' to group '{group['name']}'"
        return Change(
            "assign",
            "bundle",
            f"{bundle['name']} to {group['name']}",
            doing,
            about=f"group {group['name']}",
            before={"bundle": group["bundle"]},
            after={"bundle": bundle["name"], "bundle_id": bundle["id"]},
            send=lambda: client.call(ASSIGN_BUNDLE, doing, {"bundleId": bundle["id"]}, groupId=group["id"]),
            seen=lambda: DONE if with_bundle(client, group)["bundle_id"] == bundle["id"] else UNSEEN,
            place=(list_bundles,),
            note=f"instead of '{group['bundle']}'" if group["bundle"] else "",
        )

    @staticmethod
    def _global_desktop(client, group, after, id, name, assigned):
        verb, preposition = ("assign", "to") if assigned else ("unassign", "from")
        doing = f"{verb} global desktop '{name}' {preposition} group '{group['name']}'"

        def send():
            if assigned:
                return client.call(ASSIGN, doing, {"globalDesktopId": id}, groupId=group["id"])
            return client.call(UNASSIGN, doing, groupId=group["id"], globalDesktopId=id)

        return Change(
            verb,
            "global desktop",
            f"{name} {preposition} {group['name']}",
            doing,
            about=f"group {group['name']}",
            before={"global_desktops": group["global_desktops"]},
            after=after,
            send=send,
            seen=lambda: DONE if (id in with_global_desktops(client, group)["global_desktop_ids"]) == assigned else UNSEEN,
            place=(list_global_desktops_of, group["id"]),
            touches=((read_global_desktop, id), (read_for_user,)),
            repeatable=False,
            destructive=not assigned,
            seconds=SECONDS_TO_ASSIGN,
        )


GROUP_NOUN = Group()
