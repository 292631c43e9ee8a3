#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_action
short_description: Reboot, redeploy or re-disk a desktop
version_added: 1.0.0
description:
  - Sends a command to a desktop of Workspot Control. It always changes something, unless the desktop is skipped for its session.
  - Whether somebody has a session is checked before the first step and once more right before the command.
options:
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  name:
    description: Name, computer name or id of the desktop, compared without regard to case.
    type: str
    required: true
  action:
    description:
      - V(reboot) is for persistent desktops. V(redeploy) (Azure) builds the desktop anew from its pool's template, and V(attach_snapshot)
        (Amazon WorkSpaces Core) gives it the disk of a snapshot; both lose what is on the disk now.
    type: str
    choices: [reboot, redeploy, attach_snapshot]
    required: true
  session_policy:
    description:
      - What to do while somebody has a session on the desktop. V(skip) leaves it alone and says so in RV(skipped_because), V(wait) waits
        for the end of the session, V(force) does not care.
    type: str
    choices: [skip, wait, force]
    default: skip
  text:
    description:
      - Text of 1 to 250 characters to show to a user in session before the command, or before waiting.
      - Each run shows it once, so one that takes up O(session_policy=wait) after a time-out shows it again. Who has seen it cannot be read, and to
        see it twice does less harm than to miss it; a longer O(wait_timeout) spares the second one.
    type: str
  grace:
    description: Seconds between the message and the command with O(session_policy=force).
    type: int
    default: 300
  snapshot_id:
    description: The cloud's id of the snapshot for O(action=attach_snapshot). The domain options go with it.
    type: str
  domain:
    description: Domain to join.
    type: str
  domain_ou:
    description: Organizational unit in that domain.
    type: str
  domain_user:
    description: User who may join machines to the domain.
    type: str
  domain_password:
    description: Password of that user.
    type: str
seealso:
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_user_action
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.action
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Reboot a desktop that nobody is using
  euc.fleet.workspot_desktop_action:
    pool: Sales
    name: SALES-003
    action: reboot

- name: Warn, wait five minutes, and reboot all the same
  euc.fleet.workspot_desktop_action:
    pool: Sales
    name: SALES-005
    action: reboot
    session_policy: force
    text: This desktop restarts in five minutes. Please save your work.
    grace: 300
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
skipped_because:
  description: Why the desktop was left alone.
  returned: when it was
  type: str
  sample: somebody has a session on it (Connected)
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
  sample: [snapshot_id, domain_password]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_action import DESKTOP_ACTION

SPEC = ModuleSpec(DESKTOP_ACTION.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, DESKTOP_ACTION)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
