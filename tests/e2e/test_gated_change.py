# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook gated_change, which joins the three systems: a good run, a second one, a check run, and what a closed gate keeps from happening."""

from __future__ import annotations

import json

import pytest
import yaml
from euc_simulator.testing import Simulator
from vendors import vendors

FOLDER = {"users": [{"email": "ann@example.com", "first_name": "Ann"}]}


def world(agent_state="OK"):
    return {
        "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent", "desktops": 1}],
        "ras": {"workspaces": [{"name": "ws-west", "agent_state": agent_state}]},
        "citrix": {"resources": [{"name": "Calculator"}]},
    }


@pytest.fixture
def systems():
    with Simulator(world(), tls=True, speed=600, citrix_token_life_seconds=100_000) as simulator:
        yield simulator


@pytest.fixture
def change(command, systems, tmp_path):
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "users.yml").write_text(yaml.safe_dump(FOLDER))
    # The administrator of Control is there already.
    shell = {
        **vendors()["ras"].shell(systems),
        **vendors()["citrix"].shell(systems),
        "WORKSPOT_URL": systems.url,
        "WORKSPOT_CA_PATH": systems.ca_path,
    }
    given = {
        "tenant_folder": str(tmp_path / "tenant"),
        "ras_health_gate_wait_timeout": 60,
        "citrix_launch_check_resources": ["Calculator"],
    }
    return lambda *options: command("ansible-playbook", *options, "euc.fleet.gated_change", "-e", json.dumps(given), **shell)


def state(systems):
    now = systems.state()
    return [user["email"] for user in now["users"]], sum(resource["launches"] for resource in now["citrix"]["resources"])


def test_a_good_run_a_check_run_and_a_second_one(change, systems):
    for options, expected in ((["--check"], ([], 0)), ([], (["ann@example.com"], 1)), ([], (["ann@example.com"], 2))):
        done = change(*options)
        assert done.returncode == 0, done.stdout + done.stderr
        assert state(systems) == expected
    assert systems.counters()["operations"].get("addUserUsingPOST") == 1
    assert "can be launched" in done.stdout


def test_a_closed_gate_keeps_everything_else_from_happening(change, systems):
    systems.reset(world("Broken"))
    done = change()
    assert done.returncode != 0
    assert state(systems) == ([], 0)
