# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A move that fails half-way leaves its desktop down: whatever the user then reads names the way back."""

from __future__ import annotations

import pytest
from scenarios import SCENARIOS, Stage

WAYS_BACK = [scenario for scenario in SCENARIOS if scenario.options.get("state") == "cancelled"]
ADVICE = "if it has failed and left the desktop down, bring it back first with 'state: cancelled'"


@pytest.mark.parametrize("fails", ["late", "last"])
@pytest.mark.parametrize("scenario", WAYS_BACK, ids=str)
def test_a_failed_move_names_the_way_back_and_so_does_its_repetition(scenario, fails):
    (options,) = scenario.first.values()
    advice = ADVICE + (" and 'method: upgrade'" if options.get("method") == "upgrade" else "")
    with Stage(move_fails=fails) as stage:
        failed = stage.run(scenario.module, **options)
        assert failed["changed"] and failed["msg"].endswith(f"mend the cause and run again; {advice}")
        again = stage.run(scenario.module, **{**options, "wait_timeout": 600})
        assert again["failed"] and again["msg"].endswith(advice)
        assert not stage.run(scenario.module, **scenario.options).get("failed")
        stage.simulator.change(simulator={"move_fails": "no"})
        assert not stage.run(scenario.module, **options).get("failed")


def test_so_does_a_rollout_of_moves():
    with Stage(move_fails="late") as stage:
        result = stage.run("workspot_rollout", select={"names": ["SUP-001"]}, action="move", target_pool="Service", guard={"confirm": True})
        assert result["failed"] and result["results"][0]["msg"].endswith(f"mend the cause and run again; {ADVICE}")


def test_moves_that_control_has_no_place_for_are_tried_once_a_minute():
    # Moves go on side by side, so that a place may become free at any time. Each of these takes 15 minutes, and one at a time is accepted.
    users = {"SUP-001": "ann@example.com", "SUP-002": "bob@example.com", "SUP-003": "cyd@example.com"}
    tenant = {
        "pools": [{"name": name, "cloud": "Azure Cloud", "pool_type": "Persistent"} for name in ("Support", "Service")],
        "users": [{"email": user} for user in users.values()],
        "desktops": [{"name": name, "pool": "Support", "user": user} for name, user in users.items()],
    }
    with Stage(tenant, provisioning_cap=1) as stage:
        options = {"select": {"pools": ["Support"]}, "action": "move", "target_pool": "Service", "guard": {"confirm": True}}
        result = stage.run("workspot_rollout", **options, spacing=0, poll_interval=10)
        assert not result.get("failed"), result["msg"]
        assert 3 < stage.writes().count("moveDesktopUsingPOST") <= 3 + 2 * 900 / 60


def test_a_move_that_ends_as_it_should_says_nothing_of_it():
    with Stage() as stage:
        assert ADVICE not in str(stage.run("workspot_desktop_move", pool="Support", name="SUP-001", target_pool="Service"))
