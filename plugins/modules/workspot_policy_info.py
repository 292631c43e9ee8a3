#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_policy_info
short_description: Policies
version_added: 1.0.0
description:
  - Lists the names of policies of Workspot Control, which is all that the API tells of them. One read for each type.
options:
  type:
    description: Types of policies to list. Without it, all types are listed.
    type: list
    elements: str
    choices: [Gateway, Maintenance, MediaRedirection, Protocol, TimeLimits, Warmup]
seealso:
  - module: euc.fleet.workspot_pool
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List the policies that a pool may have for time limits and warm-up
  euc.fleet.workspot_policy_info:
    type: [TimeLimits, Warmup]
  register: policies
"""

RETURN = r"""
---
policies:
  description: The policies, in order of their types and names. Empty if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: Name of the policy., type: str, returned: always}
    type: {description: Its type., type: str, returned: always, sample: TimeLimits}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.policies import ALL_TYPES, list_policies

SPEC = ModuleSpec(
    {"type": {"type": "list", "elements": "str", "choices": list(ALL_TYPES)}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    types = ALL_TYPES if ctx.params["type"] is None else ctx.params["type"]
    policies = [{"name": name, "type": kind} for kind in sorted(set(types)) for name in sorted(ctx.client.records(list_policies, kind))]
    return {"changed": False, "policies": policies}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
