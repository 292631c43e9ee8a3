# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles that one play uses twice: what the first use did, or what it failed with, is no matter of the second one."""

from __future__ import annotations

import json

import pytest
import yaml
from euc_simulator.testing import Simulator

AZURE = {"cloud": "Azure Cloud", "subscription_name": "Azure", "region": "westeurope", "vm_type": "STANDARD"}
TENANT = {
    "clouds": [{"name": "Azure", "config_type": "Azure Cloud"}],
    "templates": [{"name": "new", "subscription": "Azure", "status": "Published"}],
    "pools": [
        {"name": "Old", "pool_type": "Persistent", **AZURE},
        {"name": "New", "pool_type": "Persistent", **AZURE},
        {"name": "Kiosk", "pool_type": "Non-Persistent", "template": "new", "desktops": 1, **AZURE},
    ],
    "desktops": [{"name": name, "pool": "Old", "user": f"{name}@example.com".lower()} for name in ("A-1", "A-2")],
}
DESKTOPS = [("Old/A-1", "ok"), ("Old/A-2", "ok")]
USERS = [("a-1@example.com", "ok"), ("a-2@example.com", "ok")]
# Of each role the variables of all uses, those of one that fails, and those of one that leaves out what failed.
USES = {
    "desktop_move": ({"pool": "Old", "target_pool": "New", "journal": "moves.jsonl", "desktops": ["A-1"]}, {"deadline": "25:00"}, {"freeze": ["A-1"]}),
    "image_rollout": (
        {"cloud": "Azure", "template": "new", "pools": ["Kiosk"], "journals": "journals"},
        {"state": "published", "deadline": "25:00"},
        {"state": "draft"},
    ),
    "governance": ({"policy": "policy.yml"}, {"charge_back": "charge-back.csv"}, {}),
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600) as simulator:
        yield simulator


def use(role, variables, report):
    given = {f"{role}_{name}": value for name, value in {**variables, "reports": {"json": report}}.items()}
    return {"ansible.builtin.include_role": {"name": f"euc.fleet.{role}"}, "vars": given}


def test_the_second_use_tells_nothing_of_the_first(command, simulator, tmp_path):
    tasks = []
    for role, (always, failing, well) in USES.items():
        tasks += [{"block": [use(role, {**always, **failing}, f"{role}-1.json")], "rescue": [{"ansible.builtin.debug": {"msg": f"{role} has failed"}}]}]
        tasks += [use(role, {**always, **well}, f"{role}-2.json")]
    (tmp_path / "play.yml").write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    (tmp_path / "policy.yml").write_text("tags: [{tags: {stage: {required: false}}}]")
    simulator.fault("status", operation_id="usageReportUsingPOST", status=403)
    done = command("ansible-playbook", "play.yml")
    assert done.returncode == 0 and [role for role in USES if f"{role} has failed" not in done.stdout] == [], done.stdout + done.stderr
    reports = [[json.loads((tmp_path / f"{role}-{number}.json").read_text()) for number in (1, 2)] for role in USES]
    assert [[[(entry["name"], entry["status"]) for entry in report["entries"]] for report in of_role] for of_role in reports] == [
        [[], [("Old/A-1", "skipped")]],
        [[("Azure/new", "ok")], [("Kiosk", "not_attempted"), ("Azure/new", "ok")]],
        [[("charge-back.csv", "failed"), *DESKTOPS, *USERS], DESKTOPS],
    ]
    # What could not even be planned is not "nothing to do".
    assert "Nothing to do" not in done.stdout
    refused = ["deadline is a number of seconds or a time of day such as '22:30', not '25:00'"]
    assert [[report["notes"] for report in of_role] for of_role in reports] == [[refused, []], [refused, []], [[], []]]
