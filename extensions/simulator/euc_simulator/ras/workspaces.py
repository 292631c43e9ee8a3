# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AVD workspaces: their settings, their state, and the work that Azure does for them."""

from ..wire import Call, Reply, serves
from .enums import AGENT_STATE, BROKEN_REASON, number
from .errors import refused
from .farm import Farm, Item, accepted, answer, history, required

SETTABLE = {"friendlyName": "friendly_name", "description": "description", "enabled": "enabled"}
_AZURE_ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/{}/providers/Microsoft.DesktopVirtualization/workspaces/{}"


def status(item: Item) -> dict:
    return {"id": str(item.id), "siteId": item.site_id, "serverType": item.kind.server_type, "name": item.name, "providerId": item.provider_id,
            "resourceGroup": item.resource_group, "location": item.location, "agentState": item.state,
            "brokenReason": number(BROKEN_REASON, item.broken_reason)}  # fmt: skip


def major(item: Item) -> dict:
    """What a listing tells of the settings (behaviour notes, 1.3)."""
    return {"id": item.id, "providerId": item.provider_id, "name": item.name, "enabled": item.enabled, "resourceGroup": item.resource_group,
            "location": item.location}  # fmt: skip


def settings(item: Item) -> dict:
    return {**major(item), **history(), "friendlyName": item.friendly_name, "description": item.description,
            "azureId": _AZURE_ID.format(item.resource_group, item.name)}  # fmt: skip


@serves("listAvdWorkspaceStatus", "GET /api/AVD/Workspace/status")
def list_status(farm: Farm, call: Call) -> Reply:
    return answer([status(item) for item in farm.chosen("workspaces", call)])


@serves("getAvdWorkspaceStatus", "GET /api/AVD/Workspace/{id}/status")
def get_status(farm: Farm, call: Call) -> Reply:
    return answer(status(farm.item("workspaces", call)))


@serves("listAvdWorkspaces", "GET /api/AVD/Workspace")
def list_workspaces(farm: Farm, call: Call) -> Reply:
    return answer([major(item) for item in farm.chosen("workspaces", call)])


@serves("getAvdWorkspace", "GET /api/AVD/Workspace/{id}")
def get_workspace(farm: Farm, call: Call) -> Reply:
    return answer(settings(farm.item("workspaces", call)))


@serves("createAvdWorkspace", "POST /api/AVD/Workspace")
def create_workspace(farm: Farm, call: Call) -> Reply:
    body = call.json()
    required(body, "name", "providerId", "resourceGroup", "location")
    if farm.titled("workspaces", body["name"]):
        raise refused(f"A workspace {body['name']} exists already.")
    item = farm.add("workspaces", {
        "name": body["name"], "site_id": body.get("siteId", 1), "provider_id": body["providerId"], "resource_group": body["resourceGroup"],
        "location": body["location"], "friendly_name": body.get("friendlyName") or "", "description": body.get("description") or ""})  # fmt: skip
    farm.stage()
    provision(farm, item)
    return answer(settings(item), 201)


@serves("linkExistingAvdWorkspace", "POST /api/AVD/Workspace/Existing")
def link_workspace(farm: Farm, call: Call) -> Reply:
    body = call.json()
    required(body, "name", "providerId", "resourceGroup")
    item = farm.titled("workspaces", body["name"])
    if item is None or (item.provider_id, item.resource_group) != (body["providerId"], body["resourceGroup"]):
        raise refused(f"Azure has no workspace {body['name']} in resource group {body['resourceGroup']}.")
    if item.linked:
        raise refused(f"Workspace {item.name} is linked already.")
    item.values.update(linked=True, site_id=body.get("siteId", item.site_id))
    farm.stage()
    provision(farm, item)
    return answer(settings(item), 201)


@serves("updateAvdWorkspace", "PUT /api/AVD/Workspace/{id}")
def update_workspace(farm: Farm, call: Call) -> Reply:
    item, body = farm.item("workspaces", call), call.json()
    item.values.update({key: body[wire] for wire, key in SETTABLE.items() if wire in body})
    farm.stage()
    return accepted(farm)


@serves("deleteAvdWorkspace", "DELETE /api/AVD/Workspace/{id}")
def delete_workspace(farm: Farm, call: Call) -> Reply:
    item = farm.item("workspaces", call)
    if any(pool.workspace == item.name for pool in farm.all("host_pools")):
        raise refused(f"Workspace {item.name} has host pools.")
    farm.stage()
    farm.work(item, "DeleteInProgress", farm.switches.ras_deleting_seconds, lambda: farm.remove(item))
    return accepted(farm)


@serves("repairAvdWorkspace", "POST /api/AVD/Workspace/{id}/Repair")
def repair_workspace(farm: Farm, call: Call) -> Reply:
    item = farm.item("workspaces", call)
    if item.state != number(AGENT_STATE, "Broken"):
        raise refused(f"Workspace {item.name} is not broken.")
    provision(farm, item, farm.switches.ras_repairing_seconds)
    return accepted(farm)


def provision(farm: Farm, item: Item, seconds: float | None = None) -> None:
    """Azure makes it, or makes it good again."""
    before = item.broken_reason

    def end() -> None:
        good = farm.switches.ras_azure == "works"
        item.values.update(agent_state="OK" if good else "Broken", broken_reason="Ignore" if good else before if before != "Ignore" else "MissingObj")

    farm.work(item, "Provisioning", farm.switches.ras_provisioning_seconds if seconds is None else seconds, end)
