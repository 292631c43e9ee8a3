# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand desktops, twenty kills: whoever goes on acts on each of them once, and tells of all."""

from __future__ import annotations

import collections
import os
import random

from killing import arrived, kill_when, seed, start
from scenarios import Stage

# Unlike a reboot it shows afterwards, so that no kill can leave anything unknown.
PAUSE = "pauseDesktopUsingPOST"
POOLS, EACH, KILLS = 20, 50, 20


def tenant():
    pools = [f"P{number:02}" for number in range(POOLS)]
    return {
        "simulator": {"token_life_seconds": 1_000_000_000},
        "pools": [{"name": pool, "cloud": "Azure Cloud", "pool_type": "Persistent"} for pool in pools],
        "desktops": [{"name": f"{pool}-{number:02}", "pool": pool, "status": "Ready"} for pool in pools for number in range(EACH)],
    }


def moments():
    """How many pauses have arrived at each kill."""
    return sorted(random.Random(seed()).sample(range(1, POOLS * EACH - 100), KILLS))


def test_killed_twenty_times_each_of_a_thousand_is_paused_once():
    with Stage(tenant(), leaps=False, speed=600) as stage:
        options = {
            "select": {"names": ["P*"]},
            "action": "pause",
            "max_outstanding": 50,
            "session_sources": "status",
            "journal": os.path.join(stage.files, "rollout.jsonl"),
            "wait_timeout": 100_000,
            "reads_per_minute": 0,
            "writes_per_minute": 0,
        }
        for moment in moments():
            kill_when(start(stage, "workspot_rollout", options), arrived(stage, PAUSE, moment), within=120)
        last = stage.run("workspot_rollout", **options)
        assert not last.get("failed"), last["msg"]
        # What a kill cut off between the act and its answer is as it shall be, and who goes on says just that.
        told = collections.Counter((item["status"], item.get("msg") or "") for item in last["results"])
        as_it_is = told.pop(("skipped", "it is as it shall be already"), 0)
        assert {status for status, _msg in told} == {"done"} and as_it_is <= KILLS and told.total() + as_it_is == POOLS * EACH
        # A request that a kill cut off before its end has no answer, and did nothing.
        paused = [entry["path"] for entry in stage.simulator.log() if entry["operation_id"] == PAUSE and entry["status"] == 202]
        assert set(collections.Counter(paused).values()) == {1} and len(paused) == POOLS * EACH
