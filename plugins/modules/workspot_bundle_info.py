#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_bundle_info
short_description: Application bundles
version_added: 1.0.0
description:
  - Lists application bundles of Workspot Control with their applications and groups.
options:
  name:
    description: Name or id of one bundle. One that is not there gives an empty list. Without it, all bundles are listed.
    type: str
seealso:
  - module: euc.fleet.workspot_bundle
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all bundles
  euc.fleet.workspot_bundle_info:
  register: all_bundles

- name: Show one bundle
  euc.fleet.workspot_bundle_info:
    name: Office
"""

RETURN = r"""
---
bundles:
  description: The bundles, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Bundle id., type: str, returned: always}
    name: {description: Name of the bundle., type: str, returned: always}
    applications: {description: Names of its applications., type: list, elements: str, returned: always}
    application_ids: {description: Their ids in the same order., type: list, elements: str, returned: always}
    groups: {description: Names of the groups that have it., type: list, elements: str, returned: always}
    group_ids: {description: Their ids in the same order., type: list, elements: str, returned: always}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.listed import select
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.bundles import BUNDLE, list_bundles, read_bundle

SPEC = ModuleSpec(
    {"name": {"type": "str"}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    return {"changed": False, "bundles": select(ctx.client, BUNDLE, (list_bundles,), ctx.params["name"], read_bundle)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
