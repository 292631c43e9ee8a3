# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud subscriptions, and what templates and gateways can be made of in them. Source: contract, paths /v1.0/clouds*; workspot-behaviour.md, 3.5."""

from __future__ import annotations

import difflib

from ...core.errors import NotFound
from ...core.schema import Field, Schema
from ..client import AKAMAI, AWS, AZURE, GCP, Call, cloud_name

LIST = Call("publicCloudsUsingGET", "GET", "/v1.0/clouds", (AZURE, GCP, AWS, AKAMAI), "publicClouds")
_OF_CLOUD, _OF_REGION = "/v1.0/clouds/{subscriptionName}", "/v1.0/clouds/{subscriptionName}/regions/{region}"
LIST_REGIONS = Call("getRegionsUsingGET", "GET", f"{_OF_CLOUD}/regions", (AWS,), "regions")
LIST_ZONES = Call("getZonesUsingGET", "GET", f"{_OF_REGION}/zones", (GCP,), "zones")
LIST_NETWORKS = Call("getCloudNetworksUsingGET", "GET", f"{_OF_CLOUD}/networks", (GCP,), "cloudNetworks")
LIST_NETWORKS_OF_REGION = Call("getCloudNetworksByRegionUsingGET", "GET", f"{_OF_REGION}/networks", (AWS,), "cloudNetworks")
LIST_SECURITY_GROUPS = Call("getSecurityGroupsUsingGET", "GET", f"{_OF_REGION}/securityGroups", (AWS,), "securityGroups")
LIST_VM_CLASSES = Call("getTemplateVmClassesUsingGET", "GET", f"{_OF_CLOUD}/templates/vmClasses", (AZURE, GCP, AWS), "vmClasses")
LIST_CUSTOM_IMAGES = Call("customImagesUsingGET", "GET", f"{_OF_CLOUD}/customImages", (GCP, AWS), "images")
# These two name the cloud in the query.
LIST_GATEWAY_VM_CLASSES = Call("getGatewayVmClassesUsingGET", "GET", "/v1.0/clouds/rdgateways/vmClasses", (AZURE, GCP, AWS), "vmClasses")
LIST_GATEWAY_IMAGES = Call("getGatewayImagesUsingGET", "GET", "/v1.0/clouds/rdgateways/images", (AZURE, GCP, AWS), "images")


def _words(text):
    return [word.strip() for word in text.split(",") if word.strip()]


CLOUD = Schema(
    noun="cloud",
    plural="clouds",
    fields=(
        Field("id", read="subscriptionId"),
        Field("name", read="name"),
        Field("config_type", read="configType"),
        Field("byoc", read="byoc"),
        Field("status", read="status"),
    ),
)
NETWORK = Schema(
    noun="network",
    plural="networks",
    fields=(
        Field("id", read="networkID"),
        Field("name", read="networkName"),
        Field("cidr", read="cidr"),
        Field("region", read="cloudRegion.region"),
        Field("location", read="cloudRegion.location"),
        Field("zone", read="zone"),
        Field("vpc_id", read="vpcId"),
    ),
)
SECURITY_GROUP = Schema(
    noun="security group",
    plural="security groups",
    fields=(Field("id", read="id"), Field("name", read="name"), Field("vpc_id", read="vpcId")),
)
VM_CLASS = Schema(
    noun="VM class",
    plural="VM classes",
    fields=(
        Field("name", read="name"),
        Field("cpu", read="cpu"),
        Field("memory", read="memory"),
        Field("disk_size", read="diskSize"),
        Field("gpu", read="gpu"),
        Field("vm_instances", read="vmInstances", decode=_words),
    ),
)
GATEWAY_VM_CLASS = Schema(
    noun="gateway VM class",
    plural="gateway VM classes",
    fields=(Field("name", read="name"), Field("vm_instances", read="vmInstances", decode=_words)),
)
GATEWAY_IMAGE = Schema(noun="gateway image", plural="gateway images", fields=(Field("name", read="name"),))
CUSTOM_IMAGE = Schema(
    noun="custom image",
    plural="custom images",
    fields=(Field("name", read="imageName"), Field("image_type", read="imageType"), Field("region", read="region")),
)


def list_clouds(client):
    """All cloud subscriptions as records; a place of the snapshot."""
    return [CLOUD.record(item) for item in client.list(LIST, "list the clouds")]


def find_cloud(client, wanted):
    return CLOUD.find(client.records(list_clouds), wanted)


def require(call, cloud, doing):
    """Refuse at plan time what a cloud does not offer."""
    call.require({"name": cloud["name"], "cloud": cloud["config_type"]}, doing, "cloud")


# ---- What a cloud has: each a place of the snapshot


