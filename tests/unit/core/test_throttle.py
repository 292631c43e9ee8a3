# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared request budget: sliding windows, first come first served, corrected by the server."""

from __future__ import annotations

import json
import stat

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import Throttled
from ansible_collections.euc.fleet.plugins.module_utils.core.throttle import MARGIN, WINDOW, Budget, state_directory
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Deadline
from unit.clocks import ManualClock

FULL = WINDOW + MARGIN


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "budget.json")


def sent_at(budget, clock, lane, calls):
    times = []
    for _number in range(calls):
        budget.acquire(lane)
        times.append(clock.now)
    return times


def most_in_a_minute(times):
    return max(sum(start <= time < start + WINDOW for time in times) for start in times)


def test_calls_within_the_limit_do_not_wait(path, clock):
    assert sent_at(Budget(path, {"read": 20}, clock), clock, "read", 20) == [clock.now] * 20


def test_the_call_after_a_full_window_waits_for_its_end(path, clock):
    start = clock.now
    assert sent_at(Budget(path, {"read": 20}, clock), clock, "read", 21)[-1] == start + FULL


def test_no_minute_ever_holds_more_calls_than_the_limit(path, clock):
    assert most_in_a_minute(sent_at(Budget(path, {"write": 15}, clock), clock, "write", 200)) == 15


def test_two_hundred_writes_take_the_physical_minimum(path, clock):
    start = clock.now
    last = sent_at(Budget(path, {"write": 15}, clock), clock, "write", 200)[-1]
    assert last - start <= 13 * 60 * 1.05


def test_processes_share_one_budget(path, clock):
    first, second = Budget(path, {"read": 4}, clock), Budget(path, {"read": 4}, clock)
    start = clock.now
    times = [time for budget in (first, second) * 3 for time in sent_at(budget, clock, "read", 1)]
    assert times == [start] * 4 + [start + FULL] * 2


def test_lanes_are_counted_apart(path, clock):
    budget = Budget(path, {"read": 1, "write": 1}, clock)
    start = clock.now
    budget.acquire("read")
    budget.acquire("write")
    assert clock.now == start


def test_a_limit_of_zero_is_no_pacing_and_leaves_no_file(tmp_path, clock):
    budget = Budget(str(tmp_path / "none.json"), {"read": 0}, clock)
    assert sent_at(budget, clock, "read", 500) == [clock.now] * 500
    assert not list(tmp_path.iterdir())


def test_a_throttle_answer_holds_everybody_back(path, clock):
    first, second = Budget(path, {"read": 20}, clock), Budget(path, {"read": 20}, clock)
    start = clock.now
    first.hold_back(("read",), 12)
    second.acquire("read")
    assert 12 <= clock.now - start <= 13


def test_a_place_reserved_before_a_throttle_answer_is_void(path, clock):
    budget, other = Budget(path, {"read": 1}, clock), Budget(path, {"read": 1}, clock)
    budget.acquire("read")
    start = clock.now

    def told_to_wait_meanwhile(seconds):
        clock.now += seconds
        clock.sleep = plain_sleep
        other.hold_back(("read",), 30)

    plain_sleep, clock.sleep = clock.sleep, told_to_wait_meanwhile
    budget.acquire("read")
    assert clock.now - start >= FULL + 30


def test_unpaced_clients_still_obey_the_server(path, clock):
    Budget(path, {"read": 0}, clock).hold_back(("poll", "read"), 12)
    assert clock.slept == [12]


def test_a_place_after_the_deadline_is_refused_and_not_reserved(path, clock):
    budget = Budget(path, {"read": 1}, clock)
    budget.acquire("read")
    with pytest.raises(Throttled, match="Could not list the pools in time: .* 1 reads a minute .* in 1 min 1 s"):
        budget.acquire("read", "list the pools", Deadline(clock, 30))
    before = clock.now
    budget.acquire("read")
    assert clock.now - before == FULL


@pytest.mark.parametrize("content", ["", "{", "[]", '{"lanes": 3}', "\x00\x00", '{"lanes": {}, "blocked": []}'])
def test_a_damaged_state_file_is_started_afresh(path, clock, content):
    with open(path, "w") as file:
        file.write(content)
    assert Budget(path, {"read": 5}, clock).acquire("read") == 0
    assert len(json.load(open(path))["lanes"]["read"]) == 1


def test_reservations_from_a_clock_that_was_set_back_do_not_block(path, clock):
    Budget(path, {"read": 1}, clock).acquire("read")
    clock.now -= 100_000
    assert Budget(path, {"read": 1}, clock).acquire("read") == 0


def test_the_state_file_is_private_and_names_nobody(path, clock):
    import os

    Budget(path, {"read": 1}, clock).acquire("read")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert set(json.load(open(path))) == {"lanes", "blocked"}


def test_the_state_directory_is_private(monkeypatch, tmp_path):
    import os

    monkeypatch.setenv("EUC_FLEET_STATE_DIR", str(tmp_path / "a" / "b"))
    assert stat.S_IMODE(os.stat(state_directory()).st_mode) == 0o700


def test_the_forecast_is_what_then_happens(path, clock):
    budget = Budget(path, {"write": 15}, clock)
    sent_at(budget, clock, "write", 10)
    start, forecast = clock.now, budget.seconds_for("write", 40)
    assert sent_at(budget, clock, "write", 40)[-1] - start == forecast
    assert budget.seconds_for("write", 0) == 0
