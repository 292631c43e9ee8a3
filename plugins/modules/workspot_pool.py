#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_pool
short_description: Desktop pool
version_added: 1.0.0
description:
  - Creates a desktop pool in Workspot Control after another one, or changes its settings. The API offers both for GCP only.
  - A pool cannot be deleted or renamed, for the API has no call for either.
options:
  name:
    description: Name of the pool, exactly. For an existing pool its id will do.
    type: str
    required: true
  state:
    description: Only V(present); the API cannot delete a pool.
    type: str
    choices: [present]
    default: present
  reference_pool:
    description: Name or id of the pool whose template, VM type, region and network a new pool takes over. Needed to create a pool.
    type: str
  desktops:
    description:
      - How many desktops the pool has. More are built one after another.
      - Fewer are refused without O(allow_shrink), and in any case if fewer than needed are unassigned.
    type: int
  allow_shrink:
    description: Whether O(desktops) may be lower than the number of desktops that are there. Which ones go is Control's choice.
    type: bool
    default: false
  description:
    description: Description. An empty text clears it.
    type: str
  create_desktop_on_delete:
    description: Whether a fresh desktop follows a deleted one.
    type: bool
  route_gateway_type:
    description: Whether connections go through the gateway.
    type: str
    choices: [Always, Never]
  disk_size:
    description: Size of the disks in gigabytes. Set at creation only; a later difference is refused.
    type: int
  disk_class:
    description: Class of the disks. Set at creation only, and never shown by the API.
    type: str
  desktop_name_prefix:
    description: Beginning of the names of new desktops. Set at creation only, and never shown by the API.
    type: str
  desktop_name_suffix_length:
    description: Digits of the number that follows the prefix, 1 to 4. Set at creation only, and never shown by the API.
    type: int
  display_name:
    description: Name that users see. Not shown by the API, like all options that follow but O(gateway_cluster).
    type: str
  gateway_cluster:
    description: Name or id of the gateway cluster. Only the clusters tell which pools they have, so that it is compared with one more read.
    type: str
  gateway_type:
    description: Kind of gateway, such as C(GATEWAY_CLUSTER).
    type: str
  login_type:
    description: How users sign in to the desktops.
    type: str
    choices: [SSO_AAD, SSO_USER_PASSWD, SSO_DOMAIN_USER_PASSWD, SSO_PREFILLED_DOMAIN_USERNAME]
  login_domain:
    description: Domain name that goes with O(login_type=SSO_USER_PASSWD).
    type: str
  target_platforms:
    description: Client platforms that may use the pool.
    type: list
    elements: str
    choices: [Windows, OSX, Linux, WebApp, Android, iOS]
  allow_user_reboot:
    description: Whether users may reboot their desktops.
    type: bool
  self_service_diagnostics:
    description: Whether users may run diagnostics.
    type: bool
  multi_zone:
    description: Whether desktops may be built in several zones.
    type: bool
  windows_hello:
    description: Whether Windows Hello is enabled.
    type: bool
  pause_on_first_failure:
    description: Whether building stops after a desktop has failed.
    type: bool
  protocol_policy:
    description: Name of a Protocol policy. An empty text removes it, here and in the other policies.
    type: str
  protocol_policy_on_company_network:
    description: Name of the Protocol policy on the company network.
    type: str
  media_redirection_policy:
    description: Name of a MediaRedirection policy.
    type: str
  maintenance_policy:
    description: Name of a Maintenance policy.
    type: str
  time_limits_policy:
    description: Name of a TimeLimits policy.
    type: str
  warmup_policy:
    description: Name of a Warmup policy.
    type: str
  update_write_only:
    description:
      - When to send the options that the API does not show, only when the pool is created, or with every run to an existing pool as well,
        which then always counts as a change.
    type: str
    choices: [on_create, always]
    default: on_create
notes:
  - O(wait_timeout) is 7200 seconds by default.
seealso:
  - module: euc.fleet.workspot_pool_info
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
- name: Create a pool of ten desktops with the settings of another one
  euc.fleet.workspot_pool:
    name: Sales South
    reference_pool: Sales
    description: Sales, southern region
    desktops: 10
    desktop_name_prefix: south

- name: Let a pool grow and route it through the gateway
  euc.fleet.workspot_pool:
    name: Sales
    desktops: 12
    route_gateway_type: Always
"""

RETURN = r"""
---
pool:
  description: The pool.
  returned: success
  type: dict
  contains:
    id: {description: Pool id., type: str, returned: always}
    name: {description: Name of the pool., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    create_desktop_on_delete: {description: Whether a deleted desktop is replaced by a fresh one., type: bool, returned: always}
    route_gateway_type: {description: Whether connections go through the gateway., type: str, returned: always, sample: Always}
    disk_size: {description: Size of the disk in gigabytes., type: int, returned: always}
    pool_type: {description: Kind of pool., type: str, returned: always, sample: Persistent}
    cloud: {description: Cloud of the pool., type: str, returned: always, sample: Azure Cloud}
    subscription_name: {description: Cloud subscription., type: str, returned: always}
    region: {description: Cloud region., type: str, returned: always}
    zone: {description: Cloud zone., type: str, returned: always}
    template: {description: Template of its desktops., type: str, returned: always}
    vm_type: {description: VM type of its desktops., type: str, returned: always}
    node_group_name: {description: Node group., type: str, returned: always}
    rd_gateways: {description: Gateways of the pool., type: list, elements: str, returned: always}
    route_thru_vpn: {description: Whether connections go through a VPN., type: bool, returned: always}
    dr_type: {description: Kind of disaster recovery., type: str, returned: always}
    active: {description: Whether the pool is active., type: bool, returned: always}
    status: {description: Status of the pool., type: str, returned: always, sample: Success}
    used_count: {description: Desktops in use., type: int, returned: always}
    avail_count: {description: Desktops available., type: int, returned: always}
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
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [login_type, protocol_policy]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pool import POOL_NOUN

SPEC = ModuleSpec(POOL_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, POOL_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
