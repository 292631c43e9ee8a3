# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AVD host pools are. Source: contract, AVDHostPool and ObjectStatus."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..calls import Call
from ..common import HISTORY, ID, SITE_ID, STATE, enum_field, listed_with_state, number
from ..enums import UNPUBLISHED

LIST = Call("listAvdHostPools", "GET", "/api/AVD/HostPool")
READ = Call("getAvdHostPool", "GET", "/api/AVD/HostPool/{id}")
LIST_STATUS = Call("listAvdHostPoolStatus", "GET", "/api/AVD/HostPool/status")

HOST_POOL = Schema(
    noun="AVD host pool",
    plural="AVD host pools",
    fields=(
        ID,
        Field("name", read="name"),
        SITE_ID,
        number("workspace_id", "workspaceId"),
        Field("enabled", read="enabled"),
        Field("friendly_name", read="friendlyName"),
        Field("description", read="description"),
        Field("resource_group", read="resourceGroup"),
        Field("location", read="location"),
        enum_field("pool_type", "poolType", UNPUBLISHED),
        enum_field("publishing_type", "publishingType", UNPUBLISHED),
        enum_field("load_balancer_type", "loadBalancerType", UNPUBLISHED),
        enum_field("provisioning_type", "provisioningType", UNPUBLISHED),
        number("session_limit", "limitHosts"),
        Field("power_on_host", read="powerOnHost"),
        Field("validation_environment", read="validationEnvironment"),
        number("template_id", "templateId"),
        Field("autoscale_enabled", read="autoScaleEnabled"),
        number("min_hosts", "minServersFromTemplate"),
        *HISTORY,
        *STATE,
    ),
)


def list_host_pools(client):
    """All host pools with their state and, of the settings, what the listing tells; a place of the snapshot."""
    return listed_with_state(client, LIST, LIST_STATUS, HOST_POOL)


def read_host_pool(client, pool_id):
    """All settings of one host pool in the wire's words, in a list; a place of the snapshot."""
    return [client.read(READ, f"read AVD host pool {pool_id}", f"AVD host pool with id {pool_id}", id=pool_id)]
