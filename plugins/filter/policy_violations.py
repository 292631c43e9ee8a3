# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter policy_violations: which desktops and users are not as a policy for tags and cost centers wants them."""

from __future__ import annotations

import fnmatch
import re

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.unknown_names import unknown_names
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_tags import problem_of, texts
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: policy_violations
short_description: Desktops and users against a policy for tags and cost centers
version_added: 1.0.0
description:
  - Holds tags of desktops and cost centers of users against a policy, and tells what is wrong and which tags would mend it.
  - The policy has C(tags), a list of rules, and C(cost_centers), conditions for each user's cost center.
  - A rule has C(tags), conditions by the name of a tag, and possibly C(pools), names of pools with the wildcards C(*) and C(?); without them it is
    about all pools. If several rules speak of a tag, the last one that fits the pool counts.
  - Conditions are C(required) (V(false) unless said), C(values) (those allowed) and C(pattern) (a regular expression for the whole value). A tag may
    have a C(default) as well, which is set where the tag is missing; such a tag is C(required).
positional: _input
options:
  _input:
    description: The policy.
    type: dict
    required: true
  desktops:
    description: The desktops, as M(euc.fleet.workspot_desktop_info) returns them.
    type: list
    elements: dict
    default: []
  users:
    description: The users, as M(euc.fleet.workspot_user_info) returns them.
    type: list
    elements: dict
    default: []
  purge:
    description: Whether tags that no rule speaks of for the pool are violations, and go.
    type: bool
    default: false
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Tell which desktops are not as they should be
  ansible.builtin.debug:
    msg: "{{ (policy | euc.fleet.policy_violations(desktops=known.desktops)).desktops | rejectattr('violations', '==', []) }}"
  vars:
    policy:
      tags:
        - tags:
            department: {required: true, values: [sales, support]}
            stage: {required: true, default: production}
        - pools: [Lab*]
          tags:
            stage: {required: true, values: [test], default: test}
      cost_centers: {required: true, pattern: '[0-9]{4}'}
