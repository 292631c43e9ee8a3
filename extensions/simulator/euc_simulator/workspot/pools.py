# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktop pools (behaviour notes, 4.2 and 5.1)."""

import hashlib
from datetime import datetime, timezone
from itertools import islice

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, GCP, require_cloud
from .control import Pool
from .errors import invalid, not_found
from .operations import NO_ERROR

# Fields that can be read besides those the pool keeps as attributes: name in the file -> name on the wire.
DETAILS = {
    "active": "active", "description": "description", "disk_size": "diskSize", "dr_type": "drType",
    "node_group_name": "nodeGroupName", "rd_gateways": "rdGateways", "region": "region",
    "route_gateway_type": "routeGatewayType", "route_thru_vpn": "routeThruVPN", "status": "status",
    "subscription_name": "subscriptionName", "template": "template", "vm_type": "vmType", "zone": "zone",
}  # fmt: skip
DEFAULT_DETAILS = {"active": True, "description": "", "rd_gateways": [], "route_gateway_type": "Never",
                   "route_thru_vpn": False, "status": "Success"}

# Fields that are only ever written: name on the wire -> name in the file.
SETTINGS = {
    "allowUserRebootVM": "allow_user_reboot_vm", "displayName": "display_name", "diskClass": "disk_class",
    "enableSelfServiceDiagnostics": "enable_self_service_diagnostics", "gatewayClusterName": "gateway_cluster_name",
    "gatewayType": "gateway_type", "isMultiZoneActive": "is_multi_zone_active", "loginDomain": "login_domain",
    "loginType": "login_type", "maintenancePolicy": "maintenance_policy", "mediaRedirectionPolicy": "media_redirection_policy",
    "pauseOnFirstFailure": "pause_on_first_failure", "protocolPolicy": "protocol_policy",
    "protocolPolicyOnCompanyNetwork": "protocol_policy_on_company_network", "targetPlatforms": "target_platforms",
    "timeLimitsPolicy": "time_limits_policy", "warmupPolicy": "warmup_policy", "windowsHelloEnabled": "windows_hello_enabled",
}  # fmt: skip
_POLICY_TYPES = {
    "maintenancePolicy": "Maintenance", "mediaRedirectionPolicy": "MediaRedirection", "protocolPolicy": "Protocol",
    "protocolPolicyOnCompanyNetwork": "Protocol", "timeLimitsPolicy": "TimeLimits", "warmupPolicy": "Warmup",
}  # fmt: skip
_LOGIN_TYPES = ("SSO_AAD", "SSO_USER_PASSWD", "SSO_DOMAIN_USER_PASSWD", "SSO_PREFILLED_DOMAIN_USERNAME")


def as_wire(control, pool: Pool) -> dict:
    used = sum(1 for desktop in pool.desktops.values() if desktop.email)
    answer = {"id": pool.id, "name": pool.name, "cloud": pool.cloud, "poolType": pool.pool_type,
              "createDesktopOnDelete": pool.create_desktop_on_delete, "usedCount": used, "availCount": listed(control, pool) - used}
    answer.update({wire: pool.details[key] for key, wire in DETAILS.items() if pool.details.get(key) is not None})
    return answer


def listed(control, pool: Pool) -> int:
    return sum(1 for desktop in pool.desktops.values() if desktop.listed_from <= control.timeline.now)


@serves("poolsUsingGET", "GET /v1.0/pools", clouds=(AZURE, GCP, AWS, AKAMAI))
def list_pools(control, call: Call) -> Reply:
    return Reply(200, {"desktopPools": [as_wire(control, pool) for pool in control.pools.values()]})


@serves("poolInfoUsingGET", "GET /v1.0/pools/{poolId}", clouds=(AZURE, GCP, AWS, AKAMAI))
def show_pool(control, call: Call) -> Reply:
    return Reply(200, as_wire(control, control.pool_of(call)))


@serves("getLoginOptionsUsingGET", "GET /v1.0/pools/loginOptions")
def list_login_options(control, call: Call) -> Reply:
    return Reply(200, {"loginOptions": [{"name": name} for name in _LOGIN_TYPES]})


