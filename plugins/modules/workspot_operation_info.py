#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_operation_info
short_description: Status of operations
version_added: 1.0.0
description:
  - Tells how asynchronous operations of Workspot Control stand, and on demand waits for them, for example for one that an earlier run gave up.
options:
  operation:
    description: Ids of the operations.
    type: list
    elements: str
    required: true
  wait:
    description: Whether to wait until all of them have ended.
    type: bool
    default: false
  wait_timeout:
    description: Seconds to wait at most. After that the operations are returned as they stand.
    type: int
    default: 900
  poll_interval:
    description: Seconds before the second look; later ones come at growing intervals of up to 30 seconds.
    type: int
    default: 5
notes:
  - An operation that ended in failure is told in the result and does not fail the task. How long Control remembers an operation is not known.
seealso:
  - module: euc.fleet.workspot_desktop
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Start some desktops, and do not wait
  euc.fleet.workspot_desktop:
    pool: Sales
    name: "{{ item }}"
    wait: false
  loop: [SALES-101, SALES-102]
  register: started

- name: Wait for those that were started; one that was there already has no operation
  euc.fleet.workspot_operation_info:
    operation: "{{ started.results | selectattr('operation', 'defined') | map(attribute='operation') }}"
    wait: true
  register: outcome
"""

RETURN = r"""
---
operations:
  description: The operations, in the order given.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Id of the operation., type: str, returned: always}
    status: {description: How it stands., type: str, returned: always, sample: succeeded, choices: [in_progress, succeeded, failed]}
    details: {description: Result as the API tells it., type: dict, returned: always}
    error: {description: Error token of a failed operation., type: str, returned: always, sample: maxConcurrentProvisioningError}
    text: {description: Error text of a failed operation., type: str, returned: always}
    started: {description: Start time., type: str, returned: always, sample: '2020-09-04T05:24:22.113Z'}
    ended: {description: End time., type: str, returned: always, sample: '2020-09-04T05:28:28.968Z'}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Deadline
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.operations import follow

SPEC = ModuleSpec(
    {
        "operation": {"type": "list", "elements": "str", "required": True},
        "wait": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int", "default": 900},
        "poll_interval": {"type": "int", "default": 5},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client = ctx.client
    deadline = Deadline(client.clock, ctx.params["wait_timeout"] if ctx.params["wait"] else 0)
    statuses = follow(client, ctx.params["operation"], deadline)
    return {"changed": False, "operations": [status.describe() for status in statuses]}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
