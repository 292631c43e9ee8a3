# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Favorites of the signed-in user. Source: parallels-citrix-behaviour.md, 2.5, and the contract's addFavorite and removeFavorite."""

from __future__ import annotations

from ...core.client import Accepted
from ...core.errors import Refused
from ...core.plan import Change
from ...core.reconcile import Noun
from ..client import Call
from .resources import RESOURCE, find_resource

ADD = Call("addFavorite", "POST")
REMOVE = Call("removeFavorite", "DELETE")


class Favorite(Noun):
    result = "resource"
    schema = RESOURCE
    options = {
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        # The vendor does not publish what the link is called.
        "link": {"type": "str", "default": "favoriteUrl"},
    }

    def observe(self, client, options):
        return find_resource(client, options)

    def plan(self, client, options, record):
        adding = options["state"] == "present"
        call, verb, doing = (
            (ADD, "add", f"make '{record['name']}' a favorite")
            if adding
            else (REMOVE, "remove", f"make '{record['name']}' no favorite any more")
        )
        url = record["links"].get(options["link"])
        if not url:
            there = ", ".join(sorted(record["links"])) or "none"
            raise Refused(f"Cannot {doing}: it has no link '{options['link']}', but {there}; name the right one in 'link'")
        # No answer tells what is a favorite, so that it is said every time, and says nothing about before.
        return [
            Change(
                verb,
                "favorite",
                record["name"],
                doing,
                after={"favorite": adding},
                send=lambda: Accepted(client.call(call, doing, url=url).body),
                record=record,
            )
        ]


FAVORITE = Favorite()
