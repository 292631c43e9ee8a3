#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_assignment
short_description: Assign a desktop to a user
version_added: 1.0.0
description:
  - Assigns a certain desktop, or any desktop of a pool, to a user of Workspot Control, or takes it away.
  - Never reshuffles. A desktop that somebody else has is refused, and a user who already has a desktop of the pool keeps it.
options:
  user:
    description: E-mail address of the user.
    type: str
    required: true
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  desktop:
    description:
      - Name, computer name or id of a certain desktop.
      - Without it, O(state=present) is content with any desktop of the pool and lets Control choose a free one, or build one where none is
        free; O(state=absent) takes all desktops of the pool away from the user.
    type: str
  state:
    description: Whether the user has the desktop. One that is taken away is suspended or given back, as its pool is set.
    type: str
    choices: [present, absent]
    default: present
  force:
    description: Take a desktop away even if there is a session on it, or assign one although it is suspended, so that its data is kept for somebody.
    type: bool
    default: false
notes:
  - O(wait_timeout) is 3600 seconds by default.
  - A pool that is not persistent cannot be taken away from a user, for the API has no call for it; this is refused.
seealso:
  - module: euc.fleet.workspot_user
  - module: euc.fleet.workspot_desktop
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
- name: Give a certain desktop to a user
  euc.fleet.workspot_assignment:
    user: ann@example.com
    pool: Sales
    desktop: SALES-003

- name: Make sure that a user has some desktop of a pool
  euc.fleet.workspot_assignment:
    user: bob@example.com
    pool: Sales

- name: Take all desktops of a pool away from a user
  euc.fleet.workspot_assignment:
    user: ann@example.com
    pool: Sales
    state: absent
"""

RETURN = r"""
---
assignment:
  description: Who has what.
  returned: success
  type: dict
  contains:
    user: {description: E-mail address of the user., type: str, returned: always}
    pool: {description: Name of the pool., type: str, returned: always}
    pool_id: {description: Id of the pool., type: str, returned: always}
    desktop: {description: Name of the desktop., type: str, returned: always}
    desktop_id: {description: Id of the desktop., type: str, returned: always}
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
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.assignment import ASSIGNMENT_NOUN

SPEC = ModuleSpec(ASSIGNMENT_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, ASSIGNMENT_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
