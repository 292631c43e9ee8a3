# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a task leaves in the memory that the tasks of a process share, the tenant has it so: no write is forgotten by what it changes elsewhere."""

from __future__ import annotations

import pytest
import support
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import Context
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import GCP, cloud_name
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.app_pools import list_app_pools, list_app_servers
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.applications import list_applications, list_bare_applications
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.bundles import list_bundles
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.clouds import list_clouds, list_custom_images
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import list_desktops
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_clusters import list_gateway_clusters
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_hosts import place_of
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.global_desktops import (
    list_global_desktops,
    read_for_user,
    read_global_desktop,
)
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.groups import list_global_desktops_of, list_groups
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import list_pools
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.stale_devices import list_stale_devices
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.templates import list_templates
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users import read_user
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users_report import list_users
from scenarios import PATIENCE, STATE_SCENARIOS, TENANT, Stage
from vendors.workspot import VENDOR

# Nothing is read again for its age alone.
LASTING = {"cache_ttl": 1_000_000_000, "retry_timeout": PATIENCE["retry_timeout"]}
EMAILS = [user["email"] for user in TENANT["users"]] + ["eve@example.com"]
# What decides nothing may be as old as the memory itself: to read all pools after each assignment would cost a third of the budget. And the
# name of an application's gateway cluster is looked up each time.
DECIDES_NOTHING = {
    list_pools: ("used_count", "avail_count"),
    read_user: ("assigned_pools",),
    list_applications: ("gateway_cluster",),
}


def client_of(stage):
    """The client that the next task of this process has, if it is not a fresh one."""
    spec = support.load("workspot_pool").SPEC
    defaults = {name: argument.get("default") for name, argument in spec.arguments()["argument_spec"].items()}
    return Context(spec, {**defaults, "url": stage.simulator.url, **VENDOR.login, **LASTING}).client


def places(client):
    """All that can be read of the tenant and kept."""
    pools, app_pools, groups = client.records(list_pools), client.records(list_app_pools), client.records(list_groups)
    clouds, clusters, global_desktops = (
        client.records(list_clouds),
        client.records(list_gateway_clusters),
        client.records(list_global_desktops),
    )
    return [
        *[(list_pools,), (list_app_pools,), (list_groups,), (list_clouds,), (list_gateway_clusters,), (list_global_desktops,)],
        *[(list_bundles,), (list_bare_applications,), (list_applications,), (list_stale_devices,), (list_users,)],
        *[(list_desktops, pool["id"]) for pool in pools],
        *[(list_app_servers, pool["id"]) for pool in app_pools],
        *[(list_global_desktops_of, group["id"]) for group in groups],
        *[(list_templates, cloud["name"]) for cloud in clouds],
        *[(list_custom_images, cloud["name"]) for cloud in clouds if cloud_name(cloud["config_type"]) == GCP],
        *[place_of(cluster) for cluster in clusters],
        *[(read_global_desktop, desktop["id"]) for desktop in global_desktops],
        *[(read_for_user, email, desktop["id"]) for desktop in global_desktops for email in EMAILS],
        *[(read_user, email) for email in EMAILS],
    ]


def deciding(place, records):
    """The records without what nothing is decided by."""
    dropped = DECIDES_NOTHING.get(place[0], ())
    items = records if isinstance(records, list) else [records]
    return [item and {name: value for name, value in item.items() if name not in dropped} for item in items]


# The neighbours keep little, and each task of theirs begins anew.
@pytest.mark.parametrize("scenario", [one for one in STATE_SCENARIOS if one.module.startswith("workspot_")], ids=str)
def test_what_is_kept_after_a_task_is_what_the_tenant_has(scenario):
    with Stage.of(scenario) as (stage, options):
        support.forget_connections()
        client = client_of(stage)
        known = places(client)
        for place in known:
            client.records(*place)
        # Some of them read others again.
        read = {place: client.records(*place) for place in known}
        result = stage.run(scenario.module, fresh=False, **LASTING, **options)
        assert result["changed"] and not result.get("failed"), result["msg"]
        # What was read since is as new as it can be; and what is under way then moves on.
        kept = [place for place in known if client.age(place) < float("inf") and client.records(*place) is read[place]]
        assert kept
        support.forget_connections()
        fresh = client_of(stage)
        assert [place for place in kept if deciding(place, fresh.records(*place)) != deciding(place, read[place])] == []
