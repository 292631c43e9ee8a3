#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_group
short_description: Entitlements of a user group
version_added: 1.0.0
description:
  - Gives a user group of Workspot Control its application bundle and its global desktops.
  - Groups are neither created nor deleted, for the API has no call for either.
options:
  name:
    description: Name or id of the group.
    type: str
    required: true
  state:
    description: Only V(present); the API cannot delete a group.
    type: str
    choices: [present]
    default: present
  bundle:
    description:
      - Name or id of the application bundle of the group. A group has one at most, so it replaces another one.
      - An empty text is refused, for the API has no call that takes a bundle away.
    type: str
  global_desktops:
    description: Names or ids of the global desktops of the group. An empty list takes all of them away.
    type: list
    elements: str
  purge_global_desktops:
    description: Whether other global desktops are taken away. With V(false), O(global_desktops) are only added.
    type: bool
    default: true
seealso:
  - module: euc.fleet.workspot_group_info
  - module: euc.fleet.workspot_bundle
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
- name: Give a group its bundle and exactly one global desktop
  euc.fleet.workspot_group:
    name: Designers
    bundle: Office
    global_desktops: [Anywhere]

- name: Add a global desktop to those that a group has
  euc.fleet.workspot_group:
    name: Everybody
    global_desktops: [Anywhere]
    purge_global_desktops: false
"""

RETURN = r"""
---
group:
  description: The group.
  returned: success
  type: dict
  contains:
    id: {description: Group id., type: str, returned: always}
    name: {description: Name of the group., type: str, returned: always}
    type: {description: Kind of group., type: str, returned: always, sample: Workspot}
    bundle: {description: Name of its application bundle; V(none) if it has none., type: str, returned: when O(bundle) is given}
    bundle_id: {description: Id of that bundle., type: str, returned: when O(bundle) is given}
    global_desktops: {description: Names of its global desktops., type: list, elements: str, returned: when O(global_desktops) is given}
    global_desktop_ids: {description: Their ids in the same order., type: list, elements: str, returned: when O(global_desktops) is given}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls of the shared budget and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 0, writes: 1, eta_s: 0}
operation:
  description: Id of the operation that the last change started.
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
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.group import GROUP_NOUN

SPEC = ModuleSpec(GROUP_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, GROUP_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
