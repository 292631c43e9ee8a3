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
