# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apps and desktops of the signed-in user. Source: parallels-citrix-behaviour.md, 2.3."""

from __future__ import annotations

from ...core.errors import InvalidInput
from ...core.schema import Field, Schema
from ..client import Call

LIST = Call("listResources", "GET", listed="resources", as_client=True)
ENDPOINT = "ListResources"
# The vendor publishes the value, and not the name of the field; these are the likely ones.
CLIENT_TYPES = ("clientTypes", "clienttypes", "clientType")
LAUNCHABLE_TYPE = "ica30"
# Links of the two flows, with the name since February 2026 before that of the preview.
LAUNCH_LINKS = {"ica_file": ("icaFileUrl", "launchUrl"), "ticket": ("icaFileFetchTicketUrl", "launchStatusUrl")}

# Options of every module that is about one resource.
ONE_RESOURCE = {
    "options": {"name": {"type": "str"}, "resource_id": {"type": "str"}},
    "required_one_of": [("name", "resource_id")],
    "mutually_exclusive": [("name", "resource_id")],
}

RESOURCE = Schema(
    "resource",
    "resources",
    (
        Field("resource_id", read="resourceId"),
        Field("name", read="name"),
        Field("enabled", read="enabled", missing=True),
        Field("client_types", read="clientTypes", missing=[], decode=lambda value: [value] if isinstance(value, str) else value),
        Field("links", read="links", missing={}, decode=lambda links: {name: url for name, url in links.items() if isinstance(url, str)}),
    ),
    key="resource_id",
)


def list_resources(client, cached=False):
    """Place: the records of all resources, each with ``launchable``."""
    # Without the parameter the workspace asks its sites anew.
    params = {"acceptCachedResults": "true"} if cached else None
    items = client.list(LIST, "list the resources", url=client.endpoint(ENDPOINT), params=params)
    return [_record(item) for item in items]


def _record(item):
    types = next((item[key] for key in CLIENT_TYPES if item.get(key) is not None), None)
    record = RESOURCE.record({**item, "clientTypes": types})
    return {**record, "launchable": why_not(record) is None}


def why_not(record):
    """Why a resource cannot be launched, or None. Where the client types are not told, the links decide."""
    if record["enabled"] is False:
        return "it is disabled"
    types = [kind.casefold() for kind in record["client_types"]]
    if types and LAUNCHABLE_TYPE not in types:
        return f"it is for {', '.join(record['client_types'])} and not for {LAUNCHABLE_TYPE}, as web and SaaS apps are"
    if not any(name in record["links"] for names in LAUNCH_LINKS.values() for name in names):
        return "it has no launch links, as web and SaaS apps have none"
    return None


def find_resource(client, options):
    """The one resource of this name or id. Raises NotFound, Ambiguous."""
    wanted = options["resource_id"] or options["name"]
    if not wanted:
        raise InvalidInput("name is empty; give the name or the resource_id of a resource")
    return RESOURCE.find(client.records(list_resources), wanted)
