#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_app_pool
short_description: Application server pool
version_added: 1.0.0
description:
  - Creates an application server pool of Workspot Control after another one, changes or deletes it. The API creates and changes them for GCP only.
  - Servers are built after the task has ended, and a scaled pool removes and builds servers by itself; so servers are not waited for.
options:
  name:
    description: Name of the pool, exactly. For an existing pool its id will do.
    type: str
    required: true
  reference_pool:
    description: Name or id of the application server pool whose settings a new one takes over. Needed to create a pool.
    type: str
  description:
    description: Description. An empty text clears it.
    type: str
  host_count:
    description: Number of servers; of a scaled pool, the largest number. Less than now is refused without O(allow_shrink).
    type: int
  allow_shrink:
    description: Whether O(host_count) may be less than it is now. Which servers go is Control's choice.
    type: bool
    default: false
  auto_create_on_delete:
    description: Whether a fresh server follows a deleted one. Not shown by the API, like all options that follow.
    type: bool
  load_balancing_method:
    description: How sessions are spread over the servers, such as C(Depth) and C(Breadth).
    type: str
  max_session_limit:
    description: Number of sessions that a server takes at most.
    type: int
  pause_on_first_failure:
    description: Whether building stops after a server has failed. Set at creation only.
    type: bool
  server_name_prefix:
    description: Beginning of the names of new servers. Set at creation only.
    type: str
  state:
    description: Whether the pool is there.
    type: str
    choices: [present, absent]
    default: present
  force:
    description: Whether to delete the pool even if there are sessions on its servers, or applications on it, which go with it.
    type: bool
    default: false
  update_write_only:
    description:
      - When to send the options that the API does not show, only when the pool is created, or with every run to an existing pool as well,
        which then always counts as a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: euc.fleet.workspot_app_pool_info
  - module: euc.fleet.workspot_app_server
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Create a pool of two servers with the settings of another one
  euc.fleet.workspot_app_pool:
    name: Design servers South
    reference_pool: Design servers
    host_count: 2
    load_balancing_method: Breadth

- name: Let a pool grow
  euc.fleet.workspot_app_pool:
    name: Design servers South
    host_count: 3

- name: Delete a pool
  euc.fleet.workspot_app_pool:
    name: Design servers South
    state: absent
"""

RETURN = r"""
---
app_pool:
  description: The pool; for an absent one, as it last was.
  returned: success
  type: dict
  contains:
    id: {description: Id of the pool., type: str, returned: always}
    name: {description: Name of the pool., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    host_count: {description: Number of servers; the largest number of a scaled pool., type: int, returned: always}
    cloud: {description: Cloud of the pool., type: str, returned: always, sample: Google Cloud}
    region: {description: Cloud region., type: str, returned: always}
    zone: {description: Cloud zone., type: str, returned: always}
    template: {description: Template of its servers., type: str, returned: always}
    vm_type: {description: VM type of its servers., type: str, returned: always}
    status: {description: Status of the pool., type: str, returned: always, sample: Success}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls of the shared budget and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 0, writes: 1, eta_s: 0}
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [reference_pool, load_balancing_method]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.app_pool import APP_POOL_NOUN

SPEC = ModuleSpec(APP_POOL_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, APP_POOL_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
