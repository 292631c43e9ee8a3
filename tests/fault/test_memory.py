# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of one process share what they have read. After trouble, too, the next one begins with what the tenant has."""

from __future__ import annotations

import time

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.settle import FRESH
from scenarios import SPEED, Stage

# No listing is read again for its age alone.
LASTING = {"cache_ttl": 1_000_000}


def run(stage, module, **options):
    """A task in the process of the tasks before it."""
    return stage.run(module, fresh=False, **LASTING, **options)


def tags_of(stage, name):
    (desktop,) = [desktop for desktop in stage.rest()["desktops"] if desktop["name"] == name]
    return desktop["tags"]


def test_a_task_after_a_doubt_builds_on_what_the_doubt_ended_with():
    with Stage() as stage:
        desktop = {"pool": "Sales", "name": "SALES-003"}
        stage.simulator.fault("drop_before", operation_id="tagDesktopUsingPOST")
        assert run(stage, "workspot_desktop_tags", **desktop, tags={"b": "2"})["desktop"]["tags"] == {"b": "2"}
        assert run(stage, "workspot_desktop_tags", **desktop, tags={"c": "3"})["desktop"]["tags"] == {"b": "2", "c": "3"}
        assert tags_of(stage, "SALES-003") == {"b": "2", "c": "3"}


def test_a_loop_over_one_pool_still_reads_it_once():
    with Stage() as stage:
        for name in ("SALES-001", "SALES-002", "SALES-003"):
            assert run(stage, "workspot_desktop_tags", pool="Sales", name=name, tags={"b": "2"})["desktop"]["tags"]["b"] == "2"
        reads = [entry["operation_id"] for entry in stage.simulator.log() if entry["method"] == "GET"]
        assert reads == ["poolsUsingGET", "getpoolDesktopsUsingGET"]


def test_a_task_after_one_that_did_not_wait_sees_what_that_began():
    with Stage() as stage:
        for name in ("SALES-100", "SALES-101"):
            assert run(stage, "workspot_desktop", pool="Sales", name=name, wait=False)["changed"]
        reads = [entry["operation_id"] for entry in stage.simulator.log() if entry["method"] == "GET"]
        assert reads == ["poolsUsingGET", "getpoolDesktopsUsingGET"] * 2
        assert run(stage, "workspot_desktop", pool="Sales", name="SALES-100")["changed"] is False


def test_a_task_after_one_that_waited_in_vain_sees_what_that_began():
    with Stage() as stage:
        assert run(stage, "workspot_desktop", pool="Sales", name="SALES-100", wait_timeout=10)["error"]["kind"] == "timed_out"
        stage.rest()
        assert run(stage, "workspot_desktop_tags", pool="Sales", name="SALES-100", tags={"a": "b"})["changed"]


def test_a_pool_that_was_grown_without_waiting_has_grown_for_the_next_task():
    with Stage() as stage:
        pool = {"name": "Sales", "desktops": 7, "wait": False}
        assert [run(stage, "workspot_pool", **pool)["changed"] for _time in range(2)] == [True, False]
        assert stage.writes() == ["updateDesktopPoolUsingPOST"]


def test_a_desktop_that_came_between_the_two_readings_is_his():
    with Stage() as stage:
        run(stage, "workspot_desktop_power", pool="Sales", name="SALES-002", state="running")
        stage.simulator.change(desktops=[{"pool": "Sales", "name": "SALES-002", "user": "bob@example.com"}])
        result = run(stage, "workspot_assignment", user="bob@example.com", pool="Sales")
        assert (result["changed"], result["assignment"]["desktop"]) == (False, "SALES-002")
        assert stage.writes() == []


# What a rail forbids, after somebody else made it so: (what was read before, what happened since, the task, the refusal).
SESSION = {"desktops": [{"pool": "Sales", "name": "SALES-002", "status": "Connected"}]}
CONNECTION = {"user_name": "dora@example.com"}
SINCE = {
    "pause": (
        ("workspot_desktop_power", {"pool": "Sales", "name": "SALES-002", "state": "running"}),
        SESSION,
        ("workspot_desktop_power", {"pool": "Sales", "name": "SALES-002", "state": "paused"}),
        "somebody has a session on it",
    ),
    "assign": (
        ("workspot_desktop_power", {"pool": "Sales", "name": "SALES-002", "state": "running"}),
        {"desktops": [{"pool": "Sales", "name": "SALES-002", "user": "carl@example.com"}]},
        ("workspot_assignment", {"user": "ann@example.com", "pool": "Sales", "desktop": "SALES-002"}),
        "it is assigned to carl@example.com",
    ),
    "move": (
        ("workspot_desktop_power", {"pool": "Support", "name": "SUP-001", "state": "running"}),
        {"desktops": [{"pool": "Support", "name": "SUP-001", "status": "Connected"}]},
        ("workspot_desktop_move", {"pool": "Support", "name": "SUP-001", "target_pool": "Service"}),
        "somebody has a session on it",
    ),
    "shrink": (
        ("workspot_pool", {"name": "Sales", "desktops": 5}),
        {"desktops": [{"pool": "Sales", "name": f"SALES-00{number}", "user": "dora@example.com"} for number in (1, 2, 3)]},
        ("workspot_pool", {"name": "Sales", "desktops": 4, "allow_shrink": True}),
        "only 0 are unassigned and unused",
    ),
    "delete servers": (
        ("workspot_app_server", {"pool": "Old servers", "name": "none-such", "state": "absent"}),
        {"app_pools": [{"name": "Old servers", "servers": [{"name": "OLD-001", "total_sessions": 2}]}]},
        ("workspot_app_pool", {"name": "Old servers", "state": "absent"}),
        "2 sessions are open there",
    ),
    "reboot a gateway": (
        ("workspot_gateway_host", {"cluster": "Iberia", "name": "iberia001", "state": "present"}),
        {"gateway_clusters": [{"name": "Iberia", "regional_clusters": [{"hosts": [{"name": "iberia001", "connections": [CONNECTION]}]}]}]},
        ("workspot_gateway_host", {"cluster": "Iberia", "name": "iberia001", "action": "reboot"}),
        "it has 1 active connection;",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reading, since, task, refusal", SINCE.values(), ids=SINCE)
def test_a_rail_looks_at_what_is_there_now(reading, since, task, refusal):
    with Stage() as stage:
        module, options = reading
        assert run(stage, module, **options)["changed"] is False
        stage.simulator.change(**since)
        time.sleep(2 * FRESH / SPEED)
        module, options = task
        result = run(stage, module, **options)
        assert refusal in result["msg"] and result["error"]["kind"] == "refused"
        assert stage.writes() == []
