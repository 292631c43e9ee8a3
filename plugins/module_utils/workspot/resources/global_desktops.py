# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What global desktops are, and how one is found. Source: contract, paths /v1.0/globalDesktops*; workspot-behaviour.md, sections 4.9 and 5.7."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..client import AWS, AZURE, GCP, Call

LIST = Call("globalDesktopsUsingGET", "GET", "/v1.0/globalDesktops", (AZURE, GCP, AWS), "globalDesktopDetails")
READ = Call("globalDesktopUsingGET", "GET", "/v1.0/globalDesktops/{globalDesktopId}", (AZURE, GCP, AWS))
OF_USER = "/v1.0/users/{email}/globalDesktops/{globalDesktopId}"
READ_FOR_USER = Call("globalDesktopDetailsUsingGET", "GET", OF_USER, (AZURE, GCP, AWS))

GLOBAL_DESKTOP = Schema(noun="global desktop", plural="global desktops", fields=(Field("id", read="id"), Field("name", read="name")))
POOL = Schema(
    noun="pool of a global desktop",
    plural="pools of a global desktop",
    fields=(
        Field("id", read="poolId"),
        Field("name", read="poolName"),
        Field("display_name", read="poolDisplayName"),
        Field("precedence", read="precedence"),
    ),
)
GROUP = Schema(
    noun="group of a global desktop",
    plural="groups of a global desktop",
    fields=(Field("id", read="id"), Field("name", read="name"), Field("type", read="type")),
)
FOR_ALL = Schema(
    noun="global desktop for all",
    plural="global desktops for all",
    fields=(
        Field("id", read="globalDesktopId"),
        Field("name", read="globalDesktopName"),
        Field("assigned_pools", read="assignedPools", of=POOL, missing=[]),
        Field("groups", read="groupsAssigned", of=GROUP, missing=[]),
    ),
)
DESKTOP_OF_USER = Schema(
    noun="desktop behind a global desktop",
    plural="desktops behind a global desktop",
    fields=(
        Field("id", read="desktopId"),
        Field("name", read="desktopName"),
        Field("fqdn", read="desktopFqdn"),
        Field("ip_address", read="desktopIpAddress"),
    ),
)
POOL_OF_USER = Schema(
    noun="pool of a user's global desktop",
    plural="pools of a user's global desktop",
    fields=(
        Field("id", read="poolId"),
        Field("name", read="poolName"),
        Field("precedence", read="precendence"),  # as the API spells it here
        Field("desktop", read="assignedDesktop", of=DESKTOP_OF_USER),
    ),
)
FOR_USER = Schema(
    noun="global desktop of a user",
    plural="global desktops of a user",
    fields=(
        Field("id", read="globalDesktopId"),
        Field("name", read="globalDesktopName"),
        Field("assigned_pools", read="assignedPools", of=POOL_OF_USER, missing=[]),
        Field("user", read="email"),
        Field("user_id", read="userId"),
        Field("first_name", read="firstName"),
        Field("last_name", read="lastName"),
    ),
)


def list_global_desktops(client):
    """All global desktops as records; a place of the snapshot."""
    return [GLOBAL_DESKTOP.record(item) for item in client.list(LIST, "list the global desktops")]


def find_global_desktop(client, wanted):
    return GLOBAL_DESKTOP.find(client.records(list_global_desktops), wanted)


def read_global_desktop(client, global_desktop_id):
    """A global desktop with its pools; a place of the snapshot."""
    return _in_order(FOR_ALL.record(client.read(READ, f"read global desktop {global_desktop_id}", globalDesktopId=global_desktop_id)))


def read_for_user(client, email, global_desktop_id):
    """A user's global desktop with the pools that count for this user, None if the user has it not; a place of the snapshot."""
    doing = f"read global desktop {global_desktop_id} of '{email}'"
    body = client.look_up(READ_FOR_USER, doing, ("global desktop", "user", email), email=email, globalDesktopId=global_desktop_id)
    return body and _in_order(FOR_USER.record(body))


def _in_order(record):
    """The record with its pools by precedence, and their names and ids alone beside them."""
    pools = sorted(record["assigned_pools"], key=lambda pool: pool["precedence"] or 0)
    return {**record, "assigned_pools": pools, "pools": [pool["name"] for pool in pools], "pool_ids": [pool["id"] for pool in pools]}