@serves("poolAgentTokenUsingGET", "GET /v1.0/pools/{poolId}/agentToken")
def show_agent_token(control, call: Call) -> Reply:
    """The token changes every day; the time it ends has no zone (4.2)."""
    pool = control.pool_of(call)
    day = int(control.timeline.now // 86400)
    ends = datetime.fromtimestamp((day + 1) * 86400, timezone.utc)
    token = hashlib.sha1(f"{pool.id}/{day}".encode()).hexdigest()
    return Reply(200, {"poolAgentToken": token, "expireTime": ends.strftime("%a %b %d, %Y %H:%M:%S")})


def _answering(write):
    """A failed write of a pool is refused, or answered 200 with status Failure: see switch pool_write_failure."""

    def handler(control, call: Call) -> Reply:
        try:
            pool = write(control, call)
        except Refusal as refusal:
            if control.switches.pool_write_failure == "refused":
                raise
            return Reply(200, {"status": "Failure", "name": call.json().get("poolName") or call.slots.get("poolId", ""),
                               "errorInfo": refusal.reply.data})
        return Reply(200, {"status": "Succeeded", "name": pool.name, "desktopPoolId": pool.id, "errorInfo": NO_ERROR})

    return handler


@serves("createDesktopPoolUsingPOST", "POST /v1.0/pools", clouds=(GCP,))
@_answering
def create_pool(control, call: Call) -> Pool:
    """Modelled on a reference pool, named by NAME; what cannot be given comes from there. Desktops are built afterwards."""
    body = call.json()
    name, reference_name = body.get("poolName"), body.get("referencePoolName")
    if not name or not reference_name:
        raise invalid("poolName and referencePoolName are needed.")
    reference = control.pool_named(reference_name)
    if reference is None:
        raise not_found(control, "Pool", reference_name)
    require_cloud(reference, call.endpoint)
    if control.pool_named(name):
        raise Refusal(400, "alreadyExists", f"Pool {name} already exists.")
    count, digits = _count(body.get("numberOfDesktops", 0)), body.get("desktopNameSuffixLength", 3)
    if not isinstance(digits, int) or not 1 <= digits <= 4:
        raise invalid("desktopNameSuffixLength must be 1 to 4.")
    _check_policies(control, body)
    pool = Pool(control.ids.make("pool", name), name, reference.cloud, reference.pool_type,
                desktops_on_unassign=reference.desktops_on_unassign, pause_resume_supported=reference.pause_resume_supported,
                desktop_name_prefix=body.get("desktopNamePrefix", ""), desktop_name_suffix_length=digits,
                details={**reference.details, "description": ""}, settings={"reference_pool": reference.name})
    if "diskSize" in body:
        pool.details["disk_size"] = body["diskSize"]
    if "diskClass" in body:
        pool.settings["disk_class"] = body["diskClass"]
    _write_fields(pool, body)
    control.pools[pool.id] = pool
    _build(control, pool, count)
    return pool


@serves("updateDesktopPoolUsingPOST", "POST /v1.0/pools/{poolId}", clouds=(GCP,))
@_answering
def update_pool(control, call: Call) -> Pool:
    """The slot holds the pool's NAME. Fields left out stay; a null removes a policy."""
    body = call.json()
    pool = control.pool_named(call.slots["poolId"])
    if pool is None:
        raise not_found(control, "Pool", call.slots["poolId"])
    require_cloud(pool, call.endpoint)
    _check_policies(control, body)
    if body.get("numberOfDesktops") is not None:
        _resize(control, pool, _count(body["numberOfDesktops"]))
    _write_fields(pool, body)
    return pool


def _count(number) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise invalid("numberOfDesktops must be a number that is not negative.")
    return number


def _check_policies(control, body: dict) -> None:
    for field, kind in _POLICY_TYPES.items():
        name = body.get(field)
        if name is not None and name not in control.policies.get(kind, ()):
            raise not_found(control, f"{kind} policy", name)


def _write_fields(pool: Pool, body: dict) -> None:
    if body.get("description") is not None:
        pool.details["description"] = body["description"]
    if body.get("routeThroughGatewayType") is not None:
        pool.details["route_gateway_type"] = body["routeThroughGatewayType"]
    if body.get("autoCreateOnDelete") is not None:
        pool.create_desktop_on_delete = body["autoCreateOnDelete"]
    for field, key in SETTINGS.items():
        if field == "diskClass" or field not in body:
            continue
        if body[field] is None and field in _POLICY_TYPES:
            pool.settings.pop(key, None)
        elif body[field] is not None:
            pool.settings[key] = body[field]


def _resize(control, pool: Pool, count: int) -> None:
    surplus = len(pool.desktops) - count
    if surplus > 0:
        free = [desktop for desktop in reversed(pool.desktops.values()) if not desktop.email and not desktop.reserved]
        if control.switches.shrink == "refuse" or len(free) < surplus:
            raise Refusal(400, "invalidRequest", f"Pool {pool.name} has {len(pool.desktops)} desktops and cannot be made smaller.")
        for desktop in free[:surplus]:
            control.remove_desktop(desktop)
    _build(control, pool, -surplus)


def _build(control, pool: Pool, count: int) -> None:
    """Builds of a pool are Control's own and not refused by the cap, but they take up its slots."""
    for name in islice(pool.free_names(), max(0, count)):
        control.builder.build(control.new_desktop(pool, name))
