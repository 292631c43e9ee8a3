# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters that the role governance works with: policy_violations and charge_back."""

from __future__ import annotations

import json

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.charge_back import charge_back
from ansible_collections.euc.fleet.plugins.filter.policy_violations import policy_violations


def judged(conditions, tags, pool="Sales", purge=False, rules=()):
    desktop = {"id": "d1", "name": "S-1", "pool": pool, "pool_id": "p1", "tags": tags}
    policy = {"tags": [{"tags": conditions}, *rules]}
    return policy_violations(policy, desktops=[desktop], purge=purge)["desktops"][0]


@pytest.mark.parametrize(
    "conditions, tags, violations",
    [
        ({"floor": {"required": True}}, {"floor": "3"}, []),
        ({"floor": {"required": True}}, {}, ["tag 'floor' is missing"]),
        ({"floor": {"values": [3, True]}}, {"floor": "true"}, []),
        ({"floor": {"values": [3]}}, {"floor": "4"}, ["tag 'floor' is '4', which is not allowed"]),
        ({"floor": {"pattern": "[0-9]"}}, {"floor": "44"}, ["tag 'floor' is '44', which does not fit [0-9]"]),
        ({"floor": {"values": [3]}}, {}, []),
    ],
)
def test_a_tag_is_missing_or_not_allowed(conditions, tags, violations):
    desktop = judged(conditions, tags)
    assert desktop["violations"] == desktop["lasting"] == violations and desktop["tags"] == {} and desktop["changes"] == []


def test_a_default_mends_what_is_missing_and_never_what_is_wrong():
    conditions = {"floor": {"required": True, "default": 3, "values": [3]}}
    desktop = judged(conditions, {"owner": "ann"})
    assert (desktop["tags"], desktop["lasting"], desktop["violations"]) == ({"floor": "3"}, [], ["tag 'floor' is missing"])
    assert judged(conditions, {"floor": "4"})["changes"] == []


def test_the_last_rule_that_fits_the_pool_counts():
    rules = [{"pools": ["lab ?"], "tags": {"stage": {"required": True, "default": "test"}}}]
    assert judged({"stage": {"required": True, "default": "production"}}, {}, "Lab 1", rules=rules)["tags"] == {"stage": "test"}
    assert judged({"stage": {"required": True, "default": "production"}}, {}, "Lab 10", rules=rules)["tags"] == {"stage": "production"}


def test_purge_names_all_tags_that_stay_and_spares_the_last_one():
    assert judged({"floor": {}}, {"floor": "3", "owner": "ann"})["changes"] == []
    desktop = judged({"floor": {}}, {"floor": "3", "owner": "ann"}, purge=True)
    assert (desktop["tags"], desktop["changes"], desktop["violations"]) == ({"floor": "3"}, ["remove owner=ann"], ["tag 'owner' is in no rule"])
    desktop = judged({"floor": {}}, {"owner": "ann", "team": "b"}, purge=True)
    assert desktop["tags"] == {"owner": "ann"} and desktop["lasting"] == ["tag 'owner' is in no rule, and the last tag cannot be removed"]


def test_cost_centers_of_users():
    users = [{"email": "a@b", "cost_center": ""}, {"email": "c@d", "cost_center": "1105"}, {"email": "e@f", "cost_center": None}]
    found = policy_violations({"cost_centers": {"required": True}}, users=users)["users"]
    assert [(user["status"], user["msg"]) for user in found] == [("failed", "cost center is missing"), ("ok", None), ("failed", "cost center is missing")]


@pytest.mark.parametrize(
    "policy, says",
    [
        ([], "the policy is a dictionary"),
        ({}, "neither tags nor cost_centers"),
        ({"tag": []}, "the policy knows no 'tag'"),
        ({"tags": {}}, None),
        ({"tags": {"floor": {}}}, "tags is a list of rules"),
        ({"tags": [{"pools": "Sales", "tags": {}}]}, "pools of a rule is a list"),
        ({"tags": [{"pools": ["Sales"]}]}, "tags of a rule is a dictionary, not None"),
        ({"tags": [{"tags": {"floor": {"must": True}}}]}, "tag 'floor' knows no 'must'; there is required, values, pattern, default"),
        ({"tags": [{"tags": {"floor": {"values": 3}}}]}, "values of tag 'floor' is a list"),
        ({"tags": [{"tags": {"floor": {"values": [["a"]]}}}]}, "the values and the default of tag 'floor' are texts"),
        ({"tags": [{"tags": {"floor": {"pattern": "("}}}]}, "pattern of tag 'floor' is no regular expression"),
        ({"tags": [{"tags": {"floor": {"required": True, "values": [3], "default": 4}}}]}, "'floor' breaks a rule: it is '4', which is not allowed"),
        ({"tags": [{"tags": {"floor": {"required": True, "default": "a?"}}}]}, "the default of tag 'floor' breaks a rule"),
        ({"tags": [{"tags": {"floor": {"default": 3}}}]}, "tag 'floor' has a default, which is never set unless it is required, too"),
        ({"cost_centers": {"default": "x"}}, "cost_centers knows no 'default'"),
    ],
)
def test_a_policy_that_cannot_be_meant(policy, says):
    if says is None:
        assert policy_violations(policy) == {"desktops": [], "users": []}
        return
    with pytest.raises(AnsibleFilterError, match=f"euc.fleet.policy_violations: .*{says.replace('(', '.')}"):
        policy_violations(policy)


USERS = [{"email": "Ann@b", "cost_center": "1"}, {"email": "bob@b", "cost_center": ""}]
DESKTOPS = [{"user": user} for user in ("ann@b", "ann@b", "gone@b", None)]


@pytest.mark.parametrize(
    "usage, hours",
    [
        (None, [None, None, None]),
        (json.dumps({"UsersUsage": [{"email": "ann@B", "hoursSpent": 1.5}, {"email": "left@b", "costCenter": "1", "hoursSpent": "2"}]}), [0, 0, 3.5]),
        ("Email,Cost Center,Hours Spent\nbob@b,9,4\n", [4, 0, 0]),
        (json.dumps({"UsersUsage": [{"email": "ann@b"}]}), [None, None, None]),
    ],
)
def test_what_each_cost_center_has(usage, hours):
    found = charge_back(DESKTOPS, USERS, usage)
    assert [(row["cost_center"], row["users"], row["desktops"]) for row in found] == [("(none)", 1, 1), ("(unassigned)", 0, 1), ("1", 1, 2)]
    assert [row["hours"] for row in found] == hours


@pytest.mark.parametrize("usage, says", [("<html>", "The usage report is neither JSON"), ("email,hours\na@b,many\n", "tells 'many' hours")])
def test_a_usage_report_that_is_none(usage, says):
    with pytest.raises(AnsibleFilterError, match=says):
        charge_back([], [], usage)
