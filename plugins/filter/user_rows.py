# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter user_rows: a list of users to come, from CSV or YAML, with everything that is wrong in it before anybody acts on it."""

from __future__ import annotations

import collections
import csv
import io

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.unknown_names import unknown_names
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import FleetError, InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.assignment import ASSIGN_DESKTOP, ASSIGN_POOL
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_tags import TAG, problem_of, texts
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import choose_desktop, label
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import POOL, is_persistent
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users import check_email
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: user_rows
short_description: A list of users to come, checked row by row
version_added: 1.0.0
description:
  - Reads the text of a CSV file, or a list of dictionaries, and tells which rows can be acted on and what is wrong with each of the others.
  - A row has C(email) and C(pool), and may have C(first_name), C(last_name), C(desktop), C(cost_center) and C(tags). In a CSV file each tag has a
    column of its own, such as C(tag:department), and an empty cell is no value. Commas or semicolons part the cells.
  - Wrong is what is no e-mail address, an address or a desktop that several rows have (whatever the case; nobody knows which row is meant, so all of
    them are wrong), a pool that is not there, a value that nobody knows, tags against the rules, and what the pool's kind or cloud does not offer.
  - Columns of a CSV file that nobody knows are an error of the whole file.
positional: pools
options:
  _input:
    description: The text, or the list.
    type: raw
    required: true
  pools:
    description: All pools, as M(euc.fleet.workspot_pool_info) returns them.
    type: list
    elements: dict
    required: true
  desktops:
    description:
      - Desktops of the pools that good rows name, as M(euc.fleet.workspot_desktop_info) returns them. With them, a row whose desktop is not there,
        or has another user, is wrong as well, unless something else is wrong with it already.
    type: list
    elements: dict
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Tell what is wrong
  ansible.builtin.debug:
    msg: "{{ (lookup('ansible.builtin.file', 'new.csv') | euc.fleet.user_rows(known.pools)).wrong }}"
"""

RETURN = r"""
---
_value:
  description:
    - C(good) are the rows that can be acted on, with C(row), C(email), C(first_name), C(last_name), C(pool) (its name), C(pool_id), C(persistent),
      C(desktop), C(cost_center) and C(tags); what is not given is V(none).
    - C(wrong) are the others, with C(row), C(name) and C(msg). Rows of a list count from 1. In a CSV file the
      column names are row 1, as a spreadsheet has it.
  type: dict
