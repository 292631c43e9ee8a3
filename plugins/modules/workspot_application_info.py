#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_application_info
short_description: Applications
version_added: 1.0.0
description:
  - Lists applications on application server pools of Workspot Control. The API leaves out web applications and other remote desktop applications.
options:
  name:
    description: Name or id of one application. One that is not there gives an empty list. Without it, all applications are listed.
    type: str
seealso:
  - module: euc.fleet.workspot_application
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: List all applications
  euc.fleet.workspot_application_info:
  register: all_applications

- name: Show one application
  euc.fleet.workspot_application_info:
    name: Drawing
"""

RETURN = r"""
---
applications:
  description: The applications, in order of their names. Empty if none fits.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Application id., type: str, returned: always}
    name: {description: Name of the application., type: str, returned: always}
    pool: {description: Name of its application server pool., type: str, returned: always}
    pool_id: {description: Id of that pool., type: str, returned: always}
    application_type: {description: Kind of application., type: str, returned: always, sample: Cloud Application}
    cloud_app_type: {description: Kind of cloud application without the word C(Application) that the API appends., type: str, returned: always, sample: Custom}
    server_type: {description: Kind of servers., type: str, returned: always, sample: Workspot Cloud App pools}
    full_path: {description: Path of the program on the servers., type: str, returned: always, sample: 'C:\Program Files\Programs\program.exe'}
    parameters: {description: Command-line parameters. The API tells them since its version 3.4., type: str, returned: always}
    login_option: {description: How users sign in., type: str, returned: always, sample: SSO_DOMAIN_USER_PASSWD}
    route_through_gateway: {description: Whether connections go through the gateway., type: str, returned: always, sample: Always}
    gateway_cluster: {description: Name of its gateway cluster., type: str, returned: always}
    gateway_cluster_id: {description: Id of that cluster., type: str, returned: always}
    target_platforms: {description: Client platforms that may use it., type: list, elements: str, returned: always}
    bundles: {description: Names of the bundles that hold it., type: list, elements: str, returned: always}
    bundle_ids: {description: Their ids in the same order., type: list, elements: str, returned: always}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.listed import select
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.applications import (
    APPLICATION,
    list_applications,
    read_application,
    with_cluster,
)

SPEC = ModuleSpec(
    {"name": {"type": "str"}},
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    applications = select(ctx.client, APPLICATION, (list_applications,), ctx.params["name"], read_application)
    return {"changed": False, "applications": [with_cluster(ctx.client, application) for application in applications]}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
