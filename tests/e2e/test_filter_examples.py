# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of all filters, word for word, in one play: on what the modules return that they speak of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml
from support import ROOT

TABLE = yaml.safe_load(Path(__file__).with_name("filter_examples.yml").read_text())
FILTERS = {path.stem for path in (ROOT / "plugins" / "filter").glob("*.py")}


def examples(name):
    """The tasks of a filter's EXAMPLES, from its file or the one of its documentation."""
    beside = ROOT / "plugins" / "filter" / f"{name}.yml"
    if beside.exists():
        return yaml.safe_load(yaml.safe_load(beside.read_text())["EXAMPLES"])
    return yaml.safe_load(re.search(r'^EXAMPLES = r"""\n(.*?)^"""', beside.with_suffix(".py").read_text(), re.MULTILINE | re.DOTALL)[1])


def test_each_filter_is_in_the_table():
    assert FILTERS == {*TABLE["filters"], *TABLE["elsewhere"]}


def test_the_examples_of_filters_run(command, tmp_path):
    (tmp_path / "new.csv").write_text("email,pool\nann@example.com,Sails\n")
    blocks = [
        {"name": name, "vars": entry.get("vars", {}), "ignore_errors": entry.get("refuses", False), "block": examples(name)}
        for name, entry in TABLE["filters"].items()
    ]
    for block in blocks:
        for task in block["block"]:
            task["name"] = f"{block['name']}: {task['name']}"
    play = {"hosts": "localhost", "gather_facts": False, "vars": TABLE["vars"], "tasks": TABLE["before"] + blocks}
    (tmp_path / "play.yml").write_text(yaml.safe_dump([play], sort_keys=False))
    given = {"folder": str(tmp_path / "made"), "roles": str(ROOT / "roles")}
    (tmp_path / "made").mkdir()
    done = command("ansible-playbook", "play.yml", "--diff", "-e", json.dumps(given))
    assert done.returncode == 0, done.stdout + done.stderr
    said = {
        name: "".join(re.findall(rf"^TASK \[{name}: .*?(?=^TASK|^PLAY)", done.stdout, re.MULTILINE | re.DOTALL))
        for name in TABLE["filters"]
    }
    assert {name: said[name] for name, entry in TABLE["filters"].items() if entry["says"] not in said[name]} == {}
    refusals = sum(entry.get("refuses", False) for entry in TABLE["filters"].values())
    assert f"ignored={refusals} " in done.stdout
