# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter csv_file: records as the text of a CSV file that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: csv_file
short_description: Records as the text of a CSV file
version_added: 1.0.0
description:
  - Writes a line of column names and a line for each record. What a record does not have, or has as V(none), is an empty cell.
  - A text that a spreadsheet would take for a formula gets an apostrophe before it, for names that come from a tenant are anybody's. Texts never
    become templates. The NUL character, which CSV cannot hold, is written as U+FFFD.
positional: columns
options:
  _input:
    description: The records.
    type: list
    elements: dict
    required: true
  columns:
    description: Keys of the records, in the order of the columns.
    type: list
    elements: str
    required: true
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Write down who has what
  ansible.builtin.copy:
    content: "{{ found | euc.fleet.csv_file(['user', 'desktop']) }}"
    dest: "{{ folder }}/desktops.csv"
    mode: "0600"
  vars:
    found: [{user: ann@example.com, desktop: SALES-001, pool: Sales}]
"""

RETURN = r"""
---
_value:
  description: The text of the file.
  type: str
"""

BEGINNINGS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(records, columns):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record.get(column)) for column in columns] for record in plain(records))
    return never_a_template(text.getvalue())


def _cell(value):
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "\ufffd")  # CSV has no way to write it: Python 3.10 fails, and spreadsheets end there
    return f"'{text}" if text.startswith(BEGINNINGS_OF_FORMULAS) else text


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"csv_file": csv_file}
