#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_license_info
short_description: Licenses
version_added: 1.0.0
description:
  - Shows how many licenses of Workspot Control are bought, free and used, for each service and VM type. One read.
options: {}
seealso:
  - module: euc.fleet.workspot_user
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Show the licenses
  euc.fleet.workspot_license_info:
  register: licenses
"""

RETURN = r"""
---
licenses:
  description: The licenses, in order of their services and VM types.
  returned: success
  type: list
  elements: dict
  contains:
    service: {description: Licensed service., type: str, returned: always, sample: Cloud Desktop}
    vm_type: {description: Licensed VM type., type: str, returned: always, sample: STANDARD PREMIUM 128}
    named_users:
      description: Licenses of named users, as C(bought), C(free) and C(used) numbers; V(none) where the API tells nothing.
      type: dict
      returned: always
      sample: {bought: 100, free: 80, used: 20}
    concurrent_users:
      description: Licenses of concurrent users, as C(bought), C(free) and C(used) numbers; V(none) where the API tells nothing.
      type: dict
      returned: always
      sample: {bought: 100, free: 80, used: 20}
    dr_users:
      description: Licenses of users for disaster recovery, as C(bought), C(free) and C(used) numbers; V(none) where the API tells nothing.
      type: dict
      returned: always
      sample: {bought: 100, free: 80, used: 20}
    rdr_users:
      description: Licenses of users for regional disaster recovery, as C(bought), C(free) and C(used) numbers; V(none) where the API tells nothing.
      type: dict
      returned: always
      sample: {bought: 100, free: 80, used: 20}
    vm_backups:
      description: Licenses of VM backups, as C(bought), C(free) and C(used) numbers; V(none) where the API tells nothing.
      type: dict
      returned: always
      sample: {bought: 100, free: 80, used: 20}
    vm_backups_retention:
      description: Licenses of kept VM backups, as C(bought), C(free) and C(used) numbers; V(none) where the API tells nothing.
      type: dict
      returned: always
      sample: {bought: 100, free: 80, used: 20}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.licenses import list_licenses

SPEC = ModuleSpec(
    {},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    licenses = ctx.client.records(list_licenses)
    return {"changed": False, "licenses": sorted(licenses, key=lambda item: (item["service"] or "", item["vm_type"] or ""))}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
