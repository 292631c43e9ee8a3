# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The matrix has no holes: what is told here is read off the tests of this folder as they are, not off what they are made from."""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path

import pytest
import support
from faults import FAULTS, strikes
from scenarios import SCENARIOS

WRITING = [module for module in support.module_names() if not support.load(module).SPEC.reads_only]
# Modules that write and are put under no fault, each with the reason.
EXEMPT = {}


@functools.cache
def matrix():
    """What the tests of this folder are given under the name `case`: (scenario, number of the write, fault), all in words."""
    found = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        if path.name != Path(__file__).name:
            spec = importlib.util.spec_from_file_location(f"matrix_of_{path.stem}", path)
            tests = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(tests)
            found |= {(str(case.scenario), case.number, str(case.fault)) for case in _given(tests)}
    return found


def _given(tests):
    marks = [mark for test in vars(tests).values() for mark in getattr(test, "pytestmark", ())]
    return [case for mark in marks if mark.name == "parametrize" and mark.args[0] == "case" for case in mark.args[1]]


@pytest.mark.parametrize("module", WRITING)
def test_every_write_of_every_module_is_under_every_fault(module):
    mine = [scenario for scenario in SCENARIOS if scenario.module == module]
    writes = [(scenario, number) for scenario in mine for number in range(len(scenario.writes))]
    assert bool(writes) != (module in EXEMPT), "a module that writes needs a scenario with writes, or a reason"
    missing = [
        f"{scenario}, {number + 1}. {scenario.writes[number]}: {fault}"
        for scenario, number in writes
        for fault in FAULTS
        if not fault.sampled and strikes(fault, scenario.writes[number]) and (str(scenario), number, str(fault)) not in matrix()
    ]
    assert missing == []
    for fault in FAULTS:
        concerned = [write for write in writes if strikes(fault, write[0].writes[write[1]])]
        assert not concerned or any((str(scenario), number, str(fault)) in matrix() for scenario, number in concerned), fault
