# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts where a role means something else; and that every role looks for them first."""

from __future__ import annotations

import re

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.filter.misfits import misfits
from support import ROOT

OPTIONS = {
    "hold": {"type": "list"},
    "most": {"type": "int"},
    "fix": {"type": "bool"},
    "reports": {"type": "dict"},
    "folder": {"type": "str"},
}
SPEC = {"argument_specs": {"main": {"options": OPTIONS}}}
ROLES = sorted(path.parent.parent.name for path in (ROOT / "roles").glob("*/meta/argument_specs.yml"))


@pytest.mark.parametrize(
    "values", [[["a"], 5, True, {}, "x"], [None] * 5, [[], 0, False, {"json": "x"}, 7], [[], "5", "True", {}, ""], [[], "0", "no", {}, ""]]
)
def test_what_fits(values):
    assert misfits(SPEC, values) == []


@pytest.mark.parametrize(
    "place, value, says",
    [
        (
            0,
            "fay@x.org, gil@x.org",
            "hold is a list, and the text 'fay@x.org, gil@x.org' is none; on the command line it takes JSON, such as",
        ),
        (0, "fay@x.org, gil@x.org", """ -e '{"hold": ["fay@x.org", "gil@x.org"]}'"""),
        (0, '["fay@x.org"]', """ -e '{"hold": ["fay@x.org"]}'"""),
        (1, "five", "most is a number from 0, and the text 'five' is none"),
        (1, "-1", "most is a number from 0, and the text '-1' is none"),
        (1, -1, "most is a number from 0, and -1 is none"),
        (1, True, "most is a number from 0, and True is none"),
        (2, "maybe", "fix is true or false, and the text 'maybe' is none"),
        (3, "json", """ -e '{"reports": {"key": "json"}}'"""),
    ],
)
def test_what_does_not(place, value, says):
    (told,) = misfits(SPEC, [value if number == place else None for number in range(5)])
    assert says in told and (place in (0, 3) or told == says)


@pytest.mark.parametrize("value", ["hush", "password=hush", '{"password": "hush"}', ["hush"], [{"password": "hush"}]])
@pytest.mark.parametrize("within", [{"no_log": True}, {"options": {"password": {"type": "str", "no_log": True}}}], ids=["itself", "within"])
def test_what_may_be_a_secret_is_not_repeated(value, within):
    spec = {"argument_specs": {"main": {"options": {"join": {"type": "dict", **within}}}}}
    (told,) = misfits(spec, [value])
    assert told.startswith("join is a dictionary, and ") and "hush" not in told
    assert told.endswith("""-e '{"join": {"key": "value"}}'""") == isinstance(value, str)


@pytest.mark.parametrize("role", ROLES)
def test_roles_mark_what_is_secret(role):
    def leaves(options):
        for name, option in options.items():
            yield name, option
            yield from leaves(option.get("options", {}))

    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text()
    for name, option in leaves(yaml.safe_load(text)["argument_specs"]["main"]["options"]):
        assert option.get("no_log", False) == bool(re.search("password|secret|token", name)), name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_looks_first(role):
    first = yaml.safe_load((ROOT / "roles" / role / "tasks" / "main.yml").read_text())[0]
    assert first["ansible.builtin.import_role"] == {"name": "euc.fleet.common", "tasks_from": "accept.yml"}


@pytest.mark.parametrize("role", ROLES)
def test_each_use_of_a_number_or_truth_value_takes_a_text_as_well(role):
    folder = ROOT / "roles" / role
    options = yaml.safe_load((folder / "meta" / "argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    kinds = {name: option["type"] for name, option in options.items() if option.get("type") in ("int", "bool")}
    for file in [*(folder / "tasks").glob("*.yml"), *(folder / "vars").glob("*.yml")]:
        for line in file.read_text().splitlines():
            for expression in expressions(line):
                for name, kind in kinds.items():
                    assert not re.search(rf"\b{name}\b(?! \| {kind}\b)", expression), f"{file.name}: {line}"


def expressions(line):
    """The code of a line, without quoted texts, and without what is only told or given to an option, both of which may be texts."""
    if line.lstrip().startswith("#"):
        return
    if "{{" in line:
        found = re.findall(r"\{\{(.*?)\}\}", line)
    else:
        found = [line] if re.match(r" *(- |when:|until:|that:|\{%|\w+=|[+)]|or |and |if |else )", line) or line.endswith("}}") else []
    for expression in found:
        code = re.sub(r"'[^']*'|~ \w+|\w+ ~", "", expression).strip()
        if not re.fullmatch(r"\w+", code):
            yield code
