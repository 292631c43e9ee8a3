#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_user_action
short_description: Log a user off, show a message, invite to remote assistance
version_added: 1.0.0
description:
  - Commands to a user of Workspot Control and to the session that he has on a desktop.
  - Logging off a user without a session is no change; the other commands always act.
options:
  user:
    description: E-mail address of the user.
    type: str
    required: true
  action:
    description:
      - V(refresh_entitlements) reloads what the user's groups entitle him to; it takes effect when he next starts his client. The others need
        a session on a desktop.
    type: str
    choices: [logoff, message, remote_assistance, refresh_entitlements]
    required: true
  pool:
    description: Name or id of the desktop's pool. Not needed if the user has one desktop only.
    type: str
  desktop:
    description: Name, computer name or id of the desktop; needs O(pool). Not needed if the user has one desktop only.
    type: str
  text:
    description:
      - Text of 1 to 250 characters for O(action=message).
      - Who has seen it cannot be read. If the answer is lost, it is shown once more, for to see it twice does less harm than to miss it.
    type: str
  duration:
    description: Seconds for which the message is shown.
    type: int
    default: 90
  password_for_expert:
    description: Password that the helping expert will have to give, for O(action=remote_assistance) (Azure).
    type: str
  dest:
    description: File to write the invitation to, with mode 0600. It is good for an hour.
    type: path
seealso:
  - module: euc.fleet.workspot_user
  - module: euc.fleet.workspot_desktop_action
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
- name: Tell a user what comes
  euc.fleet.workspot_user_action:
    user: dora@example.com
    action: message
    pool: Sales
    desktop: SALES-005
    text: Your desktop restarts tonight. Please save your work.

- name: Log a user off
  euc.fleet.workspot_user_action:
    user: dora@example.com
    action: logoff
    pool: Sales
    desktop: SALES-005

- name: Let new group memberships take effect
  euc.fleet.workspot_user_action:
    user: ann@example.com
    action: refresh_entitlements
"""

RETURN = r"""
---
user:
  description: The user.
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
dest:
  description: File with the invitation.
  returned: O(action=remote_assistance)
  type: str
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
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.remote_assistance import OPTIONS, invite
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.user_action import USER_ACTION

SPEC = ModuleSpec(
    {**USER_ACTION.options, **OPTIONS},
    connect,
    shared=(CONNECTION, WAIT),
    rules={"required_if": [("action", "remote_assistance", ("password_for_expert", "dest")), ("action", "message", ("text",))]},
)


def run(ctx):
    return invite(ctx) if ctx.params["action"] == "remote_assistance" else reconcile(ctx, USER_ACTION)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
