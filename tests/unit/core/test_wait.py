# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deadlines, intervals and how durations are told."""

from __future__ import annotations

import itertools

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Clock, Deadline, duration, intervals
from unit.clocks import ManualClock


def test_intervals_grow_up_to_the_longest():
    assert list(itertools.islice(intervals(5, 30), 7)) == [5, 7.5, 11.25, 16.875, 25.3125, 30, 30]


def test_a_deadline_counts_everything_since_it_was_made():
    clock = ManualClock()
    deadline = Deadline(clock, 10)
    clock.sleep(4)
    assert (deadline.elapsed(), deadline.remaining(), deadline.expired()) == (4, 6, False)
    clock.sleep(6)
    assert deadline.expired()


def test_the_clock_runs_at_the_speed_of_a_rehearsal(monkeypatch):
    monkeypatch.setenv("EUC_FLEET_CLOCK_SPEED", "1000")
    clock = Clock()
    before = clock.time()
    clock.sleep(20)
    assert 20 <= clock.time() - before < 500


def test_the_clock_is_the_wall_clock_by_default(monkeypatch):
    monkeypatch.delenv("EUC_FLEET_CLOCK_SPEED")
    assert Clock().speed == 1


@pytest.mark.parametrize(
    "seconds, words", [(0, "0 s"), (59.4, "59 s"), (60, "1 min"), (250, "4 min 10 s"), (3600, "1 h"), (7500, "2 h 5 min")]
)
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words
