# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A defect ends a task with the place that it is in, and with nothing of the exception's text, which may hold what a user or a server gave."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.euc.fleet.plugins.action.in_process import ActionModule
from ansible_collections.euc.fleet.plugins.module_utils.core import runner
from canaries import CANARY, shown

# A run(ctx) for each way out of a module; what it raises tells a canary that no option holds, so that nobody else masks it.
RUNS = f"""
class Secretive(Exception):
    def __str__(self):
        return "{CANARY} in a class of its own"

def raising(error):
    def run(ctx):
        raise error
    return run

def within(ctx):
    try:
        {{}}["{CANARY}"]
    except KeyError as cause:
        raise RuntimeError("{CANARY}") from cause

def in_the_arguments(ctx):
    int("{CANARY}")

class Client:
    class session:
        answered = True
        mask = staticmethod(lambda secret: None)
    def __init__(self, trouble):
        self.trouble = trouble
    def close(self):
        if self.trouble == "close":
            raise OSError("{CANARY}")
    def usage(self):
        if self.trouble == "usage":
            raise ValueError("{CANARY}")
        return {{}}
    def renewed(self):
        return {{}}

def using(trouble, error=None):
    def run(ctx):
        ctx.client
        if error:
            raise error
        return {{"changed": False}}
    run.connect = lambda ctx: Client(trouble)
    return run

RUNS = {{
    "an error": raising(RuntimeError("{CANARY}")),
    "a wrong key": raising(KeyError("{CANARY}")),
    "a class of its own": raising(Secretive()),
    "an error with a cause": within,
    "an argument": in_the_arguments,
    "a text that is none": raising(UnicodeDecodeError("utf-8", b"{CANARY}", 0, 1, "{CANARY}")),
    "an answer of another shape": using("", KeyError("{CANARY}")),
    "while it closes": using("close"),
    "while it closes after an error": using("close", RuntimeError("{CANARY}")),
    "while it counts": using("usage"),
}}
"""
# Modules as ansible-core starts them, reduced to what they print; all in one interpreter, which is cheaper.
NORMAL = f"""
import sys
sys.path.insert(0, sys.argv[1])
from ansible.module_utils import basic
basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = b'{{"ANSIBLE_MODULE_ARGS": {{}}}}', "legacy"
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
{RUNS}
for run in RUNS.values():
    try:
        run_module(ModuleSpec({{}}, getattr(run, "connect", None)), run)
    except SystemExit:
        pass
"""
scope = {}
exec(RUNS, scope)


@pytest.mark.parametrize("way", scope["RUNS"])
def test_a_defect_in_process_tells_only_its_place(way):
    run = scope["RUNS"][way]
    action = object.__new__(ActionModule)
    action._task = SimpleNamespace(args={}, action="euc.fleet.thing", check_mode=False, diff=False, no_log=True)
    spec = runner.ModuleSpec({}, getattr(run, "connect", None))
    assert_told(action._run_here(SimpleNamespace(SPEC=spec, run=run), {}))


def test_a_defect_as_a_process_tells_only_its_place():
    collections = str(Path(sys.modules[ActionModule.__module__].__file__).parents[5])
    done = subprocess.run([sys.executable, "-c", NORMAL, collections], capture_output=True, check=False)
    assert shown(done.stderr) == []
    results = [json.loads(line) for line in done.stdout.splitlines() if line]
    assert len(results) == len(scope["RUNS"])
    for result in results:
        assert_told(result)


def assert_told(result):
    assert result["failed"] and shown(json.dumps(result).encode()) == []
    assert "report" in result["msg"] and ", line " in result["msg"]
