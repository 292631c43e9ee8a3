# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects in one task, disturbed or killed at any of its writes: no duplicate, nothing lost, and another run makes it right."""

from __future__ import annotations

import random

import pytest
from faults import MEANTIME, RIVAL, assert_clear, cases, ran, undisturbed, without_meanwhile
from killing import SLOW, arrived, kill_when, seed, start
from scenarios import SCENARIOS, Stage, problems

TENANT_SCENARIOS = [scenario for scenario in SCENARIOS if scenario.module == "workspot_tenant"]


@pytest.mark.parametrize("case", cases(TENANT_SCENARIOS), ids=str)
def test_disturbed_and_run_again(case):
    scenario, fault = case.scenario, case.fault
    wanted = undisturbed(scenario)
    with Stage.of(scenario) as (stage, options):
        case.arm(stage)
        first = stage.run(scenario.module, **options, **fault.options)
        case.disarm(stage)
        assert first["changed"] or not fault.ran
        assert len(first["results"]) == len(wanted.result["results"])
        if first.get("failed"):
            assert not fault.harmless, first["msg"]
            assert_clear(first, wanted.doings)
            assert [item["status"] for item in first["results"]].count("failed") == first["summary"]["failed"] > 0
        assert ran(stage) <= case.allowed()
        if fault is RIVAL:
            stage.simulator.advance(10_000)  # what he began has come to its end
        second = stage.run(scenario.module, **options)
        assert not second.get("failed"), second["msg"]
        left = without_meanwhile(stage.rest(), options.get("purge", ())) if fault is MEANTIME else stage.rest()
        assert problems(scenario.ends, left) == []
        assert left == wanted.tenant


@pytest.mark.parametrize("go_on", ["stop", "continue"])
def test_after_a_refusal_the_rest_is_left_or_led_as_asked(go_on):
    (scenario,) = [scenario for scenario in TENANT_SCENARIOS if scenario.name.startswith("people")]
    with Stage.of(scenario) as (stage, options):
        stage.simulator.fault("status", operation_id="createDesktopUsingPOST", status=403)
        result = stage.run(scenario.module, **options, on_error=go_on)
        assert result["failed"] and result["changed"]
        states = {item["name"]: item["status"] for item in result["results"]}
        assert states["eve@example.com"] == "changed" and states["Sales/SALES-006"] == "failed"
        # Its user and its tags come after the desktops.
        assert states["Sales/SALES-003"] == {"stop": "not_attempted", "continue": "changed"}[go_on]
        assert stage.writes()[-1] == {"stop": "createDesktopUsingPOST", "continue": "resumeDesktopUsingPOST"}[go_on]
        again = stage.run(scenario.module, **options)
        assert not again.get("failed") and problems(scenario.ends, stage.rest()) == []


# All writes of one scenario, and a few of the others.
KILLED = [(scenario, number) for scenario in TENANT_SCENARIOS[:1] for number in range(len(scenario.writes))]
KILLED += [(scenario, None) for scenario in TENANT_SCENARIOS[1:]]


@pytest.mark.parametrize("scenario, number", KILLED, ids=str)
def test_killed_at_any_write(scenario, number):
    if number is None:
        number = random.Random(f"{seed()} {scenario}").randrange(len(scenario.writes))
    with Stage.of(scenario, leaps=False) as (stage, options):
        journal = f"{stage.files}/journal.jsonl"
        operation_id, earlier = scenario.writes[number], scenario.writes[:number].count(scenario.writes[number])
        stage.simulator.fault("slow", operation_id=operation_id, skip=earlier, seconds=SLOW)
        process = start(stage, scenario.module, {**options, "journal": journal, "poll_interval": 1})
        kill_when(process, arrived(stage, operation_id, earlier + 1))
        again = stage.run(scenario.module, **options, journal=journal)
        assert not again.get("failed"), again["msg"]
        assert sorted(stage.writes()) == sorted(scenario.writes)
        left = stage.rest()
        assert problems(scenario.ends, left) == []
        assert left == undisturbed(scenario).tenant


def test_a_session_that_begins_while_a_deletion_waits_for_its_turn_is_seen():
    # Thirty deletions take two minutes at fifteen a minute. Somebody signs in to the last desktop when half of them are done.
    names = [f"S-{number:02}" for number in range(30)]
    tenant = {
        "simulator": {"token_life_seconds": 1_000_000_000},
        "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
        "desktops": [{"name": name, "pool": "Sales"} for name in names],
    }
    with Stage(tenant) as stage:
        signed_in = {"desktops": [{"pool": "Sales", "name": "S-29", "status": "Connected"}]}
        stage.simulator.fault("concurrent", operation_id="deleteDesktopUsingDELETE", skip=14, change=signed_in)
        desktops = [{"pool": "Sales", "name": name, "state": "absent"} for name in names]
        result = stage.run(
            "workspot_tenant", desktops=desktops, guard={"confirm": True}, on_error="continue", reads_per_minute=20, writes_per_minute=15
        )
        assert [item["name"] for item in result["results"] if item["status"] == "failed"] == ["Sales/S-29"]
        assert "somebody has a session on it (Connected)" in result["msg"]
        assert stage.writes() == ["deleteDesktopUsingDELETE"] * 29


EMPTY_POOL = {
    "simulator": {"token_life_seconds": 1_000_000_000},
    "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
}


def test_what_control_has_no_place_for_is_sent_again_once_for_each_that_is_built():
    # Control builds one desktop after another and takes ten at a time: of twenty, ten are refused, and each has its turn when one is built.
    names = [f"S-{number:02}" for number in range(20)]
    with Stage(EMPTY_POOL, provisioning_cap=10) as stage:
        result = stage.run("workspot_tenant", desktops=[{"pool": "Sales", "name": name} for name in names])
        assert not result.get("failed"), result["msg"]
        assert stage.writes() == ["createDesktopUsingPOST"] * 30
        assert sorted(desktop["name"] for desktop in stage.rest()["desktops"]) == names
