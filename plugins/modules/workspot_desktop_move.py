#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_move
short_description: Move a desktop into another pool
version_added: 1.0.0
description:
  - Moves or upgrades a persistent desktop on Azure into another pool of Workspot Control, or brings it back after that has failed.
  - All conditions that the vendor names are checked before anything is sent. A desktop that is already in the target pool is no change.
  - The desktop is copied. It cannot be used meanwhile, gets a new id, and its source is deleted in the end.
options:
  pool:
    description: Name or id of the pool that the desktop is in.
    type: str
    required: true
  name:
    description: Name, computer name or id of the desktop, compared without regard to case.
    type: str
    required: true
  target_pool:
    description: Name or id of the pool to bring it into. Needed unless O(state=cancelled).
    type: str
  method:
    description:
      - V(move) keeps the name and needs pools of the same region and VM type, and an assigned user. V(upgrade) brings it into a different
        kind of pool.
    type: str
    choices: [move, upgrade]
    default: move
  state:
    description:
      - V(cancelled) brings back a desktop that a failed move or upgrade has left down; one that runs is no change. Until then Control
        refuses to move it again, and the message of the failure says so.
    type: str
    choices: [moved, cancelled]
    default: moved
  retain_name:
    description: Whether an upgraded desktop keeps its computer name.
    type: bool
    default: true
  computer_name:
    description: New name of an upgraded desktop; needs O(retain_name=false).
    type: str
  domain:
    description: Domain to join. It and the three that follow are given together; only a tenant that is Entra-ID-only does without them.
    type: str
  domain_ou:
    description: Organizational unit in that domain.
    type: str
  domain_user:
    description: User who may join machines to the domain.
    type: str
  domain_password:
    description: Password of that user.
    type: str
notes:
  - The vendor advises at most ten moves at a time in the whole enterprise, and a minute between two of them.
seealso:
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_desktop_action
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
- name: Move a desktop into the pool of another department
  euc.fleet.workspot_desktop_move:
    pool: Support
    name: SUP-001
    target_pool: Service

- name: Upgrade a desktop into a pool of another kind
  euc.fleet.workspot_desktop_move:
    pool: Service
    name: SRV-001
    target_pool: Support
    method: upgrade
    domain: example.com
    domain_ou: OU=PC,DC=example,DC=com
    domain_user: joiner
    domain_password: "join-me-in"
"""

RETURN = r"""
---
desktop:
  description: The desktop, in the pool where it is now.
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
operation:
  description: Id of the operation that the change started.
  returned: when there was one
  type: str
  sample: 7ad1cd2f-7056-4cdf-9ce9-36e95f7db1f8
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [domain_password]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_move import DESKTOP_MOVE

SPEC = ModuleSpec(DESKTOP_MOVE.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, DESKTOP_MOVE)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
