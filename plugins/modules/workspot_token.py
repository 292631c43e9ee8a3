#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_token
short_description: Log in once
version_added: 1.0.0
description:
  - Logs in to Workspot Control, checks the token with one read, and returns it, so that many tasks or hosts of a play need not log in each.
  - The result is kept out of callbacks and logs. The registered variable holds the token, so take care not to print it.
options: {}
seealso:
  - module: euc.fleet.workspot_operation_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Log in once
  euc.fleet.workspot_token:
  register: workspot_login

- name: Use the token
  euc.fleet.workspot_pool_info:
    access_token: "{{ workspot_login.access_token }}"
"""

RETURN = r"""
---
access_token:
  description: The token. It lives an hour at most.
  returned: success
  type: str
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.licenses import list_licenses

SPEC = ModuleSpec({}, connect, shared=(CONNECTION,), reads_only=True, secret_result=True)


def run(ctx):
    ctx.client.records(list_licenses)  # the cheapest call that proves a token
    return {"changed": False, "access_token": ctx.client.session.token()}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
