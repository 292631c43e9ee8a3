#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_tags
short_description: Tags of a desktop
version_added: 1.0.0
description:
  - Sets tags on a persistent desktop of Workspot Control.
  - The API replaces all tags of a desktop at once; this module reads the tags that are there and merges, unless told otherwise.
options:
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  name:
    description: Name, computer name or id of the desktop, compared without regard to case.
    type: str
    required: true
  tags:
    description:
      - Tags by name. Values are kept as text.
      - A desktop has at most 5 tags; a name has at most 128 characters, a value 512, all together 2048; the characters
        C(< > % & \\ ? /) are reserved. All of this is checked before anything is sent.
    type: dict
    required: true
  purge:
    description:
      - With V(false), other tags of the desktop stay. With V(true), the desktop has exactly the given tags afterwards.
      - The last tag cannot be removed, for the API refuses an empty list.
    type: bool
    default: false
notes:
  - A desktop that is still being built is waited for, since it cannot be tagged before; a failed one or one being deleted is refused.
seealso:
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_desktop_info
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
- name: Tag a desktop and keep the tags that it has
  euc.fleet.workspot_desktop_tags:
    pool: Sales
    name: SALES-001
    tags:
      department: sales

- name: Leave exactly these tags on a desktop
  euc.fleet.workspot_desktop_tags:
    pool: Sales
    name: SALES-002
    tags:
      department: sales
      owner: ann
    purge: true
"""

RETURN = r"""
---
desktop:
  description: The desktop with its tags.
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
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_tags import DESKTOP_TAGS

SPEC = ModuleSpec(DESKTOP_TAGS.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, DESKTOP_TAGS)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
