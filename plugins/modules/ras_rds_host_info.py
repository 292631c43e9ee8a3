#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_rds_host_info
short_description: RD Session Hosts
version_added: 1.0.0
description:
  - Lists the RD Session Hosts of a Parallels RAS farm with their state, their load, and how they take logons.
options:
  id:
    description: Number of the host.
    type: str
  name:
    description: Exact name of the hosts.
    type: str
  site_id:
    description: Number of the site that the hosts belong to.
    type: int
  details:
    description: Whether to read each of the chosen hosts by itself, for a listing tells its main settings only. The others are V(none) then.
    type: bool
    default: false
notes:
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: settings and state are documented. Names of the fields of load and sessions are those of the vendor's PowerShell module and may
    be others on the wire; a field that is not there is V(none)."
seealso:
  - module: euc.fleet.ras_rds_host_logons
  - module: euc.fleet.ras_rd_session_info
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all RD Session Hosts
  euc.fleet.ras_rds_host_info:
  register: hosts

- name: Read one with all its settings
  euc.fleet.ras_rds_host_info:
    name: rds-1.example.com
    details: true
"""

RETURN = r"""
---
rds_hosts:
  description: The hosts, in order of their names. Empty if there is none.
  returned: success
  type: list
  elements: dict
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
summary:
  description: How many of them there are in each health class.
  returned: success
  type: dict
  sample: {ok: 3, maintenance: 0, in_progress: 1, attention: 0, failed: 1, unknown: 0}
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.common import DETAILED, matching, summary, with_all_settings
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.rds_host_logons import mode_of
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.rds_hosts import RDS_HOST, list_rds_hosts, read_rds_host

SPEC = ModuleSpec(DETAILED, connect, shared=(CONNECTION,), reads_only=True)


def run(ctx):
    hosts = matching(ctx.client.records(list_rds_hosts), ctx.params)
    if ctx.params["details"]:
        hosts = [with_all_settings(ctx.client, RDS_HOST, read_rds_host, host) for host in hosts]
    return {"changed": False, "rds_hosts": [{**host, "mode": mode_of(host)} for host in hosts], "summary": summary(hosts)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
