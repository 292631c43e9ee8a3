# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which differences matter, and which are accepted."""

from __future__ import annotations

import json

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.report import report
from report_samples import drift, options


def data(result, **given):
    return json.loads(report(result, "json", **given))


def one(group, kind="pools", name="Sales", **more):
    return {"drift": {group: [{"kind": kind, "name": name, **more}]}}


def fields(*names):
    return {"fields": {name: {"before": 1, "after": 2} for name in names}}


@pytest.mark.parametrize(
    "result, severity",
    [
        (one("removed"), "high"),
        (one("unknown", reason="no answer"), "high"),
        (one("added"), "medium"),
        (one("added", kind="users"), "medium"),
        (one("changed", **fields("idle_timeout")), "medium"),
        (one("changed", **fields("tags")), "low"),
        (one("changed", **fields("tags", "idle_timeout")), "medium"),
        (one("changed", fields={}), "medium"),
        (one("changed", kind="desktops", **fields("tags", "user")), "high"),
        (one("unmanaged"), "low"),
        *[(one(group, kind=kind), "high") for group in ("changed", "unmanaged") for kind in ("assignments", "users", "groups", "global_desktops")],
    ],
)
def test_severity(result, severity):
    assert data(result)["entries"][0]["severity"] == severity


def test_the_callers_rules_come_first():
    rules = [{"kind": ["bundles", "pool?"], "name": "S*", "severity": "high"}, {"group": "unmanaged", "severity": "medium"}]
    assert data(one("unmanaged"), severity=rules)["entries"][0]["severity"] == "high"
    assert data(one("unmanaged", name="Lab"), severity=rules)["entries"][0]["severity"] == "medium"


@pytest.mark.parametrize("threshold, failing", [("low", 11), ("medium", 8), ("high", 4)])
def test_the_threshold_decides_how_many_fail(threshold, failing):
    assert data(drift(), **options(threshold=threshold))["failing"] == failing


def test_counts():
    counts = data(drift(), **options())["counts"]
    assert counts["severity"] == {"high": 4, "medium": 4, "low": 3}
    assert counts["group"] == {"removed": 1, "unknown": 1, "changed": 4, "added": 3, "unmanaged": 2}
    assert (counts["ignored"], counts["matching"]) == (3, 3)


def test_what_is_ignored_is_listed_with_its_reason():
    found = data(one("unmanaged", name="Lab 1"), ignore=[{"name": "Lab*", "reason": "a lab"}])
    assert found["entries"] == []
    assert found["failing"] == 0
    assert found["ignored"] == [{"group": "unmanaged", "kind": "pools", "name": "Lab 1", "ignored": {"reason": "a lab", "until": None}}]


def test_a_name_with_signs_of_patterns_fits_itself():
    assert data(one("unmanaged", name="Lab [1]"), ignore=[{"name": "Lab [1]", "reason": "r"}])["entries"] == []


def test_a_rule_of_a_field_hides_no_other_field():
    found = data(one("changed", **fields("description", "size", "tags")), ignore=[{"field": "description", "reason": "r"}])
    assert [list(entry["fields"]) for entry in found["entries"]] == [["size", "tags"]]
    assert [list(entry["fields"]) for entry in found["ignored"]] == [["description"]]


def test_a_rule_of_a_field_hides_no_missing_object():
    assert data(one("added", **fields("tags")), ignore=[{"field": "tags", "reason": "r"}])["ignored"] == []


def test_what_could_not_be_told_is_ignored_only_by_name_of_the_group():
    assert data(one("unknown"), ignore=[{"name": "*", "reason": "r"}])["failing"] == 1
    assert data(one("unknown"), ignore=[{"name": "*", "group": "unknown", "reason": "r"}])["failing"] == 0


@pytest.mark.parametrize("today, expired", [("2026-03-01", False), ("2026-03-02", False), ("2026-03-03", True)])
def test_a_rule_counts_until_the_end_of_its_last_day(today, expired):
    rule = {"kind": "pools", "until": "2026-03-02", "reason": "r"}
    found = data(one("unmanaged"), ignore=[rule], today=today)
    assert found["ignore_rules"] == [{"kind": ["pools"], "reason": "r", "until": "2026-03-02", "expired": expired, "matches": int(not expired)}]
    assert found["failing"] == int(expired)


def test_dates_of_yaml_are_dates():
    rule = yaml.safe_load("{kind: pools, until: 2026-01-31, reason: r}")
    assert data(one("unmanaged"), ignore=[rule], today=yaml.safe_load("2026-02-01"))["ignore_rules"][0]["expired"]


@pytest.mark.parametrize(
    "given, words",
    [
        ({"ignore": [{"kind": "pools"}]}, "an item of ignore has no reason"),
        ({"ignore": [{"reason": "r"}]}, "a rule of ignore has a group, kind, name or field"),
        ({"ignore": [{"kind": "pools", "reason": "r", "util": "2026-01-01"}]}, "ignore knows no util"),
        ({"ignore": [{"kind": "pools", "reason": "r", "until": "2026-01-01"}]}, "need today"),
        ({"ignore": [{"kind": "pools", "reason": "r", "until": "soon"}], "today": "2026-01-01"}, "until is a date like 2026-01-31, not 'soon'"),
        ({"ignore": [{"kind": "pools", "reason": "r", "until": "2026-01-01"}], "today": "now"}, "today is a date like 2026-01-31, not 'now'"),
        ({"ignore": [{"group": "gone", "reason": "r"}]}, "group in ignore is one of"),
        ({"ignore": {"kind": "pools"}}, "ignore is a list of dictionaries"),
        ({"severity": [{"kind": "pools", "severity": "dire"}]}, "severity is one of low, medium, high, not 'dire'"),
        ({"threshold": "never"}, "threshold is one of low, medium, high, not 'never'"),
        ({"about": "weather"}, "about is one of drift, run, not 'weather'"),
        ({"about": "run"}, "a result with 'results', which this one lacks"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(given, words):
    with pytest.raises(AnsibleFilterError) as error:
        report(one("unmanaged"), "json", **given)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_difference_that_cannot_be_undone_is_shown_with_the_reason_and_may_be_accepted():
    changed = one("changed", **fields("description"), reason="Azure does not offer it")
    told = report(changed, "markdown")
    assert "`description`: `1` → `2`<br>Azure does not offer it" in told
    assert data(changed, ignore=[{"field": "description", "reason": "r"}])["entries"] == []
