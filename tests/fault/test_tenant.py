# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects in one task, disturbed or killed at any of its writes: no duplicate, nothing lost, and another run makes it right."""

from __future__ import annotations

import functools

import pytest
from killing import SLOW, arrived, kill_when, start
from scenarios import SCENARIOS, Stage, problems

FAULTS = ["drop_before", "drop_after", "status", "status_after", "garbage", "html", "cut_body", "throttle", "revoke_token"]
TENANT_SCENARIOS = [scenario for scenario in SCENARIOS if scenario.module == "workspot_tenant"]
CASES = [(scenario, number, fault) for scenario in TENANT_SCENARIOS for number in range(len(scenario.writes)) for fault in FAULTS]


@functools.cache
def undisturbed(number):
    scenario = TENANT_SCENARIOS[number]
    with Stage.of(scenario) as (stage, options):
        stage.run(scenario.module, **options)
        return stage.rest()


@pytest.mark.parametrize("scenario, number, fault", CASES, ids=str)
def test_disturbed_and_run_again(scenario, number, fault):
    wanted = undisturbed(TENANT_SCENARIOS.index(scenario))
    with Stage.of(scenario) as (stage, options):
        operation_id = scenario.writes[number]
        data = {"seconds": 12} if fault == "throttle" else {"status": 500} if fault.startswith("status") else {}
        stage.simulator.fault(fault, operation_id=operation_id, skip=scenario.writes[:number].count(operation_id), **data)
        first = stage.run(scenario.module, **options)
        assert first["changed"]
        if first.get("failed"):
            assert "\n" not in first["msg"] and not first["msg"].startswith("Defect"), first["msg"]
            assert [item["status"] for item in first["results"]].count("failed") == first["summary"]["failed"] > 0
        second = stage.run(scenario.module, **options)
        assert not second.get("failed"), second["msg"]
        left = stage.rest()
        assert problems(scenario.ends, left) == []
        assert left == wanted


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


@pytest.mark.parametrize("number", range(7))
def test_killed_at_any_write(number):
    (scenario,) = [scenario for scenario in TENANT_SCENARIOS if scenario.name.startswith("people")]
    with Stage.of(scenario, leaps=False) as (stage, options):
        journal = f"{stage.files}/journal.jsonl"
        operation_id = scenario.writes[number]
        stage.simulator.fault("slow", operation_id=operation_id, seconds=SLOW)
        kill_when(start(stage, scenario.module, {**options, "journal": journal, "poll_interval": 1}), arrived(stage, operation_id))
        again = stage.run(scenario.module, **options, journal=journal)
        assert not again.get("failed"), again["msg"]
        assert sorted(stage.writes()) == sorted(scenario.writes)
        left = stage.rest()
        assert problems(scenario.ends, left) == []
        assert left == undisturbed(TENANT_SCENARIOS.index(scenario))


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
