#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_usage_report
short_description: Report of active users
version_added: 1.0.0
description:
  - Has Workspot Control make the usage report, with cost center, hours and sessions of every active user, and saves it.
options:
  start:
    description: First day, such as C(2026-05-01), at most 30 days ago.
    type: str
    required: true
  end:
    description: Last day, at most 30 days after O(start) and not in the future, as UTC has it.
    type: str
    required: true
  format:
    description: Format of the file. The vendor's guide calls JSON the only one, its API description has both.
    type: str
    choices: [json, csv]
    default: json
seealso:
  - module: euc.fleet.workspot_user_info
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
- name: Save the usage of the last week
  euc.fleet.workspot_usage_report:
    start: "{{ '%Y-%m-%d' | strftime(now().timestamp() - 7 * 86400) }}"
    end: "{{ '%Y-%m-%d' | strftime }}"
    dest: /tmp/usage.json
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
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.usage_report import save_usage_report

SPEC = ModuleSpec(
    {
        "start": {"type": "str", "required": True},
        "end": {"type": "str", "required": True},
        "format": {"type": "str", "choices": ["json", "csv"], "default": "json"},
    },
    connect,
    shared=(CONNECTION, DOWNLOAD),
)


def run(ctx):
    return save_usage_report(ctx)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