"""

RETURN = r"""
---
_value:
  description:
    - C(desktops) has for each desktop its C(id), C(pool_id), C(name) with the pool, the sentences in C(violations) and, of these, in C(lasting) those
      that no default mends; in C(tags) what M(euc.fleet.workspot_desktop_tags) is to be given (nothing if there is nothing to mend), and in
      C(changes) what that does, in words.
    - C(users) has for each user what the filter P(euc.fleet.report#filter) takes as C(results); C(name) is the e-mail address.
  type: dict
"""

CONDITIONS = ("required", "values", "pattern")


def policy_violations(policy, desktops=(), users=(), purge=False):
    policy = plain(policy)
    _check(policy)
    rules, conditions = policy.get("tags") or [], policy.get("cost_centers") or {}
    return never_a_template(
        {
            "desktops": [_judged(desktop, _tags_for(rules, desktop["pool"]), purge) for desktop in plain(list(desktops))],
            "users": [_judged_user(user, conditions) for user in plain(list(users))],
        }
    )


def _tags_for(rules, pool):
    """Conditions by the name of each tag that rules speak of for this pool."""
    conditions = {}
    for rule in rules:
        if any(fnmatch.fnmatchcase((pool or "").casefold(), pattern.casefold()) for pattern in rule.get("pools") or ["*"]):
            conditions.update(rule["tags"])
    return conditions


def _judged(desktop, conditions, purge):
    tags, lasting, mended, changes = desktop["tags"], [], [], []
    wanted = dict(tags)
    for name, of_tag in conditions.items():
        problems = list(_problems(f"tag '{name}'", tags.get(name), of_tag))
        if problems and name not in tags and "default" in of_tag:
            wanted.update(texts({name: of_tag["default"]}))
            changes.append(f"set {name}={wanted[name]}")
            mended += problems
        else:
            lasting += problems
    unknown = sorted(set(tags) - set(conditions)) if purge else []
    spared = unknown[:1] if len(unknown) == len(wanted) else []
    for name in unknown:
        (lasting if name in spared else mended).append(f"tag '{name}' is in no rule" + (", and the last tag cannot be removed" if name in spared else ""))
        if name not in spared:
            changes.append(f"remove {name}={wanted.pop(name)}")
    return {
        **{key: desktop[key] for key in ("id", "pool_id")},
        "name": f"{desktop['pool']}/{desktop['name'] or desktop['id']}",
        "violations": mended + lasting,
        "lasting": lasting,
        "tags": {} if not changes else wanted if purge else {name: value for name, value in wanted.items() if name not in tags},
        "changes": changes,
    }


def _judged_user(user, conditions):
    msg = "; ".join(_problems("cost center", user["cost_center"] or None, conditions)) or None
    return {"kind": "users", "name": user["email"], "status": "failed" if msg else "ok", "msg": msg}


def _problems(what, value, conditions):
    if value is None:
        if conditions.get("required"):
            yield f"{what} is missing"
    elif conditions.get("values") is not None and value not in texts(dict(enumerate(conditions["values"]))).values():
        yield f"{what} is '{value}', which is not allowed"
    elif conditions.get("pattern") is not None and not re.fullmatch(str(conditions["pattern"]), value):
        yield f"{what} is '{value}', which does not fit {conditions['pattern']}"


# ---- The policy itself

def _check(policy):
    """Raise AnsibleFilterError with one sentence for a policy that cannot be meant."""
    _keys("the policy", policy, ("tags", "cost_centers"))
    if not policy:
        raise AnsibleFilterError("euc.fleet.policy_violations: the policy has neither tags nor cost_centers")
    if not isinstance(policy.get("tags") or [], list):
        raise AnsibleFilterError("euc.fleet.policy_violations: tags is a list of rules")
    for rule in policy.get("tags") or []:
        _keys("a rule", rule, ("pools", "tags"))
        _keys("tags of a rule", rule.get("tags"))
        if not isinstance(rule.get("pools") or [], list):
            raise AnsibleFilterError("euc.fleet.policy_violations: pools of a rule is a list of names")
        for name, conditions in rule["tags"].items():
            _conditions(f"tag '{name}'", conditions, "default")
    _conditions("cost_centers", policy.get("cost_centers") or {})


def _conditions(what, conditions, *more):
    _keys(what, conditions, (*CONDITIONS, *more))
    if not isinstance(conditions.get("values") or [], list):
        raise AnsibleFilterError(f"euc.fleet.policy_violations: values of {what} is a list")
    if any(isinstance(value, (dict, list)) for value in (*(conditions.get("values") or []), conditions.get("default"))):
        raise AnsibleFilterError(f"euc.fleet.policy_violations: the values and the default of {what} are texts")
    try:
        re.compile(str(conditions.get("pattern") or ""))
    except re.error as error:
        raise AnsibleFilterError(f"euc.fleet.policy_violations: pattern of {what} is no regular expression: {error}") from None
    if "default" in conditions:
        if not conditions.get("required"):
            raise AnsibleFilterError(f"euc.fleet.policy_violations: {what} has a default, which is never set unless it is required, too")
        default = texts({"default": conditions["default"]})
        problem = next(_problems("it", default["default"], conditions), None) or problem_of(default)
        if problem:
            raise AnsibleFilterError(f"euc.fleet.policy_violations: the default of {what} breaks a rule: {problem}")


def _keys(what, data, known=None):
    if not isinstance(data, dict):
        raise AnsibleFilterError(f"euc.fleet.policy_violations: {what} is a dictionary, not {data!r}")
    unknown = unknown_names(data, known) if known else []
    if unknown:
        raise AnsibleFilterError(f"euc.fleet.policy_violations: {what} knows no {unknown[0]}; there is {', '.join(known)}")


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"policy_violations": policy_violations}
