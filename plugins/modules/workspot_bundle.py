#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_bundle
short_description: Application bundle
version_added: 1.0.0
description:
  - Creates, changes or deletes an application bundle of Workspot Control.
  - The built-in bundle C(Express Setup) cannot be edited; such a task is refused.
options:
  name:
    description: Name of the bundle, exactly. For an existing bundle its id will do.
    type: str
    required: true
  applications:
    description:
      - Names or ids of the applications in the bundle. An empty list leaves none.
      - Web applications are in no listing of the API; they are known if they are in some bundle already.
    type: list
    elements: str
  purge_applications:
    description: Whether other applications leave the bundle. With V(false), O(applications) are only added.
    type: bool
    default: true
  state:
    description: Whether the bundle is there.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: euc.fleet.workspot_bundle_info
  - module: euc.fleet.workspot_application
  - module: euc.fleet.workspot_group
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
- name: Create a bundle of two applications
  euc.fleet.workspot_bundle:
    name: Design
    applications: [Drawing, Viewer]

- name: Add an application to a bundle and keep those that it has
  euc.fleet.workspot_bundle:
    name: Office
    applications: [Viewer]
    purge_applications: false

- name: Delete a bundle
  euc.fleet.workspot_bundle:
    name: Design
    state: absent
"""

RETURN = r"""
---
bundle:
  description: The bundle; for an absent one, as it last was.
  returned: success
  type: dict
  contains:
    id: {description: Bundle id., type: str, returned: always}
    name: {description: Name of the bundle., type: str, returned: always}
    applications: {description: Names of its applications., type: list, elements: str, returned: always}
    application_ids: {description: Their ids in the same order., type: list, elements: str, returned: always}
    groups: {description: Names of the groups that have it., type: list, elements: str, returned: always}
    group_ids: {description: Their ids in the same order., type: list, elements: str, returned: always}
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
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.bundle import BUNDLE_NOUN

SPEC = ModuleSpec(BUNDLE_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, BUNDLE_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
