# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateways of a cluster: who connects through them, how busy they are, add, delete, enable, reboot (behaviour notes, 4.7)."""

from datetime import datetime, timezone

from ..ids import number_from
from ..wire import Call, Refusal, Reply, serves
from .clouds import AWS, AZURE, GCP, require_cloud
from .control import BUILDING, CONNECTED, READY, REBOOTING, Control, Desktop, Pool
from .errors import not_found
from .operations import accepted
from .outcomes import answers_status
from .things import GatewayCluster, GatewayHost, RegionalCluster

FIELDS = {
    "agent_version": "agentVersion", "average_request_auth_seconds": "averageRequestAuthSeconds", "cert_expiration": "certExpiration",
    "cert_name": "certName", "dns": "dns", "fqdn": "fqdn", "os_version": "osVersion", "private_ip_address": "privateIpAddress",
    "public_ip_address": "publicIpAddress", "status_reason": "statusReason", "uri": "uri",
}  # fmt: skip
DEFAULT = {"agent_version": "1.5.0(548)", "average_request_auth_seconds": 1, "os_version": "Microsoft Windows Server 2022 Datacenter 10.0.20348"}
CONNECTION_FIELDS = {
    "client_ip_address": "clientIPAddress", "connected_on": "connectedOn", "duration": "duration", "idle_time": "idleTime",
    "target_computer": "targetComputer", "target_port": "targetPort", "transport": "transport", "user_name": "userName",
}  # fmt: skip
DRAFT, PUBLISHED = "Draft", "Published"
_CLOUDS = (AZURE, GCP, AWS)
_SAMPLES, _BETWEEN = 12, 300  # of the load, and the seconds between two


def pools_of(control: Control, cluster: GatewayCluster, region: RegionalCluster) -> list[Pool]:
    """Pools name their cluster; of its regions, a pool uses the one it lies in, else the first."""
    pools = (pool for pool in control.pools.values() if pool.settings.get("gateway_cluster_name") == cluster.name)
    return [pool for pool in pools if _region_for(cluster, pool.details.get("region")) is region]


def _region_for(cluster: GatewayCluster, name) -> RegionalCluster:
    return next((region for region in cluster.regions if region.name == name), cluster.regions[0])


def cluster_of(control: Control, call: Call) -> GatewayCluster:
    """The cluster named in the path of a write."""
    cluster = control.find_named("Gateway cluster", control.gateway_clusters, call.slots["clusterName"])
    require_cloud(cluster, call.endpoint)
    return cluster


def _cluster_by_id(control: Control, call: Call) -> tuple[GatewayCluster, RegionalCluster]:
    cluster = control.find("Gateway cluster", control.gateway_clusters, call.slots["clusterId"])
    region = next((region for region in cluster.regions if region.id == call.slots["clusterRegionId"]), None)
    if region is None:
        raise not_found(control, "Cluster region", call.slots["clusterRegionId"])
    return cluster, region


def _host_by_id(control: Control, call: Call) -> tuple[GatewayCluster, RegionalCluster, GatewayHost]:
    cluster, region = _cluster_by_id(control, call)
    return cluster, region, control.find("Gateway", region.hosts, call.slots["gatewayId"])


def _host_by_name(control: Control, call: Call) -> tuple[GatewayCluster, RegionalCluster, GatewayHost]:
    cluster = cluster_of(control, call)
    found = ((cluster, region, host) for region in cluster.regions for host in region.hosts.values() if host.name == call.slots["gatewayName"])
    if (triple := next(found, None)) is None:
        raise not_found(control, "Gateway", call.slots["gatewayName"])
    return triple


# ---- Connections

def desktops_through(control: Control, cluster: GatewayCluster, region: RegionalCluster, host: GatewayHost) -> list[Desktop]:
    """Desktops whose users are connected through this gateway. Enabled gateways share them, evenly and always in the same way."""
    sharing = [other for other in region.hosts.values() if other.takes_connections]
    if host not in sharing:
        return []
    desktops = (desktop for pool in pools_of(control, cluster, region) if pool.details.get("route_gateway_type") != "Never"
                for desktop in pool.desktops.values())  # fmt: skip
    return [desktop for desktop in desktops if desktop.email and desktop.status in CONNECTED
            and sharing[number_from(desktop.id) % len(sharing)] is host]


