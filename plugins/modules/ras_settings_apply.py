#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ras_settings_apply
short_description: Apply changed settings of a farm
version_added: 1.0.0
description:
  - Makes changed settings of a Parallels RAS farm live, as the button Apply of its console does, if there are any that wait for it.
options:
  force:
    description: Apply even if the farm tells of no settings that wait.
    type: bool
    default: false
notes:
  - What other administrators have changed is made live as well. That is why no other module applies settings by itself.
  - Whether settings wait is told by a logon only, so that O(username) and O(password) are needed.
  - "Certainty: the call was seen in a client. That the answer to a logon tells whether settings wait, and that it tells otherwise after an apply, is
    inferred from the name of its field C(applySettingsEnabled). If a farm goes on telling so, every run applies."
seealso:
  - module: euc.fleet.ras_avd_workspace
extends_documentation_fragment:
  - euc.fleet.ras
  - euc.fleet.ras.wait
  - euc.fleet.attributes
  - euc.fleet.attributes.state
attributes:
  idempotent:
    support: partial
    details:
      - With O(force) it applies every time.
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Apply what the tasks before have changed
  euc.fleet.ras_settings_apply:
"""

RETURN = r"""
---
settings:
  description: What the farm tells of its settings and of itself.
  returned: success
  type: dict
  contains:
    pending: {description: Whether settings wait to be applied., type: bool, returned: always}
    revision: {description: Number of the settings in use., type: int, returned: always}
    farm: {description: Name of the farm., type: str, returned: always}
    farm_guid: {description: GUID of the farm., type: str, returned: always}
    domain: {description: Domain of the broker., type: str, returned: always}
    site_id: {description: Number of the site that the session is connected to., type: int, returned: always}
    broker: {description: Broker that the session talks to., type: str, returned: always}
    broker_is_primary: {description: Whether that is a primary Connection Broker., type: bool, returned: always}
    licensing_server: {description: Licensing server of the farm., type: str, returned: always}
    licensing_server_connected: {description: Whether it is connected to the licensing server., type: bool, returned: always}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 4, writes: 1, eta_s: 60}
api:
  description: What the task asked of the farm.
  returned: when the farm was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT, reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.ras.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.ras.resources.settings import SETTINGS_NOUN

SPEC = ModuleSpec(SETTINGS_NOUN.options, connect, shared=(CONNECTION, WAIT))


def run(ctx):
    return reconcile(ctx, SETTINGS_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
