# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run report: what became of each object of a run, the failures first."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.core.desired import CHANGED, FAILED, NOT_ATTEMPTED, OK
from ansible_collections.euc.fleet.plugins.module_utils.core.render import counted, price

from .charts import tally_chart
from .data import objects
from .layout import Case, Column, Figure, Report, Section, title_of, without_empty_columns

DONE, SKIPPED = "done", "skipped"
# Status: title, lead, tone; in the order of the report.
STATUSES = {
    FAILED: ("Failed", "The run could not lead these to where they shall be.", "high"),
    NOT_ATTEMPTED: ("Not attempted", "The run ended before their turn came.", "medium"),
    CHANGED: ("Changed", "Not as they should have been before.", "session"),
    DONE: ("Done", "Carried out and seen through.", "good"),
    SKIPPED: ("Skipped", "Left alone, for the reason given.", "muted"),
    OK: ("Unchanged", "Already as they should be.", "good"),
}
# What was not attempted in a run that only looked.
PLANNED = ("Planned", "What a run for real would do.", "session")


def run_report(result, head, planned=False):
    """``result`` of a run over many objects, ``head``: title and the like; ``planned``: it only looked."""
    statuses = STATUSES | {NOT_ATTEMPTED: PLANNED} if planned else STATUSES
    words = {status: title_of(status) for status in statuses} | ({NOT_ATTEMPTED: "planned"} if planned else {})
    entries = [_entry(item) for item in objects(result["results"], "results", "kind", "name", "status")]
    entries.sort(key=lambda entry: (list(STATUSES).index(entry["status"]), entry["kind"], entry["wave"] or 0, entry["name"]))
    counts = {status: sum(entry["status"] == status for entry in entries) for status in STATUSES}
    data = {
        "about": "run",
        **head,
        "failing": counts[FAILED],
        "counts": {"status": counts},
        "entries": entries,
        "api": result.get("api"),
        "cost": result.get("cost") if planned else None,
    }
    refused = "error" in result
    happened = {status: number for status, number in counts.items() if number}
    return Report(
        data,
        _headline(len(entries), {words[status]: number for status, number in happened.items()}, refused, data["cost"]),
        "high" if counts[FAILED] or refused else "medium" if counts[NOT_ATTEMPTED] and not planned else "good",
        [Figure(words[status], number, statuses[status][2]) for status, number in happened.items()],
        [_chart(entries, statuses, words)],
        list(_sections(entries, statuses, words)),
        [_case(entry) for entry in entries],
    )


def _entry(item):
    if item["status"] not in STATUSES:
        raise AnsibleFilterError(f"euc.fleet.report: the status of {item['name']} is one of {', '.join(STATUSES)}, not '{item['status']}'")
    return {
        "status": item["status"],
        "kind": item["kind"],
        "name": item["name"],
        "wave": item.get("wave"),
        "changes": item.get("changes") or [],
        "msg": item.get("msg"),
        "operation": item.get("operation") or (item.get("error") or {}).get("operation"),
    }


def _headline(number, happened, refused, cost):
    if not number:
        return "Nothing was done" if refused else "Nothing to do"
    headline = f"{counted(number, 'object')}: {', '.join(f'{amount} {word}' for word, amount in happened.items())}"
    return headline + (f"; this takes {price(cost)}" if cost and cost["writes"] else "")


def _chart(entries, statuses, words):
    pairs = [(title_of(entry["kind"]), words[entry["status"]]) for entry in entries]
    return tally_chart("Results by kind", pairs, {words[status]: tone for status, (_title, _lead, tone) in statuses.items()})


def _sections(entries, statuses, words):
    columns = [Column("Status", "badge"), Column("Wave"), Column("Kind"), Column("Name", "name"), Column("Details"), Column("Operation", "name")]
    for status, (title, lead, _tone) in statuses.items():
        rows = [
            [
                [words[status]],
                [str(entry["wave"])] if entry["wave"] else [],
                [title_of(entry["kind"])],
                [entry["name"]],
                [*entry["changes"], *([entry["msg"]] if entry["msg"] else [])],
                [str(entry["operation"])] if entry["operation"] else [],
            ]
            for entry in entries
            if entry["status"] == status
        ]
        if rows:
            yield without_empty_columns(Section(title, lead, columns, rows))


def _case(entry):
    message = entry["msg"] or title_of(entry["status"])
    if entry["status"] == FAILED:
        return Case(entry["kind"], entry["name"], failed=message + (f" (operation {entry['operation']})" if entry["operation"] else ""))
    return Case(entry["kind"], entry["name"], skipped=message if entry["status"] in (SKIPPED, NOT_ATTEMPTED) else None)
