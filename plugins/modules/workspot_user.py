#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_user
short_description: Create or delete a user
version_added: 1.0.0
description:
  - Creates a user in Workspot Control, sets the cost center, or deletes the user.
  - Control looks the e-mail address up in the directory, and creation fails for one that is not there.
options:
  email:
    description: E-mail address of the user, which identifies him.
    type: str
    required: true
  first_name:
    description: First name, used at creation. A later difference is reported as a warning, for the API cannot change it.
    type: str
  last_name:
    description: Last name, likewise.
    type: str
  cost_center:
    description:
      - Cost center of the user. An empty text clears it.
      - Works in tenants only for which the vendor has switched cost centers by user on.
    type: str
  pool:
    description:
      - Name or id of a pool from which a new user gets a desktop, if one is free. Used at creation only.
      - Use M(euc.fleet.workspot_assignment) to make sure that a user has a desktop.
    type: str
  state:
    description:
      - Whether the user is there. The desktops of a deleted user are suspended or given back, as their pools are set; the step in
        RV(changes) names them.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: euc.fleet.workspot_user_info
  - module: euc.fleet.workspot_assignment
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
- name: Create a user
  euc.fleet.workspot_user:
    email: ann@example.com
    first_name: Ann
    last_name: Archer
    cost_center: "1105"

- name: Delete a user
  euc.fleet.workspot_user:
    email: bob@example.com
    state: absent
"""

RETURN = r"""
---
user:
  description: The user; for an absent one, as he last was.
  returned: success
  type: dict
  contains:
    id: {description: User id., type: str, returned: always}
    name: {description: The e-mail address., type: str, returned: always}
    email: {description: E-mail address., type: str, returned: always, sample: ann@example.com}
    first_name: {description: First name., type: str, returned: always}
    last_name: {description: Last name., type: str, returned: always}
    cost_center: {description: Cost center. Blank may also mean that the tenant does not use cost centers., type: str, returned: always}
    assigned_desktops:
      description: Desktops of the user, each with C(id), C(name) and C(ip_address).
      type: list
      elements: dict
      returned: always
    assigned_pools:
      description: Pools of the user, each with C(id), C(name), C(display_name), C(description), C(pool_type), C(dr_type) and C(active).
      type: list
      elements: dict
      returned: always
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
  sample: [pool]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.user import USER_NOUN

SPEC = ModuleSpec(USER_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, USER_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
