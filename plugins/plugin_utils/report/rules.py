# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which differences matter and which are accepted: rules on group, kind, name and field, the first that fits decides.

A difference in fields is judged field by field. So a rule with ``field`` speaks of that field alone: it neither hides nor weighs what else
differs in the same object.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import fnmatch

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.core.drift import ADDED, MODIFIED, REMOVED, UNKNOWN, UNMANAGED

from .data import objects

LOW, MEDIUM, HIGH = "low", "medium", "high"
RANKS = {LOW: 0, MEDIUM: 1, HIGH: 2}
GROUPS = (REMOVED, UNKNOWN, MODIFIED, ADDED, UNMANAGED)
CONDITIONS = ("group", "kind", "name", "field")

# Who may use what comes first; tags are the least.
SEVERITIES = [
    {"group": [REMOVED, UNKNOWN], "severity": HIGH},
    {"group": [MODIFIED, UNMANAGED], "kind": ["assignments", "users", "groups", "global_desktops"], "severity": HIGH},
    {"kind": "desktops", "field": "user", "severity": HIGH},
    {"field": "tags", "severity": LOW},
    {"group": [ADDED, MODIFIED], "severity": MEDIUM},
    {"severity": LOW},
]


@dataclasses.dataclass(eq=False)
class Rule:
    """``conditions``: name -> patterns of which one must fit. ``says``: what else the rule holds, such as its reason."""

    conditions: dict
    says: dict

    def fits(self, group, entry, field):
        found = {"group": group, "kind": entry["kind"], "name": entry["name"], "field": field}
        return all(
            found[condition] is not None and any(found[condition] == wanted or fnmatch.fnmatchcase(found[condition], wanted) for wanted in patterns)
            for condition, patterns in self.conditions.items()
        )

    @property
    def words(self):
        return "; ".join(f"{condition} {' or '.join(patterns)}" for condition, patterns in self.conditions.items())


def severity_rules(given):
    """The caller's rules before our own. Raises AnsibleFilterError."""
    rules = _rules("severity", [*given, *SEVERITIES], "severity")
    for rule in rules:
        _check("severity", rule.says["severity"], RANKS)
    return rules


def ignore_rules(given, today):
    """The caller's rules, with ``expired`` true for those whose last day, ``until``, is before ``today``. Raises AnsibleFilterError."""
    rules = _rules("ignore", given, "reason", "until")
    for rule in rules:
        if not rule.conditions:
            raise AnsibleFilterError(f"euc.fleet.report: a rule of ignore has a {', '.join(CONDITIONS[:-1])} or field: {rule.says}")
        until = rule.says.setdefault("until", None)
        if until and not today:
            raise AnsibleFilterError("euc.fleet.report: rules of ignore with until need today, such as today=now(fmt='%Y-%m-%d')")
        rule.says["expired"] = bool(until) and _day("until", until) < _day("today", today)
    return rules


def severity_of(rules, group, entry):
    """The severity of the worst thing about an entry."""
    parts = [next(rule.says["severity"] for rule in rules if rule.fits(group, entry, part)) for part in _parts(group, entry)]
    return max(parts, key=RANKS.get)


def set_apart(rules, group, entry):
    """What is left of an entry (or None), and what rules take from it as (rule, entry)."""
    takers = collections.defaultdict(list)
    for part in _parts(group, entry):
        taker = next((rule for rule in rules if not rule.says["expired"] and _may_take(rule, group) and rule.fits(group, entry, part)), None)
        takers[taker].append(part)
    shares = {taker: _share(entry, parts) for taker, parts in takers.items()}
    return shares.pop(None, None), list(shares.items())


def _may_take(rule, group):
    """What could not be told might be anything: only a rule that says so accepts it."""
    return group != UNKNOWN or "group" in rule.conditions


def _parts(group, entry):
    return list(entry.get("fields") or ()) or [None] if group == MODIFIED else [None]


def _share(entry, parts):
    return entry if parts == [None] else {**entry, "fields": {name: entry["fields"][name] for name in parts}}


def _rules(option, given, required, *more):
    rules = []
    for item in objects(given, option, required):
        unknown = [key for key in item if key not in (*CONDITIONS, required, *more)]
        if unknown:
            raise AnsibleFilterError(f"euc.fleet.report: {option} knows no {unknown[0]}; a rule has {', '.join((*CONDITIONS, required, *more))}")
        conditions = {key: item[key] if isinstance(item[key], list) else [item[key]] for key in CONDITIONS if item.get(key) is not None}
        for group in conditions.get("group", ()):
            _check(f"group in {option}", group, GROUPS)
        texts = {key: [str(pattern) for pattern in patterns] for key, patterns in conditions.items()}
        rules.append(Rule(texts, {key: item[key] for key in (required, *more) if key in item}))
    return rules


def _check(what, value, choices):
    if value not in choices:
        raise AnsibleFilterError(f"euc.fleet.report: {what} is one of {', '.join(choices)}, not '{value}'")


def _day(option, value):
    try:
        return datetime.datetime.fromisoformat(value).date()
    except (TypeError, ValueError):
        raise AnsibleFilterError(f"euc.fleet.report: {option} is a date like 2026-01-31, not '{value}'") from None
