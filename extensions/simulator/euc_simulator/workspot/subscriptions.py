# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud subscriptions and what they offer to templates and gateways (behaviour notes, 3.5 and 5.8)."""

import re

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, GCP, cloud_of, require_offered
from .control import Control
from .errors import invalid, not_found
from .outcomes import answers_status
from .things import Region, Subscription

FIELDS = {"byoc": "byoc", "config_type": "configType", "status": "status"}
DEFAULT = {"byoc": False, "config_type": "Azure Cloud", "status": "online"}
IMAGE_FIELDS = {"image_name": "imageName", "image_type": "imageType", "region": "region"}
VM_CLASS_FIELDS = {"name": "name", "cpu": "cpu", "memory": "memory", "disk_size": "diskSize", "gpu": "gpu", "vm_instances": "vmInstances"}
GATEWAY_VM_CLASS_FIELDS = {"name": "name", "vm_instances": "vmInstances"}

_MACHINES = {GCP: "n2-standard-{}", AWS: "m6i.{}xlarge"}
DEFAULT_GATEWAY_IMAGES = ["Windows Server (2022)", "Windows Server (2025)"]


def _usual_vm_classes(subscription: Subscription) -> list[dict]:
    machine = _MACHINES.get(cloud_of(subscription), "Standard_D{}s_v5")
    return [{"name": name, "cpu": cpu, "memory": 4 * cpu, "disk_size": 128, "gpu": False, "vm_instances": machine.format(cpu)}
            for name, cpu in (("Standard VM", 2), ("Business VM", 4), ("Power VM", 8))]  # fmt: skip


def _usual_gateway_vm_classes(subscription: Subscription) -> list[dict]:
    return [{"name": "Standard Gateway", "vm_instances": _MACHINES.get(cloud_of(subscription), "Standard_D{}s_v5").format(4)}]


def vm_classes(subscription: Subscription) -> list[dict]:
    return _usual_vm_classes(subscription) if subscription.vm_classes is None else subscription.vm_classes


def subscription_of(control: Control, call: Call) -> Subscription:
    """The subscription that the call names, if its cloud has this call."""
    name = call.slots.get("subscriptionName") or call.query.get("subscriptionName")
    subscription = control.find_named("Subscription", control.subscriptions, name)
    require_offered(subscription, call.endpoint)
    return subscription


def region_of(control: Control, call: Call) -> Region:
    subscription = subscription_of(control, call)
    region = next((region for region in subscription.regions if region.name == call.slots["region"]), None)
    if region is None:
        raise not_found(control, "Region", call.slots["region"])
    return region


def _renamed(items: list[dict], fields: dict) -> list[dict]:
    return [{fields[key]: value for key, value in item.items()} for item in items]


def _networks(region: Region) -> list[dict]:
    return [{"networkID": network.get("id", ""), "networkName": network.get("name", ""), "cidr": network.get("cidr", ""),
             "vpcId": network.get("vpc_id", ""), "zone": network.get("zone", ""),
             "cloudRegion": {"region": region.name, "location": region.location}} for network in region.networks]  # fmt: skip


@serves("publicCloudsUsingGET", "GET /v1.0/clouds", clouds=(AZURE, GCP, AWS, AKAMAI))
def list_subscriptions(control: Control, call: Call) -> Reply:
    return Reply(200, {"publicClouds": [
        {"name": subscription.name, "subscriptionId": _masked(subscription.details.get("subscription_id", subscription.id)), **subscription.readable(FIELDS)}
        for subscription in control.subscriptions.values()]})  # fmt: skip


def _masked(subscription_id: str) -> str:
    return re.sub(r"[0-9A-Za-z]", "x", subscription_id[:-5]) + subscription_id[-5:]


@serves("getCloudNetworksUsingGET", "GET /v1.0/clouds/{subscriptionName}/networks", clouds=(GCP,))
def list_networks(control: Control, call: Call) -> Reply:
    subscription = subscription_of(control, call)
    return Reply(200, {"cloudNetworks": [network for region in subscription.regions for network in _networks(region)]})


