# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateway clusters (behaviour notes, 4.7 and 5.6). Reads go by id, writes by NAME; clients get a new or changed one once it is published."""

from ..wire import Call, Refusal, Reply, serves
from .clouds import AWS, AZURE, GCP, require_cloud
from .control import BUILDING, Control
from .errors import invalid, not_found
from .gateway_hosts import DRAFT, PUBLISHED, add_host, cluster_of, finish_host, pools_of
from .operations import accepted
from .outcomes import answers_status
from .things import GatewayCluster, RegionalCluster, Subscription, named

FIELDS = {
    "auth_type": "authType", "description": "description", "image_name": "imageName", "policy_name": "policyName",
    "public_domain": "publicDomain", "public_domain_overridden": "publicDomainOverriden", "vm_class_name": "vmClassName",
}  # fmt: skip
DEFAULT = {"auth_type": "AD", "description": "", "public_domain": "example.com", "public_domain_overridden": False}
REGION_FIELDS = {"zone": "zone", "security_group_id": "securityGroupId", "security_group_name": "securityGroupName"}
AUTHENTICATION = ("AD", "AAD", "NPS")
_CLOUDS = (AZURE, GCP, AWS)


def as_wire(control: Control, cluster: GatewayCluster) -> dict:
    return {"clusterId": cluster.id, "name": cluster.name, "subscriptionName": cluster.subscription.name, **cluster.readable(FIELDS),
            "regionalClusters": [_region_as_wire(control, cluster, region) for region in cluster.regions]}


def _region_as_wire(control: Control, cluster: GatewayCluster, region: RegionalCluster) -> dict:
    users = [{"id": pool.id, "name": pool.name, "poolType": "VDI"} for pool in pools_of(control, cluster, region)]
    if region is cluster.regions[0]:
        users += [{"appId": application.id, "appName": application.name, "id": application.app_pool.id, "name": application.app_pool.name}
                  for application in control.applications.values() if application.gateway_cluster is cluster]  # fmt: skip
    return {"clusterRegionId": region.id, "region": region.name, "status": region.status, "cloudType": cluster.cloud, "pools": users,
            "availability": "Highly Available" if len(region.hosts) > 1 else "Not Highly Available", **region.readable(REGION_FIELDS)}


def authentication_types(control: Control) -> tuple[tuple, list[str]]:
    """The usual ones, and identity providers: those in the tenant file and those that clusters have."""
    in_use = (cluster.details.get("auth_type") for cluster in control.gateway_clusters.values())
    return AUTHENTICATION, [name for name in dict.fromkeys((*control.identity_providers, *in_use)) if name and name not in AUTHENTICATION]


@serves("getAuthenticationOptionsUsingGET", "GET /v1.0/rdgateways/authenticationOptions")
def list_authentication_options(control: Control, call: Call) -> Reply:
    usual, providers = authentication_types(control)
    domain = next((cluster.details.get("public_domain") for cluster in control.gateway_clusters.values()), None) or DEFAULT["public_domain"]
    return Reply(200, {"authenticationOptions": list(usual), "idp": providers, "publicDomainName": domain})


@serves("gwClustersUsingGET", "GET /v1.0/rdgateways/clusters", clouds=_CLOUDS)
def list_clusters(control: Control, call: Call) -> Reply:
    return Reply(200, {"clusters": [as_wire(control, cluster) for cluster in control.gateway_clusters.values()]})


