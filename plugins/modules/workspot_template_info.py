#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_template_info
short_description: Templates
version_added: 1.0.0
description:
  - Lists the templates of a cloud of Workspot Control.
options:
  cloud:
    description: Name of the cloud subscription. One that is not there fails the task.
    type: str
    required: true
  name:
    description: Name of one template. One that is not there gives an empty list. Without it, all templates of the cloud are listed.
    type: str
  vm_classes:
    description: Whether to fetch the VM classes that templates of the cloud may have as well.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_template
  - module: euc.fleet.workspot_cloud_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List the templates of a cloud, and the VM classes that there are
  euc.fleet.workspot_template_info:
    cloud: Google
    vm_classes: true
  register: found

- name: Show one template
  euc.fleet.workspot_template_info:
    cloud: Google
    name: base
"""

RETURN = r"""
---
templates:
  description: The templates, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: Name of the template., type: str, returned: always}
    cloud: {description: Name of its cloud subscription., type: str, returned: always}
    status: {description: State as Control tells it., type: str, returned: always, sample: Published}
    template_os: {description: 'Operating system, in words.', type: str, returned: always}
    template_os_type: {description: Kind of operating system., type: str, returned: always}
    template_type: {description: Kind of template., type: str, returned: always}
    parent_template: {description: Template of which it is a clone., type: str, returned: always}
    region: {description: Region; C(Global) on GCP., type: str, returned: always}
    provider: {description: Where its image comes from., type: str, returned: always}
    cpu: {description: Number of processors., type: int, returned: always}
    memory: {description: Memory with its unit., type: str, returned: always, sample: 7680 MB}
    storage: {description: Size of the disk with its unit., type: str, returned: always, sample: 128 GB}
    fqdn: {description: Fully qualified domain name of its machine., type: str, returned: always}
    assigned_pools: {description: Names of the pools that use it., type: list, elements: str, returned: always}
    maintenance_policy_name: {description: Name of its maintenance policy., type: str, returned: always}
    pause_resume_supported: {description: Whether its desktops can be paused and resumed., type: bool, returned: always}
    last_updated_date: {description: When it was changed last., type: str, returned: always}
vm_classes:
  description: VM classes of the cloud, each with C(name), C(cpu), C(memory), C(disk_size), C(gpu), C(vm_instances). Empty where the API tells none.
  returned: when asked for
  type: list
  elements: dict
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.clouds import find_cloud, gather
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.templates import list_templates, show_template

SPEC = ModuleSpec(
    {
        "cloud": {"type": "str", "required": True},
        "name": {"type": "str"},
        "vm_classes": {"type": "bool", "default": False},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client, name = ctx.client, ctx.params["name"]
    cloud = find_cloud(client, ctx.params["cloud"])
    templates = show_template(client, cloud["name"], name) if name else client.records(list_templates, cloud["name"])
    classes = {"vm_classes": gather(client, cloud, "vm_classes") or []} if ctx.params["vm_classes"] else {}
    return {"changed": False, "templates": sorted(templates, key=lambda template: template["name"] or ""), **classes}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
