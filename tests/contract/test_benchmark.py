# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the jobs of `make bench` call: of a handful of things, which is run here, and by the same rule in the numbers that are published."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from support import ROOT

# The sizes of the jobs, as tests/benchmark has them. Looks are those that it takes until the report of users is there.
HANDFUL = {"pools": 3, "looks": 1, "written": 16, "writers": 2, "rolled_pools": 4, "listed_pools": 3}
MEASURED = {"pools": 100, "looks": 4, "written": 200, "writers": 10, "rolled_pools": 20, "listed_pools": 100}


def calls(items, *, pools, looks, written, writers, rolled_pools, listed_pools):
    """{(job, contestant): calls} for a row with so many items: a login, the list of pools, and what the job is about."""
    loop = {"workspot_desktop_tags": 3, "the same as a normal module": 3 * items, "ansible.builtin.uri": items, "requests script": 3}
    inventory = {"euc.fleet.workspot": 2 + listed_pools, "requests script": 2 + listed_pools, "Ansible alone": 0}
    # Beside the listings: the request for the report and the looks at it, and ours looks once right away as well. Downloads are not counted.
    check = {"workspot_tenant": 4 + pools + looks, "requests script": 3 + pools + looks}
    table = {
        "A single task with its play": loop,
        "A loop of N items": loop,
        "Check of a converged tenant of N desktops": {**check, "ansible.builtin.uri": pools},
        "Check of that tenant at N reads a minute": check,
        "N desktops to tag": {"workspot_tenant": 3 + items, "requests script": 3 + items, "ansible.builtin.uri": items},
        "N desktops tagged already": {"workspot_tenant": 3, "requests script": 3},
        "N writes by N processes at N a minute": {"workspot_tenant": written + 3 * writers, "the physical minimum": written},
        "Plan of a rollout over N desktops": {
            "workspot_rollout": 2 + rolled_pools,
            "requests script": 2 + rolled_pools,
            "ansible.builtin.uri": rolled_pools,
        },
        "Inventory of N desktops, N s an answer": inventory,
        "Inventory of N desktops from the cache": {**inventory, "euc.fleet.workspot": 0},
        "That inventory from the cache, filtered, grouped and composed": {**inventory, "euc.fleet.workspot": 0},
        "Calls to build N desktops of one pool and wait": {
            "workspot_tenant": 188,
            "uri, until in a loop, 5 s": 1002,
            "uri, until in a loop, 30 s": 202,
            "uri, until side by side, 30 s": 1722,
        },
    }
    return {(job, contestant): number for job, contestants in table.items() for contestant, number in contestants.items()}


@pytest.fixture(scope="module")
def handful(tmp_path_factory):
    """The rows of a real `make bench`, of a handful of things."""
    folder = tmp_path_factory.mktemp("bench")
    environment = os.environ | {"EUC_FLEET_HANDFUL": str(folder)}
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "benchmark" / "run.py"], env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"benchmark.json", "benchmark.md", "benchmark.svg"}
    return json.loads((folder / "benchmark.json").read_text())["rows"]


@pytest.fixture(scope="module")
def published():
    return json.loads((ROOT / "docs" / "benchmark.json").read_text())["rows"]


@pytest.mark.parametrize("which, sizes", [("handful", HANDFUL), ("published", MEASURED)])
def test_every_job_and_contestant_makes_the_calls_that_its_size_asks_for(request, which, sizes):
    rows = [(re.sub(r"\d[\d.,]*", "N", row["name"]), row) for row in request.getfixturevalue(which)]
    assert {(job, row["contestant"]) for job, row in rows} == set(calls(1, **sizes))
    assert [row for job, row in rows if row["calls"] != calls(row["items"], **sizes)[job, row["contestant"]]] == []
