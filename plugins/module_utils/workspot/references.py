# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of other objects in a record: their names, and beside them their ids, in the same order."""

from __future__ import annotations


def names(items):
    return [item["name"] for item in _in_order(items)]


def ids(items):
    return [item["id"] for item in _in_order(items)]


def same(wanted, current):
    """Whether two lists of ids mean the same objects: no order counts."""
    return set(wanted) == set(current)


def known(record, label, name):
    """The objects that a record, if there is one, refers to: one, or a list."""
    if record is None:
        return []
    ids, shown = record[name], record[label]
    return [{"id": id, "name": text} for id, text in (zip(ids, shown) if isinstance(ids, list) else [(ids, shown)])]


def find(wanted, known, look_up):
    """The object of this name or id: what is known need not be looked up, so that to find everything as asked takes no further read."""
    fitting = [item for item in known if wanted in (item["id"], item["name"])]
    return fitting[0] if len(fitting) == 1 else look_up(wanted)


def merged(given, record, label, name, *, purge):
    """A record's two lists as a list option wants them: the ``given`` objects, without ``purge`` as well as those that are there."""
    kept = [] if purge else known(record, label, name)
    items = {item["id"]: item for item in (*kept, *given)}.values()
    return {label: names(items), name: ids(items)}


def _in_order(items):
    return sorted(items, key=lambda item: (item["name"] or "", item["id"]))
