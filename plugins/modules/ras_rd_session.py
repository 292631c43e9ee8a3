#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_rd_session
short_description: End, disconnect or inform a remote session
version_added: 1.0.0
description:
  - Logs a user's session on an RD Session Host of a Parallels RAS farm off, disconnects it, or shows its user a message.
options:
  host_name:
    description: Name or number of the RD Session Host; names are compared without regard to case.
    type: str
    required: true
  session_id:
    description: Number of the session on that host.
    type: int
  user:
    description: User of the session, compared without regard to case. One with several sessions there needs O(session_id).
    type: str
  state:
    description:
      - What shall become of the session. V(disconnected) leaves a session alone that is disconnected already, and both leave one alone that is not there.
      - Without it only O(text) is sent, with every run.
    type: str
    choices: [disconnected, logged_off]
  text:
    description: Message to show to the user, before O(state) is brought about if that is given, and only if there is something to bring about.
    type: str
  title:
    description: Title of the message.
    type: str
  grace:
    description: Seconds between the message and the end of the session; no longer than the user stays.
    type: int
notes:
  - O(wait_timeout) is 600 by default, and holds for O(grace) as well.
  - No call tells whether a message was shown, so one whose answer was lost is sent again.
  - Logging off ends what the user has open, saved or not.
  - "Certainty: the calls were seen in a client. What a message looks like on the wire is inferred from the vendor's PowerShell module."
seealso:
  - module: euc.fleet.ras_rd_session_info
  - module: euc.fleet.ras_rds_host_logons
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.ras.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
attributes:
  idempotent:
    support: partial
    details:
      - A message alone is sent every time.
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Warn a user and log the session off ten minutes later
  euc.fleet.ras_rd_session:
    host_name: rds-1.example.com
    user: ann
    state: logged_off
    title: Maintenance
    text: Please save your work. This host restarts in ten minutes.
    grace: 600
    wait_timeout: 900

- name: Tell a user something
  euc.fleet.ras_rd_session:
    host_name: rds-2.example.com
    session_id: 1
    text: The printer on the second floor works again.
"""

RETURN = r"""
---
session:
  description: The session.
  returned: success
  type: dict
  contains:
    session_id: {description: Number of the session on its host., type: int, returned: always}
    host_id: {description: Number of its host as text., type: str, returned: always}
    host_name: {description: Name of its host; V(none) if that is no RD Session Host., type: str, returned: always}
    user: {description: User name., type: str, returned: always}
    ip_address: {description: Address of the client., type: str, returned: always}
    state: {description: State of the session, type: dict, returned: always, sample: {code: 0, name: Active}}
    type: {description: What it serves, type: dict, returned: always, sample: {code: 0, name: Desktop}}
    connection_mode: {description: How the client came in, type: dict, returned: always, sample: {code: 0, name: GatewayMode}}
    authentication_type: {description: How the user was authenticated, type: dict, returned: always, sample: {code: 1, name: Credentials}}
    theme_id: {description: Number of the theme., type: int, returned: always}
    logged_on: {description: When the user logged on., type: str, returned: always, sample: '2026-01-15T08:00:00Z'}
    idle_since: {description: Since when it is idle., type: str, returned: always}
    session_length: {description: Length of the session., type: int, returned: always}
    idle_time: {description: Idle time., type: int, returned: always}
    logon_duration: {description: How long the logon took., type: int, returned: always}
    disconnect_reason: {description: Why it was cut., type: str, returned: always}
    reconnects: {description: How often the user came back., type: int, returned: always}
    latency: {description: Latency., type: int, returned: always}
    session_host_id: {description: Number of the host under the name of the vendor's PowerShell module; it may be missing., type: str, returned: always}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 4, writes: 1, eta_s: 60}
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.rd_session import RD_SESSION_NOUN

SPEC = ModuleSpec(RD_SESSION_NOUN.options, connect, shared=(CONNECTION, WAIT), rules=RD_SESSION_NOUN.rules)


def run(ctx):
    return reconcile(ctx, RD_SESSION_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
