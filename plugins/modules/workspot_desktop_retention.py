#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_retention
short_description: How long a suspended desktop is kept
version_added: 1.0.0
description:
  - Sets for how many days a desktop of Workspot Control is kept after it was suspended.
  - No call reads the period back, so this always counts as a change. On a suspended desktop the days begin anew with every call.
options:
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  name:
    description: Name, computer name or id of the desktop, compared without regard to case.
    type: str
    required: true
  days:
    description: Days to keep the desktop, from 1 to 36500. They count from the suspension, or from now if it is suspended already.
    type: int
  forever:
    description: Keep the desktop without end. Excludes O(days).
    type: bool
    default: false
seealso:
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_assignment
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
- name: Keep the desktop of a leaver for a month
  euc.fleet.workspot_desktop_retention:
    pool: Sales
    name: SALES-001
    days: 30

- name: Keep a desktop for the lawyers
  euc.fleet.workspot_desktop_retention:
    pool: Sales
    name: SALES-002
    forever: true
"""

RETURN = r"""
---
desktop:
  description: The desktop.
  returned: success
  type: dict
  contains:
    id: {description: Desktop id., type: str, returned: always}
    name: {description: Name of the desktop., type: str, returned: always, sample: SALES-001}
    fqdn: {description: Fully qualified domain name., type: str, returned: always}
    pool: {description: Name of its pool., type: str, returned: always}
    pool_id: {description: Id of its pool., type: str, returned: always}
    status: {description: State as Control tells it., type: str, returned: always, sample: Ready}
    user: {description: E-mail address of the assigned user; V(none) if there is none., type: str, returned: always}
    ip_address: {description: IP address., type: str, returned: always}
    tags: {description: Tags as a dictionary., type: dict, returned: always, sample: {department: sales}}
deleted_on:
  description: Day on which the desktop will be deleted, in UTC. V(none) while it is not suspended, or if it is kept without end.
  returned: success
  type: str
  sample: '2026-12-24'
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
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [days]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_retention import DESKTOP_RETENTION

SPEC = ModuleSpec(DESKTOP_RETENTION.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, DESKTOP_RETENTION)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