@serves("createGWClusterUsingPOST", "POST /v1.0/rdgateways/clusters", clouds=(GCP, AWS))
def create_cluster(control: Control, call: Call) -> Reply:
    """Listed at once, as a draft whose hosts are being built. Answers 200 or 202: see switch cluster_create_status."""
    body = call.json()
    for field in ("name", "subscriptionName", "region", "authType", "imageName", "vmClassName", "namePrefix", "numberOfHosts"):
        if not body.get(field):
            raise invalid(f"{field} is needed.")
    subscription = control.find_named("Subscription", control.subscriptions, body["subscriptionName"])
    require_cloud(subscription, call.endpoint)
    if named(control.gateway_clusters, body["name"]):
        raise Refusal(400, "alreadyExists", f"Gateway cluster {body['name']} already exists.")
    count = body["numberOfHosts"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise invalid("numberOfHosts is a number from 1.")
    usual, providers = authentication_types(control)
    if body["authType"] not in (*usual, *providers):
        raise not_found(control, "Authentication type", body["authType"])
    if body.get("overridePublicDomain") and not body.get("publicDomain"):
        raise invalid("With overridePublicDomain publicDomain is needed.")
    _check_authentication(control, body["authType"], body, complete=True)
    _check_offer(control, subscription, body)
    cluster = GatewayCluster(control.ids.make("gateway cluster", body["name"]), body["name"], dict(DEFAULT), {"name_prefix": body["namePrefix"]},
                             subscription=subscription)  # fmt: skip
    cluster.details["public_domain_overridden"] = bool(body.get("overridePublicDomain"))
    cluster.details.update({key: body[wire] for key, wire in FIELDS.items() if body.get(wire) is not None})
    _write(cluster, body)
    region = RegionalCluster(control.ids.make("regional cluster", f"{cluster.name}/{body['region']}"), body["region"], status=DRAFT)
    region.details.update({key: body[wire] for key, wire in REGION_FIELDS.items() if body.get(wire)})
    cluster.regions.append(region)
    control.gateway_clusters[cluster.id] = cluster
    hosts = [add_host(control, cluster, region, next(cluster.free_names()), BUILDING) for _host in range(count)]

    def work() -> None:
        for host in hosts:
            finish_host(control, cluster, host)

    operation = control.operations.run(control.switches.gateway_seconds, work)
    return accepted(control, call, operation, control.switches.cluster_create_status)


def _check_authentication(control: Control, kind: str, body: dict, complete: bool) -> None:
    """NPS servers with NPS, a policy with anything else, never both. complete: the one that belongs there is needed."""
    servers, policy = body.get("npsServers"), body.get("gatewayPolicyName")
    if servers and policy:
        raise invalid("npsServers and gatewayPolicyName exclude each other.")
    if kind == "NPS" and (policy or (complete and not servers)):
        raise invalid("With NPS authentication npsServers is needed, and gatewayPolicyName cannot be given.")
    if kind != "NPS" and (servers or (complete and not policy)):
        raise invalid(f"With {kind} authentication gatewayPolicyName is needed, and npsServers cannot be given.")
    for server in servers or ():
        if not isinstance(server, dict) or not server.get("ipAddress") or not server.get("sharedSecret"):
            raise invalid("An NPS server has an ipAddress and a sharedSecret.")
    if policy and policy not in control.policies.get("Gateway", ()):
        raise not_found(control, "Gateway policy", policy)


def _check_offer(control: Control, subscription: Subscription, body: dict) -> None:
    """Only what the tenant file tells of a subscription can be checked."""
    images, classes = subscription.gateway_images, subscription.gateway_vm_classes
    if body.get("imageName") and images is not None and body["imageName"] not in images:
        raise not_found(control, "Gateway image", body["imageName"])
    if body.get("vmClassName") and classes is not None and body["vmClassName"] not in [item["name"] for item in classes]:
        raise not_found(control, "Gateway VM class", body["vmClassName"])
    if body.get("region") and subscription.regions and body["region"] not in [region.name for region in subscription.regions]:
        raise not_found(control, "Region", body["region"])


def _write(cluster: GatewayCluster, body: dict) -> bool:
    """Set what an update may change; true if anything differs. NPS servers cannot be compared, so they always do."""
    values = {key: body[wire] for key, wire in (("image_name", "imageName"), ("vm_class_name", "vmClassName"), ("policy_name", "gatewayPolicyName"))
              if body.get(wire)}  # fmt: skip
    differs = any(cluster.details.get(key) != value for key, value in values.items()) or bool(body.get("npsServers"))
    cluster.details.update(values)
    return differs


@serves("updateGatewayCusterUsingPOST", "POST /v1.0/rdgateways/clusters/{clusterName}", clouds=(GCP, AWS))
@answers_status(clusterName=lambda call: call.slots["clusterName"])
def update_cluster(control: Control, call: Call) -> None:
    cluster, body = cluster_of(control, call), call.json()
    _check_authentication(control, cluster.details["auth_type"], body, complete=False)
    _check_offer(control, cluster.subscription, {**body, "region": None})
    if _write(cluster, body):
        for region in cluster.regions:
            region.status = DRAFT


@serves("publishGatewayClusterUsingPOST", "POST /v1.0/rdgateways/clusters/{clusterName}/publish", clouds=_CLOUDS)
@answers_status(clusterName=lambda call: call.slots["clusterName"])
def publish_cluster(control: Control, call: Call) -> None:
    cluster = cluster_of(control, call)
    if unfinished := [host.name for host in cluster.hosts if host.status == BUILDING]:
        raise Refusal(400, "invalidState", f"Gateways of cluster {cluster.name} are being built: {', '.join(unfinished)}.")
    for region in cluster.regions:
        region.status = PUBLISHED


@serves("deleteGatewayClusterUsingDELETE", "DELETE /v1.0/rdgateways/clusters/{clusterName}", clouds=_CLOUDS)
@answers_status(clusterName=lambda call: call.slots["clusterName"])
def delete_cluster(control: Control, call: Call) -> None:
    """Refused while pools or applications use it."""
    cluster = cluster_of(control, call)
    users = [user.get("appName") or user["name"] for region in as_wire(control, cluster)["regionalClusters"] for user in region["pools"]]
    if users:
        raise Refusal(400, "inUse", f"Gateway cluster {cluster.name} is used by {', '.join(users)}.")
    del control.gateway_clusters[cluster.id]
