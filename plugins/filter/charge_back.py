# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter charge_back: what each cost center has, and how long it was used."""

from __future__ import annotations

import collections

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import BadAnswer
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users_report import rows_of
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: charge_back
short_description: Users, desktops and hours by cost center
version_added: 1.0.0
description:
  - Counts users and desktops by the cost center of the users, and adds up the hours of a usage report if it tells any.
  - Users without a cost center are counted under C((none)), and desktops that nobody has under C((unassigned)).
  - Somebody whom only the usage report knows, for example because he has left since, counts for the cost center that it names.
positional: users
options:
  _input:
    description: The desktops, as M(euc.fleet.workspot_desktop_info) returns them.
    type: list
    elements: dict
    required: true
  users:
    description: All users, as M(euc.fleet.workspot_user_info) returns them.
    type: list
    elements: dict
    required: true
  usage:
    description: The text of the file that M(euc.fleet.workspot_usage_report) saved, in either of its formats.
    type: str
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Write down what each cost center has
  ansible.builtin.copy:
    content: >-
      {{ known.desktops | euc.fleet.charge_back(known.users, lookup('ansible.builtin.file', folder ~ '/usage.json'))
         | euc.fleet.csv_file(['cost_center', 'users', 'desktops', 'hours']) }}
    dest: "{{ folder }}/charge-back.csv"
    mode: "0600"
"""

RETURN = r"""
---
_value:
  description: A dictionary for each cost center with C(cost_center), C(users), C(desktops) and C(hours), which is V(none) if nothing tells them.
  type: list
  elements: dict
"""

NONE = "(none)"
UNASSIGNED = "(unassigned)"
# The column is documented as "hours spent", its name is not; keys are folded.
HOURS = ("hoursspent", "hours")


def charge_back(desktops, users, usage=None):
    centers = {user["email"].casefold(): user["cost_center"] or NONE for user in plain(users)}
    people = collections.Counter(centers.values())
    held = collections.Counter(
        centers.get(desktop["user"].casefold(), NONE) if desktop["user"] else UNASSIGNED for desktop in plain(desktops)
    )
    hours = _hours(plain(usage), centers) if usage else {}
    return never_a_template(
        [
            {"cost_center": center, "users": people[center], "desktops": held[center], "hours": hours.get(center, 0) if hours else None}
            for center in sorted({*people, *held, *hours})
        ]
    )


def _hours(usage, centers):
    """Hours by cost center; nothing if the report does not tell any."""
    try:
        rows = rows_of(usage.encode(), "usage report")
    except BadAnswer as error:
        raise AnsibleFilterError(f"euc.fleet.charge_back: {error}") from None
    found = collections.defaultdict(float)
    for row in rows:
        spent = next((row[name] for name in HOURS if row.get(name) not in (None, "")), None)
        if spent is not None:
            found[centers.get(row["email"].casefold()) or row.get("costcenter") or NONE] += _number(spent)
    return {center: round(spent, 2) for center, spent in found.items()}


def _number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        raise AnsibleFilterError(f"euc.fleet.charge_back: the usage report tells '{text}' hours, which is no number") from None


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"charge_back": charge_back}
