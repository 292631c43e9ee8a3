#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_app_server
short_description: Application server
version_added: 1.0.0
description:
  - Deletes a server of an application server pool of Workspot Control.
  - Servers are built by their pool; see O(euc.fleet.workspot_app_pool#module:host_count).
options:
  pool:
    description: Name or id of the application server pool.
    type: str
    required: true
  name:
    description:
      - Name, fully qualified domain name or id of the server, compared without regard to case.
      - Whether a fresh server follows a deleted one is a setting of the pool that the API does not show, and the fresh one may get the same
        name. So a server whose name ends in a number, as those that pools build, is deleted by its id only; the refusal tells it.
    type: str
    required: true
  state:
    description: Only V(absent); single servers cannot be created.
    type: str
    choices: [absent]
    required: true
  force:
    description: Whether to delete the server even if there are sessions on it.
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_app_pool
  - module: euc.fleet.workspot_app_pool_info
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
- name: Delete an application server
  euc.fleet.workspot_app_server:
    pool: Office servers
    name: 5b8f6f4e-1f7e-4a35-9d3a-2f6f4b1d0c52
    state: absent
"""

RETURN = r"""
---
app_server:
  description: The server as it last was.
  returned: success
  type: dict
  contains:
    id: {description: Server id., type: str, returned: always}
    name: {description: Name of the server., type: str, returned: always}
    fqdn: {description: Fully qualified domain name., type: str, returned: always}
    ip_address: {description: IP address., type: str, returned: always}
    mode: {description: Mode of the server., type: str, returned: always, sample: Enabled}
    status: {description: State of the server., type: str, returned: always, sample: Ready}
    total_sessions: {description: Number of its sessions., type: int, returned: always}
    pool: {description: Name of its pool., type: str, returned: always}
    pool_id: {description: Id of its pool., type: str, returned: always}
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
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.app_server import APP_SERVER_NOUN

SPEC = ModuleSpec(APP_SERVER_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, APP_SERVER_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
