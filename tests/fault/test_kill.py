# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is killed outright: the next one finds what it did, whether or not the answer ever arrived."""

from __future__ import annotations

import os
import time

import pytest
from faults import undisturbed
from killing import SLOW, arrived, kill_when, killed_at_a_request, start
from scenarios import SCENARIOS, SPEED, STATE_SCENARIOS, TENANT, Stage, problems
from support import documentation

DESKTOP = {"pool": "Sales", "name": "SALES-100"}


def desktops_named(stage, name):
    return [desktop for desktop in stage.rest()["desktops"] if desktop["name"] == name]


def waits(scenario):
    return "wait_timeout" in documentation(scenario.module)["options"]


def test_killed_during_the_wait():
    # The tenant's clock stands still, so that the desktop is surely not built yet when the kill comes.
    with Stage(leaps=False, speed=0) as stage:
        process = start(stage, "workspot_desktop", DESKTOP)
        kill_when(process, arrived(stage, "statusCheckUsingGET", times=2))
        stage.simulator.speed(SPEED)
        again = stage.run("workspot_desktop", **DESKTOP)
        assert not again.get("failed"), again["msg"]
        assert not again["changed"]
        assert again["desktop"]["status"] in ("Online", "Ready")
        assert len(desktops_named(stage, "SALES-100")) == 1


@pytest.mark.parametrize("lag", [0, 20, 50])
def test_killed_before_the_answer_to_the_creation(lag):
    # With a lag the new desktop is not in the listing yet when the second run looks: only the journal knows of it.
    with Stage(leaps=False, speed=0, listing_lag_seconds=lag) as stage:
        stage.simulator.fault("slow", operation_id="createDesktopUsingPOST", seconds=SLOW)
        process = start(stage, "workspot_desktop", DESKTOP)
        kill_when(process, arrived(stage, "createDesktopUsingPOST"))
        stage.simulator.speed(SPEED)
        again = stage.run("workspot_desktop", **DESKTOP)
        assert not again.get("failed"), again["msg"]
        assert stage.writes() == ["createDesktopUsingPOST"]
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_killed_before_a_creation_that_never_ran():
    with Stage(leaps=False, speed=0) as stage:
        stage.simulator.fault("drop_before", operation_id="createDesktopUsingPOST")
        process = start(stage, "workspot_desktop", DESKTOP)
        kill_when(process, arrived(stage, "createDesktopUsingPOST"))
        stage.simulator.speed(SPEED)
        again = stage.run("workspot_desktop", **DESKTOP)
        assert not again.get("failed") and again["changed"]
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_killed_three_times_in_a_row():
    with Stage(leaps=False, speed=0) as stage:
        for _time in range(3):
            polls = stage.simulator.counters()["reads"]
            process = start(stage, "workspot_desktop", DESKTOP)
            kill_when(process, lambda polls=polls: stage.simulator.counters()["reads"] > polls + 2)
        stage.simulator.speed(SPEED)
        assert not stage.run("workspot_desktop", **DESKTOP).get("failed")
        assert stage.writes() == ["createDesktopUsingPOST"]
        assert len(desktops_named(stage, "SALES-100")) == 1


WRITES = [(scenario, number) for scenario in STATE_SCENARIOS for number in range(len(scenario.writes))]


@pytest.mark.parametrize("scenario, number", WRITES, ids=str)
def test_every_write_killed_before_its_answer(scenario, number):
    operation_id, earlier = scenario.writes[number], scenario.writes[:number].count(scenario.writes[number])
    with Stage.of(scenario, leaps=False) as (stage, options):
        stage.simulator.fault("slow", operation_id=operation_id, skip=earlier, seconds=SLOW)
        kill_when(start(stage, scenario.module, options), arrived(stage, operation_id, earlier + 1))
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        left = stage.rest()
        assert problems(scenario.ends, left) == []
        assert left == undisturbed(scenario).tenant


@pytest.mark.parametrize("scenario", [scenario for scenario in STATE_SCENARIOS if waits(scenario)], ids=str)
def test_every_module_that_waits_killed_at_a_random_request(scenario):
    requests = undisturbed(scenario).requests
    # From the first request after the sign-in to the one that follows the last write, if it begins a wait.
    after_writes = len(requests) - requests[::-1].index(scenario.writes[-1]) + 1
    with killed_at_a_request(scenario, min(after_writes, len(requests))) as (stage, options):
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        assert problems(scenario.ends, stage.rest()) == [] and stage.rest() == undisturbed(scenario).tenant
        # A command is sent again, and so may be a setting that shows late, for that does no harm; a second creation would have shown.
        writes = stage.writes()
        assert set(writes) == set(scenario.writes) and len(writes) <= 2 * len(scenario.writes)


# What waits, and neither leads to a state nor has tests of its own for it: a scenario of each module.
OTHERS = {
    scenario.module: scenario
    for scenario in reversed(SCENARIOS)
    if waits(scenario) and not scenario.is_state and scenario.module not in ("workspot_rollout", "workspot_tenant", "workspot_run_lock")
}


@pytest.mark.parametrize("scenario", OTHERS.values(), ids=str)
def test_what_only_reads_or_saves_killed_at_a_random_request(scenario):
    with Stage.of(scenario) as (stage, options):
        stage.run(scenario.module, **options)
        requests = len(stage.simulator.log())
    with killed_at_a_request(scenario, requests) as (stage, options):
        assert os.listdir(stage.files) == []
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        assert bool(os.listdir(stage.files)) == ("dest" in scenario.options)


@pytest.mark.parametrize("name", ["built in a pool", "a desktop that is built for the user"])
def test_killed_before_the_answer_and_run_again_minutes_later(name):
    # By then the journal's note is old, but the desktop is still being built: it is there to be seen, and counts.
    (scenario,) = [scenario for scenario in STATE_SCENARIOS if scenario.name == name]
    with Stage.of(scenario, leaps=False, speed=0) as (stage, options):
        stage.simulator.fault("slow", operation_id=scenario.writes[0], seconds=SLOW)
        kill_when(start(stage, scenario.module, options), arrived(stage, scenario.writes[0]))
        time.sleep(180 / SPEED)
        stage.simulator.speed(SPEED)
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        assert stage.writes() == list(scenario.writes)
        assert problems(scenario.ends, stage.rest()) == []


def test_a_journal_cut_short_by_a_kill_is_no_obstacle():
    with Stage(TENANT) as stage:
        stage.run("workspot_desktop", **DESKTOP, wait=False)
        (journal,) = [name for name in os.listdir(stage.folder) if name.startswith("journal")]
        with open(os.path.join(stage.folder, journal), "a", encoding="utf-8") as file:
            file.write('{"at": 1, "key": "create desk')
        again = stage.run("workspot_desktop", **DESKTOP)
        assert not again.get("failed") and not again["changed"]
        assert len(desktops_named(stage, "SALES-100")) == 1
