# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter ras_enum: a raw value of Parallels RAS in any spelling as its code, its name and its health class."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.ras.enums import ENUMS, health

DOCUMENTATION = r"""
name: ras_enum
short_description: Code, name and health class of a Parallels RAS enumeration
version_added: 1.0.0
description:
  - Reads a value of an enumeration of Parallels RAS in whatever form it comes, such as C(53), C("53"), C("53 = Broken") or C(Broken), which helps
    with raw answers of the API.
  - An unknown number keeps its code, and an unknown name its name. Nothing is told of nothing, neither of null nor of an empty text.
  - "Certainty: the lists of names are documented, and the forms and the health classes are inferred."
positional: _input, kind
options:
  _input:
    description: The value.
    type: raw
    required: true
  kind:
    description: Enumeration that the value belongs to.
    type: str
    choices: [agent_state, server_type, broken_reason, session_state, session_type, connection_mode, authentication_type]
    default: agent_state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Tell the state of a raw answer in words
  ansible.builtin.debug:
    msg: "{{ '53 = Broken' | euc.fleet.ras_enum }}"
  # {"code": 53, "name": "Broken", "health": "failed"}

- name: Tell why a workspace is broken
  ansible.builtin.debug:
    msg: "{{ 0 | euc.fleet.ras_enum('broken_reason') }}"
  # {"code": 0, "name": "MissingObj"}
"""

RETURN = r"""
---
_value:
  description: C(code) and C(name), each of them null if it is not known, and for C(agent_state) also C(health), our class of the state.
  type: dict
  sample: {code: 53, name: Broken, health: failed}
"""


def ras_enum(value, kind="agent_state"):
    if kind not in ENUMS:
        raise AnsibleFilterError(f"ras_enum knows the kinds {', '.join(ENUMS)}, and not '{kind}'")
    read = ENUMS[kind].read(value)
    return {**read, "health": health(value)} if kind == "agent_state" else read


class FilterModule:
    def filters(self):
        return {"ras_enum": ras_enum}
