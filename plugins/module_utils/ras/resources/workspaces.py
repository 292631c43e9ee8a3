# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AVD workspaces are, and how one is found. Source: contract, AVDWorkspace and AVDWorkspaceStatus; behaviour notes, 1.3."""

from __future__ import annotations

from ...core.schema import CREATE, NEVER, UPDATE, Field, Schema
from ..calls import Call
from ..common import HISTORY, ID, SITE_ID, STATE, enum_field, matching, number
from ..enums import BROKEN_REASON

LIST_STATUS = Call("listAvdWorkspaceStatus", "GET", "/api/AVD/Workspace/status")
READ_STATUS = Call("getAvdWorkspaceStatus", "GET", "/api/AVD/Workspace/{id}/status")
READ = Call("getAvdWorkspace", "GET", "/api/AVD/Workspace/{id}")

BOTH = (CREATE, UPDATE)
# Which workspaces an info module or a wait is about.
SELECTION = {"id": {"type": "str"}, "name": {"type": "str"}, "site_id": {"type": "int"}}
EXCLUSIVE = {"mutually_exclusive": [["id", "name"], ["id", "site_id"]]}

WORKSPACE_STATUS = Schema(
    noun="AVD workspace",
    plural="AVD workspaces",
    fields=(
        ID,
        Field("name", read="name"),
        SITE_ID,
        number("provider_id", "providerId"),
        Field("resource_group", read="resourceGroup"),
        Field("location", read="location"),
        *STATE,
        enum_field("broken_reason", "brokenReason", BROKEN_REASON),
    ),
)

# Settings and state of one workspace, which are read apart. The listing of settings has only a part of them.
WORKSPACE = Schema(
    noun="workspace with its settings",
    plural="AVD workspaces",
    fields=(
        ID,
        Field("name", sent="name", read="name", when=CREATE),
        Field("site_id", sent="siteId", read="siteId", when=CREATE, type="int"),
        Field("provider_id", sent="providerId", read="providerId", when=CREATE, type="int"),
        Field("resource_group", sent="resourceGroup", read="resourceGroup", when=CREATE),
        Field("location", sent="location", read="location", when=CREATE),
        Field("friendly_name", sent="friendlyName", read="friendlyName", when=BOTH),
        Field("description", sent="description", read="description", when=BOTH),
        Field("enabled", sent="enabled", read="enabled", when=UPDATE, type="bool"),
        Field("azure_id", read="azureId", when=NEVER),
        *HISTORY,
        *STATE,
        enum_field("broken_reason", "brokenReason", BROKEN_REASON),
    ),
)


def list_workspace_status(client):
    """The state of all workspaces as records; a place of the snapshot."""
    return [WORKSPACE_STATUS.record(row) for row in client.list(LIST_STATUS, "list the state of the AVD workspaces")]


def read_workspace_status(client, workspace_id):
    """The record of one workspace in a list; a place of the snapshot. Raises NotFound."""
    what = f"AVD workspace with id {workspace_id}"
    return [WORKSPACE_STATUS.record(client.read(READ_STATUS, f"read the state of AVD workspace {workspace_id}", what, id=workspace_id))]


def place_of(options):
    """Where the state of the chosen workspaces stands."""
    return (read_workspace_status, options["id"]) if options["id"] else (list_workspace_status,)


def chosen(client, options):
    """The state of the chosen workspaces, in order of their names."""
    return matching(client.records(*place_of(options)), {**options, "id": None})
