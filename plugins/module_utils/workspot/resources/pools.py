# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What desktop pools are, and how one is found. Source: contract, paths /v1.0/pools*; workspot-behaviour.md, sections 4.2 and 5.1."""

from __future__ import annotations

from ...core.errors import BadAnswer, Refused
from ...core.schema import BOTH, CREATE, Field, Schema
from ..client import AKAMAI, AWS, AZURE, GCP, Call

LIST = Call("poolsUsingGET", "GET", "/v1.0/pools", (AZURE, GCP, AWS, AKAMAI), "desktopPools")
READ = Call("poolInfoUsingGET", "GET", "/v1.0/pools/{poolId}", (AZURE, GCP, AWS, AKAMAI))
AGENT_TOKEN = Call("poolAgentTokenUsingGET", "GET", "/v1.0/pools/{poolId}/agentToken")
LOGIN_OPTIONS = Call("getLoginOptionsUsingGET", "GET", "/v1.0/pools/loginOptions", listed="loginOptions")


def _setting(name, wire, type="bool", **more):
    """A setting that goes out at creation and on update, and that no call shows."""
    return Field(name, sent=wire, when=BOTH, type=type, **more)


def _policy(name, wire):
    """A policy by name; the API removes it on null."""
    return Field(name, sent=wire, when=BOTH, clear=None)


POOL = Schema(
    noun="pool",
    plural="pools",
    fields=(
        Field("id", read="id"),
        Field("name", sent="poolName", read="name"),
        Field("description", sent="description", read="description", when=BOTH),
        Field("create_desktop_on_delete", sent="autoCreateOnDelete", read="createDesktopOnDelete", when=BOTH, type="bool"),
        Field("route_gateway_type", sent="routeThroughGatewayType", read="routeGatewayType", when=BOTH, choices=("Always", "Never")),
        Field("disk_size", sent="diskSize", read="diskSize", when=CREATE, type="int"),
        Field("disk_class", sent="diskClass", when=CREATE),
        Field("desktop_name_prefix", sent="desktopNamePrefix", when=CREATE),
        Field("desktop_name_suffix_length", sent="desktopNameSuffixLength", when=CREATE, type="int"),
        _setting("display_name", "displayName", "str"),
        _setting("gateway_cluster", "gatewayClusterName", "str", elsewhere=True),
        _setting("gateway_type", "gatewayType", "str"),
        _setting(
            "login_type",
            "loginType",
            "str",
            choices=("SSO_AAD", "SSO_USER_PASSWD", "SSO_DOMAIN_USER_PASSWD", "SSO_PREFILLED_DOMAIN_USERNAME"),
        ),
        _setting("login_domain", "loginDomain", "str"),
        _setting(
            "target_platforms", "targetPlatforms", "list", elements="str", choices=("Windows", "OSX", "Linux", "WebApp", "Android", "iOS")
        ),
        _setting("allow_user_reboot", "allowUserRebootVM"),
        _setting("self_service_diagnostics", "enableSelfServiceDiagnostics"),
        _setting("multi_zone", "isMultiZoneActive"),
        _setting("windows_hello", "windowsHelloEnabled"),
        _setting("pause_on_first_failure", "pauseOnFirstFailure"),
        _policy("protocol_policy", "protocolPolicy"),
        _policy("protocol_policy_on_company_network", "protocolPolicyOnCompanyNetwork"),
        _policy("media_redirection_policy", "mediaRedirectionPolicy"),
        _policy("maintenance_policy", "maintenancePolicy"),
        _policy("time_limits_policy", "timeLimitsPolicy"),
        _policy("warmup_policy", "warmupPolicy"),
        Field("pool_type", read="poolType"),
        Field("cloud", read="cloud"),
        Field("subscription_name", read="subscriptionName"),
        Field("region", read="region"),
        Field("zone", read="zone"),
        Field("template", read="template"),
        Field("vm_type", read="vmType"),
        Field("node_group_name", read="nodeGroupName"),
        Field("rd_gateways", read="rdGateways"),
        Field("route_thru_vpn", read="routeThruVPN"),
        Field("dr_type", read="drType"),
        Field("active", read="active"),
        Field("status", read="status"),
        Field("used_count", read="usedCount"),
        Field("avail_count", read="availCount"),
    ),
)


def list_pools(client):
    """All pools as records; a place of the snapshot."""
    return [POOL.record(item) for item in client.list(LIST, "list the pools")]


def read_pool(client, pool_id):
    """One pool by its id as a record."""
    return POOL.record(client.read(READ, f"read pool {pool_id}", poolId=pool_id))


def find_pool(client, wanted, optional=False):
    return POOL.find(client.records(list_pools), wanted, optional=optional)


def is_persistent(pool):
    return (pool["pool_type"] or "").casefold() == "persistent"


def require_persistent(pool, doing, reason):
    """Raise Refused for a pool whose desktops last one session; ``reason`` tells what only persistent ones do."""
    if not is_persistent(pool):
        raise Refused(f"Cannot {doing}: pool '{pool['name']}' is {pool['pool_type']}, and only {reason}")


def read_agent_token(client, pool):
    """The token with which machines register as desktops of the pool; a secret."""
    doing = f"read the agent token of pool '{pool['name']}'"
    body = client.read(AGENT_TOKEN, doing, poolId=pool["id"])
    if not body.get("poolAgentToken"):
        raise BadAnswer(f"Could not {doing}: the answer has none")
    return {"agent_token": body["poolAgentToken"], "agent_token_expires": body.get("expireTime")}


def read_login_options(client):
    """How users may sign in to desktops."""
    return client.list(LOGIN_OPTIONS, "list the login options")
