# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides of docs/, word for word: their files are written and their commands run in order, in an empty folder."""

from __future__ import annotations

import re

import pytest
import yaml
from euc_simulator.testing import Simulator
from support import ROOT

TENANT = {
    "pools": [{"name": "Sales", "cloud": "Google Cloud", "pool_type": "Persistent", "desktop_name_prefix": "SALES"}],
    "desktops": [{"name": f"SALES-00{number}", "pool": "Sales"} for number in (1, 2, 3)],
    "users": [{"email": f"user-{number}@example.com", "cost_center": "1"} for number in range(6)],
    "app_pools": [{"name": "Servers", "cloud": "Google Cloud", "servers": 1}],
    "applications": [{"name": "Writer", "app_pool": "Servers", "full_path": "C:\\write.exe"}],
    "bundles": [{"name": "Office", "applications": ["Writer"]}],
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def follow(command, tmp_path):
    """Follow a guide; returns its commands with what they said, in order."""

    def run(name):
        text = (ROOT / "docs" / name).read_text()
        for block in re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            (tmp_path / block[0]).write_text(block[1])
        lines = [line[2:] for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL) for line in block.splitlines()]
        identity = {f"GIT_{role}_{what}": "guide@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        return [(line, command("bash", "-c", line, **identity)) for line in lines]

    return run


def all_well(steps):
    for line, done in steps:
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


def test_start_with_the_tenant_that_you_have(follow, simulator):
    steps = follow("brownfield.md")
    all_well(steps)
    said = [done.stdout for line, done in steps if "site.yml" in line]
    assert ["changed=0" in text for text in said] == [True, False, False, True]
    assert "would make 1 change (1 in users): 1 write, 0 reads" in said[1]
    assert "will make 1 change (1 in users)" in said[2]
    assert [user["cost_center"] for user in simulator.state()["users"]].count("4711") == 1


def test_review_a_plan(follow, simulator, tmp_path):
    before = simulator.state()
    steps = follow("plan_review.md")
    all_well(steps)
    (plan,) = [done.stdout for line, done in steps if line == "cat plan.md"]
    assert "create user 'ann@example.com'" in plan
    assert "delete desktop 'Sales/SALES-003' (the pool shrinks by one) **cannot be undone**" in plan
    assert "refused: 1 of the changes cannot be undone" in plan
    assert "refused: the plan takes 1 of 3 away from pool 'Sales', and guard.max_percent allows 10 %" in plan
    names = [[desktop["name"] for desktop in state["desktops"]] for state in (before, simulator.state())]
    assert names == [["SALES-001", "SALES-002", "SALES-003"], ["SALES-001", "SALES-002"]]
    applied = next(done.stdout for line, done in steps if "apply.yml" in line)
    assert "changed=1" in applied


def test_drift_in_ci(follow, simulator, tmp_path):
    steps = follow("drift_in_ci.md")
    all_well(steps)
    assert all((tmp_path / f"drift.{ending}").is_file() for ending in ("html", "json", "md", "xml"))
    # What the snippets for CI call is what the guide calls.
    calls = {line for line, _done in steps if "drift_report" in line}
    for name in ("github-drift.yml", "gitlab-drift.yml"):
        assert [call for call in calls if call in (tmp_path / name).read_text()] == list(calls)
        assert yaml.safe_load((tmp_path / name).read_text())
    assert simulator.counters()["writes"] == 0
