# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user can launch, with its links and favorites (behaviour notes, 2.3 and 2.5)."""


from ..wire import Call, Reply, serves
from .workspace import Resource, Workspace

# Names of the launch links by generation, each with the last part of its path.
_LINKS = {
    "preview": {"launchUrl": "icaFile", "launchStatusUrl": "tickets"},
    "current": {"icaFileUrl": "icaFile", "icaFileFetchTicketUrl": "tickets"},
}
_PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082")  # fmt: skip # noqa: E501


def _as_wire(workspace: Workspace, call: Call, resource: Resource) -> dict:
    switches = workspace.switches
    base = f"{call.origin}/{switches.citrix_prefix}/store/resources"
    links = {"imageUrl": f"{base}/images/{resource.id}"}
    if resource.launchable:
        query = f"?{switches.citrix_link_query}" if switches.citrix_link_query else ""
        for generation, parts in _LINKS.items():
            if switches.citrix_links in (generation, "both"):
                links.update({name: f"{base}/{resource.id}/{part}{query}" for name, part in parts.items()})
    if switches.citrix_favorite_link:
        links[switches.citrix_favorite_link] = f"{base}/{resource.id}/$favorite"
    answer = {"resourceId": resource.id, "name": resource.name, "enabled": resource.enabled, "links": links}
    if switches.citrix_client_types_key != "none":
        answer[switches.citrix_client_types_key] = resource.client_types
    return answer


@serves("listResources", "GET /citrixapi/store/resources")
def list_resources(workspace: Workspace, call: Call) -> Reply:
    return Reply(200, {"resources": [_as_wire(workspace, call, resource) for resource in workspace.resources.values()]})


@serves("getResourceImage", "GET /citrixapi/store/resources/images/{imageId}", public=True)
def read_image(workspace: Workspace, call: Call) -> Reply:
    workspace.resource(call.slots["imageId"])
    return Reply(200, raw=_PNG, content_type="image/png")


@serves("addFavorite", "POST /citrixapi/store/resources/{resourceId}/$favorite")
def add_favorite(workspace: Workspace, call: Call) -> Reply:
    workspace.resource(call.slots["resourceId"]).favorite = True
    return Reply(200, {"status": "success"})


@serves("removeFavorite", "DELETE /citrixapi/store/resources/{resourceId}/$favorite")
def remove_favorite(workspace: Workspace, call: Call) -> Reply:
    workspace.resource(call.slots["resourceId"]).favorite = False
    return Reply(204)
