# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook ras_health_gate: a good run, a second one, a check run, refusals; and no session of an administrator stays open."""

from __future__ import annotations

import json

import pytest
from euc_simulator.testing import Simulator
from vendors import vendors

PASSWORD = "canary-password"
FARM = {
    "admin": {"password": PASSWORD},
    "workspaces": [{"name": "ws-west"}, {"name": "ws-north", "site_id": 2, "agent_state": "Broken", "broken_reason": "MissingDAGRoles"}],
}


@pytest.fixture
def farm():
    with Simulator({"ras": FARM}, tls=True, speed=600, contract=vendors()["ras"].contract_path) as simulator:
        yield simulator
        assert simulator.violations() == []
        answered = [entry["operation_id"] for entry in simulator.log() if entry["status"] == 200]
        assert answered.count("logon") == answered.count("logoff")


@pytest.fixture
def gate(command, farm, tmp_path):
    """Run the playbook; returns the finished process and the report, if one was written."""
    shell = {**vendors()["ras"].shell(farm), "RAS_PASSWORD": PASSWORD}

    def run(*options, shell_has=(), **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        given = {"ras_health_gate_reports": {"json": str(report)}, **{f"ras_health_gate_{name}": value for name, value in variables.items()}}
        done = command(
            "ansible-playbook", "-vvvv", *options, "euc.fleet.ras_health_gate", "-e", json.dumps(given), **{**shell, **dict(shell_has)}
        )
        assert "canary" not in done.stdout + done.stderr
        return done, json.loads(report.read_text()) if report.exists() else None

    return run


def statuses(report):
    return [(entry["name"], entry["status"], entry["msg"]) for entry in report["entries"]]


def test_a_good_run_and_a_second_one(gate):
    for _run in range(2):
        done, report = gate(name="ws-west")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "The health gate is open" in done.stdout and statuses(report) == [("ws-west", "ok", "is OK")]


def test_a_gate_that_opens_after_a_while(gate, farm):
    # Ten real seconds, so that the first look surely comes before the end.
    workspaces = [{"name": "ws-new", "agent_state": "Provisioning"}]
    farm.reset({"simulator": {"ras_provisioning_seconds": 6000}, "ras": {**FARM, "workspaces": workspaces}})
    done, report = gate(wait_timeout=60_000)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The health gate is open" in done.stdout and statuses(report) == [("ws-new", "ok", "is OK")]
    assert farm.counters()["reads"] > 1


@pytest.mark.parametrize("options, verdict", [({}, "would make a real run wait or fail"), ({"site_id": 1}, "is open")])
def test_a_check_run_looks_once_and_fails_for_no_state(gate, farm, options, verdict):
    done, report = gate("--check", "--diff", **options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert verdict in done.stdout
    assert {status for _name, status, _msg in statuses(report)} <= {"ok", "not_attempted"}
    assert farm.counters()["reads"] == 1


@pytest.mark.parametrize(
    "options, shell_has, says",
    [
        ({}, {}, "AVD workspaces will not get ready: 'ws-north' is Broken (MissingDAGRoles)"),
        ({"site_id": 1, "min_count": 2, "wait_timeout": 60}, {}, "1 of at least 2 are there"),
        ({"fail_states": ["Invalid"], "wait_timeout": 60}, {}, "did not get ready within 1 min: 'ws-north' is Broken (MissingDAGRoles)"),
        ({"states": ["Fine"]}, {}, "states takes numbers and names of agent states"),
        ({"id": "999"}, {}, "There is no AVD workspace with id 999"),
        ({"id": "1", "site_id": 1}, {}, "parameters are mutually exclusive: id|site_id"),
        ({}, {"RAS_CA_PATH": ""}, "give its authority in 'ca_path'"),
        ({}, {"RAS_PASSWORD": "wrong"}, "HTTP 401; check username and password"),
    ],
)
def test_a_closed_gate_says_why(gate, options, shell_has, says):
    done, report = gate(shell_has=shell_has, **options)
    assert done.returncode == 2
    assert says in " ".join(report["notes"]) and "The health gate is closed" in done.stdout
