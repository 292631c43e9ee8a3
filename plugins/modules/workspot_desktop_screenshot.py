#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_desktop_screenshot
short_description: Picture of a desktop's login screen
version_added: 1.0.0
description:
  - Has Workspot Control take a picture of a desktop's login screen (Azure), and saves it. It shows why a desktop does not start, for example.
  - While somebody has a session there is no picture, and this is refused.
options:
  pool:
    description: Name or id of the pool.
    type: str
    required: true
  name:
    description: Name, computer name or id of the desktop, compared without regard to case.
    type: str
    required: true
seealso:
  - module: euc.fleet.workspot_desktop_action
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.download
  - euc.fleet.attributes
  - euc.fleet.attributes.file
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Look at the login screen
  euc.fleet.workspot_desktop_screenshot:
    pool: Support
    name: SUP-001
    dest: /tmp/SUP-001.png
"""

RETURN = r"""
---
dest:
  description: The file.
  returned: success
  type: str
  sample: /tmp/report.json
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

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.downloads import DOWNLOAD
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_screenshot import take_screenshot

SPEC = ModuleSpec(
    {"pool": {"type": "str", "required": True}, "name": {"type": "str", "required": True}}, connect, shared=(CONNECTION, DOWNLOAD)
)


def run(ctx):
    return take_screenshot(ctx)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
