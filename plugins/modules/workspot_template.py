#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_template
short_description: Template
version_added: 1.0.0
description:
  - Builds, clones, registers or deletes a template of Workspot Control, and leads it through its life cycle.
  - A template is a draft, which can be changed, a preview, or published, which is what pools can use. A published template becomes a draft
    before it can be previewed. A built or cloned one begins as a draft, a registered one is published at once.
options:
  cloud:
    description: Name of the cloud subscription.
    type: str
    required: true
  name:
    description: Name of the template, compared without regard to case.
    type: str
    required: true
  state:
    description:
      - V(present) is satisfied with a template in any state of the life cycle; the others name the state, and the steps to it are taken in order.
      - A template that is not there is created only if O(build), O(clone_of) or O(register) says how.
      - With V(absent), a template that pools use is not deleted.
    type: str
    choices: [present, draft, preview, published, absent]
    default: present
  build:
    description: Create it from the custom image of this name. Offered on GCP and AWS, as are the two other ways.
    type: str
  clone_of:
    description: Create it as a clone of the template of this name.
    type: str
  register:
    description: Create it by making an image that was prepared elsewhere, and has the name of the template, known to Control.
    type: bool
    default: false
  template_os:
    description: Operating system of a template to build. Like all options that follow, it is not compared with a template that is there.
    type: str
  template_type:
    description: Kind of a template to build.
    type: str
  vm_type:
    description: VM class of a template to build, as M(euc.fleet.workspot_template_info) lists them.
    type: str
  cloud_region:
    description: Region of a clone, or of a template to register; there it is needed on AWS.
    type: str
  network_id:
    description: Id of the network of a template to build or clone.
    type: str
  security_group_id:
    description: Id of the security group of a template to build or clone.
    type: str
  zone:
    description: Zone of a template to build or clone.
    type: str
  notes:
    description: Notes on a template to build or clone.
    type: str
  setup_domain_join:
    description: Whether a template to build joins a domain. If O(domain) is given, that is the default.
    type: bool
  domain:
    description: Domain that a template to build joins. It needs O(domain_user) and O(domain_password).
    type: str
  domain_name:
    description: Name of that domain.
    type: str
  domain_ou:
    description: Organizational unit in that domain.
    type: str
  domain_user:
    description: User who may join machines to that domain.
    type: str
  domain_password:
    description: Password of that user.
    type: str
seealso:
  - module: euc.fleet.workspot_template_info
  - module: euc.fleet.workspot_custom_image
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Clone a template, and leave it as a draft to be changed
  euc.fleet.workspot_template:
    cloud: Google
    name: base-next
    clone_of: base
    state: draft

- name: Publish it
  euc.fleet.workspot_template:
    cloud: Google
    name: base-next
    state: published

- name: Build a template from an image
  euc.fleet.workspot_template:
    cloud: Google
    name: design
    build: windows-design
    template_os: WIN11
    template_type: Desktop
    vm_type: Power VM

- name: Delete a template that no pool uses
  euc.fleet.workspot_template:
    cloud: Google
    name: base-10
    state: absent
"""

RETURN = r"""
---
template:
  description: The template.
  returned: success
  type: dict
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
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls of the shared budget and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 9, writes: 1, eta_s: 252}
operation:
  description: Id of the last operation that the change started.
  returned: when there was one
  type: str
  sample: 7ad1cd2f-7056-4cdf-9ce9-36e95f7db1f8
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [template_os, vm_type]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.template import TEMPLATE_NOUN

SPEC = ModuleSpec(TEMPLATE_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, TEMPLATE_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
