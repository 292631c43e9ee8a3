# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write of a rollout, under every fault: each desktop is acted on once, all are told of, and going on makes it complete."""

from __future__ import annotations

import pytest
from faults import MEANTIME, RIVAL, TOKEN_REVOKED, TWICE, assert_clear, cases, ran, undisturbed, without_meanwhile
from scenarios import SCENARIOS, Stage, problems

ROLLOUTS = [scenario for scenario in SCENARIOS if scenario.module == "workspot_rollout"]
# Whoever reads this and does not look has the act repeated: it left no trace, whether or not it ran.
LOOK = "look before you run the task again"


@pytest.mark.parametrize("case", cases(ROLLOUTS), ids=str)
def test_disturbed_and_gone_on_with(case):
    scenario, fault = case.scenario, case.fault
    wanted = undisturbed(scenario)
    with Stage.of(scenario) as (stage, options):
        options |= {"journal": f"{stage.files}/rollout.jsonl", "repeat_after": -1}
        case.arm(stage)
        first = stage.run(scenario.module, **options, **fault.options)
        case.disarm(stage)
        assert first["changed"] or not fault.ran
        assert [item["name"] for item in first["results"]] == [item["name"] for item in wanted.result["results"]]
        if first.get("failed"):
            assert not fault.harmless and fault is not TOKEN_REVOKED, first["msg"]
            assert_clear(first, wanted.doings)
        again = case.operation_id in TWICE
        assert most(ran(stage, by="path")) <= 1 + again
        if fault is RIVAL:
            stage.simulator.advance(10_000)  # what he began has come to its end
        second = stage.run(scenario.module, **options)
        assert not second.get("failed"), second["msg"]
        assert {item["status"] for item in second["results"]} <= {"done", "skipped"}
        assert most(ran(stage, by="path")) <= 1 + (again or LOOK in first.get("msg", ""))
        left = without_meanwhile(stage.rest()) if fault is MEANTIME else stage.rest()
        assert problems(scenario.ends, left) == []
        assert left == wanted.tenant
        stage.writes()
        third = stage.run(scenario.module, **options)
        assert (third["changed"], stage.writes()) == (False, [])


def most(counts):
    return max(counts.values(), default=0)
