# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What application server pools and their servers are, and how one is found. Source: workspot-behaviour.md, sections 4.6 and 5.5."""

from __future__ import annotations

import operator

from ...core.errors import Refused
from ...core.schema import BOTH, CREATE, Field, Schema
from ..client import AKAMAI, AWS, AZURE, GCP, Call

LIST = Call("cloudAppPoolsUsingGET", "GET", "/v1.0/cloudAppPools", (AZURE, GCP, AWS, AKAMAI), "cloudAppPools")
READ = Call("cloudAppPoolInfoUsingGET", "GET", "/v1.0/cloudAppPools/{cloudAppPoolId}", (AZURE, GCP, AWS, AKAMAI))
LIST_SERVERS = Call(
    "cloudAppServersUsingGET",
    "GET",
    "/v1.0/cloudAppPools/{cloudAppPoolId}/appServers",
    (AZURE, GCP, AWS, AKAMAI),
    "cloudAppServers",
)

APP_POOL = Schema(
    noun="application server pool",
    plural="application server pools",
    creatable=True,
    fields=(
        Field("id", read="id"),
        Field("name", sent="poolName", read="name", when=CREATE),
        Field("description", sent="description", read="description", when=BOTH),
        Field("host_count", sent="poolSize", read="hostCount", when=BOTH, type="int"),
        Field("auto_create_on_delete", sent="autoCreateOnDelete", when=BOTH, type="bool"),
        Field("load_balancing_method", sent="loadBalancingMethod", when=BOTH),
        Field("max_session_limit", sent="maxSessionLimit", when=BOTH, type="int"),
        Field("pause_on_first_failure", sent="pauseOnFirstFailure", when=CREATE, type="bool"),
        Field("server_name_prefix", sent="serverNamePrefix", when=CREATE),
        Field("reference_pool_id", sent="referencePool", when=CREATE, option="reference_pool"),
        Field("cloud", read="cloudProvider"),
        Field("region", read="region"),
        Field("zone", read="zone"),
        Field("template", read="template"),
        Field("vm_type", read="vmType"),
        Field("status", read="status"),
    ),
)
APP_SERVER = Schema(
    noun="application server",
    plural="application servers",
    names=(operator.itemgetter("name"), operator.itemgetter("fqdn")),
    fold_case=True,
    fields=(
        Field("id", read="id"),
        Field("name", read="name"),
        Field("fqdn", read="fqdn"),
        Field("ip_address", read="ipAddress"),
        Field("mode", read="mode"),
        Field("status", read="status"),
        Field("total_sessions", read="totalSessions"),
    ),
)


def list_app_pools(client):
    """All application server pools as records; a place of the snapshot."""
    return [APP_POOL.record(item) for item in client.list(LIST, "list the application server pools")]


def read_app_pool(client, pool_id):
    return APP_POOL.record(client.read(READ, f"read application server pool {pool_id}", cloudAppPoolId=pool_id))


def find_app_pool(client, wanted, optional=False):
    return APP_POOL.find(client.records(list_app_pools), wanted, optional=optional)


def list_app_servers(client, pool_id):
    """The servers of a pool as records; a place of the snapshot."""
    doing = f"list the servers of application server pool {pool_id}"
    return [APP_SERVER.record(item) for item in client.list(LIST_SERVERS, doing, cloudAppPoolId=pool_id)]


def with_servers(client, pool):
    """The record with the servers of the pool, one read."""
    servers = client.records(list_app_servers, pool["id"])
    return {**pool, "servers": sorted(servers, key=lambda server: server["name"] or "")}


def refuse_sessions(servers, doing):
    """Raise Refused if somebody works on one of these servers."""
    sessions = sum(server["total_sessions"] or 0 for server in servers)
    if sessions:
        what = "1 session is" if sessions == 1 else f"{sessions} sessions are"
        raise Refused(f"Will not {doing}: {what} open there; have the users log off or set 'force: true'")
