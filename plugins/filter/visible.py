# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter visible: a name from elsewhere as the label of a loop, which Ansible prints as it is."""

from __future__ import annotations

from ansible_collections.euc.fleet.plugins.module_utils.core import render
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: visible
short_description: A name that cannot control a terminal
version_added: 1.0.0
description:
  - Ansible prints the labels of a loop as they are. Control characters in the name of a desktop, which its user may have chosen, would reach the
    terminal of whoever watches. This filter shows them, and whatever else cannot be printed, as escape sequences.
  - The output of the collection's modules is made so already.
options:
  _input:
    description: The name.
    type: str
    required: true
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Tell each desktop
  ansible.builtin.debug:
    msg: "{{ item.status }}"
  loop: "{{ found.desktops }}"
  loop_control:
    label: "{{ item.name | euc.fleet.visible }}"
"""

RETURN = r"""
---
_value:
  description: The name in one line.
  type: str
"""


def visible(name):
    return never_a_template(render.visible(str(name)))


class FilterModule:
    def filters(self):
        return {"visible": visible}
