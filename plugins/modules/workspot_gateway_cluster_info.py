#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_gateway_cluster_info
short_description: Gateway clusters
version_added: 1.0.0
description:
  - Lists the clusters of managed gateways of Workspot Control.
options:
  name:
    description: Name or id of one cluster. One that is not there gives an empty list. Without it, all clusters are listed.
    type: str
  hosts:
    description: Whether to list the gateways of each listed cluster as well, one read for each of its regions.
    type: bool
    default: false
  authentication_options:
    description: Whether to fetch what new clusters may authenticate with as well.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_gateway_cluster
  - module: euc.fleet.workspot_gateway_host_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all gateway clusters and what they may authenticate with
  euc.fleet.workspot_gateway_cluster_info:
    authentication_options: true
  register: all_clusters

- name: Show a cluster with its gateways
  euc.fleet.workspot_gateway_cluster_info:
    name: Iberia
    hosts: true
"""

RETURN = r"""
---
gateway_clusters:
  description: The clusters, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
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
    hosts: {description: 'Its gateways, each as M(euc.fleet.workspot_gateway_host_info) returns it.', type: list, elements: dict, returned: when asked for}
authentication:
  description: What new clusters may authenticate with, C(authentication_options), C(identity_providers) and C(public_domain).
  returned: when asked for
  type: dict
  sample: {authentication_options: [AD, AAD, NPS], identity_providers: [], public_domain: example.com}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_clusters import (
    GATEWAY_CLUSTER,
    list_gateway_clusters,
    read_authentication,
)
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_hosts import hosts_of

SPEC = ModuleSpec(
    {
        "name": {"type": "str"},
        "hosts": {"type": "bool", "default": False},
        "authentication_options": {"type": "bool", "default": False},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client, name = ctx.client, ctx.params["name"]
    clusters = [cluster for cluster in client.records(list_gateway_clusters) if not name or GATEWAY_CLUSTER.is_called(cluster, name)]
    if ctx.params["hosts"]:
        clusters = [{**cluster, "hosts": hosts_of(client, cluster)} for cluster in clusters]
    options = {"authentication": read_authentication(client)} if ctx.params["authentication_options"] else {}
    return {"changed": False, "gateway_clusters": sorted(clusters, key=lambda cluster: cluster["name"] or ""), **options}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
