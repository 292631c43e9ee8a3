#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_stale_device
short_description: Remove stale devices
version_added: 1.0.0
description:
  - Removes device records that deleted desktops left behind from Workspot Control, in tenants that use Entra ID only. Neither Entra ID nor
    Intune is touched.
  - All pages of the list are read before anything is deleted.
options:
  ids:
    description: Ids of the devices as Control has them, not as Entra ID has them. Those that Control does not know are gone already.
    type: list
    elements: str
  older_than:
    description: Days that must have passed since a device's desktop was deleted. A device that does not tell when that was stays.
    type: int
  state:
    description: Only V(absent); the API cannot make a device.
    type: str
    choices: [absent]
    default: absent
seealso:
  - module: euc.fleet.workspot_stale_device_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Remove what has been of no use for a quarter of a year
  euc.fleet.workspot_stale_device:
    older_than: 90

- name: Remove a certain device
  euc.fleet.workspot_stale_device:
    ids: [5d9c3c4e-7d7e-4b2f-9c55-3f1e8f6f0a01]
"""

RETURN = r"""
---
stale_devices:
  description: The stale devices that are left.
  returned: success
  type: dict
  contains:
    total: {description: How many there are in all., type: int, returned: always}
    devices: {description: 'Names of those that the task is about; after a real run, none.', type: list, elements: str, returned: always}
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

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.stale_device import STALE_DEVICES

SPEC = ModuleSpec(
    STALE_DEVICES.options,
    connect,
    shared=(CONNECTION,),
    rules={"mutually_exclusive": [("ids", "older_than")], "required_one_of": [("ids", "older_than")]},
)


def run(ctx):
    return reconcile(ctx, STALE_DEVICES)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
