#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_gateway_host_info
short_description: Gateways
version_added: 1.0.0
description:
  - Lists the gateways of clusters of Workspot Control, and if asked to, who is connected through them and how busy they are.
options:
  cluster:
    description: Name or id of one gateway cluster; one that is not there fails the task. Without it, the gateways of all clusters are listed.
    type: str
  name:
    description: Name or id of one gateway. One that is not there gives an empty list.
    type: str
  connections:
    description: Whether to list the connections through each listed gateway as well, one read each.
    type: bool
    default: false
  performance:
    description: Whether to fetch the load of each listed gateway as well, one read each.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_gateway_host
  - module: euc.fleet.workspot_gateway_cluster_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: See who is connected through a gateway, and how busy it is
  euc.fleet.workspot_gateway_host_info:
    cluster: Iberia
    name: iberia001
    connections: true
    performance: true
"""

RETURN = r"""
---
gateway_hosts:
  description: The gateways, in order of cluster and name. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Gateway id., type: str, returned: always}
    name: {description: Name of the gateway., type: str, returned: always}
    cluster: {description: Name of its cluster., type: str, returned: always}
    cluster_id: {description: Id of its cluster., type: str, returned: always}
    region: {description: Its region., type: str, returned: always}
    region_id: {description: Id of that region of the cluster., type: str, returned: always}
    mode: {description: Whether users are sent to it., type: str, returned: always, sample: Enabled}
    status: {description: Status as Control tells it., type: str, returned: always, sample: Ready}
    status_reason: {description: Reason of the status., type: str, returned: always}
    active_connections: {description: Connections through it., type: int, returned: always}
    last_reboot_date: {description: 'When it was rebooted last, in milliseconds since 1970.', type: int, returned: always}
    cloud_type: {description: Which cloud it is in., type: str, returned: always}
    fqdn: {description: Fully qualified domain name., type: str, returned: always}
    dns: {description: DNS name., type: str, returned: always}
    uri: {description: Address., type: str, returned: always}
    private_ip_address: {description: Private IP address., type: str, returned: always}
    public_ip_address: {description: Public IP address., type: str, returned: always}
    agent_version: {description: Version of its agent., type: str, returned: always}
    os_version: {description: Version of its operating system., type: str, returned: always}
    cert_name: {description: Subject of its certificate., type: str, returned: always}
    cert_expiration: {description: When its certificate expires., type: str, returned: always}
    average_request_auth_seconds: {description: 'Mean time that authentication takes, in seconds.', type: int, returned: always}
    connections:
      description: >-
        Connections through it, each with C(user), C(target_computer), C(target_port), C(client_ip_address), C(connected_on), C(duration),
        C(idle_time) and C(transport).
      type: list
      elements: dict
      returned: when asked for
    performance:
      description: Load of C(cpu) and C(memory), each a list of samples with C(timestamp), in milliseconds since 1970, and C(value).
      type: dict
      returned: when asked for
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_clusters import (
    find_gateway_cluster,
    list_gateway_clusters,
)
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_hosts import (
    HOST,
    hosts_of,
    read_connections,
    read_performance,
)

SPEC = ModuleSpec(
    {
        "cluster": {"type": "str"},
        "name": {"type": "str"},
        "connections": {"type": "bool", "default": False},
        "performance": {"type": "bool", "default": False},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    wanted, client = ctx.params, ctx.client
    clusters = [find_gateway_cluster(client, wanted["cluster"])] if wanted["cluster"] else client.records(list_gateway_clusters)
    hosts = [host for cluster in clusters for host in hosts_of(client, cluster)]
    hosts = [host for host in hosts if not wanted["name"] or HOST.is_called(host, wanted["name"])]
    for option, read in (("connections", read_connections), ("performance", read_performance)):
        if wanted[option]:
            hosts = [{**host, option: read(client, host)} for host in hosts]
    return {"changed": False, "gateway_hosts": sorted(hosts, key=lambda host: (host["cluster"] or "", host["name"] or ""))}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
