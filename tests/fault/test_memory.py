# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of one process share what they have read. After trouble, too, the next one begins with what the tenant has."""

from __future__ import annotations

from scenarios import Stage

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
