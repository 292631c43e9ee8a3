# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts where a role means something else, and misspelt variables; and that every role looks for them first."""

from __future__ import annotations

import re

import jinja2
import jinja2.nodes
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
JINJA = jinja2.Environment()
# Keys of tasks that hold bare expressions.
CONDITIONS = ("when", "until", "that", "failed_when", "changed_when", "var")
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


def options_of(role):
    return yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text())


@pytest.mark.parametrize(
    "role, name, meant",
    [
        ("user_offboarding", "user_offboarding_holds", "user_offboarding_hold"),
        ("rolling_reboot", "rolling_reboot_exclude_name", "rolling_reboot_exclude_names"),
        ("user_onboarding", "user_onboarding_max_new_desktop", "user_onboarding_max_new_desktops"),
        ("tenant", "tenant_max_change", "tenant_max_changes"),
        ("export", "export_folders", "export_folder"),
    ],
)
def test_what_is_misspelt(role, name, meant):
    spec = options_of(role)
    values = [None] * len(spec["argument_specs"]["main"]["options"])
    assert misfits(spec, values, names=[name, meant]) == [f"There is no variable '{name}'; did you mean '{meant}'?"]


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_sets_itself_or_somebody_has_of_his_own_is_not_misspelt(role):
    spec, accept = options_of(role), (ROOT / "roles" / "common" / "tasks" / "accept.yml").read_text()
    tasks = "\n".join(file.read_text() for file in (ROOT / "roles" / role / "tasks").glob("*.yml"))
    own = set(re.findall(rf"^ +({role}_[a-z_]+):", tasks, re.MULTILINE)) | set(re.findall(rf"register: ({role}_[a-z_]+)$", tasks, re.MULTILINE))
    facts = {f"{role}_{fact}" for fact in re.search(r"__common_facts: .*?\[(.*?)\]", accept)[1].replace("'", "").split(", ")}
    assert f"{role}_result" in facts
    others = own - facts | {f"{role}_{word}" for word in ("network", "owner_mail", "vault")}
    assert misfits(spec, [None] * len(spec["argument_specs"]["main"]["options"]), names=sorted(others)) == []


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
    files = [*(folder / "tasks").glob("*.yml"), *(folder / "vars").glob("*.yml")]
    uses = [(file, use) for file in files for text in templates(yaml.safe_load(file.read_text())) for use in uses_in(JINJA.parse(text))]
    uses = [(file, name, around) for file, (name, around) in uses if name in kinds]
    assert {name for _file, name, _around in uses} == set(kinds)
    # What is told, or given whole to an option, may be a text.
    harmless = (jinja2.nodes.Concat, jinja2.nodes.Output)
    odd = [
        f"{file.name}: {name}"
        for file, name, around in uses
        if not isinstance(around, harmless) and not (isinstance(around, jinja2.nodes.Filter) and around.name == kinds[name])
    ]
    assert odd == []


def templates(node, key=""):
    """Every text of a role's file that is a template, bare conditions among them."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from templates(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from templates(value, key)
    elif isinstance(node, str):
        yield "{{ " + node + " }}" if key in CONDITIONS and "{{" not in node else node


def uses_in(node):
    """The names of variables with what stands around each."""
    for child in node.iter_child_nodes():
        if isinstance(child, jinja2.nodes.Name):
            yield child.name, node
        yield from uses_in(child)
