#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_gateway_host
short_description: Gateways of a cluster
version_added: 1.0.0
description:
  - Adds, deletes, enables or reboots gateways of a cluster in Workspot Control, one at a time.
  - Control names new gateways itself, so they are added by their number.
options:
  cluster:
    description: Name or id of the gateway cluster.
    type: str
    required: true
  name:
    description:
      - Name or id of the gateway. Needed with O(state=absent) and O(action=reboot).
      - With O(state=enabled), all gateways of the cluster are enabled if it is left out.
    type: str
  count:
    description:
      - How many gateways the cluster has, with O(state=present) and without O(name).
      - If it has more, those go first that are not enabled, then those with the fewest connections, then those with the highest numbers.
    type: int
  state:
    description:
      - V(present) wants O(count), or O(name) of a gateway that shall be there.
      - V(enabled) lets users be sent to a gateway. The API cannot disable one again.
    type: str
    choices: [present, enabled, absent]
  action:
    description:
      - Reboot the gateway. This always changes something, unless it is rebooting already.
      - It is done when the date of the last reboot proves it.
    type: str
    choices: [reboot]
  max_connections:
    description: A gateway that is deleted or rebooted may have this many active connections.
    type: int
    default: 0
  force:
    description:
      - Delete or reboot a gateway even if it has more active connections than O(max_connections), or if no other gateway of the cluster is enabled
        and ready.
    type: bool
    default: false
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
attributes:
  idempotent:
    support: partial
    details:
      - A reboot always changes something.
notes:
  - A cluster that got a new gateway may have to be published again, with M(euc.fleet.workspot_gateway_cluster).
seealso:
  - module: euc.fleet.workspot_gateway_host_info
  - module: euc.fleet.workspot_gateway_cluster
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
- name: Let a cluster have three gateways
  euc.fleet.workspot_gateway_host:
    cluster: Iberia
    state: present
    count: 3

- name: Enable all gateways of the cluster, new ones as well
  euc.fleet.workspot_gateway_host:
    cluster: Iberia
    state: enabled

- name: Reboot a gateway
  euc.fleet.workspot_gateway_host:
    cluster: Iberia
    name: iberia001
    action: reboot

- name: Delete a gateway
  euc.fleet.workspot_gateway_host:
    cluster: Iberia
    name: iberia001
    state: absent
"""

RETURN = r"""
---
gateways:
  description: The gateways of the cluster.
  returned: success
  type: dict
  contains:
    cluster: {description: Name of the cluster., type: str, returned: always}
    cluster_id: {description: Id of the cluster., type: str, returned: always}
    count: {description: How many gateways it has., type: int, returned: always}
    enabled: {description: Names of the gateways that are enabled., type: list, elements: str, returned: always}
    hosts:
      description: The gateways as they were read last, in order of their names. In check mode, as they are now.
      type: list
      elements: dict
      returned: always
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
  sample: [domain, local_admin]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.gateway_host import GATEWAY_HOST

SPEC = ModuleSpec(
    GATEWAY_HOST.options,
    connect,
    shared=(CONNECTION, WAIT),
    rules={"mutually_exclusive": [("state", "action")], "required_one_of": [("state", "action")]},
)


def run(ctx):
    return reconcile(ctx, GATEWAY_HOST)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
