#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_application
short_description: Application
version_added: 1.0.0
description:
  - Creates, changes or deletes an application on an application server pool of Workspot Control.
  - The API changes applications on Azure, GCP and Amazon WorkSpaces Core; it creates and deletes them on Akamai as well.
options:
  name:
    description: Name of the application, exactly. For an existing application its id will do.
    type: str
    required: true
  pool:
    description:
      - Name or id of the application server pool. Needed to create an application.
      - Set at creation only; a later difference is refused, as with the three options that follow.
    type: str
  application_type:
    description: Kind of application, compared without regard to case. A new one is a V(Cloud Application).
    type: str
  cloud_app_type:
    description: Kind of cloud application, compared likewise. A new one is V(Custom), which the API shows as C(Custom Application).
    type: str
  server_type:
    description: Kind of servers, compared likewise. A new application has V(Workspot Cloud App Pools).
    type: str
  full_path:
    description: Path of the program on the servers. Needed to create an application.
    type: str
  parameters:
    description: Command-line parameters. An empty text clears them. The API shows them since its version 3.4.
    type: str
  working_dir:
    description: Folder in which the program starts. Not shown by the API.
    type: str
  login_option:
    description: How users sign in, such as C(SSO_DOMAIN_USER_PASSWD).
    type: str
  login_domain:
    description: Domain name for the sign-in. Not shown by the API.
    type: str
  route_through_gateway:
    description: Whether connections go through the gateway, such as C(Always), compared without regard to case.
    type: str
  gateway_cluster:
    description: Name or id of the gateway cluster.
    type: str
  target_platforms:
    description: Client platforms that may use the application, such as C(Windows) and C(iOS). The order does not count.
    type: list
    elements: str
  bundles:
    description: Names or ids of the bundles that hold the application. An empty list takes it out of all bundles.
    type: list
    elements: str
  purge_bundles:
    description: Whether the application leaves other bundles. With V(false), it is only added to O(bundles).
    type: bool
    default: true
  icon:
    description:
      - Image file to upload as the icon, on the machine where the module runs; 102400 bytes at most, which is checked before anything is sent.
      - Not shown by the API. It is uploaded after the creation; if that did not come about, the next run does it.
    type: path
  icon_name:
    description: Name of an icon that Control has, such as C(predefined1.png). Not shown by the API.
    type: str
  use_default_icon:
    description: Whether to go back to the default icon, which a new application has anyway. Not shown by the API.
    type: bool
  state:
    description: Whether the application is there.
    type: str
    choices: [present, absent]
    default: present
  update_write_only:
    description:
      - When to send the options that the API does not show, only when the application is created, or with every run to an existing application as well,
        which then always counts as a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: euc.fleet.workspot_application_info
  - module: euc.fleet.workspot_app_pool
  - module: euc.fleet.workspot_bundle
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Create an application and put it into a bundle
  euc.fleet.workspot_application:
    name: Calculator
    pool: Design servers
    full_path: C:\Windows\System32\calc.exe
    target_platforms: [Windows, OSX]
    bundles: [Office]

- name: Change its command line and lead it through a gateway cluster
  euc.fleet.workspot_application:
    name: Calculator
    parameters: -scientific
    route_through_gateway: Always
    gateway_cluster: Europe

- name: Delete it
  euc.fleet.workspot_application:
    name: Calculator
    state: absent
"""

RETURN = r"""
---
application:
  description: The application; for an absent one, as it last was.
  returned: success
  type: dict
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
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls of the shared budget and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 0, writes: 1, eta_s: 0}
not_comparable:
  description: Given options that no call reads back; that nothing changed is no proof that they are as asked.
  returned: when such options are given
  type: list
  elements: str
  sample: [working_dir, icon]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.application import APPLICATION_NOUN

SPEC = ModuleSpec(APPLICATION_NOUN.options, connect, shared=(CONNECTION, WAIT), rules=APPLICATION_NOUN.rules)


def run(ctx):
    return reconcile(ctx, APPLICATION_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
