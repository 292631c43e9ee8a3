#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_user_info
short_description: Users
version_added: 1.0.0
description:
  - Shows certain users of Workspot Control with their desktops and pools, one read each; or all users, from the users report, which costs one
    operation however many there are.
options:
  email:
    description:
      - E-mail addresses of the users to show; addresses without a user are left out of the result.
      - Without it, all users are shown.
    type: list
    elements: str
  wait_timeout:
    description: Seconds to wait for the users report at most.
    type: int
    default: 900
seealso:
  - module: euc.fleet.workspot_user
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Show two users
  euc.fleet.workspot_user_info:
    email: [ann@example.com, bob@example.com]

- name: Show all users
  euc.fleet.workspot_user_info:
  register: everybody
"""

RETURN = r"""
---
users:
  description: The users, in order of their e-mail addresses. Empty if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: User id; not told when all users are shown., type: str, returned: always}
    name: {description: The e-mail address., type: str, returned: always}
    email: {description: E-mail address., type: str, returned: always, sample: ann@example.com}
    first_name: {description: First name., type: str, returned: always}
    last_name: {description: Last name., type: str, returned: always}
    cost_center: {description: Cost center. Blank may also mean that the tenant does not use cost centers., type: str, returned: always}
    assigned_desktops:
      description: Desktops of the user, each with C(id), C(name) and C(ip_address), which is not told when all users are shown.
      type: list
      elements: dict
      returned: always
    assigned_pools:
      description: Pools of the user, each with C(id), C(name), C(display_name), C(description), C(pool_type), C(dr_type) and C(active).
      type: list
      elements: dict
      returned: always
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Deadline
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users import find_user
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users_report import all_users

SPEC = ModuleSpec(
    {"email": {"type": "list", "elements": "str"}, "wait_timeout": {"type": "int", "default": 900}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client = ctx.client
    if ctx.params["email"] is None:
        users = all_users(client, Deadline(client.clock, ctx.params["wait_timeout"]))
    else:
        users = [find_user(client, email) for email in dict.fromkeys(ctx.params["email"])]
    return {"changed": False, "users": sorted(filter(None, users), key=lambda user: user["email"] or "")}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
