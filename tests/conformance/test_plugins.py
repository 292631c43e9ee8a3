# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory and the lookup say about themselves is what they take; their examples run, at the price that is promised."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION
from ansible_collections.euc.fleet.plugins.module_utils.workspot.lookup import KINDS
from scenarios import Stage
from support import PLUGINS, fragment
from vendors.workspot import CREDENTIALS

BIN = Path(sys.executable).parent
KIND_OF = ("inventory", "lookup")


def plugin(kind):
    return importlib.import_module(f"{PLUGINS}.{kind}.workspot")


def documentation(kind):
    """DOCUMENTATION with all fragments, as Ansible itself merges it."""
    told = command("ansible-doc", "-t", kind, "--json", "euc.fleet.workspot")
    return json.loads(told.stdout)["euc.fleet.workspot"]["doc"]


def command(program, *words, **environment):
    done = subprocess.run(
        [BIN / program, *map(str, words)],
        env=os.environ | {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"} | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def connection(stage):
    unpaced = {"WORKSPOT_READS_PER_MINUTE": "0", "WORKSPOT_WRITES_PER_MINUTE": "0"}
    return {"WORKSPOT_URL": stage.simulator.url, **unpaced, **{f"WORKSPOT_{name.upper()}": value for name, value in CREDENTIALS.items()}}


def test_the_fragment_for_plugins_reads_what_modules_read():
    # Modules take the first variable that is set, plugins the last.
    declared = {name: [entry["name"] for entry in option["env"]] for name, option in fragment("euc.fleet.workspot.plugin")["options"].items()}
    assert declared == {name: argument["fallback"][1][::-1] for name, argument in CONNECTION["options"].items()}


@pytest.mark.parametrize("kind", KIND_OF)
def test_connection_options_are_those_of_modules(kind):
    options = documentation(kind)["options"]
    assert set(CONNECTION["options"]) <= set(options)
    for name, argument in CONNECTION["options"].items():
        assert options[name]["type"] == argument["type"]
        assert options[name].get("default") == argument.get("default")
        assert options[name].get("choices") == argument.get("choices")
        assert options[name]["env"]


@pytest.mark.parametrize("kind", KIND_OF)
def test_no_option_of_a_plugin_is_one_of_the_connection(kind):
    own = set(yaml.safe_load(plugin(kind).DOCUMENTATION)["options"])
    assert own & set(CONNECTION["options"]) == set()


def test_the_lookup_documents_every_kind_and_where_it_stands():
    options = yaml.safe_load(plugin("lookup").DOCUMENTATION)["options"]
    assert options["kind"]["choices"] == list(KINDS) == sorted(KINDS)
    assert {kind.within for kind in KINDS.values()} - {None} == {"pool", "cloud"} <= set(options)


@pytest.mark.parametrize("example", list(yaml.safe_load_all(plugin("inventory").EXAMPLES)), ids=["all", "sales"])
def test_an_example_of_the_inventory_runs_and_costs_what_it_says(example, tmp_path):
    example.update({"cache_connection": str(tmp_path / "cache")} if "cache" in example else {})
    file = tmp_path / "example.workspot.yml"
    file.write_text(yaml.safe_dump(example, sort_keys=False), encoding="utf-8")
    with Stage() as stage:
        listed = json.loads(command("ansible-inventory", "-i", file, "--list", **connection(stage)).stdout)
        spent = stage.simulator.counters()
        pools = len(stage.simulator.state()["pools"])
    hosts = listed["_meta"]["hostvars"]
    assert (spent["tokens"], spent["reads"], spent["writes"]) == (1, 1 + len(example.get("pools", range(pools))), 0)
    if "filters" in example:
        assert set(hosts) == {f"{name}.example.com" for name in ("sales-002", "sales-004", "sales-005", "sup-001", "front-desk")}
        assert listed["tag_owner_dora"]["hosts"] == ["sales-002.example.com"] == listed["unassigned"]["hosts"]
    else:
        assert len(hosts) == 12


def test_the_examples_of_the_lookup_run(tmp_path):
    book = tmp_path / "book.yml"
    tasks = yaml.safe_load(plugin("lookup").EXAMPLES)
    book.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}], sort_keys=False), encoding="utf-8")
    with Stage() as stage:
        done = command("ansible-playbook", book, **connection(stage))
        assert "europe-west1" in done.stdout and "changed=1" in done.stdout
        assert "eve@example.com" in str(stage.simulator.state()["users"])


@pytest.mark.parametrize("kind", KIND_OF)
def test_a_plugin_is_documented_without_requests(kind, tmp_path):
    (tmp_path / "requests.py").write_text("raise ImportError('no requests here')\n", encoding="utf-8")
    command("ansible-doc", "-t", kind, "euc.fleet.workspot", PYTHONPATH=str(tmp_path))


def test_without_requests_the_inventory_says_so(tmp_path):
    (tmp_path / "requests.py").write_text("raise ImportError('no requests here')\n", encoding="utf-8")
    file = tmp_path / "all.workspot.yml"
    file.write_text("plugin: euc.fleet.workspot\n", encoding="utf-8")
    done = command("ansible-inventory", "-i", file, "--list", PYTHONPATH=str(tmp_path), WORKSPOT_ACCESS_TOKEN="any-token")
    assert "the required Python library (requests)" in " ".join(done.stderr.split())
