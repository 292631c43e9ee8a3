#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_gateway_cluster
short_description: Gateway cluster
version_added: 1.0.0
description:
  - Creates, changes, publishes or deletes a cluster of gateways in Workspot Control. Creating and changing is offered on GCP and AWS.
  - A new or changed cluster is a draft until it is published; clients get to know it then.
  - Image, VM class, gateway policy and NPS servers can be changed later; a difference in anything else is refused.
options:
  name:
    description: Name of the cluster, exactly. For an existing one its id will do.
    type: str
    required: true
  state:
    description:
      - With V(published), the cluster is published as well, if it is not or was changed.
      - With V(absent), a cluster that pools use is not deleted.
    type: str
    choices: [present, published, absent]
    default: present
  cloud:
    description: Name of the cloud subscription. Needed to create a cluster.
    type: str
  cloud_region:
    description: Region of the cluster. Needed to create a cluster.
    type: str
  zone:
    description: Zone in that region, on GCP.
    type: str
  security_group_id:
    description: Id of the security group, on AWS.
    type: str
  description:
    description: Description.
    type: str
  auth_type:
    description:
      - How users authenticate, one of the authentication options or the name of an identity provider, as
        M(euc.fleet.workspot_gateway_cluster_info) lists them. Needed to create a cluster.
      - NPS authentication goes with O(nps_servers), any other with O(gateway_policy).
    type: str
  gateway_policy:
    description: Name of a Gateway policy. Excludes O(nps_servers).
    type: str
  nps_servers:
    description: NPS servers. Excludes O(gateway_policy). No call reads them back, so O(update_write_only) says when they are sent.
    type: list
    elements: dict
    suboptions:
      ip_address:
        description: IP address of the server.
        type: str
        required: true
      priority:
        description: Priority of the server.
        type: int
      shared_secret:
        description: Secret that gateways and the server share.
        type: str
        required: true
  override_public_domain:
    description: Whether the cluster has a public domain of its own.
    type: bool
  public_domain:
    description: That public domain.
    type: str
  image:
    description: Image of the gateways, as M(euc.fleet.workspot_cloud_info) lists them. Needed to create a cluster.
    type: str
  vm_class:
    description: VM class of the gateways, listed there as well. Needed to create a cluster.
    type: str
  name_prefix:
    description: Beginning of the names of the gateways. Needed to create a cluster, and not shown by the API.
    type: str
  number_of_hosts:
    description:
      - With how many gateways the cluster is created. Needed for that.
      - Later, M(euc.fleet.workspot_gateway_host) adds and deletes gateways.
    type: int
  virtual_network_id:
    description: Id of the network of the gateways. Not shown by the API.
    type: str
  resource_group:
    description: Resource group of the gateways, on Azure. Not shown by the API.
    type: str
  domain:
    description: Domain that new gateways join. No call reads it back, as is the case for all options that follow.
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
  local_admin:
    description: Name of the local administrator of new gateways.
    type: str
  local_admin_password:
    description: Password of that administrator.
    type: str
  update_write_only:
    description:
      - When to send the NPS servers, only when the cluster is created, or with every run to an existing cluster as well, which then always
        counts as a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: euc.fleet.workspot_gateway_cluster_info
  - module: euc.fleet.workspot_gateway_host
  - module: euc.fleet.workspot_cloud_info
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
- name: Create a gateway cluster, and let clients know it
  euc.fleet.workspot_gateway_cluster:
    name: Nordic
    state: published
    cloud: Google
    cloud_region: europe-north1
    auth_type: AAD
    gateway_policy: Default Gateway
    image: Windows Server (2025)
    vm_class: Standard Gateway
    name_prefix: nordic
    number_of_hosts: 2

- name: Give the gateways another image
  euc.fleet.workspot_gateway_cluster:
    name: Iberia
    image: Windows Server (2025)
    state: published

- name: Delete a cluster that no pool uses
  euc.fleet.workspot_gateway_cluster:
    name: Nordic
    state: absent
"""

RETURN = r"""
---
gateway_cluster:
  description: The cluster.
  returned: success
  type: dict
  contains:
    id: {description: Cluster id., type: str, returned: always}
    name: {description: Name of the cluster., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    cloud: {description: Name of its cloud subscription., type: str, returned: always}
    status:
      description: >-
        C(Published) if the cluster is in all of its regions, and otherwise the first other word.
      type: str
      returned: always
      sample: Published
    auth_type: {description: How users authenticate., type: str, returned: always}
    gateway_policy: {description: Name of the gateway policy., type: str, returned: always}
    override_public_domain: {description: Whether it has a public domain of its own., type: bool, returned: always}
    public_domain: {description: Public domain., type: str, returned: always}
    image: {description: Image of the gateways., type: str, returned: always}
    vm_class: {description: VM class of the gateways., type: str, returned: always}
    cloud_region: {description: Its first region., type: str, returned: always}
    zone: {description: Zone in that region., type: str, returned: always}
    security_group_id: {description: Security group in that region., type: str, returned: always}
    regions:
      description: >-
        Its regions, each with C(id), C(region), C(zone), C(status), C(availability), C(cloud_type), C(security_group_id),
        C(security_group_name), and C(pools), the pools and applications behind it.
      type: list
      elements: dict
      returned: always
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
  sample: [nps_servers]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_cluster import GATEWAY_CLUSTER_NOUN

SPEC = ModuleSpec(GATEWAY_CLUSTER_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, GATEWAY_CLUSTER_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
