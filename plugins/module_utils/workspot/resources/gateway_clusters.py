# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gateway clusters are, and how one is found. Source: contract, path /v1.0/rdgateways/clusters; workspot-behaviour.md, 4.7 and 5.6."""

from __future__ import annotations

from ...core.schema import BOTH, CREATE, Field, Schema
from ..client import AWS, AZURE, GCP, Call
from .clouds import letters
from .joining import DOMAIN, LOCAL_ADMIN

LIST = Call("gwClustersUsingGET", "GET", "/v1.0/rdgateways/clusters", (AZURE, GCP, AWS), "clusters")
AUTHENTICATION = Call("getAuthenticationOptionsUsingGET", "GET", "/v1.0/rdgateways/authenticationOptions")

PUBLISHED = "Published"


def _same_region(wanted, current):
    return letters(wanted) == letters(current)


POOL = Schema(
    noun="pool behind a gateway",
    plural="pools behind a gateway",
    fields=(
        Field("id", read="id"),
        Field("name", read="name"),
        Field("pool_type", read="poolType"),
        Field("app_id", read="appId"),
        Field("app_name", read="appName"),
    ),
)
REGION = Schema(
    noun="region of a gateway cluster",
    plural="regions of a gateway cluster",
    fields=(
        Field("id", read="clusterRegionId"),
        Field("region", read="region"),
        Field("zone", read="zone"),
        Field("status", read="status"),
        Field("availability", read="availability"),
        Field("cloud_type", read="cloudType"),
        Field("security_group_id", read="securityGroupId"),
        Field("security_group_name", read="securityGroupName"),
        Field("pools", read="pools", of=POOL, missing=[]),
    ),
)
NPS_SERVER = Schema(
    noun="NPS server",
    plural="NPS servers",
    fields=(
        Field("ip_address", sent="ipAddress", when=BOTH, required=True),
        Field("priority", sent="priority", when=BOTH, type="int"),
        Field("shared_secret", sent="sharedSecret", when=BOTH, secret=True, required=True),
    ),
)
GATEWAY_CLUSTER = Schema(
    noun="gateway cluster",
    plural="gateway clusters",
    creatable=True,
    fields=(
        Field("id", read="clusterId"),
        Field("name", sent="name", read="name", when=CREATE),
        Field("description", sent="description", read="description", when=CREATE),
        Field("cloud", sent="subscriptionName", read="subscriptionName", when=CREATE),
        Field("auth_type", sent="authType", read="authType", when=CREATE),
        # The API writes this one in two ways, and the next one as well.
        Field("gateway_policy", sent="gatewayPolicyName", read="policyName", when=BOTH),
        Field("override_public_domain", sent="overridePublicDomain", read="publicDomainOverriden", when=CREATE, type="bool"),
        Field("public_domain", sent="publicDomain", read="publicDomain", when=CREATE),
        Field("image", sent="imageName", read="imageName", when=BOTH),
        Field("vm_class", sent="vmClassName", read="vmClassName", when=BOTH),
        # A cluster is created in one region; as an option, `region` is that of the tenant.
        Field("cloud_region", sent="region", read="regionalClusters.0.region", when=CREATE, same=_same_region),
        Field("zone", sent="zone", read="regionalClusters.0.zone", when=CREATE),
        Field("security_group_id", sent="securityGroupId", read="regionalClusters.0.securityGroupId", when=CREATE),
        Field("regions", read="regionalClusters", of=REGION, missing=[]),
        Field("name_prefix", sent="namePrefix", when=CREATE),
        Field("number_of_hosts", sent="numberOfHosts", when=CREATE, type="int"),
        Field("virtual_network_id", sent="virtualNetworkId", when=CREATE),
        Field("resource_group", sent="resourceGroup", when=CREATE),
        Field("nps_servers", sent="npsServers", when=BOTH, type="list", elements="dict", of=NPS_SERVER),
        *DOMAIN,
        *LOCAL_ADMIN,
    ),
)


def list_gateway_clusters(client):
    """All gateway clusters as records; a place of the snapshot."""
    return [{**record, "status": _status(record)} for record in map(GATEWAY_CLUSTER.record, client.list(LIST, "list the gateway clusters"))]


def find_gateway_cluster(client, wanted, optional=False):
    return GATEWAY_CLUSTER.find(client.records(list_gateway_clusters), wanted, optional=optional)


def require(call, cluster, doing):
    """Refuse at plan time what the cluster's cloud does not offer."""
    cloud = next((region["cloud_type"] for region in cluster["regions"]), None)
    call.require({"name": cluster["name"], "cloud": cloud}, doing, "gateway cluster")


def clusters_of(client, pool):
    """Names of the clusters that the pool is routed through, which only the clusters tell."""
    clusters = client.records(list_gateway_clusters)
    return [
        cluster["name"]
        for cluster in clusters
        if any(behind["id"] == pool["id"] for region in cluster["regions"] for behind in region["pools"])
    ]


def pools_behind(cluster):
    """Names of the pools and applications that use a cluster."""
    return [pool["name"] or pool["app_name"] or pool["id"] for region in cluster["regions"] for pool in region["pools"]]


def read_authentication(client):
    """What a cluster may authenticate with."""
    body = client.read(AUTHENTICATION, "read the authentication options of gateways")
    return {
        "authentication_options": body.get("authenticationOptions") or [],
        "identity_providers": body.get("idp") or [],
        "public_domain": body.get("publicDomainName"),
    }


def _status(record):
    """Published if all of its regions are, and otherwise the first other word."""
    words = [region["status"] for region in record["regions"]]
    return next((word for word in words if word != PUBLISHED), PUBLISHED if words else None)
