#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_stale_device_info
short_description: Stale devices
version_added: 1.0.0
description:
  - Lists the device records that deleted desktops left behind, in tenants of Workspot Control that use Entra ID only. All pages are read.
options:
  start_date:
    description: First day of the deletion of desktops to list the devices of, as C(YYYY-MM-DD).
    type: str
  end_date:
    description: Last day, likewise.
    type: str
seealso:
  - module: euc.fleet.workspot_stale_device
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List what the desktops deleted in January left behind
  euc.fleet.workspot_stale_device_info:
    start_date: "2026-01-01"
    end_date: "2026-01-31"
  register: january
"""

RETURN = r"""
---
stale_devices:
  description: The stale devices, in order of their names. Empty if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Id of the device in Control; the one to delete it by., type: str, returned: always}
    name: {description: Name of the device., type: str, returned: always}
    desktop: {description: Name of its deleted desktop., type: str, returned: always}
    desktop_id: {description: Id of that desktop., type: str, returned: always}
    pool: {description: Name of the pool of that desktop., type: str, returned: always}
    pool_id: {description: Id of that pool., type: str, returned: always}
    desktop_deleted_date: {description: When the desktop was deleted., type: str, returned: always}
    control_detected_date: {description: When Control found the device stale., type: str, returned: always}
    entra_device_id: {description: Id of the device in Entra ID., type: str, returned: always}
    entra_object_id: {description: Id of its object in Entra ID., type: str, returned: always}
    intune_device_id: {description: Id of the device in Intune., type: str, returned: always}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.stale_devices import check_dates, list_stale_devices

SPEC = ModuleSpec(
    {"start_date": {"type": "str"}, "end_date": {"type": "str"}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    first, last = ctx.params["start_date"], ctx.params["end_date"]
    check_dates(first, last)
    devices = ctx.client.records(list_stale_devices, first, last)
    return {"changed": False, "stale_devices": sorted(devices, key=lambda device: device["name"] or "")}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
