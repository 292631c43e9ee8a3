#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_rds_host_logons
short_description: How an RD Session Host takes logons
version_added: 1.0.0
description:
  - Lets an RD Session Host of a Parallels RAS farm take logons, drain, or take none. It acts at once, without applying settings.
options:
  host_name:
    description: Name or number of the RD Session Host; names are compared without regard to case.
    type: str
    required: true
  mode:
    description:
      - V(enabled) takes logons.
      - V(drain) refuses new logons and allows users to reconnect, also after a restart.
      - V(drain_until_reboot) does so until the next restart.
      - V(disabled) refuses new logons and reconnections. Users who are logged on stay.
    type: str
    choices: [enabled, drain, drain_until_reboot, disabled]
    required: true
notes:
  - O(wait_timeout) is 300 by default.
  - The mode shows in the state of the agent alone. While that tells of something else, such as an update that is due, the mode cannot be compared.
    It is then set with every run, and named in RV(not_comparable).
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: what the modes do is documented. The calls were seen in a client. That the states C(LogonDrain), C(LogonDrainUntilRestart) and
    C(LogonDisabled) tell the mode is inferred from their names."
seealso:
  - module: euc.fleet.ras_rds_host_info
  - module: euc.fleet.ras_rd_session
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.ras.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Let a host run dry before its maintenance
  euc.fleet.ras_rds_host_logons:
    host_name: rds-1.example.com
    mode: drain

- name: Take logons again
  euc.fleet.ras_rds_host_logons:
    host_name: rds-2.example.com
    mode: enabled
"""

RETURN = r"""
---
rds_host:
  description: The host.
  returned: success
  type: dict
  contains:
    id: {description: Number of the host as text., type: str, returned: always}
    name: {description: Its name., type: str, returned: always, sample: rds-1.example.com}
    site_id: {description: Number of its site., type: int, returned: always}
    enabled: {description: Whether the farm uses it., type: bool, returned: always}
    description: {description: Free text., type: str, returned: always}
    direct_address: {description: Address that clients use directly., type: str, returned: always}
    template_id: {description: Template that it came from; 0 for none., type: int, returned: always}
    port: {description: Port of its agent., type: int, returned: always}
    max_sessions: {description: Most sessions., type: int, returned: always}
    disconnect_active_session_after: {description: Seconds; 0 for never., type: int, returned: always}
    logoff_disconnected_session_after: {description: Seconds; 0 for never., type: int, returned: always}
    preferred_broker_id: {description: Number of the broker that it prefers., type: int, returned: always}
    inherit_default_agent_settings: {description: Whether it takes agent settings from the site., type: bool, returned: always}
    created_by: {description: Who created it., type: str, returned: always}
    changed_by: {description: Who changed it last., type: str, returned: always}
    created: {description: When it was created., type: str, returned: always, sample: '2026-01-15T08:00:00Z'}
    changed: {description: When it was last changed., type: str, returned: always}
    server_type: {description: Kind of object, type: dict, returned: always, sample: {code: 64, name: AVDWorkspace}}
    agent_state: {description: State as the farm tells it, type: dict, returned: always, sample: {code: 53, name: Broken}}
    health: {description: Our class of that state, type: str, returned: always, sample: failed,
             choices: [ok, maintenance, in_progress, attention, failed, unknown]}
    agent_version: {description: Version of its agent., type: str, returned: always}
    os: {description: Operating system., type: str, returned: always}
    login_status: {description: Logon status; its names are not published, type: dict, returned: always, sample: {code: 0, name: null}}
    active_sessions: {description: Sessions now active., type: int, returned: always}
    disconnected_sessions: {description: Sessions now disconnected., type: int, returned: always}
    cpu_load: {description: CPU load in percent., type: int, returned: always}
    memory_load: {description: Memory load in percent., type: int, returned: always}
    disk_read: {description: Disk reading., type: int, returned: always}
    disk_write: {description: Disk writing., type: int, returned: always}
    log_level: {description: Log level; its names are not published, type: dict, returned: always, sample: {code: 3, name: null}}
    mode: {description: How it takes logons; V(none) while its state tells of something else., type: str, returned: always,
           choices: [enabled, drain, drain_until_reboot, disabled]}
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
not_comparable:
  description: Options that could not be compared; that they were set is no sign that they were otherwise.
  returned: when the mode cannot be seen
  type: list
  elements: str
  sample: [mode]
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.rds_host_logons import LOGONS

SPEC = ModuleSpec(LOGONS.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, LOGONS)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