@serves("getRegionsUsingGET", "GET /v1.0/clouds/{subscriptionName}/regions", clouds=(AWS,))
def list_regions(control: Control, call: Call) -> Reply:
    return Reply(200, {"regions": [region.name for region in subscription_of(control, call).regions]})


@serves("getCloudNetworksByRegionUsingGET", "GET /v1.0/clouds/{subscriptionName}/regions/{region}/networks", clouds=(AWS,))
def list_networks_of_region(control: Control, call: Call) -> Reply:
    return Reply(200, {"cloudNetworks": _networks(region_of(control, call))})


@serves("getSecurityGroupsUsingGET", "GET /v1.0/clouds/{subscriptionName}/regions/{region}/securityGroups", clouds=(AWS,))
def list_security_groups(control: Control, call: Call) -> Reply:
    groups = region_of(control, call).security_groups
    return Reply(200, {"securityGroups": [{"id": group.get("id", ""), "name": group.get("name", ""), "vpcId": group.get("vpc_id", "")} for group in groups]})


@serves("getZonesUsingGET", "GET /v1.0/clouds/{subscriptionName}/regions/{region}/zones", clouds=(GCP,))
def list_zones(control: Control, call: Call) -> Reply:
    return Reply(200, {"zones": list(region_of(control, call).zones)})


@serves("getTemplateVmClassesUsingGET", "GET /v1.0/clouds/{subscriptionName}/templates/vmClasses", clouds=(AZURE, GCP, AWS))
def list_vm_classes(control: Control, call: Call) -> Reply:
    return Reply(200, {"vmClasses": _renamed(vm_classes(subscription_of(control, call)), VM_CLASS_FIELDS)})


@serves("getGatewayVmClassesUsingGET", "GET /v1.0/clouds/rdgateways/vmClasses", clouds=(AZURE, GCP, AWS))
def list_gateway_vm_classes(control: Control, call: Call) -> Reply:
    subscription = subscription_of(control, call)
    classes = _usual_gateway_vm_classes(subscription) if subscription.gateway_vm_classes is None else subscription.gateway_vm_classes
    return Reply(200, {"vmClasses": _renamed(classes, GATEWAY_VM_CLASS_FIELDS)})


@serves("getGatewayImagesUsingGET", "GET /v1.0/clouds/rdgateways/images", clouds=(AZURE, GCP, AWS))
def list_gateway_images(control: Control, call: Call) -> Reply:
    images = subscription_of(control, call).gateway_images
    return Reply(200, {"images": [{"name": name} for name in (DEFAULT_GATEWAY_IMAGES if images is None else images)]})


@serves("customImagesUsingGET", "GET /v1.0/clouds/{subscriptionName}/customImages", clouds=(GCP, AWS))
def list_custom_images(control: Control, call: Call) -> Reply:
    return Reply(200, {"images": _renamed(subscription_of(control, call).custom_images, IMAGE_FIELDS)})


@serves("createCustomImagesUsingPOST", "POST /v1.0/clouds/{subscriptionName}/customImages", clouds=(GCP, AWS))
@answers_status(details=lambda call: None)
def add_custom_image(control: Control, call: Call) -> None:
    """Whether the list holds what was added, or what can be added, is not known: see switch custom_images."""
    subscription, body = subscription_of(control, call), call.json()
    if not body.get("imageName"):
        raise invalid("imageName is needed.")
    listed = any(image["image_name"] == body["imageName"] for image in subscription.custom_images)
    if control.switches.custom_images == "candidates":
        if not listed:
            raise not_found(control, "Image", body["imageName"])
    elif listed:
        raise Refusal(400, "alreadyExists", f"Image {body['imageName']} already exists.")
    else:
        subscription.custom_images.append({key: body[wire] for key, wire in IMAGE_FIELDS.items() if body.get(wire)})
