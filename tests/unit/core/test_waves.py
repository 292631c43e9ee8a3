# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wave engine with the crew that only imagines, on a clock of its own."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.forecast import Expected, ImaginedCrew, forecast
from ansible_collections.euc.fleet.plugins.module_utils.core.waves import FAILED, Limits, Rollout, Target, waves_of

LANES = {"read": 0, "write": 0, "poll": 0}


def targets(number, group="pool"):
    return [Target(f"{group}-{count}", f"{group}/{count}", group) for count in range(number)]


class Watched(ImaginedCrew):
    """Remembers when what was begun, and how many were under way; those ``broken`` fail."""

    def __init__(self, all_targets, *, seconds=100, least=None, broken=(), **expected):
        available = {}
        for target in all_targets:
            available[target.group] = available.get(target.group, 0) + 1
        every = {target.id: Expected(seconds=seconds, down=True, **expected) for target in all_targets}
        super().__init__(every, available, least, 10, LANES, {}, 0, 10)
        self.begun, self.most, self.fewest = [], 0, min(available.values(), default=0)
        self.said, self.sick, self.broken = [], "", broken
        self._under_way = 0

    def progress(self, text):
        self.said.append(text)

    def outage(self):
        return self.sick

    def begin(self, target):
        super().begin(target)
        self.begun.append((target.id, self.clock.now))
        if target.id in self.broken:
            target.end(FAILED, "broken")
            return
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        self.fewest = min(self.fewest, self._available[target.group])

    def look(self, targets):
        super().look(targets)
        self._under_way = sum(target.status == "running" for target in targets)


def run(waves, crew, **limits):
    rollout = Rollout(waves, crew, Limits(**limits))
    rollout.run()
    return rollout


@pytest.mark.parametrize(
    "division, sizes",
    [
        ({}, [10]),
        ({"canary": 2}, [2, 8]),
        ({"canary": 1, "size": 4}, [1, 4, 4, 1]),
        ({"percent": 25}, [3, 3, 3, 1]),
        ({"canary": 20}, [10]),
    ],
)
def test_waves(division, sizes):
    assert [len(wave) for wave in waves_of(targets(10), **division)] == sizes


def test_no_targets_are_no_waves():
    assert waves_of([]) == []


def test_a_wave_begins_when_the_one_before_is_done():
    every = targets(6)
    crew = Watched(every)
    run(waves_of(every, canary=1, size=3), crew)
    times = [at for _id, at in crew.begun]
    assert times[0] + 100 <= times[1] == times[3] and times[3] + 100 <= times[4]
    assert {target.status for target in every} == {"done"}


@pytest.mark.parametrize("most", [1, 3, 10])
def test_no_more_are_under_way_than_allowed(most):
    every = targets(20)
    crew = Watched(every)
    run([every], crew, max_outstanding=most)
    assert crew.most == most


def test_starts_are_spaced():
    every = targets(5)
    crew = Watched(every)
    run([every], crew, spacing=25)
    times = [at for _id, at in crew.begun]
    assert [later - sooner for sooner, later in zip(times, times[1:])] == [25] * 4


def test_enough_stay_available():
    every = targets(6)
    crew = Watched(every, least=4)
    run([every], crew)
    assert crew.fewest == 4 and len(crew.begun) == 6


def test_one_pool_does_not_hold_up_another():
    every = targets(2, "small") + targets(5, "large")
    crew = Watched(every, least=2)
    rollout = run([every], crew, patience=500)
    assert [target.status for target in every] == ["not_attempted"] * 2 + ["done"] * 5
    assert "nothing could be started for 8 min 20 s: too few would be left" in rollout.stopped_because


@pytest.mark.parametrize("allowed, failed, not_attempted", [(0, 1, 7), (1, 2, 4), (2, 2, 0)])
def test_failures_stop_it(allowed, failed, not_attempted):
    every = targets(9)
    rollout = run(waves_of(every, size=1), Watched(every, broken=("pool-1", "pool-4")), max_failures=allowed)
    assert sum(target.status == "failed" for target in every) == failed
    assert sum(target.status == "not_attempted" for target in every) == not_attempted
    assert bool(rollout.stopped_because) == bool(not_attempted)


def test_an_outage_stops_it_before_the_first_act():
    every = targets(3)
    crew = Watched(every)
    crew.sick = "the pool is ill"
    rollout = run([every], crew)
    assert crew.begun == [] and rollout.stopped_because == "the pool is ill"
    assert {target.status for target in every} == {"not_attempted"}


def test_nothing_new_after_the_deadline_but_what_runs_is_seen_through():
    every = targets(6)
    crew = Watched(every)
    rollout = run(waves_of(every, size=2), crew, deadline=150)
    assert [target.status for target in every] == ["done"] * 4 + ["not_attempted"] * 2
    assert rollout.cut_short and max(at for _id, at in crew.begun) < 150


def test_nothing_new_once_it_is_called_off_and_that_is_no_failure():
    every = targets(6)
    crew = Watched(every)
    crew.called_off = lambda: "enough" if crew.clock.time() > 50 else ""
    rollout = run(waves_of(every, size=2), crew)
    assert [target.status for target in every] == ["done"] * 2 + ["not_attempted"] * 4
    assert (rollout.cut_short, rollout.stopped_because) == (True, "enough")
    sick = Watched(every := targets(2))
    sick.sick, sick.called_off = "the pool is ill", lambda: "enough"
    rollout = run([every], sick)
    assert (rollout.cut_short, rollout.stopped_because) == (False, "the pool is ill")


def test_what_an_earlier_run_began_is_taken_up_first_and_even_when_it_stops():
    every = targets(4)
    every[2].begun = True
    crew = Watched(every)
    crew.sick = "the pool is ill"
    run([every], crew)
    assert [id for id, _at in crew.begun] == ["pool-2"]
    assert every[2].status == "done"


def test_the_forecast_leaves_the_targets_alone_and_takes_the_same_time():
    every = targets(30)
    waves = waves_of(every, canary=2, percent=20)
    told = forecast(waves, Watched(every, seconds=125), Limits())
    assert {target.status for target in every} == {"waiting"}
    crew = Watched(every, seconds=125)
    run(waves, crew)
    assert told == {"reads": crew.read.calls, "writes": 30, "eta_s": crew.clock.now}


def test_the_forecast_keeps_within_the_budget():
    every = targets(31)
    crew = ImaginedCrew({target.id: Expected() for target in every}, {"pool": 31}, None, 10, {**LANES, "write": 15}, {}, 0, 10)
    assert forecast([every], crew, Limits())["eta_s"] >= 120
