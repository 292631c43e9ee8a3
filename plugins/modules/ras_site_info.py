#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_site_info
short_description: Sites of a farm
version_added: 1.0.0
description:
  - Lists the sites of a Parallels RAS farm with their state.
options:
  id:
    description: Number of the site.
    type: str
  name:
    description: Exact name of the site.
    type: str
notes:
  - C(agent_state), C(server_type) and C(broken_reason) have C(code) and C(name). A number that is not known here keeps its code and has no
    name, and its C(health) is C(unknown).
  - "Certainty: the listing is documented; the state of sites was seen in a client."
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
- name: List the sites
  euc.fleet.ras_site_info:
  register: farm
"""

RETURN = r"""
---
sites:
  description: The sites, in order of their names. Empty if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Number of the site as text., type: str, returned: always}
    name: {description: Its name., type: str, returned: always}
    licensing_site: {description: Whether it is the licensing site., type: bool, returned: always}
    host_attack_protection: {description: Whether host headers are checked., type: bool, returned: always}
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
from ansible_collections.euc.fleet.plugins.module_utils.ras.common import matching, summary
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.sites import list_sites

SPEC = ModuleSpec({"id": {"type": "str"}, "name": {"type": "str"}}, connect, shared=(CONNECTION,), reads_only=True)


def run(ctx):
    sites = matching(ctx.client.records(list_sites), ctx.params)
    return {"changed": False, "sites": sites, "summary": summary(sites)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
