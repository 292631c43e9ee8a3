# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module says about itself is what it does with its arguments: DOCUMENTATION, fragments, SPEC, meta/runtime.yml, EXAMPLES."""

from __future__ import annotations

import re

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import WAIT
from ansible_collections.euc.fleet.plugins.module_utils.workspot.downloads import DOWNLOAD
from scenarios import SCENARIOS
from support import ROOT, documentation, examples, fragment, load, module_names, needs_a_play
from vendors import vendor_of, vendors

MODULES = module_names()
SECRET_NAME = re.compile(r"secret|passw|token|_key$|credential", re.IGNORECASE)
IN_BOTH = {"type": "str", "elements": None, "default": None, "choices": None, "required": False}


def arguments(module):
    return load(module).SPEC.arguments()["argument_spec"]


def said(entry):
    """What an entry of an argument spec and one of DOCUMENTATION have in common."""
    return {key: entry.get(key, default) for key, default in IN_BOTH.items()}


@pytest.mark.parametrize("module", MODULES)
def test_documented_options_are_the_options(module):
    documented = {name: said(option) for name, option in documentation(module)["options"].items()}
    assert documented == {name: said(argument) for name, argument in arguments(module).items()}


@pytest.mark.parametrize("module", MODULES)
def test_every_option_has_a_description(module):
    assert [name for name, option in documentation(module)["options"].items() if not option.get("description")] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_environment_variable_that_is_read_is_documented(module):
    options = documentation(module)["options"]
    read = {
        (name, variable) for name, argument in arguments(module).items() if "fallback" in argument for variable in argument["fallback"][1]
    }
    silent = [(name, variable) for name, variable in read if f"E({variable})" not in str(options[name]["description"])]
    assert silent == []


@pytest.mark.parametrize("module", MODULES)
def test_whatever_is_named_like_a_secret_says_whether_it_is_one(module):
    # Ansible itself only warns about such a name, at run time; and a default would be a secret in the source.
    named = {name: argument for name, argument in arguments(module).items() if SECRET_NAME.search(name)}
    assert [name for name, argument in named.items() if "no_log" not in argument] == []
    assert [name for name, argument in arguments(module).items() if argument.get("no_log") and "default" in argument] == []


CONNECTIONS = [(f"euc.fleet.{name}", vendor.client.CONNECTION) for name, vendor in vendors().items()]


@pytest.mark.parametrize(
    "name, shared", [*CONNECTIONS, ("euc.fleet.wait", WAIT), ("euc.fleet.ras.wait", WAIT), ("euc.fleet.download", DOWNLOAD)]
)
def test_fragments_mirror_the_shared_options(name, shared):
    documented = fragment(name)["options"]
    assert list(documented) == list(shared["options"])
    assert {option: said(entry) for option, entry in documented.items()} == {
        option: said(entry) for option, entry in shared["options"].items()
    }


@pytest.mark.parametrize("module", MODULES)
def test_the_file_is_named_like_the_module(module):
    assert documentation(module)["module"] == module


@pytest.mark.parametrize("module", MODULES)
def test_module_is_in_the_action_group_and_runs_in_process(module):
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert module in runtime["action_groups"][vendor_of(module).name]
    assert runtime["plugin_routing"]["modules"][module] == {"action_plugin": "euc.fleet.in_process"}


def test_nothing_is_routed_that_is_not_there():
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert sorted(runtime["plugin_routing"]["modules"]) == module_names("")


@pytest.mark.parametrize("module", MODULES)
def test_attributes_say_what_the_module_supports(module):
    attributes = documentation(module)["attributes"]
    support = {name: attributes[name]["support"] for name in ("check_mode", "diff_mode", "async", "idempotent", "action_group")}
    changes = {"changes", "plan"} & set(yaml.safe_load(load(module).RETURN))
    assert support["check_mode"] == support["action_group"] == "full"
    assert support["async"] == ("none" if module.endswith("_lock") else "full")
    assert support["diff_mode"] == ("full" if changes else "N/A")
    assert support["idempotent"] in ("full", "partial", "none")
    assert attributes["action_group"]["membership"] == [f"euc.fleet.{vendor_of(module)}"]


@pytest.mark.parametrize("module", MODULES)
def test_only_modules_named_info_token_wait_or_lock_read_only(module):
    assert load(module).SPEC.reads_only == module.endswith(("_info", "_token", "_wait", "_lock"))


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_tasks_with_options_that_the_modules_take(module):
    tasks = list(examples(module))
    assert module in [action for action, _options, _task in tasks]
    for action, options, task in tasks:
        assert task["name"]
        spec = load(action).SPEC.arguments()
        vendor = vendor_of(action)
        given = {**vendor.reach("https://example.com"), **vendor.login}
        for name, value in options.items():
            if needs_a_play(value) and name in spec["argument_spec"]:
                # A template's value is known only in a play; that there is such an option is known here.
                spec["argument_spec"] = {**spec["argument_spec"], name: {"type": "raw"}}
            given[name] = value
        assert ModuleArgumentSpecValidator(**spec).validate(given).error_messages == [], task["name"]


@pytest.mark.parametrize("module", MODULES)
def test_the_table_of_scenarios_covers_the_module_and_all_its_states(module):
    # Without a scenario the fault, property and contract tests would silently leave a module out.
    options = [scenario.options for scenario in SCENARIOS if scenario.module == module]
    table = vendor_of(module).scenarios
    assert options, f"tests/{table} has nothing about {module}"
    for choice in ("state", "action", "method", "mode"):
        argument = arguments(module).get(choice, {})
        tried = {given.get(choice, argument.get("default")) for given in options}
        assert tried >= set(argument.get("choices", ())), f"tests/{table} tries only {tried}"


def test_the_table_of_scenarios_has_no_module_that_is_not_there():
    assert {scenario.module for scenario in SCENARIOS} <= set(module_names(""))
