#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_avd_workspace_wait
short_description: Wait until AVD workspaces are in order
version_added: 1.0.0
description:
  - Waits until all chosen Azure Virtual Desktop workspaces of a Parallels RAS farm are in good states, and fails when one is in a state that will
    not pass, or when the time is over. It is a gate before and after maintenance, and changes nothing.
options:
  id:
    description: Number of the workspace. One that the farm does not know fails.
    type: str
  name:
    description: Exact name of the workspaces.
    type: str
  site_id:
    description: Number of the site that the workspaces belong to.
    type: int
  states:
    description: Numbers or names of the states that are good, C(OK) alone by default.
    type: list
    elements: str
  fail_states:
    description:
      - Numbers or names of the states that end the wait at once. By default those of the class C(failed) but C(Disconnected), in which a farm
        may see a workspace for a moment. A state that O(states) names is none of them.
      - An empty list waits in every state until the time is over.
    type: list
    elements: str
  min_count:
    description: How many workspaces there must be at least.
    type: int
    default: 1
  wait_timeout:
    description: Seconds to wait at most.
    type: int
    default: 600
  wait_interval:
    description: Seconds between two looks.
    type: int
    default: 15
notes:
  - In check mode it looks once and fails for no state; RV(would_wait) tells whether a real run would wait.
  - When it fails, it returns RV(workspaces), RV(pending), RV(elapsed) and RV(attempts) as they were last.
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: the list of states is documented. Which health class a state belongs to, and that the number goes over the wire, is inferred."
seealso:
  - module: euc.fleet.ras_avd_workspace_status_info
  - module: euc.fleet.ras_avd_workspace
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Go on only if a workspace is in order, and wait a while for that
  euc.fleet.ras_avd_workspace_wait:
    name: ws-west
    wait_timeout: 300

- name: After maintenance, take workspaces that stand by as well, and let nothing end the wait early
  euc.fleet.ras_avd_workspace_wait:
    id: "101"
    states: [OK, StandBy]
    fail_states: []
"""

RETURN = r"""
---
workspaces:
  description: The workspaces as last seen, in order of their names.
  returned: always
  type: list
  elements: dict
  contains:
    id: {description: Number of the workspace as text., type: str, returned: always, sample: '13'}
    name: {description: Its name., type: str, returned: always, sample: ws-north}
    site_id: {description: Number of its site., type: int, returned: always}
    provider_id: {description: Number of the AVD provider that owns it., type: int, returned: always}
    resource_group: {description: Azure resource group., type: str, returned: always}
    location: {description: Azure region., type: str, returned: always}
    server_type: {description: Kind of object, type: dict, returned: always, sample: {code: 64, name: AVDWorkspace}}
    agent_state: {description: State as the farm tells it, type: dict, returned: always, sample: {code: 53, name: Broken}}
    health: {description: Our class of that state, type: str, returned: always, sample: failed,
             choices: [ok, maintenance, in_progress, attention, failed, unknown]}
    broken_reason: {description: Why it is Broken. C(Ignore) (-1) stands for no reason; C(MissingObj) (0) is one, type: dict, returned: always,
                    sample: {code: 4, name: MissingDAGRoles}}
pending:
  description: Those of them that are not in a good state.
  returned: always
  type: list
  elements: dict
elapsed:
  description: Seconds since the wait began.
  returned: always
  type: int
attempts:
  description: How many looks it took.
  returned: always
  type: int
would_wait:
  description: Whether a real run would wait, or fail, for what this look has shown.
  returned: check mode
  type: bool
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.workspace_wait import OPTIONS, wait
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.workspaces import EXCLUSIVE

SPEC = ModuleSpec(OPTIONS, connect, shared=(CONNECTION,), reads_only=True, rules=EXCLUSIVE)


def run(ctx):
    return {"changed": False, **wait(ctx)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
