#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop
short_description: Create or delete a desktop
version_added: 1.0.0
description:
  - Creates a named desktop in a pool of Workspot Control, adds a machine to a pool of a custom cloud, or deletes a desktop.
  - The name identifies the desktop, so that a desktop is never made twice, whatever happened to an earlier run.
options:
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  name:
    description:
      - Computer name of the desktop, compared without regard to case; its id or the first label of its domain name will do for an existing one.
      - A new name has letters, digits and hyphens, and begins with a letter; for a machine of a custom cloud it has at most 15 characters.
    type: str
    required: true
  state:
    description:
      - Whether the desktop is there. In a pool that creates desktops on delete, a fresh one follows a deleted one; other pools shrink by one.
      - The fresh one may get the same name. So in such a pool a desktop whose name ends with a number is deleted by its id only, for a
        second run by name would delete the fresh one.
      - Deletion is done when Control has accepted it; the desktop may be shown as C(Deleting) for a while.
    type: str
    choices: [present, absent]
    default: present
  force:
    description: Delete the desktop even if it is assigned to a user or in use.
    type: bool
    default: false
  snapshot_id:
    description: The cloud's id of the snapshot to make the disk from. Used at creation only, like the domain options, which go with it.
    type: str
  domain:
    description: Domain to join.
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
  bios_guid:
    description: BIOS GUID of a machine to add to a pool of a custom cloud.
    type: str
  mac_address:
    description: MAC address of such a machine; needs O(fqdn) as well. One of this pair and O(bios_guid) is enough.
    type: str
  fqdn:
    description: Fully qualified domain name of such a machine.
    type: str
notes:
  - Desktops are built one after another, and only a limited number may be outstanding. Beyond it Control fails the operation; this
    module then waits and sends the creation again, within O(wait_timeout), which is 3600 seconds by default. With O(wait=false) such a
    failure goes unseen.
seealso:
  - module: euc.fleet.workspot_desktop_info
  - module: euc.fleet.workspot_desktop_tags
  - module: euc.fleet.workspot_desktop_power
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
- name: Create a desktop and wait until it is built
  euc.fleet.workspot_desktop:
    pool: Sales
    name: SALES-100

- name: Add a machine of our own data center
  euc.fleet.workspot_desktop:
    pool: Data center
    name: DC-PC-7
    bios_guid: 12345678-1234-5678-ABCD-1234567890AB

- name: Delete a desktop
  euc.fleet.workspot_desktop:
    pool: Sales
    name: SALES-100
    state: absent
"""

RETURN = r"""
---
desktop:
  description: The desktop; for an absent one, as it last was.
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
  sample: [snapshot_id, domain_password]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop import DESKTOP_NOUN

SPEC = ModuleSpec(DESKTOP_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, DESKTOP_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
