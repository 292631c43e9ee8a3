#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_global_desktop
short_description: Pools of a global desktop
version_added: 1.0.0
description:
  - Sets which pools a global desktop of Workspot Control has and in which order they are tried, for all users or for one of them.
  - The API cannot create or delete a global desktop.
options:
  name:
    description: Name or id of the global desktop.
    type: str
    required: true
  pools:
    description: Names or ids of all its pools; the first one is tried first. Needed with O(state=present).
    type: list
    elements: str
  user:
    description:
      - E-mail address of a user. With it, the global desktop and its pools are those of this user; a user's own list goes before the one for all.
      - A user who has the global desktop without a list has the pools for all, and counts as having those.
    type: str
  state:
    description:
      - With V(absent), the global desktop is taken away from O(user), together with the user's list.
      - What a user has by a group is taken from the group, with M(euc.fleet.workspot_group). The API tells which groups have the global desktop,
        and not whether the user is in them, so the plan names the groups and Control refuses what cannot be.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: euc.fleet.workspot_global_desktop_info
  - module: euc.fleet.workspot_pool
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
- name: Try the pool Sales first, then Support, for all users
  euc.fleet.workspot_global_desktop:
    name: Worldwide
    pools: [Sales, Support]

- name: Give the global desktop to a user, with the other order
  euc.fleet.workspot_global_desktop:
    name: Worldwide
    user: bob@example.com
    pools: [Support, Sales]

- name: Take it away from the user
  euc.fleet.workspot_global_desktop:
    name: Worldwide
    user: bob@example.com
    state: absent
"""

RETURN = r"""
---
global_desktop:
  description: The global desktop.
  returned: success
  type: dict
  contains:
    id: {description: Id of the global desktop., type: str, returned: always}
    name: {description: Name of the global desktop., type: str, returned: always}
    user: {description: E-mail address of the user; V(none) if this is about all users., type: str, returned: always}
    pools: {description: Names of its pools; the first one is tried first., type: list, elements: str, returned: always}
    pool_ids: {description: Ids of the same pools., type: list, elements: str, returned: always}
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
  description: Id of the last operation that the change started.
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
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.global_desktop import GLOBAL_DESKTOP_NOUN

SPEC = ModuleSpec(GLOBAL_DESKTOP_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, GLOBAL_DESKTOP_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
