# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a tenant is from its desired state, as data for reports."""

from __future__ import annotations

from .render import named

ADDED, REMOVED, MODIFIED, UNMANAGED, UNKNOWN = "added", "removed", "changed", "unmanaged", "unknown"

# What an object's own first change is called when it comes, and when it goes.
MAKING, TAKING = ("create", "assign"), ("delete", "unassign", "take away")


def drift_of(items, unmanaged):
    """What a plan and the rest of the tenant amount to, one list of entries each:

    ``added`` would be made, ``removed`` would be removed, ``changed`` would change (``fields``: name -> before, after), or should and cannot
    (``reason``), ``unmanaged`` is there and the desired state does not speak of it, ``unknown`` could not be planned (``reason``). An entry has
    ``kind`` and ``name``.
    """
    drift = {ADDED: [], REMOVED: [], MODIFIED: [], UNMANAGED: [], UNKNOWN: []}
    objects = {}
    for item in items:
        objects.setdefault((item.kind, item.title), []).append(item)
    for (kind, name), parts in objects.items():
        errors = [part.error for part in parts if part.error]
        writes = [change for part in parts for change in part.writes]
        differing = [error.facts.get("differing") for error in errors]
        if errors and all(differing):
            # It is known how far it is, and that nothing leads it back.
            fields = {name: sides for known in differing for name, sides in known.items()}
            drift[MODIFIED].append({"kind": kind, "name": name, "fields": {**_fields(writes), **fields}, "reason": str(errors[0])})
        elif errors:
            drift[UNKNOWN].append({"kind": kind, "name": name, "reason": str(errors[0])})
        elif writes:
            own = parts[0].writes
            group = ADDED if own and own[0].verb in MAKING else REMOVED if own and own[0].verb in TAKING else MODIFIED
            drift[group].append({"kind": kind, "name": name, "fields": _fields(writes)})
    drift[UNMANAGED] = [{"kind": kind, "name": name} for kind, name in unmanaged]
    return {group: sorted(entries, key=lambda entry: (entry["kind"], entry["name"])) for group, entries in drift.items()}


def _fields(writes):
    fields = {}
    for change in writes:
        before, after = named(change.before), named(change.after)
        for name in (*before, *(name for name in after if name not in before)):
            fields.setdefault(name, {"before": before.get(name)})["after"] = after.get(name)
    return {name: field for name, field in fields.items() if field["before"] != field["after"]}
