#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_power
short_description: Resume or pause a desktop
version_added: 1.0.0
description:
  - Resumes or pauses a persistent desktop of Workspot Control.
  - V(paused) is a weak desired state, for a desktop wakes when its user connects, and sleeps by policy after he left.
options:
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  name:
    description: Name, computer name or id of the desktop, compared without regard to case.
    type: str
    required: true
  state:
    description: Whether the desktop runs.
    type: str
    choices: [running, paused]
    required: true
  keep_awake:
    description:
      - Minutes during which a pause is refused after resuming. Goes with O(state=running).
      - No call reads it back, so it is sent when the desktop is resumed, and to a running one only as O(update_write_only) says.
    type: int
  force:
    description: Pause the desktop even if somebody has a session on it.
    type: bool
    default: false
  update_write_only:
    description: When to send what cannot be compared, only when the desktop is resumed anyway, or with every run.
    type: str
    choices: [on_create, always]
    default: on_create
  running_statuses:
    description: Status words that count as running.
    type: list
    elements: str
    default: [Online, Ready, Connect, Connected, Disconnect, Disconnected]
  paused_statuses:
    description: Status words that count as paused. The vendor publishes none for a paused desktop that could be read here.
    type: list
    elements: str
    default: [Offline, Paused]
seealso:
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_desktop_info
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
- name: Wake a desktop and keep it awake for an hour
  euc.fleet.workspot_desktop_power:
    pool: Sales
    name: SALES-001
    state: running
    keep_awake: 60

- name: Pause a desktop
  euc.fleet.workspot_desktop_power:
    pool: Sales
    name: SALES-002
    state: paused
"""

RETURN = r"""
---
desktop:
  description: The desktop.
  returned: success
  type: dict
  contains:
    id: {description: Desktop id., type: str, returned: always}
    name: {description: Name of the desktop., type: str, returned: always, sample: SALES-001}
    fqdn: {description: Fully qualified domain name., type: str, returned: always}
    pool: {description: Name of its pool., type: str, returned: always}
    pool_id: {description: Id of its pool., type: str, returned: always}
    status: {description: State as Control tells it., type: str, returned: always, sample: Ready}
    user: {description: E-mail address of the assigned user; V(none) if there is none., type: str, returned: always}
    ip_address: {description: IP address., type: str, returned: always}
    tags: {description: Tags as a dictionary., type: dict, returned: always, sample: {department: sales}}
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
  description: Id of the operation that the change started.
  returned: when there was one
  type: str
  sample: 7ad1cd2f-7056-4cdf-9ce9-36e95f7db1f8
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [keep_awake]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_power import DESKTOP_POWER

SPEC = ModuleSpec(DESKTOP_POWER.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, DESKTOP_POWER)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
