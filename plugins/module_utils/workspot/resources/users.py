# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users are, and how one is read or proved absent. Source: workspot-behaviour.md, sections 4.4, 5.3 and 8 (question 4)."""

from __future__ import annotations

import re

from ...core.errors import InvalidInput, NotFound
from ...core.schema import CREATE, UPDATE, Field, Schema
from ..client import Call

READ = Call("userDetailsUsingGET", "GET", "/v1.0/users/{email}/")


def _desktops(items):
    return [{"id": item.get("id"), "name": item.get("desktopName"), "ip_address": item.get("desktopIP")} for item in items]


def _pools(items):
    return [
        {
            "id": item.get("id"),
            "name": item.get("poolName"),
            "display_name": item.get("poolDisplayName"),
            "description": item.get("description"),
            "pool_type": item.get("poolType"),
            "dr_type": item.get("drType"),
            "active": item.get("active"),
        }
        for item in items
    ]


USER = Schema(
    noun="user",
    plural="users",
    names=(lambda record: record["email"],),
    fold_case=True,
    creatable=True,
    fields=(
        Field("id", read="id"),
        Field("name", read="email"),
        Field("email", sent="email", read="email", when=CREATE),
        Field("first_name", sent="firstName", read="firstName", when=CREATE),
        Field("last_name", sent="lastName", read="lastName", when=CREATE),
        Field("cost_center", sent="costCenter", read="costCenter", when=UPDATE),
        Field("assigned_desktops", read="assignedDesktops", decode=_desktops),
        Field("assigned_pools", read="assignedPools", decode=_pools),
    ),
)


def read_user(client, email):
    """The user as a record, or None if Control has none of that e-mail; a place of the snapshot. No call lists users."""
    body = client.look_up(READ, f"read user '{email}'", ("user", email), email=email)
    if body is None:
        return None
    record = USER.record(body)
    return {**record, "assigned_desktops": record["assigned_desktops"] or [], "assigned_pools": record["assigned_pools"] or []}


def find_user(client, email):
    return client.records(read_user, email)


def require_user(client, email):
    user = find_user(client, email)
    if user is None:
        raise NotFound(f"There is no user '{email}'; create the user with workspot_user first", creatable=True, name=email)
    return user


def check_email(email):
    if not re.fullmatch(r"[^@\s/]+@[^@\s/]+", email):
        raise InvalidInput(f"'{email}' is no e-mail address such as ann@example.com")
