# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is made and saved: whatever happens to the request, a file is whole or not there, and the next run has it."""

from __future__ import annotations

import os

import pytest
from faults import assert_clear, cases
from scenarios import SCENARIOS, Stage
from support import load


def options_of(scenario):
    return load(scenario.module).SPEC.arguments()["argument_spec"]


SAVING = [scenario for scenario in SCENARIOS if scenario.writes and not scenario.is_state and "dest" in options_of(scenario)]
DOWNLOADED = [scenario for scenario in SAVING if scenario.module.startswith("workspot_")]


def saved(stage):
    """The content of the file, or None; and there is no other, such as half of one."""
    names = os.listdir(stage.files)
    assert set(names) <= {"saved"}
    if not names:
        return None
    with open(os.path.join(stage.files, "saved"), "rb") as file:
        return file.read()


def assert_made(scenario, stage, result):
    assert not result.get("failed"), result["msg"]
    content = saved(stage)
    assert (content is not None) == ("dest" in scenario.options)
    assert content is None or is_whole(content)


def is_whole(content):
    """As the simulator ends its files: pictures by a chunk of their format, the others by the end of a line."""
    return content.endswith((b"IEND\xaeB`\x82", b"\n"))


@pytest.mark.parametrize("case", cases(SAVING), ids=str)
def test_disturbed_and_run_again(case):
    scenario, fault = case.scenario, case.fault
    with Stage.of(scenario) as (stage, options):
        case.arm(stage)
        first = stage.run(scenario.module, **options, **fault.options)
        case.disarm(stage)
        if first.get("failed"):
            assert not fault.harmless, first["msg"]
            assert_clear(first)
            assert saved(stage) is None
        else:
            assert_made(scenario, stage, first)
        assert_made(scenario, stage, stage.run(scenario.module, **options))


@pytest.mark.parametrize("kind", ["drop_before", "status", "cut_body"])
@pytest.mark.parametrize("scenario", DOWNLOADED, ids=str)
def test_a_download_that_breaks_off_leaves_nothing(scenario, kind):
    with Stage.of(scenario) as (stage, options):
        stage.simulator.fault(kind, operation_id="downloadFile", times=1000)
        result = stage.run(scenario.module, **{**options, "retry_timeout": 60})
        assert_clear(result)
        assert stage.simulator.faults()[0]["struck"] and saved(stage) is None
        stage.simulator.clear_faults()
        assert_made(scenario, stage, stage.run(scenario.module, **options))
