#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_favorite
short_description: Favorites of a user of a Citrix workspace
version_added: 1.0.0
description:
  - Makes an app or desktop a favorite of the signed-in user, or takes it from the favorites.
options:
  name:
    description: Exact name of the resource. One of O(name) and O(resource_id) is needed.
    type: str
  resource_id:
    description: Id of the resource, where a name is not enough.
    type: str
  state:
    description: Whether it shall be a favorite.
    type: str
    choices: [present, absent]
    default: present
  link:
    description: Name of the resource's link for favorites, which the vendor does not publish; M(euc.fleet.citrix_workspace_resource_info) shows
      those that there are.
    type: str
    default: favoriteUrl
notes:
  - The API does not tell what is a favorite, so every run sends it, and counts as a change.
  - "Certainty: that resources can be favorites is documented, and the path was seen in a diagram of the vendor's. The name of the link, how a
    favorite is taken away and the answers are inferred. If your workspace has another link, the task fails with those that are there, and sends
    nothing."
seealso:
  - module: euc.fleet.citrix_workspace_resource_info
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: none
    details:
      - It is said every time, since no answer tells what is a favorite.
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Put the calculator first
  euc.fleet.citrix_workspace_favorite:
    name: Calculator
"""

RETURN = r"""
---
resource:
  description: The resource.
  returned: success
  type: dict
  contains:
    resource_id: {description: Opaque id., type: str, returned: always, sample: r-1}
    name: {description: Name that users see., type: str, returned: always, sample: Calculator}
    enabled: {description: Whether it can be used now., type: bool, returned: always}
    client_types: {description: Client types; only C(ica30) can be launched., type: list, elements: str, returned: always, sample: [ica30]}
    links: {description: Addresses by the name of the link., type: dict, returned: always}
    launchable: {description: Whether it can be launched., type: bool, returned: always}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, in calls, and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 0, writes: 1, eta_s: 0}
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
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.favorite import FAVORITE
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.resources import ONE_RESOURCE
from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec(FAVORITE.options, connect, shared=(CONNECTION, ONE_RESOURCE))


def run(ctx):
    return reconcile(ctx, FAVORITE)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
