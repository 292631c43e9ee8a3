# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts where a role means something else; and that every role looks for them first."""

from __future__ import annotations

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.filter.misfits import TEMPLATES_GIVE_TEXTS, misfits
from support import ROOT

OPTIONS = {"hold": {"type": "list"}, "most": {"type": "int"}, "fix": {"type": "bool"}, "reports": {"type": "dict"}, "folder": {"type": "str"}}
SPEC = {"argument_specs": {"main": {"options": OPTIONS}}}
ROLES = sorted(path.parent.parent.name for path in (ROOT / "roles").glob("*/meta/argument_specs.yml"))


@pytest.mark.parametrize("values", [[["a"], 5, True, {}, "x"], [None] * 5, [[], 0, False, {"json": "x"}, 7]])
def test_what_fits(values):
    assert misfits(SPEC, values) == []


SENTENCES = [
    "hold is a list, and the text 'fay@example.com' is none; on the command line it takes JSON, such as -e '{\"hold\": [\"fay@example.com\"]}'",
    "most is a number from 0, and the text '5' is none; on the command line it takes JSON, such as -e '{\"most\": 5}'",
    "fix is true or false, and the text 'no' is none; on the command line it takes JSON, such as -e '{\"fix\": true}'",
    "reports is a dictionary, and the text 'json' is none; on the command line it takes JSON, such as -e '{\"reports\": {\"key\": \"json\"}}'",
]


def test_what_does_not():
    told = misfits(SPEC, ["fay@example.com", "5", "no", "json", "x"])
    assert told == ([SENTENCES[0], SENTENCES[3]] if TEMPLATES_GIVE_TEXTS else SENTENCES)
    assert misfits(SPEC, [None, True, None, None, None]) == ["most is a number from 0, and True is none"]
    assert misfits(SPEC, [None, -1, None, None, None]) == ["most is a number from 0, and -1 is none"]
    assert len(misfits(SPEC, [None, "-1", None, None, None])) == 1


@pytest.mark.parametrize("role", ROLES)
def test_each_role_looks_first(role):
    first = yaml.safe_load((ROOT / "roles" / role / "tasks" / "main.yml").read_text())[0]
    assert first["ansible.builtin.import_role"] == {"name": "euc.fleet.common", "tasks_from": "accept.yml"}
