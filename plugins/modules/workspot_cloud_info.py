#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_cloud_info
short_description: Clouds and what they offer
version_added: 1.0.0
description:
  - Lists the cloud subscriptions of Workspot Control, and what templates and gateways can be made of in them.
  - The API does not tell everything of every cloud; only what it tells is asked for, and the rest is named in RV(not_offered).
options:
  gather:
    description:
      - What to list. V(clouds) is listed in any case, for one read; each of the others costs one more read for each cloud that offers it.
      - V(zones), V(security_groups), and V(networks) on AWS, cost one read for each region; give O(cloud_region) to save the others.
    type: list
    elements: str
    choices: [clouds, regions, zones, networks, security_groups, vm_classes, gateway_vm_classes, gateway_images, custom_images]
    default: [clouds]
  cloud:
    description: Name or id of one cloud subscription; one that is not there fails the task. Without it, all are listed.
    type: str
  cloud_region:
    description: Name of one region of a cloud. What belongs to another region is left out.
    type: str
seealso:
  - module: euc.fleet.workspot_template
  - module: euc.fleet.workspot_gateway_cluster
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List the clouds
  euc.fleet.workspot_cloud_info:

- name: List what a gateway cluster can be made of in a region
  euc.fleet.workspot_cloud_info:
    cloud: Google
    cloud_region: europe-west1
    gather: [zones, networks, gateway_images, gateway_vm_classes]
  register: offer
"""

RETURN = r"""
---
clouds:
  description: The cloud subscriptions, in order of their names.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: 'Id of the subscription, masked by the API.', type: str, returned: always}
    name: {description: Name of the subscription., type: str, returned: always}
    config_type: {description: Which cloud it is., type: str, returned: always, sample: Azure Cloud}
    byoc: {description: Whether it is an account of the customer's own., type: bool, returned: always}
    status: {description: Status of the subscription., type: str, returned: always}
regions:
  description: Regions, each with C(name), C(region) and C(cloud), the name of the subscription.
  returned: when gathered
  type: list
  elements: dict
zones:
  description: Zones, each with C(name), C(region) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
networks:
  description: Networks, each with C(id), C(name), C(cidr), C(region), C(location), C(zone), C(vpc_id) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
security_groups:
  description: Security groups, each with C(id), C(name), C(vpc_id), C(region) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
vm_classes:
  description: VM classes for templates, each with C(name), C(cpu), C(memory), C(disk_size), C(gpu), C(vm_instances) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
gateway_vm_classes:
  description: VM classes for gateways, each with C(name), C(vm_instances) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
gateway_images:
  description: Images for gateways, each with C(name) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
custom_images:
  description: Custom images, each with C(name), C(image_type), C(region) and C(cloud).
  returned: when gathered
  type: list
  elements: dict
not_offered:
  description: What was to be gathered and the API does not tell, by name of the cloud.
  returned: success
  type: dict
  sample: {Azure: [zones, networks]}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.clouds import TOPICS, find_cloud, gather, list_clouds

SPEC = ModuleSpec(
    {
        "gather": {"type": "list", "elements": "str", "choices": ["clouds", *TOPICS], "default": ["clouds"]},
        "cloud": {"type": "str"},
        "cloud_region": {"type": "str"},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client, wanted = ctx.client, ctx.params
    clouds = [find_cloud(client, wanted["cloud"])] if wanted["cloud"] else client.records(list_clouds)
    clouds = sorted(clouds, key=lambda cloud: cloud["name"] or "")
    found, not_offered = {}, {}
    for topic in dict.fromkeys(wanted["gather"]):
        for cloud in clouds if topic in TOPICS else ():
            records = gather(client, cloud, topic, wanted["cloud_region"])
            found.setdefault(topic, []).extend(records or [])
            if records is None:
                not_offered.setdefault(cloud["name"], []).append(topic)
    return {"changed": False, "clouds": clouds, **found, "not_offered": not_offered}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
