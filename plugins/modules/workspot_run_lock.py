#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_run_lock
short_description: Be the only run for a customer
version_added: 1.0.0
description:
  - Makes sure that of several runs of Ansible that ask for it only one works for a customer of Workspot Control at a time, as scheduled runs need
    that may take longer than the time between two of them.
  - The lock belongs to the run of Ansible, and ends with it, also if that is killed. Further tasks and plays of the same run have it already.
  - Nothing is asked of Control. In check mode nothing is locked, for a check run changes nothing.
options:
  purpose:
    description: What the run does, in a word or two that tell another run why it has to wait.
    type: str
    required: true
  wait_timeout:
    description: Seconds to wait for another run at most. By default there is no waiting.
    type: int
notes:
  - Runs of one user on one machine see each other, by a file in the state folder. Runs in containers, as those of controllers, do not; there a
    job template without concurrent jobs does the same.
  - This works in the Ansible worker only, so not with C(async), C(become), C(environment) or a connection that is not local.
seealso:
  - module: euc.fleet.workspot_rollout
  - module: euc.fleet.workspot_tenant
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.lock
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Be the only run
  euc.fleet.workspot_run_lock:
    purpose: nightly remediation

- name: Wait for the night's reboots to end
  euc.fleet.workspot_run_lock:
    purpose: image rollout
    wait_timeout: 3600
"""

RETURN = r"""
---
lock:
  description: What has the lock, or would have it in check mode.
  returned: success
  type: dict
  contains:
    purpose: {description: What the run does., type: str, returned: always, sample: nightly remediation}
    pid: {description: Process id of the run., type: int, returned: always}
    since: {description: When the lock was taken; V(none) in check mode., type: str, returned: always, sample: '2026-11-22T02:00:07+01:00'}
api:
  description: What the task cost of the customer's request budget, which is nothing.
  returned: success
  type: dict
  sample: {reads: 0, writes: 0, logins: 0, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Deadline
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect

SPEC = ModuleSpec(
    {"purpose": {"type": "str", "required": True}, "wait_timeout": {"type": "int"}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    if not ctx.run_process:
        raise InvalidInput(
            "A run lock belongs to the run of Ansible, which only the Ansible worker knows; do without async, become, environment, another connection "
            "and euc_fleet_in_process"
        )
    lock, purpose = ctx.client.run_lock, ctx.params["purpose"]
    if ctx.check_mode:
        return {"changed": False, "lock": {"purpose": purpose, "pid": ctx.run_process, "since": None}}
    return {"changed": False, "lock": lock.take(ctx.run_process, purpose, Deadline(ctx.client.clock, ctx.params["wait_timeout"] or 0))}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
