#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_app_pool_info
short_description: Application server pools
version_added: 1.0.0
description:
  - Lists application server pools of Workspot Control, on request with their servers.
options:
  name:
    description: Name or id of one pool. One that is not there gives an empty list. Without it, all pools are listed.
    type: str
  servers:
    description: Whether to fetch the servers of each listed pool too, one read each.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_app_pool
  - module: euc.fleet.workspot_app_server
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all application server pools
  euc.fleet.workspot_app_pool_info:
  register: all_pools

- name: Show the servers of one pool
  euc.fleet.workspot_app_pool_info:
    name: Design servers
    servers: true
"""

RETURN = r"""
---
app_pools:
  description: The pools, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Id of the pool., type: str, returned: always}
    name: {description: Name of the pool., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    host_count: {description: Number of servers; the largest number of a scaled pool., type: int, returned: always}
    cloud: {description: Cloud of the pool., type: str, returned: always, sample: Google Cloud}
    region: {description: Cloud region., type: str, returned: always}
    zone: {description: Cloud zone., type: str, returned: always}
    template: {description: Template of its servers., type: str, returned: always}
    vm_type: {description: VM type of its servers., type: str, returned: always}
    status: {description: Status of the pool., type: str, returned: always, sample: Success}
    servers:
      description: Servers of the pool, in order of their names, each with C(id), C(name), C(fqdn), C(ip_address), C(mode), C(status) and C(total_sessions).
      type: list
      elements: dict
      returned: when asked for
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.listed import select
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.app_pools import (
    APP_POOL,
    list_app_pools,
    read_app_pool,
    with_servers,
)

SPEC = ModuleSpec(
    {"name": {"type": "str"}, "servers": {"type": "bool", "default": False}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    pools = select(ctx.client, APP_POOL, (list_app_pools,), ctx.params["name"], read_app_pool)
    if ctx.params["servers"]:
        pools = [with_servers(ctx.client, pool) for pool in pools]
    return {"changed": False, "app_pools": pools}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
