# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request budget: never more than the customer's limit in any minute, first come first served, and no slower than it must be."""

from __future__ import annotations

import heapq
import json
import os
import subprocess
import sys
import tempfile
import threading
from datetime import datetime

from ansible_collections.euc.fleet.plugins.module_utils.core.throttle import MARGIN, Budget
from hypothesis import given
from hypothesis import strategies as st
from scenarios import TENANT, Stage
from support import ROOT

MINUTE = 60.0


class SharedClock:
    """Time that several threads share and that jumps as soon as all of them sleep: hours pass in milliseconds, exactly."""

    speed = 1.0

    def __init__(self, runners):
        self._now = 1_000_000.0
        self._awake = runners
        self._due = []
        self._change = threading.Condition()

    def time(self):
        with self._change:
            return self._now

    def sleep(self, seconds):
        if seconds <= 0:
            return
        with self._change:
            due = self._now + seconds
            heapq.heappush(self._due, due)
            self.leave()
            while self._now < due:
                self._change.wait()

    def leave(self):
        """One runner less is awake; if it was the last, the next one's time has come."""
        with self._change:
            self._awake -= 1
            if not self._awake and self._due:
                self._now = self._due[0]
                while self._due and self._due[0] <= self._now:
                    heapq.heappop(self._due)
                    self._awake += 1
                self._change.notify_all()


def spend(schedules, limit, hold_back=None):
    """Let processes make calls, each after the given pauses, with one budget file; returns (asked, granted) pairs and when a hold-back began.

    ``hold_back``: (process, call, seconds): that call is answered with a request to wait.
    """
    clock, calls, held, lock = SharedClock(len(schedules)), [], [], threading.Lock()

    def process(number, pauses, path):
        # A Budget of its own: what processes share is the file.
        budget = Budget(path, {"write": limit}, clock)
        try:
            for call, pause in enumerate(pauses):
                clock.sleep(pause)
                asked = clock.time()
                budget.acquire("write")
                with lock:
                    calls.append((asked, clock.time()))
                if hold_back and hold_back[:2] == (number, call):
                    held.append(clock.time())
                    budget.hold_back(("write",), hold_back[2])
        finally:
            clock.leave()

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "budget.json")
        threads = [threading.Thread(target=process, args=(number, pauses, path), daemon=True) for number, pauses in enumerate(schedules)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive()
    return sorted(calls, key=lambda call: call[1]), held[0] if held else None


limits = st.integers(1, 20)
pauses = st.lists(st.floats(0.001, 40, allow_nan=False), min_size=1, max_size=25)
schedules = st.lists(pauses, min_size=1, max_size=4)


@given(schedules, limits)
def test_no_minute_holds_more_calls_than_the_limit(schedules, limit):
    calls, _held = spend(schedules, limit)
    granted = [call[1] for call in calls]
    assert len(granted) == sum(map(len, schedules))
    assert all(later - earlier >= MINUTE for earlier, later in zip(granted, granted[limit:]))


@given(schedules, limits)
def test_who_asks_first_is_served_first(schedules, limit):
    calls, _held = spend(schedules, limit)
    by_asking = sorted(calls)
    for (asked, granted), (asked_later, granted_later) in zip(by_asking, by_asking[1:]):
        assert asked == asked_later or granted <= granted_later


@given(schedules, limits)
def test_nobody_waits_longer_than_the_limit_demands(schedules, limit):
    # Each call leaves when it is asked for, when the one before it has left, and when the minute has room: at the latest of the three.
    calls, _held = spend(schedules, limit)
    granted = [call[1] for call in calls]
    for number, (asked, left) in enumerate(calls):
        earliest = [asked, *granted[max(0, number - 1) : number]]
        if number >= limit:
            earliest.append(granted[number - limit] + MINUTE + MARGIN)
        assert left <= max(earliest) + 1e-6


@given(schedules, limits, st.data())
def test_after_a_throttle_answer_nobody_calls_until_the_wait_is_over(schedules, limit, data):
    number = data.draw(st.integers(0, len(schedules) - 1))
    call = data.draw(st.integers(0, len(schedules[number]) - 1))
    seconds = data.draw(st.floats(1, 200))
    calls, held = spend(schedules, limit, (number, call, seconds))
    assert [granted for _asked, granted in calls if held < granted < held + seconds] == []
    granted = [call[1] for call in calls]
    assert all(later - earlier >= MINUTE for earlier, later in zip(granted, granted[limit:]))


@given(st.integers(1, 200), st.integers(1, 20))
def test_many_calls_take_the_least_time_possible(number, limit):
    calls, _held = spend([[0.001] * number], limit)
    # Room for the pauses between the calls; the rest is arithmetic.
    assert calls[-1][1] - calls[0][1] <= (number - 1) // limit * (MINUTE + MARGIN) + 0.001 * number + 1e-6


# ---- With real processes, real requests and a server that counts

READER = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
import support
for _time in range(int(sys.argv[3])):
    result = support.run_module("workspot_pool_info", sys.argv[2], fresh=False, cache_ttl=0, reads_per_minute=20, writes_per_minute=15)
    assert not result.get("failed"), result["msg"]
"""


def moments(stage, method):
    return sorted(
        datetime.fromisoformat(entry["time"].replace("Z", "+00:00")).timestamp()
        for entry in stage.simulator.log()
        if entry["method"] == method
    )


def test_processes_that_share_a_customer_are_never_throttled():
    # A minute takes three seconds here, so that the travel of a request stays far below the budget's margin.
    with Stage(leaps=False, speed=20, throttle="20/15") as stage:
        paths = json.dumps([os.environ["ANSIBLE_COLLECTIONS_PATH"], str(ROOT / "tests")])
        readers = [
            subprocess.Popen([sys.executable, "-c", READER, paths, stage.simulator.url, "12"], stderr=subprocess.PIPE, text=True)
            for _reader in range(3)
        ]
        for reader in readers:
            _output, errors = reader.communicate(timeout=60)
            assert reader.returncode == 0, errors
        counters = stage.simulator.counters()
        assert (counters["reads"], counters["throttled"]) == (36, 0)
        times = moments(stage, "GET")
        # 36 reads need one more minute than none; the rest is the start of the processes.
        assert times[-1] - times[0] <= MINUTE + MARGIN + 30


def test_many_writes_of_tasks_finish_near_the_physical_minimum():
    # Waits are leapt over, so time may run as slowly as it does: no stall of a busy machine eats up the budget's margin.
    with Stage(TENANT, speed=1, throttle="0/15") as stage:
        for number in range(31):
            result = stage.run(
                "workspot_desktop_tags",
                fresh=number == 0,
                pool="Sales",
                name="SALES-002",
                tags={"n": number},
                writes_per_minute=15,
                cache_ttl=600,
            )
            assert result["changed"]
        assert stage.simulator.counters()["throttled"] == 0
        times = moments(stage, "POST")
        # One login and 31 writes at 15 a minute.
        assert 2 * MINUTE <= times[-1] - times[0] <= 2 * (MINUTE + MARGIN) + 20