def _connections(control: Control, cluster: GatewayCluster, region: RegionalCluster, host: GatewayHost) -> list[dict]:
    now, target = control.timeline.now, control.switches.connection_target
    computed = [{
        "clientIPAddress": f"192.0.2.{number_from(desktop.id) % 254 + 1}", "connectedOn": _us_time(desktop.session_since),
        "duration": _hours(now - desktop.session_since), "idleTime": "00:00:00", "targetComputer": getattr(desktop, target),
        "targetPort": 3389, "transport": "HTTP", "userName": desktop.email,
    } for desktop in desktops_through(control, cluster, region, host)]  # fmt: skip
    return computed + [{CONNECTION_FIELDS[key]: value for key, value in item.items()} for item in host.connections]


def _us_time(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%m/%d/%Y %H:%M:%S")


def _hours(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def drop_connections(control: Control, desktop: Desktop) -> None:
    """A session has ended: no gateway has a connection of it any more."""
    names = {desktop.name.lower(), desktop.fqdn.lower(), desktop.ip_address}
    for cluster in control.gateway_clusters.values():
        for host in cluster.hosts:
            host.connections = [item for item in host.connections if str(item.get("target_computer")).lower() not in names]


def _cut_off(control: Control, cluster: GatewayCluster, region: RegionalCluster, host: GatewayHost) -> None:
    """The gateway goes away under its users: their sessions stay, without a client."""
    for desktop in desktops_through(control, cluster, region, host):
        control.pass_through(desktop, (0, "Disconnected"))
    host.connections = []


# ---- Reading

def _as_wire(control: Control, cluster: GatewayCluster, region: RegionalCluster, host: GatewayHost) -> dict:
    return {"id": host.id, "name": host.name, "mode": host.mode, "status": host.status, "lastRebootDate": int(host.last_reboot * 1000),
            "activeConnections": len(_connections(control, cluster, region, host)), "clusterRegionId": region.id, "region": region.name,
            "cloudType": cluster.cloud, **host.readable(FIELDS)}  # fmt: skip


@serves("gwClusterHostsUsingGET", "GET /v1.0/rdgateways/clusters/{clusterId}/regions/{clusterRegionId}/rdgateways", clouds=_CLOUDS)
def list_hosts(control: Control, call: Call) -> Reply:
    cluster, region = _cluster_by_id(control, call)
    return Reply(200, {"rdGateways": [_as_wire(control, cluster, region, host) for host in region.hosts.values()]})


@serves("getGWHostConnectionsUsingGET", "GET /v1.0/rdgateways/clusters/{clusterId}/regions/{clusterRegionId}/rdgateways/{gatewayId}/connections",
        clouds=_CLOUDS)  # fmt: skip
def list_connections(control: Control, call: Call) -> Reply:
    cluster, region, host = _host_by_id(control, call)
    connections = _connections(control, cluster, region, host)
    return Reply(200, {"activeConnections": len(connections), "connections": connections,
                       "averageRequestAuthSeconds": host.details.get("average_request_auth_seconds", 0)})  # fmt: skip


@serves("getGWHostPerformanceUsingGET", "GET /v1.0/rdgateways/clusters/{clusterId}/regions/{clusterRegionId}/rdgateways/{gatewayId}/performance",
        clouds=_CLOUDS)  # fmt: skip
def show_performance(control: Control, call: Call) -> Reply:
    """The last hour, made up: more connections, more load. Numbers are sent as text."""
    cluster, region, host = _host_by_id(control, call)
    load, last = len(_connections(control, cluster, region, host)), int(control.timeline.now // _BETWEEN) * _BETWEEN
    moments = [last - _BETWEEN * n for n in reversed(range(_SAMPLES))]

    def samples(idle: int) -> list[dict]:
        return [{"timestamp": str(moment * 1000), "value": str(min(100, idle + load + moment // _BETWEEN % 3))} for moment in moments]

    return Reply(200, {"cpu": samples(5), "memory": samples(30)})


# ---- Changing

def add_host(control: Control, cluster: GatewayCluster, region: RegionalCluster, name: str, status: str, host_id: str | None = None) -> GatewayHost:
    made = control.ids.make("gateway", f"{cluster.name}/{name}")
    host = GatewayHost(host_id or made, name, dict(DEFAULT), status=status)
    if status == BUILDING:
        host.mode = control.switches.new_gateway_mode
    host.details.update(fqdn=f"{name.lower()}.example.com", dns=f"{name.lower()}.gateways.example.com")
    region.hosts[host.id] = host
    return host


def finish_host(control: Control, cluster: GatewayCluster, host: GatewayHost) -> None:
    if host in cluster.hosts:
        host.status, host.last_reboot = READY, control.timeline.now
        host.details["private_ip_address"] = control.address_from(host.id)


@serves("addGwHostUsingPOST", "POST /v1.0/rdgateways/clusters/{clusterName}/gateways", clouds=_CLOUDS)
def add(control: Control, call: Call) -> Reply:
    """Control names it, from prefix and number. It is in the cluster's first region, and wants to be enabled and published."""
    cluster = cluster_of(control, call)
    call.json()
    region = cluster.regions[0]
    host = add_host(control, cluster, region, next(cluster.free_names()), BUILDING)
    region.status = DRAFT
    operation = control.operations.run(control.switches.gateway_seconds, lambda: finish_host(control, cluster, host))
    return accepted(control, call, operation, 200)


@serves("deleteGwHostUsingDELETE", "DELETE /v1.0/rdgateways/clusters/{clusterName}/gateways/{gatewayName}", clouds=_CLOUDS)
@answers_status(details=lambda call: None)
def delete(control: Control, call: Call) -> None:
    """Nobody is asked: users who are connected through it lose their connection."""
    cluster, region, host = _host_by_name(control, call)
    _cut_off(control, cluster, region, host)
    del region.hosts[host.id]


@serves("enableGWHostUsingPOST", "POST /v1.0/rdgateways/clusters/{clusterName}/gateways/{gatewayName}/enable", clouds=_CLOUDS)
@answers_status(details=lambda call: None)
def enable(control: Control, call: Call) -> None:
    _cluster, _region, host = _host_by_name(control, call)
    if host.status != READY:
        raise Refusal(400, "invalidState", f"Gateway {host.name} is {host.status}; it cannot be enabled now.")
    host.mode = "Enabled"


@serves("rebootGwHostUsingPOST", "POST /v1.0/rdgateways/clusters/{clusterName}/gateways/{gatewayName}/reboot", clouds=_CLOUDS)
@answers_status(details=lambda call: None)
def reboot(control: Control, call: Call) -> Reply | None:
    """Answers before it is done; lastRebootDate proves the end. Announced to become asynchronous: see switch gateway_reboot."""
    cluster, region, host = _host_by_name(control, call)
    if host.status == BUILDING:
        raise Refusal(400, "invalidState", f"Gateway {host.name} is {host.status}; it cannot be rebooted now.")
    _cut_off(control, cluster, region, host)
    begin_reboot(control, host)
    if control.switches.gateway_reboot == "asynchronous":
        return accepted(control, call, control.operations.run(control.switches.gateway_reboot_seconds, lambda: None))
    return None


def begin_reboot(control: Control, host: GatewayHost) -> None:
    host.status = REBOOTING

    def done() -> None:
        host.status, host.last_reboot = READY, control.timeline.now
        if control.switches.gateway_mode_after_reboot != "same":
            host.mode = control.switches.gateway_mode_after_reboot

    control.timeline.after(control.switches.gateway_reboot_seconds, done)