"""

COLUMNS = ("email", "first_name", "last_name", "pool", "desktop", "cost_center")
TAG_COLUMN = "tag:"


def user_rows(given, pools, desktops=None):
    given, pools, desktops = plain(given), plain(pools), plain(desktops)
    rows = list(_of_csv(given) if isinstance(given, str) else _of_list(given))
    problems = {number: [] for number, _row in rows}
    good = []
    for number, row in rows:
        try:
            good.append(_checked(number, row, pools))
        except FleetError as error:
            problems[number].append(str(error))
    for what in ("email", "desktop"):
        for number, sentence in _given_twice(rows, what):
            problems[number].append(sentence)
    # Last, for of a pool that only wrong rows name, no desktops are given.
    for row in good if desktops is not None else ():
        if row["desktop"] and not problems[row["row"]]:
            problems[row["row"]] += _of_desktop(row, desktops)
    wrong = [
        {"row": number, "name": f"row {number} ({row.get('email') or 'nobody'})", "msg": "; ".join(problems[number])}
        for number, row in rows
        if problems[number]
    ]
    return never_a_template({"good": [row for row in good if not problems[row["row"]]], "wrong": wrong})


def _of_csv(text):
    """(number, row) for each line with anything in it, numbered as a spreadsheet does."""
    columns, *lines = _cells(text.lstrip("\ufeff"))
    unknown = unknown_names([column for column in columns if not column.startswith(TAG_COLUMN)], COLUMNS)
    if unknown:
        raise AnsibleFilterError(
            f"euc.fleet.user_rows: nobody knows the column {unknown[0]}; there are {', '.join(COLUMNS)}, and {TAG_COLUMN}NAME for tags"
        )
    twice = [column for column, times in collections.Counter(columns).items() if times > 1]
    if twice:
        raise AnsibleFilterError(f"euc.fleet.user_rows: the column '{twice[0]}' is there twice")
    for number, cells in enumerate(lines, 2):
        row = {column: cell for column, cell in zip(columns, cells) if cell}
        tags = {column[len(TAG_COLUMN) :]: row.pop(column) for column in columns if column.startswith(TAG_COLUMN) and column in row}
        if any(cells):
            surplus = {"more cells than columns": cells[len(columns) :]} if len(cells) > len(columns) else {}
            yield number, {**row, **({"tags": tags} if tags else {}), **surplus}


def _cells(text):
    head = text.partition("\n")[0]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","))
    except csv.Error as error:
        raise AnsibleFilterError(f"euc.fleet.user_rows: this is no CSV file: {error}") from None
    return [[cell.strip() for cell in line] for line in lines] or [[]]


def _of_list(given):
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise AnsibleFilterError("euc.fleet.user_rows: the users are the text of a CSV file, or a list of dictionaries")
    for number, row in enumerate(given, 1):
        yield number, {key: value if key == "tags" else str(value) for key, value in row.items() if value not in (None, "")}


def _checked(number, row, pools):
    """The row with its pool found. Raises FleetError with what is wrong with it alone."""
    for key in row:
        if key not in (*COLUMNS, "tags"):
            raise InvalidInput(f"nobody knows '{key}'")
    for key in ("email", "pool"):
        if not row.get(key):
            raise InvalidInput(f"{key} is missing")
    check_email(row["email"])
    pool = POOL.find(pools, row["pool"])
    if row.get("desktop") and not is_persistent(pool):
        raise InvalidInput(f"desktops of pool '{pool['name']}' belong to nobody, so '{row['desktop']}' cannot be given to anybody")
    (ASSIGN_DESKTOP if row.get("desktop") else ASSIGN_POOL).require(pool, "assign")
    return {
        "row": number,
        **{column: row.get(column) for column in COLUMNS},
        "pool": pool["name"],
        "pool_id": pool["id"],
        "persistent": is_persistent(pool),
        "tags": _tags(row.get("tags"), pool),
    }


def _of_desktop(row, desktops):
    """A sentence for a desktop that is not there, or that somebody else has."""
    there = [desktop for desktop in desktops if desktop["pool_id"] == row["pool_id"]]
    try:
        desktop = choose_desktop(there, row["desktop"], where=f" in pool '{row['pool']}'")
    except FleetError as error:
        yield str(error)
        return
    if desktop["user"] and desktop["user"].casefold() != row["email"].casefold():
        yield f"desktop '{label(desktop)}' is assigned to {desktop['user']}"


def _tags(given, pool):
    if not given:
        return None
    if not isinstance(given, dict) or any(value is None or isinstance(value, (list, dict)) for value in given.values()):
        raise InvalidInput("tags is a dictionary of names and values")
    TAG.require(pool, "tag")
    if not is_persistent(pool):
        raise InvalidInput(f"desktops of pool '{pool['name']}' have no tags, for they last one session")
    if problem_of(texts(given)):
        raise InvalidInput(problem_of(texts(given)))
    return texts(given)


def _given_twice(rows, what):
    """(row, sentence) for each row that has the same as another; a desktop is the same in the same pool only."""
    having = collections.defaultdict(list)
    for number, row in rows:
        if row.get(what):
            having[(row[what].casefold(), row.get("pool", "").casefold() if what == "desktop" else "")].append(number)
    for numbers in having.values():
        for number in numbers if len(numbers) > 1 else ():
            others = ", ".join(str(other) for other in numbers if other != number)
            yield number, f"the same {'e-mail address' if what == 'email' else what} is in row {others}"


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"user_rows": user_rows}
