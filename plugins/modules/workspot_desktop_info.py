#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_info
short_description: Desktops
version_added: 1.0.0
description:
  - Lists desktops of Workspot Control, by pool, name, user, tags or status. It costs one read, and one for each pool that is looked at.
options:
  pool:
    description: Name or id of the pool to look at; one that is not there fails the task. Without it, all pools are read.
    type: str
  name:
    description: Name, computer name or id of a desktop, compared without regard to case. One that is not there gives an empty list.
    type: str
  user:
    description: E-mail address of the assigned user. Nobody of that address gives an empty list.
    type: str
  tags:
    description: Tags that a desktop must have, with these values.
    type: dict
  status:
    description: Status words, one of which a desktop must have.
    type: list
    elements: str
seealso:
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_pool_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List the desktops of a pool that wait for their users
  euc.fleet.workspot_desktop_info:
    pool: Sales
    status: [Ready]
  register: idle

- name: Find the desktops of a user in all pools
  euc.fleet.workspot_desktop_info:
    user: ann@example.com
"""

RETURN = r"""
---
desktops:
  description: The desktops that fit, in order of pool and name. Empty if there is none.
  returned: success
  type: list
  elements: dict
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
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_tags import texts
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import desktops_called

SPEC = ModuleSpec(
    {
        "pool": {"type": "str"},
        "name": {"type": "str"},
        "user": {"type": "str"},
        "tags": {"type": "dict"},
        "status": {"type": "list", "elements": "str"},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    wanted = ctx.params
    tags = texts(wanted["tags"] or {})
    desktops = desktops_called(ctx.client, wanted["pool"], wanted["name"])
    if wanted["user"]:
        desktops = [desktop for desktop in desktops if (desktop["user"] or "").casefold() == wanted["user"].casefold()]
    desktops = [desktop for desktop in desktops if tags.items() <= desktop["tags"].items()]
    if wanted["status"]:
        desktops = [desktop for desktop in desktops if desktop["status"] in wanted["status"]]
    return {"changed": False, "desktops": sorted(desktops, key=lambda desktop: (desktop["pool"] or "", desktop["name"] or ""))}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
