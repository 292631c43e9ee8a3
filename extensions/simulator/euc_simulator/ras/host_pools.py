# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AVD host pools, which can be looked at."""

from ..wire import Call, Reply, serves
from .farm import Farm, Item, answer, history


def status(item: Item) -> dict:
    return {"id": str(item.id), "siteId": item.site_id, "serverType": item.kind.server_type, "name": item.name, "agentState": item.state}


def major(farm: Farm, item: Item) -> dict:
    workspace = farm.titled("workspaces", item.workspace)
    return {"id": item.id, "name": item.name, "siteId": item.site_id, "workspaceId": workspace.id if workspace else 0, "enabled": item.enabled,
            "resourceGroup": item.resource_group, "location": item.location}  # fmt: skip


def settings(farm: Farm, item: Item) -> dict:
    return {**major(farm, item), **history(), "friendlyName": item.friendly_name, "description": item.description, "poolType": item.pool_type,
            "publishingType": 0, "loadBalancerType": 0, "provisioningType": 0, "limitHosts": item.limit_hosts, "powerOnHost": False,
            "validationEnvironment": False, "templateId": item.template_id, "autoScaleEnabled": None, "minServersFromTemplate": 1}  # fmt: skip


@serves("listAvdHostPools", "GET /api/AVD/HostPool")
def list_host_pools(farm: Farm, call: Call) -> Reply:
    return answer([major(farm, item) for item in farm.chosen("host_pools", call)])


@serves("getAvdHostPool", "GET /api/AVD/HostPool/{id}")
def get_host_pool(farm: Farm, call: Call) -> Reply:
    return answer(settings(farm, farm.item("host_pools", call)))


@serves("listAvdHostPoolStatus", "GET /api/AVD/HostPool/status")
def list_status(farm: Farm, call: Call) -> Reply:
    return answer([status(item) for item in farm.chosen("host_pools", call)])
