# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gateways of a cluster are, and how they are found. Source: contract, paths /v1.0/rdgateways*; workspot-behaviour.md, 4.7 and 5.6.

Reading takes ids of cluster and region, writing the names of cluster and gateway.
"""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..client import AWS, AZURE, GCP, Call
from .gateway_clusters import find_gateway_cluster, list_gateway_clusters

ALL = "/v1.0/rdgateways/clusters/{clusterId}/regions/{clusterRegionId}/rdgateways"
LIST = Call("gwClusterHostsUsingGET", "GET", ALL, (AZURE, GCP, AWS), "rdGateways")
CONNECTIONS = Call("getGWHostConnectionsUsingGET", "GET", f"{ALL}/{{gatewayId}}/connections", (AZURE, GCP, AWS), "connections")
PERFORMANCE = Call("getGWHostPerformanceUsingGET", "GET", f"{ALL}/{{gatewayId}}/performance", (AZURE, GCP, AWS))

ENABLED, READY = "Enabled", "Ready"
# A gateway that is on its way to Ready; any other word is data.
BUSY = BUILDING, REBOOTING = "Provisioning", "Rebooting"

HOST = Schema(
    noun="gateway",
    plural="gateways",
    creatable=True,
    fields=(
        Field("id", read="id"),
        Field("name", read="name"),
        Field("mode", read="mode"),
        Field("status", read="status"),
        Field("status_reason", read="statusReason"),
        Field("active_connections", read="activeConnections"),
        Field("last_reboot_date", read="lastRebootDate"),
        Field("region", read="region"),
        Field("region_id", read="clusterRegionId"),
        Field("cloud_type", read="cloudType"),
        Field("fqdn", read="fqdn"),
        Field("dns", read="dns"),
        Field("uri", read="uri"),
        Field("private_ip_address", read="privateIpAddress"),
        Field("public_ip_address", read="publicIpAddress"),
        Field("agent_version", read="agentVersion"),
        Field("os_version", read="osVersion"),
        Field("cert_name", read="certName"),
        Field("cert_expiration", read="certExpiration"),
        Field("average_request_auth_seconds", read="averageRequestAuthSeconds"),
    ),
)
CONNECTION = Schema(
    noun="connection",
    plural="connections",
    fields=(
        Field("user", read="userName"),
        Field("target_computer", read="targetComputer"),
        Field("target_port", read="targetPort"),
        Field("client_ip_address", read="clientIPAddress"),
        Field("connected_on", read="connectedOn"),
        Field("duration", read="duration"),
        Field("idle_time", read="idleTime"),
        Field("transport", read="transport"),
    ),
)
# The API writes the numbers of a sample as text.
SAMPLE = Schema(
    noun="sample",
    plural="samples",
    fields=(Field("timestamp", read="timestamp", decode=int), Field("value", read="value", decode=float)),
)


def list_gateway_hosts(client, cluster_id, *region_ids):
    """The gateways of all regions of a cluster as records; a place of the snapshot."""
    return [
        {**HOST.record(item), "cluster_id": cluster_id, "region_id": region_id}
        for region_id in region_ids
        for item in client.list(LIST, f"list the gateways of cluster {cluster_id}", clusterId=cluster_id, clusterRegionId=region_id)
    ]


def place_of(cluster):
    """Where the gateways of a cluster are seen."""
    return (list_gateway_hosts, cluster["id"], *(region["id"] for region in cluster["regions"]))


def hosts_of(client, cluster):
    return [{**host, "cluster": cluster["name"]} for host in client.records(*place_of(cluster))]


def list_hosts_named(client, cluster_name):
    """The gateways of a cluster that may be too new for the clusters read so far, none if it is not there; a place of the snapshot."""
    client.refresh((list_gateway_clusters,))
    cluster = find_gateway_cluster(client, cluster_name, optional=True)
    return client.refresh(place_of(cluster)) if cluster else []


def read_connections(client, host):
    """Who is connected through a gateway."""
    return [CONNECTION.record(item) for item in client.list(CONNECTIONS, f"list the connections of gateway '{host['name']}'", **_path(host))]


def read_performance(client, host):
    """How busy processor and memory of a gateway have been lately."""
    doing = f"read the performance of gateway '{host['name']}'"
    body = client.read(PERFORMANCE, doing, **_path(host))
    return {kind: [SAMPLE.record(item) for item in client.items(body, kind, doing)] for kind in ("cpu", "memory")}


def _path(host):
    return {"clusterId": host["cluster_id"], "clusterRegionId": host["region_id"], "gatewayId": host["id"]}
