# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter unknown_names: names that nothing has, each with what may have been meant."""

from __future__ import annotations

import difflib

from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: unknown_names
short_description: Names that nothing has, and what may have been meant
version_added: 1.0.0
description:
  - Tells which names are not among the known ones, as they were given, and which known ones are like them.
positional: known
options:
  _input:
    description: The names.
    type: list
    elements: str
    required: true
  known:
    description: Names of what there is.
    type: list
    elements: str
    required: true
  ignore_case:
    description: Whether V(sales) is V(Sales).
    type: bool
    default: false
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Refuse pools that are not there
  ansible.builtin.assert:
    that: unknown | length == 0
    fail_msg: "There are no such pools: {{ unknown | join(', ') }}"
  vars:
    # As in: There are no such pools: 'Sails' (did you mean 'Sales'?)
    unknown: "{{ pools | euc.fleet.unknown_names(read.pools | map(attribute='name')) }}"
"""

RETURN = r"""
---
_value:
  description: The unknown names in quotes, each once, with those that are like it in parentheses.
  type: list
  elements: str
"""


def unknown_names(names, known, ignore_case=False):
    names, known = [str(name) for name in plain(list(names))], [name for name in plain(list(known)) if name]
    there = {name.casefold() if ignore_case else name for name in known}
    return never_a_template([_told(name, known) for name in dict.fromkeys(names) if (name.casefold() if ignore_case else name) not in there])


def _told(name, known):
    folded = {one.casefold(): one for one in known}
    near = [f"'{folded[one]}'" for one in difflib.get_close_matches(name.casefold(), folded, n=3)]
    return f"'{name}'" + (f" (did you mean {' or '.join(near)}?)" if near else "")


class FilterModule:
    def filters(self):
        return {"unknown_names": unknown_names}
