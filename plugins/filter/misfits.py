# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter misfits: variables of a role that are of another kind than its argument spec says, as those are that ``-e name=value`` gives, and misspelt ones."""

from __future__ import annotations

import difflib
import json
import os

from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain

DOCUMENTATION = r"""
name: misfits
short_description: Variables of another kind than a role means
version_added: 1.0.0
description:
  - Compares the values of a role's variables with the kinds in its argument spec.
  - Ansible's own check of a role's arguments is content with a text that could be turned into a list or a dictionary, and turns it into none. So
    C(-e name=value), which always gives a text, would be taken for something else by the tasks. A number or a truth value may be a text.
  - No number of a role is below 0.
  - Ansible does not see a variable that is misspelt, and the role would go on without it.
  - Made for the roles of this collection, and may change with any release.
positional: values
options:
  _input:
    description: Content of the role's C(meta/argument_specs.yml); the entry point C(main) counts.
    type: dict
    required: true
  values:
    description: Values of all of its variables, in the order of the argument spec; V(none) for those that are not given.
    type: list
    elements: raw
    required: true
  names:
    description: Names of the variables that there are. One that is nearly called as one of the role's is taken for misspelt.
    type: list
    elements: str
    default: []
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Refuse values of another kind, in a role all of whose variables have defaults
  ansible.builtin.assert:
    that: (spec | euc.fleet.misfits(q('ansible.builtin.vars', *spec.argument_specs.main.options))) | length == 0
  vars:
    spec: "{{ lookup('ansible.builtin.file', role_path ~ '/meta/argument_specs.yml') | from_yaml }}"
"""

RETURN = r"""
---
_value:
  description: A sentence about each variable that does not fit, or is misspelt.
  type: list
  elements: str
"""

KINDS = {"list": (list, "a list"), "dict": (dict, "a dictionary"), "int": (int, "a number from 0"), "bool": (bool, "true or false")}
BOOLEANS = ("true", "false", "yes", "no", "on", "off", "1", "0")
# How like a role's variable another one is that cannot be somebody's own; 1 is the same.
MISSPELT = 0.75


def misfits(spec, values, names=()):
    options = spec["argument_specs"]["main"]["options"]
    given = zip(options, map(plain, values))
    wrong = [_sentence(name, options[name], value) for name, value in given if not _fits(options[name], value)]
    return wrong + [sentence for name in plain(list(names)) if name not in options and (sentence := _misspelt(name, list(options)))]


def _misspelt(name, options):
    # The role's name, with which they all begin, says nothing about how like they are.
    common = len(os.path.commonprefix([name, *options]).rpartition("_")[0]) + 1
    near = difflib.get_close_matches(name[common:], [option[common:] for option in options], n=1, cutoff=MISSPELT)
    return f"There is no variable '{name}'; did you mean '{name[:common]}{near[0]}'?" if near else None


def _fits(option, value):
    kind = option.get("type", "str")
    if value is None or kind not in KINDS:
        return True
    # So the command line gives them, and templates before ansible-core 2.19.
    if isinstance(value, str) and kind == "int":
        return value.isdecimal()
    if isinstance(value, str) and kind == "bool":
        return value.casefold() in BOOLEANS
    return isinstance(value, KINDS[kind][0]) and (kind != "int" or (not isinstance(value, bool) and value >= 0))


def _sentence(name, option, value):
    kind, shown = option["type"], not _holds_secrets(option)
    hint = ""
    if isinstance(value, str):
        given = f"the text '{value}'" if shown else "a text"
        if kind in ("list", "dict"):
            hint = f"; on the command line it takes JSON, such as -e '{{\"{name}\": {_json(kind, value if shown else 'value')}}}'"
    else:
        given = f"{value}" if shown else "what was given"
    return f"{name} is {KINDS[kind][1]}, and {given} is none{hint}"


def _holds_secrets(option):
    """Whether what is given for it may be a secret, or one that was meant for something within."""
    return option.get("no_log", False) or any(map(_holds_secrets, option.get("options", {}).values()))


def _json(kind, text):
    """What the text may have been meant for."""
    try:
        if isinstance(json.loads(text), KINDS[kind][0]):
            return text
    except ValueError:
        pass
    return json.dumps([part.strip() for part in text.split(",")] if kind == "list" else {"key": text}, ensure_ascii=False)


class FilterModule:
    def filters(self):
        return {"misfits": misfits}
