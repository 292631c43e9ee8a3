# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run report: what became of each object of a run, the failures first."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.core.desired import CHANGED, FAILED, NOT_ATTEMPTED, OK

from .charts import tally_chart
from .data import objects
from .layout import Case, Column, Figure, Report, Section, count, title_of, without_empty_columns

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


def run_report(result, head):
    """``result`` of a run over many objects, ``head``: title and the like."""
    entries = [_entry(item) for item in objects(result["results"], "results", "kind", "name", "status")]
    entries.sort(key=lambda entry: (list(STATUSES).index(entry["status"]), entry["kind"], entry["name"]))
    counts = {status: sum(entry["status"] == status for entry in entries) for status in STATUSES}
    data = {"about": "run", **head, "failing": counts[FAILED], "counts": {"status": counts}, "entries": entries, "api": result.get("api")}
    refused = result.get("msg") if "error" in result else None
    happened = {status: number for status, number in counts.items() if number}
    return Report(
        data,
        _headline(len(entries), happened, refused),
        "high" if counts[FAILED] or refused else "medium" if counts[NOT_ATTEMPTED] else "good",
        [Figure(title_of(status), number, STATUSES[status][2]) for status, number in happened.items()],
        [_chart(entries)],
        list(_sections(entries)),
        [_case(entry) for entry in entries],
    )


def _entry(item):
    if item["status"] not in STATUSES:
        raise AnsibleFilterError(f"euc.fleet.report: the status of {item['name']} is one of {', '.join(STATUSES)}, not '{item['status']}'")
    return {
        "status": item["status"],
        "kind": item["kind"],
        "name": item["name"],
        "changes": item.get("changes") or [],
        "msg": item.get("msg"),
        "operation": item.get("operation") or (item.get("error") or {}).get("operation"),
    }


def _headline(number, happened, refused):
    if not number:
        return f"Nothing was done: {refused}" if refused else "Nothing to do"
    return f"{count(number, 'object')}: {', '.join(f'{amount} {title_of(status)}' for status, amount in happened.items())}"


def _chart(entries):
    pairs = [(title_of(entry["kind"]), title_of(entry["status"])) for entry in entries]
    return tally_chart("Results by kind", pairs, {title_of(status): tone for status, (_title, _lead, tone) in STATUSES.items()})


def _sections(entries):
    columns = [Column("Status", "badge"), Column("Kind"), Column("Name", "name"), Column("Details"), Column("Operation", "name")]
    for status, (title, lead, _tone) in STATUSES.items():
        rows = [
            [
                [title_of(status)],
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
