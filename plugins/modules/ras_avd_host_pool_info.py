#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_avd_host_pool_info
short_description: AVD host pools
version_added: 1.0.0
description:
  - Lists the Azure Virtual Desktop host pools of a Parallels RAS farm with their state.
options:
  id:
    description: Number of the host pool.
    type: str
  name:
    description: Exact name of the host pools.
    type: str
  site_id:
    description: Number of the site that the host pools belong to.
    type: int
  details:
    description: Whether to read each of the chosen host pools by itself, for a listing tells its main settings only. The others are V(none) then.
    type: bool
    default: false
notes:
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: the listing is documented. That the state of host pools is told like that of workspaces is inferred. Names of the kinds
    are not published, so that only their codes are returned."
seealso:
  - module: euc.fleet.ras_avd_workspace_status_info
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List the host pools of a site with all their settings
  euc.fleet.ras_avd_host_pool_info:
    site_id: 1
    details: true
"""

RETURN = r"""
---
host_pools:
  description: The host pools, in order of their names. Empty if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Number of the host pool as text., type: str, returned: always}
    name: {description: Its name., type: str, returned: always}
    site_id: {description: Number of its site., type: int, returned: always}
    workspace_id: {description: Number of its workspace., type: int, returned: always}
    enabled: {description: Whether RAS uses it., type: bool, returned: always}
    friendly_name: {description: Name that users see., type: str, returned: always}
    description: {description: Free text., type: str, returned: always}
    resource_group: {description: Azure resource group., type: str, returned: always}
    location: {description: Azure region., type: str, returned: always}
    pool_type: {description: Pooled or personal, type: dict, returned: always, sample: {code: 0, name: null}}
    publishing_type: {description: Desktop or RemoteApp, type: dict, returned: always, sample: {code: 0, name: null}}
    load_balancer_type: {description: Breadth or depth first, type: dict, returned: always, sample: {code: 0, name: null}}
    provisioning_type: {description: From a template or standalone, type: dict, returned: always, sample: {code: 0, name: null}}
    session_limit: {description: Sessions per host., type: int, returned: always}
    power_on_host: {description: Whether hosts are started on connect., type: bool, returned: always}
    validation_environment: {description: Whether it is a validation pool., type: bool, returned: always}
    template_id: {description: Template in use., type: int, returned: always}
    autoscale_enabled: {description: Whether it scales by itself., type: bool, returned: always}
    min_hosts: {description: Hosts to keep from the template., type: int, returned: always}
    created_by: {description: Who created it., type: str, returned: always}
    changed_by: {description: Who changed it last., type: str, returned: always}
    created: {description: When it was created., type: str, returned: always, sample: '2026-01-15T08:00:00Z'}
    changed: {description: When it was last changed., type: str, returned: always}
    server_type: {description: Kind of object, type: dict, returned: always, sample: {code: 64, name: AVDWorkspace}}
    agent_state: {description: State as the farm tells it, type: dict, returned: always, sample: {code: 53, name: Broken}}
    health: {description: Our class of that state, type: str, returned: always, sample: failed,
             choices: [ok, maintenance, in_progress, attention, failed, unknown]}
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
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.host_pools import HOST_POOL, list_host_pools, read_host_pool

SPEC = ModuleSpec(DETAILED, connect, shared=(CONNECTION,), reads_only=True)


def run(ctx):
    pools = matching(ctx.client.records(list_host_pools), ctx.params)
    if ctx.params["details"]:
        pools = [with_all_settings(ctx.client, HOST_POOL, read_host_pool, pool) for pool in pools]
    return {"changed": False, "host_pools": pools, "summary": summary(pools)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
