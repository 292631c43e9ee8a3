# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible remarks on the arguments of a module is in the result, whichever way the module ran."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.euc.fleet.plugins.action.in_process import ActionModule
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec

OPTIONS = {
    "name": {"type": "str", "aliases": ["title", "label"], "deprecated_aliases": [{"name": "label", "version": "9.0.0", "collection_name": "euc.fleet"}]},
    "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": "euc.fleet"},
    "older": {"type": "str", "removed_at_date": "2099-01-01", "removed_from_collection": "euc.fleet"},
}  # fmt: skip
GIVEN = {"name": "A", "title": "B", "label": "C", "old": "1", "older": "2"}
# A module as ansible-core starts it, reduced to what it prints.
NORMAL = """
import json, sys
sys.path.insert(0, sys.argv[1])
from ansible.module_utils import basic
basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = sys.argv[2].encode(), "legacy"
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
def run(ctx):
    ctx.warn("of its own")
    return {"changed": False}
run_module(ModuleSpec(json.loads(sys.argv[3]), None), run)
"""


def run(ctx):
    ctx.warn("of its own")
    return {"changed": False}


def in_process(arguments):
    action = object.__new__(ActionModule)
    action._task = SimpleNamespace(args=arguments, action="euc.fleet.thing", check_mode=False, diff=False, no_log=True)
    return action._run_here(SimpleNamespace(SPEC=ModuleSpec(OPTIONS, None), run=run), {})


def as_a_process(arguments):
    collections = str(Path(sys.modules[ActionModule.__module__].__file__).parents[5])
    done = subprocess.run(
        [sys.executable, "-c", NORMAL, collections, json.dumps({"ANSIBLE_MODULE_ARGS": arguments}), json.dumps(OPTIONS)],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("arguments", [GIVEN, {"name": "A"}, {**GIVEN, "none_such": 1}], ids=["remarks", "none", "failure"])
def test_remarks_on_arguments_are_those_of_a_normal_module(arguments):
    here, there = in_process(arguments), as_a_process(arguments)
    assert here.get("failed") == there.get("failed")
    assert here.get("warnings", []) == [_words(remark) for remark in there.get("warnings", ())]
    told, expected = ([_deprecation(remark) for remark in result.get("deprecations", ())] for result in (here, there))
    assert told == expected
    if arguments is GIVEN:
        assert "Both option name and its alias title are set." in here["warnings"] and here["warnings"][-1] == "of its own"
        assert len(told) == 3


def _words(remark):
    """The text of a remark; on their way from a module, newer versions of ansible-core wrap it."""
    return remark if isinstance(remark, str) else remark.get("event", remark)["msg"]


def _deprecation(remark):
    return _words(remark), remark.get("version"), remark.get("date")


def test_remarks_stay_with_their_task():
    in_process(GIVEN)
    assert in_process({"name": "A"}) == {**in_process({"name": "A"}), "warnings": ["of its own"]}
