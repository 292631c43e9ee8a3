# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A drift report: how far a tenant is from its code, weighed by rules."""

from __future__ import annotations

import collections

from ansible_collections.euc.fleet.plugins.module_utils.core.desired import OK
from ansible_collections.euc.fleet.plugins.module_utils.core.drift import ADDED, MODIFIED, REMOVED, UNKNOWN, UNMANAGED
from ansible_collections.euc.fleet.plugins.module_utils.core.render import counted, price

from .charts import tally_chart
from .data import objects
from .layout import Case, Column, Figure, Report, Section, differences, title_of, without_empty_columns, words
from .rules import GROUPS, HIGH, LOW, MEDIUM, RANKS, set_apart, severity_of

TITLES = {
    REMOVED: ("Would be removed", "In the tenant, and the code says it shall not be."),
    UNKNOWN: ("Could not be told", "Reading or planning failed, so nothing is known about these."),
    MODIFIED: ("Different", "The tenant has another value than the code."),
    ADDED: ("Missing in the tenant", "In the code, and not in the tenant."),
    UNMANAGED: ("Not in the code", "In the tenant, and the code does not speak of it."),
}


def drift_report(result, head, severity, ignore, threshold):
    """``result`` of a check, ``head``: title and the like, rules for ``severity`` and what to ``ignore``; from ``threshold`` on it fails."""
    entries, ignored, matches = [], [], collections.Counter()
    for group in GROUPS:
        for entry in objects(result["drift"].get(group) or [], f"drift.{group}", "kind", "name"):
            left, taken = set_apart(ignore, group, entry)
            if left:
                entries.append({"group": group, "severity": severity_of(severity, group, left), **left})
            for rule, share in taken:
                matches[rule] += 1
                ignored.append({"group": group, **share, "ignored": {key: rule.says[key] for key in ("reason", "until")}})
    entries.sort(key=lambda entry: (-RANKS[entry["severity"]], GROUPS.index(entry["group"]), entry["kind"], entry["name"]))
    matching = [{"kind": item["kind"], "name": item["name"]} for item in result.get("results") or () if item.get("status") == OK]
    data = {
        "about": "drift",
        **head,
        "threshold": threshold,
        "failing": sum(_fails(entry, threshold) for entry in entries),
        "counts": {
            "severity": {severity: sum(entry["severity"] == severity for entry in entries) for severity in (HIGH, MEDIUM, LOW)},
            "group": {group: sum(entry["group"] == group for entry in entries) for group in GROUPS},
            "ignored": len(ignored),
            "matching": len(matching),
        },
        "entries": entries,
        "ignored": ignored,
        "ignore_rules": [{**rule.conditions, **rule.says, "matches": matches[rule]} for rule in ignore],
        "matching": matching,
        "plan": objects(result.get("plan") or [], "plan", "kind", "name", "summary"),
        "cost": result.get("cost"),
    }
    return Report(
        data,
        _headline(data),
        "high" if data["failing"] else "medium" if entries else "good",
        _figures(data["counts"], counted="results" in result),
        [tally_chart("Differences by kind and severity", _by_kind(entries), {severity: severity for severity in (HIGH, MEDIUM, LOW)})],
        [*_differences(data), *_ignored(data, ignore), *_plan(data)],
        list(_cases(data)),
    )


def _fails(entry, threshold):
    return RANKS[entry["severity"]] >= RANKS[threshold]


def _by_kind(entries):
    return [(title_of(entry["kind"]), entry["severity"]) for entry in entries]


def _headline(data):
    number, severities = len(data["entries"]), data["counts"]["severity"]
    if not number:
        return "No drift: all that the code says is so" + (", but for what is ignored" if data["ignored"] else "")
    headline = f"{counted(number, 'difference')}: {', '.join(f'{amount} {severity}' for severity, amount in severities.items() if amount)}"
    harmless = "" if data["failing"] else f"; none reaches the threshold, {data['threshold']}"
    return headline + harmless + (f"; the plan takes {price(data['cost'])}" if data["cost"] and data["cost"]["writes"] else "")


def _figures(counts, *, counted):
    figures = [Figure(severity, number, severity if number else "none") for severity, number in counts["severity"].items()]
    figures.append(Figure("ignored", counts["ignored"], "none"))
    return figures + ([Figure("as in the code", counts["matching"], "good")] if counted else [])


def _details(entry):
    sides = {"before": entry["group"] != ADDED, "after": entry["group"] != REMOVED}
    return [*differences(entry.get("fields"), **sides), *([entry["reason"]] if entry.get("reason") else [])]


def _message(entry):
    return "; ".join([f"{TITLES[entry['group']][0]} ({entry['severity']})", *map(words, _details(entry))])


def _differences(data):
    columns = [Column("Severity", "badge"), Column("Kind"), Column("Name", "name"), Column("Details")]
    for group, (title, lead) in TITLES.items():
        rows = [
            [[entry["severity"]], [title_of(entry["kind"])], [entry["name"]], _details(entry)]
            for entry in data["entries"]
            if entry["group"] == group
        ]
        if rows:
            yield without_empty_columns(Section(title, lead, columns, rows))


def _ignored(data, rules):
    if data["ignored"]:
        columns = [Column("Kind"), Column("Name", "name"), Column("What"), Column("Details"), Column("Reason"), Column("Until")]
        rows = [
            [
                [title_of(entry["kind"])],
                [entry["name"]],
                [TITLES[entry["group"]][0]],
                _details(entry),
                [entry["ignored"]["reason"]],
                [entry["ignored"]["until"]] if entry["ignored"]["until"] else [],
            ]
            for entry in data["ignored"]
        ]
        yield without_empty_columns(Section("Ignored", "Accepted by a rule; not counted.", columns, rows))
    if rules:
        columns = [Column("State", "badge"), Column("Rule", "name"), Column("Reason"), Column("Until"), Column("Matches")]
        rows = [
            [
                ["expired" if rule.says["expired"] else "active"],
                [rule.words],
                [rule.says["reason"]],
                [rule.says["until"]] if rule.says["until"] else [],
                [str(said["matches"])],
            ]
            for rule, said in zip(rules, data["ignore_rules"])
        ]
        yield without_empty_columns(Section("Rules for what is ignored", "An expired rule does not count any more.", columns, rows))


def _plan(data):
    if data["plan"]:
        rows = [
            [[str(number)], [title_of(step["kind"])], [step["summary"]], ["destructive"] if step.get("destructive") else []]
            for number, step in enumerate(data["plan"], 1)
        ]
        columns = [Column("Step"), Column("Kind"), Column("What"), Column("Note", "badge")]
        yield without_empty_columns(Section("Plan", "What a run would do, in this order.", columns, rows))


def _cases(data):
    for entry in data["entries"]:
        yield Case(entry["kind"], f"{entry['name']}: {entry['group']}", failed=_message(entry) if _fails(entry, data["threshold"]) else None)
    for entry in data["ignored"]:
        yield Case(entry["kind"], f"{entry['name']}: {entry['group']}, ignored", skipped=entry["ignored"]["reason"])
    for item in data["matching"]:
        yield Case(item["kind"], item["name"])
