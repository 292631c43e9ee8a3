# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter refusals: what is wrong with a role's files and variables as a whole, as sentences that name them."""

from __future__ import annotations

import collections
import os
import re
from collections.abc import Mapping

import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.policy_violations import policy_violations
from ansible_collections.euc.fleet.plugins.filter.unknown_names import unknown_names
from ansible_collections.euc.fleet.plugins.filter.user_rows import user_rows
from ansible_collections.euc.fleet.plugins.module_utils.workspot.kinds import KINDS
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: refusals
short_description: Why a role does not take a file or a variable
version_added: 1.0.0
description:
  - Looks at what a role was given, before anything is sent, and tells what cannot be meant.
  - A filter or test that fails by itself has its sentence within one of Ansible's, and does not know the name of the file.
  - Made for the roles of this collection, and may change with any release.
positional: kind
options:
  _input:
    description: What was given, by the name of its file, folder or variable.
    type: dict
    required: true
  kind:
    description:
      - V(desired_files) are the texts of the files of a folder, by path, that together hold options of M(euc.fleet.workspot_tenant), and
        V(desired_state) are these options. Both may hold secrets, so only keys are told.
      - V(patterns) is a list of regular expressions, V(policy) the text of a file for P(euc.fleet.policy_violations#filter), and V(users) what
        P(euc.fleet.user_rows#filter) takes.
    type: str
    required: true
    choices: [desired_files, desired_state, patterns, policy, users]
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Refuse what is no regular expression
  ansible.builtin.assert:
    that: refusals | length == 0
    fail_msg: "{{ refusals | join('. ') }}"
  vars:
    # As in: keep: '(' is no regular expression: missing ), unterminated subpattern at position 0
    refusals: "{{ {'keep': keep} | euc.fleet.refusals('patterns') }}"
"""

RETURN = r"""
---
_value:
  description: A sentence for each name whose content cannot be meant, which begins with the name.
  type: list
  elements: str
"""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Refusal(Exception):
    """What is wrong, in the words of this filter."""


def refusals(given, kind):
    problems = ((name, _problem(content, CHECKS[kind])) for name, content in given.items())
    return never_a_template([f"{name}: {problem}" for name, problem in problems if problem])


def _problem(content, check):
    try:
        check(content)
    except Refusal as refusal:
        return str(refusal)
    except AnsibleFilterError as error:
        return str(error).partition(": ")[2]  # without the name of the filter
    return None


def _of_desired_files(texts):
    keys = [key for path, text in plain(texts).items() for key in _keys(os.path.basename(path), text)]
    unknown = unknown_names(keys, KINDS)
    twice = [key for key, times in collections.Counter(keys).items() if times > 1]
    if not keys:
        raise Refusal("there is no file with a desired state")
    if unknown:
        raise Refusal(f"nobody knows {', '.join(unknown)}; the keys are {', '.join(KINDS)}")
    if twice:
        raise Refusal(f"{', '.join(twice)} can only be there once, in one of the files")


def _keys(name, text):
    """Keys of a file that is not evaluated: what is below them may be encrypted, or a template."""
    top = _yaml(text, yaml.compose, name)
    if top is not None and not isinstance(top, yaml.MappingNode):
        raise Refusal(f"{name} is no dictionary of {', '.join(KINDS)}")
    return [str(key.value) for key, _value in top.value] if top else []


def _of_desired_state(variables):
    # Before ansible-core 2.19 all is undefined if a part is, and the reason quotes it all.
    if variables is None:
        raise Refusal("the files use a variable that is not defined")
    # Not made plain, for that would evaluate templates below.
    for key, items in variables.items():
        if items is not None and not isinstance(items, (list, tuple)):
            raise Refusal(f"{key} is a list, and what is there is none")
        for number, item in enumerate(items or (), 1):
            if not isinstance(item, Mapping):
                raise Refusal(f"{key} is a list of dictionaries, and its item {number} is none")


def _of_patterns(patterns):
    for pattern in plain(patterns):
        try:
            re.compile(str(pattern))
        except re.error as error:
            raise Refusal(f"'{pattern}' is no regular expression: {error}") from None


def _of_policy(text):
    policy_violations(_yaml(plain(text), yaml.load, "this"))


def _of_users(given):
    user_rows(given, pools=[])


def _yaml(text, take, what):
    try:
        return take(text, Loader=LOADER)
    except yaml.YAMLError as error:
        # Its own words may quote the file, and its line may be the one after the last.
        mark = getattr(error, "problem_mark", None)
        place = f", see line {min(mark.line, text.rstrip().count(chr(10))) + 1}" if mark else ""
        raise Refusal(f"{what} is no YAML{place}") from None


CHECKS = {
    "desired_files": _of_desired_files,
    "desired_state": _of_desired_state,
    "patterns": _of_patterns,
    "policy": _of_policy,
    "users": _of_users,
}


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"refusals": refusals}
