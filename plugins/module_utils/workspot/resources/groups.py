# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What user groups are, and where their entitlements stand. Source: workspot-behaviour.md, sections 4.5 and 5.4."""

from __future__ import annotations

from ...core.schema import Field, Schema
from .. import references
from ..client import AWS, AZURE, GCP, Call
from .bundles import list_bundles

LIST = Call("groupsUsingGET", "GET", "/v1.0/groups", listed="groups")
LIST_GLOBAL_DESKTOPS = Call(
    "groupGlobalDesktopDetailsUsingGET", "GET", "/v1.0/groups/{groupId}/globalDesktops", (AZURE, GCP, AWS), "globalDesktops"
)

GROUP = Schema(
    noun="group",
    plural="groups",
    fields=(Field("id", read="id"), Field("name", read="name"), Field("type", read="type")),
)


def list_groups(client):
    """All groups as records; a place of the snapshot."""
    return [GROUP.record(item) for item in client.list(LIST, "list the groups")]


def list_global_desktops_of(client, group_id):
    """Ids and names of the global desktops of a group; a place of the snapshot."""
    doing = f"list the global desktops of group {group_id}"
    return [{"id": item.get("id"), "name": item.get("name")} for item in client.list(LIST_GLOBAL_DESKTOPS, doing, groupId=group_id)]


def with_bundle(client, group):
    """The record with the bundle of the group, which only the bundles tell."""
    bundle = next((bundle for bundle in client.records(list_bundles) if group["id"] in bundle["group_ids"]), {})
    return {**group, "bundle": bundle.get("name"), "bundle_id": bundle.get("id")}


def with_global_desktops(client, group):
    """The record with the global desktops of the group, one read."""
    items = client.records(list_global_desktops_of, group["id"])
    return {**group, "global_desktops": references.names(items), "global_desktop_ids": references.ids(items)}
