#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_group_info
short_description: User groups
version_added: 1.0.0
description:
  - Lists user groups of Workspot Control with their application bundles.
options:
  name:
    description: Name or id of one group. One that is not there gives an empty list. Without it, all groups are listed.
    type: str
  global_desktops:
    description: Whether to fetch the global desktops of each listed group too, one read each.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_group
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all groups
  euc.fleet.workspot_group_info:
  register: all_groups

- name: Show one group with its global desktops
  euc.fleet.workspot_group_info:
    name: Everybody
    global_desktops: true
"""

RETURN = r"""
---
groups:
  description: The groups, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Group id., type: str, returned: always}
    name: {description: Name of the group., type: str, returned: always}
    type: {description: Kind of group., type: str, returned: always, sample: Workspot}
    bundle: {description: Name of its application bundle; V(none) if it has none., type: str, returned: always}
    bundle_id: {description: Id of that bundle., type: str, returned: always}
    global_desktops: {description: Names of its global desktops., type: list, elements: str, returned: when asked for}
    global_desktop_ids: {description: Their ids in the same order., type: list, elements: str, returned: when asked for}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.groups import (
    GROUP,
    list_groups,
    with_bundle,
    with_global_desktops,
)

SPEC = ModuleSpec(
    {"name": {"type": "str"}, "global_desktops": {"type": "bool", "default": False}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client, name = ctx.client, ctx.params["name"]
    groups = [with_bundle(client, group) for group in client.records(list_groups) if not name or GROUP.is_called(group, name)]
    if ctx.params["global_desktops"]:
        groups = [with_global_desktops(client, group) for group in groups]
    return {"changed": False, "groups": sorted(groups, key=lambda group: group["name"] or "")}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
