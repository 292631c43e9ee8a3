#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_session
short_description: Log off or disconnect a user of a Citrix workspace
version_added: 1.0.0
description:
  - Ends or disconnects all sessions of the signed-in user at once, as leaving the workspace does. The API knows no single one.
  - A user without a session is no change.
options:
  state:
    description:
      - With V(logged_off) programs end, and what was not saved is lost. V(disconnected) leaves them running.
    type: str
    choices: [disconnected, logged_off]
    required: true
  endpoint:
    description: Id of the endpoint that logs off or disconnects. The defaults are V(LogoffSessions) and V(DisconnectSessions); the vendor
      publishes neither.
    type: str
  list_endpoint:
    description: Id of the endpoint that lists sessions. The vendor does not publish it; M(euc.fleet.citrix_workspace_discovery_info) shows those
      that a workspace has.
    type: str
    default: ListSessions
notes:
  - Whether a session is disconnected already, the API does not tell; V(disconnected) acts as long as there is a session.
  - "Certainty: only that a client can log off or disconnect is documented. The path of the log-off was seen in a diagram of the vendor's. The
    rest, with the ids of all endpoints, is inferred. If your workspace has other ids, the task fails with those that are there, and sends
    nothing."
seealso:
  - module: euc.fleet.citrix_workspace_session_info
attributes:
  idempotent:
    support: partial
    details:
      - O(state=disconnected) acts as long as there is a session.
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Leave nothing running
  euc.fleet.citrix_workspace_session:
    state: logged_off
"""

RETURN = r"""
---
sessions:
  description: The sessions that are left, or would be.
  returned: success
  type: dict
  contains:
    total: {description: How many there are., type: int, returned: always}
    sessions:
      description: Each with C(session_id), C(name), C(resource_id) and C(links).
      type: list
      elements: dict
      returned: always
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, in calls, and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 0, writes: 1, eta_s: 0}
refresh_token:
  description: The new refresh token, a secret; the one that was given may be void.
  returned: when a renewal has replaced it
  type: str
api:
  description: What the task cost, in calls.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.citrix.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.sessions import SESSIONS
from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec(SESSIONS.options, connect, shared=(CONNECTION,))


def run(ctx):
    return reconcile(ctx, SESSIONS)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
