#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_avd_workspace
short_description: AVD workspaces
version_added: 1.0.0
description:
  - Creates, links, changes, repairs and deletes an Azure Virtual Desktop workspace of a Parallels RAS farm.
  - Settings are staged; M(euc.fleet.ras_settings_apply) makes them live, together with what others have staged, and is therefore a task of its own.
options:
  name:
    description: Exact name of the workspace, which is its name in Azure as well.
    type: str
  id:
    description: Number of the workspace, instead of O(name). Nothing is created then.
    type: str
  state:
    description:
      - V(repaired) repairs a workspace that is Broken, waits for one on which work is under way, and leaves any other alone.
      - V(absent) deletes it.
    type: str
    choices: [present, absent, repaired]
    default: present
  existing:
    description: Link a workspace that Azure has already, rather than create one.
    type: bool
    default: false
  site_id:
    description: Number of the site. Without it a new workspace comes to the licensing site. With namesakes it tells which is meant.
    type: int
  provider_id:
    description: Number of the AVD provider that owns it. Needed to create or to link.
    type: int
  resource_group:
    description: Azure resource group. Needed to create or to link.
    type: str
  location:
    description: Azure region. Needed to create.
    type: str
  friendly_name:
    description: Name that users see. An empty text clears it.
    type: str
  description:
    description: Free text. An empty text clears it.
    type: str
  enabled:
    description: Whether RAS uses it.
    type: bool
notes:
  - Creating one makes an object in Azure, which may cost money. Check mode stops before any request that changes something.
  - Site, provider, resource group and location are set at creation only.
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: creating is documented. Changing, linking, deleting and repairing were seen in a client; which fields a change and a link take, and
    that repair and creation go on in the background, is inferred. Whether deleting removes the object in Azure as well is not published."
seealso:
  - module: euc.fleet.ras_avd_workspace_status_info
  - module: euc.fleet.ras_settings_apply
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.ras.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Have a workspace
  euc.fleet.ras_avd_workspace:
    name: ws-south
    provider_id: 1
    resource_group: rg-euc
    location: southeurope
    friendly_name: South

- name: Repair a workspace if it is broken
  euc.fleet.ras_avd_workspace:
    name: ws-north
    state: repaired

- name: Delete one
  euc.fleet.ras_avd_workspace:
    name: ws-old
    state: absent
"""

RETURN = r"""
---
workspace:
  description: The workspace.
  returned: success
  type: dict
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
    friendly_name: {description: Name that users see., type: str, returned: always}
    description: {description: Free text., type: str, returned: always}
    enabled: {description: Whether RAS uses it., type: bool, returned: always}
    azure_id: {description: Azure resource id., type: str, returned: always}
    created_by: {description: Who created it., type: str, returned: always}
    changed_by: {description: Who changed it last., type: str, returned: always}
    created: {description: When it was created., type: str, returned: always, sample: '2026-01-15T08:00:00Z'}
    changed: {description: When it was last changed., type: str, returned: always}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 4, writes: 1, eta_s: 60}
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.workspace import WORKSPACE_NOUN

SPEC = ModuleSpec(WORKSPACE_NOUN.options, connect, shared=(CONNECTION, WAIT), rules=WORKSPACE_NOUN.rules)


def run(ctx):
    return reconcile(ctx, WORKSPACE_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
