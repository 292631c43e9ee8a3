# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter moves_to_undo: what brings back each desktop whose move has failed."""

from __future__ import annotations

import re

from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import RUNNING, label
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: moves_to_undo
short_description: What brings back each desktop whose move has failed
version_added: 1.0.0
description:
  - How far a failed move has come decides what helps. Early, Control starts the desktop again by itself; later it takes a reboot; and once the user
    has the copy, or after an upgrade, a cancellation. A desktop must not be rebooted while it is moved, so one whose move is not known to have ended
    is left alone.
  - A move has ended if its operation has failed, or if Control refuses another one until it is undone.
  - Made for the roles of this collection, and may change with any release.
positional: operations, desktops, method
options:
  _input:
    description: The C(results) of M(euc.fleet.workspot_rollout).
    type: list
    elements: dict
    required: true
  operations:
    description: Operations of the failed ones, as M(euc.fleet.workspot_operation_info) returns them.
    type: list
    elements: dict
    required: true
  desktops:
    description: Desktops of the pool that they are moved from, as M(euc.fleet.workspot_desktop_info) returns them after the failure.
    type: list
    elements: dict
    required: true
  method:
    description: How they are moved.
    type: str
    choices: [move, upgrade]
    required: true
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Reboot the desktops that need it
  euc.fleet.workspot_desktop_action:
    pool: Sales
    name: "{{ item.id }}"
    action: reboot
  loop: "{{ moved.results | euc.fleet.moves_to_undo(asked.operations, left.desktops, 'move') | selectattr('way', '==', 'reboot') }}"
"""

RETURN = r"""
---
_value:
  description:
    - For each desktop whose move has failed its C(name) with the pool, its C(id) (V(none) if it is not there), and in C(way) V(reboot), V(cancel),
      V(none) for one that runs, or V(unknown) for one that is left alone.
  type: list
  elements: dict
"""

# A move that an earlier run left undone has no operation in this one; only how Control refuses another one tells of it.
REFUSED = re.compile("HTTP 400.*must be undone first")


def moves_to_undo(results, operations, desktops, method):
    ended = {operation["id"] for operation in plain(operations) if operation["status"] == "failed"}
    there = {label(desktop): desktop for desktop in plain(desktops) if desktop["status"] != "Deleting"}
    return never_a_template(
        [
            {"name": result["name"], "id": there.get(result["name"], {}).get("id"), "way": _way(result, ended, there.get(result["name"]), method)}
            for result in plain(results)
            if result["status"] == "failed"
        ]
    )


def _way(result, ended, desktop, method):
    operation = result.get("operation")
    over = operation in ended if operation else REFUSED.search(result.get("msg") or "")
    if not over or desktop is None:
        return "unknown"
    if desktop["status"] in RUNNING:
        return "none"
    return "reboot" if method == "move" and desktop["user"] else "cancel"


class FilterModule:
    def filters(self):
        return {"moves_to_undo": moves_to_undo}
