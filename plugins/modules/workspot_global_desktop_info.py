#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_global_desktop_info
short_description: Global desktops
version_added: 1.0.0
description:
  - Lists the global desktops of Workspot Control with their pools, for one read each and one for the list.
options:
  name:
    description: Name or id of one global desktop. One that is not there gives an empty list. Without it, all are listed.
    type: str
  user:
    description: E-mail address of a user. With it, those are listed that the user has, with the pools that count for this user.
    type: str
seealso:
  - module: euc.fleet.workspot_global_desktop
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List the global desktops
  euc.fleet.workspot_global_desktop_info:
  register: all_global_desktops

- name: Show the global desktops of a user
  euc.fleet.workspot_global_desktop_info:
    user: ann@example.com
"""

RETURN = r"""
---
global_desktops:
  description: The global desktops, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Id of the global desktop., type: str, returned: always}
    name: {description: Name of the global desktop., type: str, returned: always}
    pools: {description: Names of its pools; the first one is tried first., type: list, elements: str, returned: always}
    pool_ids: {description: Ids of the same pools., type: list, elements: str, returned: always}
    assigned_pools:
      description: >-
        The same pools, each with C(id), C(name), C(precedence), and C(display_name); for a user with C(desktop), the user's desktop of that
        pool, instead.
      type: list
      elements: dict
      returned: always
    groups: {description: 'Groups that have it, each with C(id), C(name) and C(type).', type: list, elements: dict, returned: without O(user)}
    user: {description: E-mail address of the user., type: str, returned: with O(user)}
    user_id: {description: Id of the user., type: str, returned: with O(user)}
    first_name: {description: First name of the user., type: str, returned: with O(user)}
    last_name: {description: Last name of the user., type: str, returned: with O(user)}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.global_desktops import (
    GLOBAL_DESKTOP,
    list_global_desktops,
    read_for_user,
    read_global_desktop,
)

SPEC = ModuleSpec(
    {"name": {"type": "str"}, "user": {"type": "str"}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client, name, user = ctx.client, ctx.params["name"], ctx.params["user"]
    known = [item["id"] for item in client.records(list_global_desktops) if not name or GLOBAL_DESKTOP.is_called(item, name)]
    found = [client.records(read_for_user, user, id) if user else client.records(read_global_desktop, id) for id in known]
    return {"changed": False, "global_desktops": sorted(filter(None, found), key=lambda item: item["name"] or "")}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
