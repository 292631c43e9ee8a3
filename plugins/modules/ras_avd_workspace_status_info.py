#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_avd_workspace_status_info
short_description: State of AVD workspaces
version_added: 1.0.0
description:
  - Tells the state of the Azure Virtual Desktop workspaces of a Parallels RAS farm, and why those that are Broken are.
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
notes:
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: the list of states is documented. Which health class a state belongs to, and that the number goes over the wire, is inferred."
seealso:
  - module: euc.fleet.ras_avd_workspace_wait
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
- name: Look at all AVD workspaces
  euc.fleet.ras_avd_workspace_status_info:
  register: avd

- name: Look at one of them
  euc.fleet.ras_avd_workspace_status_info:
    name: ws-north
"""

RETURN = r"""
---
workspaces:
  description: The workspaces, in order of their names. Empty if there is none of that name.
  returned: success
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
summary:
  description: How many of them there are in each health class.
  returned: success
  type: dict
  sample: {ok: 3, maintenance: 0, in_progress: 1, attention: 0, failed: 1, unknown: 0}
all_ok:
  description: Whether all of them are in the class C(ok). True if there is none.
  returned: success
  type: bool
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.common import summary
from ansible_collections.euc.fleet.plugins.module_utils.ras.enums import OK
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.workspaces import EXCLUSIVE, SELECTION, chosen

SPEC = ModuleSpec(SELECTION, connect, shared=(CONNECTION,), reads_only=True, rules=EXCLUSIVE)


def run(ctx):
    workspaces = chosen(ctx.client, ctx.params)
    counts = summary(workspaces)
    return {"changed": False, "workspaces": workspaces, "summary": counts, "all_ok": counts[OK] == len(workspaces)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
