#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_resource_info
short_description: Apps and desktops of a Citrix workspace
version_added: 1.0.0
description:
  - Lists the apps and desktops that the signed-in user may use, and tells which of them can be launched.
options:
  name:
    description: Only resources of exactly this name.
    type: str
  resource_id:
    description: Only the resource with this id.
    type: str
  launchable_only:
    description: Only resources that can be launched.
    type: bool
    default: false
  accept_cached:
    description: Whether a list that the workspace has kept will do. Leave it out for a health check.
    type: bool
    default: false
notes:
  - A name that nothing has gives an empty list.
  - "Certainty: the names of the launch links of the preview, and that only the client type C(ica30) can be launched, are documented. The newer
    links and O(accept_cached) were seen in the vendor's sample clients. The name of the field of the client types is inferred; where none is
    told, the links decide."
seealso:
  - module: euc.fleet.citrix_workspace_launch
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: What can this user launch?
  euc.fleet.citrix_workspace_resource_info:
    launchable_only: true
  register: found
"""

RETURN = r"""
---
resources:
  description: The resources, in order of names.
  returned: success
  type: list
  elements: dict
  contains:
    resource_id: {description: Opaque id., type: str, returned: always, sample: r-1}
    name: {description: Name that users see., type: str, returned: always, sample: Calculator}
    enabled: {description: Whether it can be used now., type: bool, returned: always}
    client_types: {description: Client types; only C(ica30) can be launched., type: list, elements: str, returned: always, sample: [ica30]}
    links: {description: Addresses by the name of the link., type: dict, returned: always}
    launchable: {description: Whether it can be launched., type: bool, returned: always}
count:
  description: How many there are.
  returned: success
  type: int
refresh_token:
  description: The new refresh token, a secret; the one that was given may be void.
  returned: when a renewal has replaced it
  type: str
api:
  description: What the task cost, in calls.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.citrix.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.resources import list_resources
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec(
    {
        "name": {"type": "str"},
        "resource_id": {"type": "str"},
        "launchable_only": {"type": "bool", "default": False},
        "accept_cached": {"type": "bool", "default": False},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    asked = {key: ctx.params[key] for key in ("name", "resource_id") if ctx.params[key]}
    if ctx.params["launchable_only"]:
        asked["launchable"] = True
    records = ctx.client.records(list_resources, ctx.params["accept_cached"])
    found = [record for record in records if asked.items() <= record.items()]
    return {"changed": False, "resources": sorted(found, key=lambda record: record["name"] or ""), "count": len(found)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