def list_regions(client, cloud):
    return [
        {"name": name, "region": name}
        for name in client.list(LIST_REGIONS, f"list the regions of cloud '{cloud}'", of=str, subscriptionName=cloud)
    ]


def list_zones(client, cloud, region):
    zones = client.list(LIST_ZONES, f"list the zones of region '{region}'", of=str, subscriptionName=cloud, region=region)
    return [{"name": name, "region": region} for name in zones]


def list_networks(client, cloud):
    networks = client.list(LIST_NETWORKS, f"list the networks of cloud '{cloud}'", subscriptionName=cloud)
    return [NETWORK.record(item) for item in networks]


def list_networks_of_region(client, cloud, region):
    networks = client.list(LIST_NETWORKS_OF_REGION, f"list the networks of region '{region}'", subscriptionName=cloud, region=region)
    return [NETWORK.record(item) for item in networks]


def list_security_groups(client, cloud, region):
    groups = client.list(LIST_SECURITY_GROUPS, f"list the security groups of region '{region}'", subscriptionName=cloud, region=region)
    return [{**SECURITY_GROUP.record(item), "region": region} for item in groups]


def list_vm_classes(client, cloud):
    return [
        VM_CLASS.record(item) for item in client.list(LIST_VM_CLASSES, f"list the VM classes of cloud '{cloud}'", subscriptionName=cloud)
    ]


def list_gateway_vm_classes(client, cloud):
    classes = client.list(LIST_GATEWAY_VM_CLASSES, f"list the gateway VM classes of cloud '{cloud}'", params={"subscriptionName": cloud})
    return [GATEWAY_VM_CLASS.record(item) for item in classes]


def list_gateway_images(client, cloud):
    images = client.list(LIST_GATEWAY_IMAGES, f"list the gateway images of cloud '{cloud}'", params={"subscriptionName": cloud})
    return [GATEWAY_IMAGE.record(item) for item in images]


def list_custom_images(client, cloud):
    images = client.list(LIST_CUSTOM_IMAGES, f"list the custom images of cloud '{cloud}'", subscriptionName=cloud)
    return [CUSTOM_IMAGE.record(item) for item in images]


# What can be gathered, and the calls that tell it. A cloud offers one of them at most.
TOPICS = {
    "regions": ((LIST_REGIONS, list_regions),),
    "zones": ((LIST_ZONES, list_zones),),
    "networks": ((LIST_NETWORKS, list_networks), (LIST_NETWORKS_OF_REGION, list_networks_of_region)),
    "security_groups": ((LIST_SECURITY_GROUPS, list_security_groups),),
    "vm_classes": ((LIST_VM_CLASSES, list_vm_classes),),
    "gateway_vm_classes": ((LIST_GATEWAY_VM_CLASSES, list_gateway_vm_classes),),
    "gateway_images": ((LIST_GATEWAY_IMAGES, list_gateway_images),),
    "custom_images": ((LIST_CUSTOM_IMAGES, list_custom_images),),
}


def gather(client, cloud, topic, region=None):
    """What a cloud has of a topic, in one region or all; None if the API does not tell it for such a cloud."""
    offered = [(call, listing) for call, listing in TOPICS[topic] if cloud_name(cloud["config_type"]) in call.clouds]
    if not offered:
        return None
    ((call, listing),) = offered
    keys = [(name,) for name in ([region] if region else _regions(client, cloud))] if "{region}" in call.path else [()]
    found = [record for key in keys for record in client.records(listing, cloud["name"], *key)]
    return [{**record, "cloud": cloud["name"]} for record in found if not region or record.get("region") in (region, None)]


def check_listed(client, cloud, topic, option, wanted, region=None):
    """Raise NotFound for a name that is not among those that the cloud lists. What the API does not list there is the server's to judge."""
    names = sorted({record["name"] for record in (gather(client, cloud, topic, region) or []) if record["name"]}) if wanted else []
    if names and letters(wanted) not in map(letters, names):
        near = difflib.get_close_matches(wanted, names, n=3)
        known = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {', '.join(names)}"
        raise NotFound(f"There is no '{wanted}' for {option} in cloud '{cloud['name']}'; {known}", name=wanted)


def check_place(client, cloud, region, zone):
    """The same for a region, and for a zone of it."""
    check_listed(client, cloud, "regions", "cloud_region", region)
    check_listed(client, cloud, "zones", "zone", region and zone, region)


def letters(text):
    """Names are written in more than one way: northeurope, NORTH_EUROPE."""
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


def _regions(client, cloud):
    """Names of the regions to ask about. Where no call lists them, those of the networks are taken."""
    listed = gather(client, cloud, "regions") or gather(client, cloud, "networks")
    return sorted({record["region"] for record in listed if record["region"]})
