#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_rd_session_info
short_description: Remote sessions of users
version_added: 1.0.0
description:
  - Lists the remote sessions of users in a Parallels RAS farm, on RD Session Hosts as well as on VDI and AVD hosts.
options:
  host_name:
    description: Name or number of the host that the sessions are on. Names are known of RD Session Hosts only.
    type: str
  user:
    description: User that the sessions are of, compared without regard to case.
    type: str
  states:
    description: Names of the states that the sessions are in.
    type: list
    elements: str
    choices: [Active, Connected, ConnectQuery, Shadow, Disconnected, Idle, Listen, Reset, Down, Init]
notes:
  - The number of a session is unique on its host only.
  - "Certainty: the listing and its fields are documented; units of the durations are not."
seealso:
  - module: euc.fleet.ras_rd_session
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: See who still works on a host that drains
  euc.fleet.ras_rd_session_info:
    host_name: rds-2.example.com
    states: [Active]
  register: working
"""

RETURN = r"""
---
sessions:
  description: The sessions, in order of hosts and numbers. Empty if there is none.
  returned: success
  type: list
  elements: dict
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
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.rd_sessions import OPTIONS, chosen_sessions

SPEC = ModuleSpec(OPTIONS, connect, shared=(CONNECTION,), reads_only=True)


def run(ctx):
    return {"changed": False, "sessions": chosen_sessions(ctx.client, ctx.params)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
