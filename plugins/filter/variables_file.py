# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter variables_file: data of a tenant as the text of a variables file, in which nothing of it is a template."""

from __future__ import annotations

import yaml
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import text
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: variables_file
short_description: Data as the text of a variables file, free of templates
version_added: 1.0.0
description:
  - Writes what came from a system as YAML for M(ansible.builtin.include_vars). Texts that Ansible would take for templates get the tag C(!unsafe), so
    that nobody who may name a pool can have the controller evaluate that name.
  - Keys keep their order, and the same input gives the same bytes.
positional: _input
options:
  _input:
    description: The variables.
    type: dict
    required: true
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Write the variables that a task has collected
  ansible.builtin.copy:
    content: "{{ {'pools': found} | euc.fleet.variables_file }}"
    dest: "{{ folder }}/pools.yml"
    mode: "0600"
  vars:
    found: [{name: Sales}]
"""

RETURN = r"""
---
_value:
  description: The text of the file.
  type: str
"""

TEMPLATE_MARKS = ("{{", "{%", "{#")


class Unsafe(str):
    """A text that Ansible shall take as it is."""


class Dumper(yaml.SafeDumper):
    """Indents lists below their key, as ansible-lint wants them, and repeats what occurs twice instead of referring to it."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


Dumper.add_representer(Unsafe, lambda dumper, data: dumper.represent_scalar("!unsafe", str(data), style="'"))


def variables_file(variables):
    body = yaml.dump(_marked(variables), Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=120)
    return never_a_template(f"---\n{body}")


def _marked(value):
    """A copy of Ansible's data in Python's own types, with the texts that look like templates marked."""
    if isinstance(value, dict):
        return {text(key): _marked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_marked(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return Unsafe(text(value)) if any(mark in str(value) for mark in TEMPLATE_MARKS) else text(value)


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"variables_file": variables_file}
