#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_pool_info
short_description: Desktop pools
version_added: 1.0.0
description:
  - Lists desktop pools of Workspot Control.
options:
  name:
    description: Name or id of one pool. One that is not there gives an empty list. Without it, all pools are listed.
    type: str
  agent_token:
    description:
      - Whether to fetch the agent token of each listed pool too, one read each. With it, machines register as desktops of the pool, so it is a
        secret; the result is then kept out of callbacks and logs.
    type: bool
    default: false
  login_options:
    description: Whether to fetch the login options that pools may use as well.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_pool
  - module: euc.fleet.workspot_desktop_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all pools
  euc.fleet.workspot_pool_info:
  register: all_pools

- name: Get the agent token of a pool to register a machine by hand
  euc.fleet.workspot_pool_info:
    name: Sales
    agent_token: true
  register: sales
"""

RETURN = r"""
---
pools:
  description: The pools, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
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
    agent_token: {description: Token with which machines register., type: str, returned: when asked for}
    agent_token_expires: {description: When the token expires; the zone is not told., type: str, returned: when asked for, sample: 'Mon Sep 23, 2024 12:27:58'}
login_options:
  description: Login options that pools may use.
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
from ansible_collections.euc.fleet.plugins.module_utils.workspot.listed import select
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import (
    POOL,
    list_pools,
    read_agent_token,
    read_login_options,
    read_pool,
)

SPEC = ModuleSpec(
    {
        "name": {"type": "str"},
        "agent_token": {"type": "bool", "default": False, "no_log": False},
        "login_options": {"type": "bool", "default": False},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
    secret_result="agent_token",
)


def run(ctx):
    client = ctx.client
    pools = select(client, POOL, (list_pools,), ctx.params["name"], read_pool)
    if ctx.params["agent_token"]:
        pools = [{**pool, **read_agent_token(client, pool)} for pool in pools]
    options = {"login_options": read_login_options(client)} if ctx.params["login_options"] else {}
    return {"changed": False, "pools": pools, **options}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
