#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_discovery_info
short_description: Where everything of a Citrix workspace is
version_added: 1.0.0
description:
  - Reads the discovery document of a Citrix workspace. No user and no token are needed, so this is the first thing to try with a new tenant.
options: {}
notes:
  - "Certainty: that services and endpoints have constant names, and the application id, are documented. The address of the document and its
    fields were seen in the vendor's sample clients. That the older address answers where the newer one is 404 is inferred."
seealso:
  - module: euc.fleet.citrix_workspace_resource_info
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Look at a workspace
  euc.fleet.citrix_workspace_discovery_info:
  register: workspace
"""

RETURN = r"""
---
api_prefix:
  description: First part of the paths that the workspace answers at.
  returned: success
  type: str
  sample: citrixapi
services:
  description: Names of the services.
  returned: success
  type: list
  elements: str
  sample: [store]
endpoints:
  description: Addresses of the endpoints by service and id.
  returned: success
  type: dict
  sample: {store: {ListResources: 'https://customer.cloud.com/citrixapi/store/resources'}}
auth_scopes:
  description: OAuth scopes that a client asks for.
  returned: success
  type: list
  elements: str
  sample: [openid, wsp, spa, leases]
client_settings:
  description: What a client needs to know, such as the domain to sign in at, as the workspace tells it.
  returned: success
  type: dict
api:
  description: What the task cost, in calls.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.citrix.client import CONNECTION, connect_without_token
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec({}, connect_without_token, shared=(CONNECTION,), reads_only=True)


def run(ctx):
    return {"changed": False, **ctx.client.discovery.describe(ctx.client.session)}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
