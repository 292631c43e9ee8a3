# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook rolling_reboot: it foretells, reboots who is free once in a night, goes on after a kill, warns if told to, and refuses."""

from __future__ import annotations

import collections
import json
import stat
import subprocess
import time

import pytest
from euc_simulator.testing import Simulator

REBOOT, MESSAGE = "rebootDesktopUsingPOST", "sendMessageToUserUsingPOST"
TENANT = {
    "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
    "users": [{"email": "ann@example.com"}, {"email": "bob@example.com"}],
    "desktops": [
        *({"name": f"S-{number}", "pool": "Sales", "status": "Ready"} for number in range(4)),
        {"name": "KEPT", "pool": "Sales", "status": "Ready", "tags": {"no_reboot": "till 2027"}},
        {"name": "USED", "pool": "Sales", "status": "Connected", "user": "ann@example.com"},
        # Only a gateway knows of this one's session.
        {"name": "SEEN", "pool": "Sales", "status": "Ready", "fqdn": "seen.example.com", "user": "bob@example.com"},
        {"name": "ASLEEP", "pool": "Sales", "status": "Offline"},
    ],
    "gateway_clusters": [
        {
            "name": "Azores",
            "region": "westeurope",
            "hosts": [{"name": "gw1", "connections": [{"user_name": "bob@example.com", "target_computer": "SEEN.example.com"}]}],
        }
    ],
}
FREE = [f"Sales/S-{number}" for number in range(4)]


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600) as simulator:
        yield simulator


@pytest.fixture
def words():
    """The words of the command for these variables."""

    def given(**variables):
        variables = {"pools": ["Sales"], "journal": "reboot.jsonl", "reports": {"json": "report.json"}, **variables}
        variables = {f"rolling_reboot_{name}": value for name, value in variables.items()}
        return ["euc.fleet.rolling_reboot", "-e", json.dumps(variables)]

    return given


@pytest.fixture
def play(command, words, tmp_path):
    """play(option, ..., variable=value) runs the playbook; returns the finished process and its JSON report by name, if one was written."""

    def run(*options, **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        done = command("ansible-playbook", "-v", *options, *words(**variables))
        assert "sim-secret" not in done.stdout + done.stderr
        return done, {entry["name"]: entry for entry in json.loads(report.read_text())["entries"]} if report.exists() else None

    return run


def rebooted(simulator):
    return collections.Counter(entry["path"].split("/")[-2] for entry in simulator.log() if entry["operation_id"] == REBOOT)


def having(report, status):
    return sorted(name for name, entry in report.items() if entry["status"] == status)


def test_a_check_run_foretells_and_a_run_repeats_nothing(play, simulator, tmp_path):
    done, told = play("--check", "--diff", exclude_names=["s-9*", "USED", "S-O1"])
    assert done.returncode == 0, done.stdout + done.stderr
    warnings = " ".join(done.stderr.split())
    assert warnings.count("exclude.names") == 1 and "there is no desktop 'S-O1' in the pools that are selected from" in warnings
    assert having(told, "not_attempted") == FREE and "this takes 4 writes" in done.stdout
    assert not (tmp_path / "reboot.jsonl").exists() and simulator.counters()["writes"] == 0
    done, report = play()
    assert done.returncode == 0, done.stdout + done.stderr
    assert having(report, "done") == FREE
    why = {name: report[f"Sales/{name}"]["msg"] for name in ("USED", "SEEN")}
    assert why["USED"] == "somebody has a session on it (Connected)" and "a gateway has a connection to it" in why["SEEN"]
    assert {"Sales/KEPT", "Sales/ASLEEP"}.isdisjoint(report)
    assert list(rebooted(simulator).values()) == [1] * 4
    assert stat.S_IMODE((tmp_path / "reboot.jsonl").stat().st_mode) == 0o600
    # Once more in the same night: only who was skipped gets another turn.
    done, report = play()
    assert done.returncode == 0 and "changed=0" in done.stdout and having(report, "skipped") == ["Sales/SEEN", "Sales/USED"]
    assert sum(rebooted(simulator).values()) == 4


def test_a_killed_run_is_continued(play, simulator, words, environment, tmp_path):
    limits = {"max_outstanding": 1, "names": ["S-*"]}
    process = subprocess.Popen(["ansible-playbook", *words(**limits)], cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while sum(rebooted(simulator).values()) < 2:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    process.kill()  # not the worker, which ends by itself
    process.wait()
    time.sleep(1)
    left = sum(rebooted(simulator).values())
    time.sleep(1)
    assert sum(rebooted(simulator).values()) == left < 4
    done, report = play(**limits, max_failures=4)
    # Of a reboot whose answer was lost nobody knows whether it ran; it is told, and not repeated.
    assert sorted(having(report, "done") + having(report, "failed")) == FREE
    assert all("whether it ran is unknown" in report[name]["msg"] for name in having(report, "failed")), report
    assert max(rebooted(simulator).values()) == 1


def test_people_are_warned_and_given_time(play, simulator):
    done, report = play(session_policy="force", names=["USED"], grace=300)
    assert done.returncode == 0 and having(report, "done") == ["Sales/USED"], done.stdout + done.stderr
    sent = [entry["operation_id"] for entry in simulator.log() if entry["operation_id"] in (MESSAGE, REBOOT)]
    assert sent == [MESSAGE, REBOOT]


def test_what_fails_is_told_and_stops_it(play, simulator):
    simulator.fault("status", operation_id=REBOOT, status=403)
    done, report = play()
    assert done.returncode == 2 and "1 failed, and max_failures allows 0" in done.stdout
    assert len(having(report, "failed")) == 1 and len(having(report, "not_attempted")) + len(having(report, "skipped")) == 5
    assert len(rebooted(simulator)) == 1


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"pools": []}, "Say which desktops"),
        ({"journal": "nowhere/reboot.jsonl"}, "There is no folder to write to: "),
        ({"journal": ""}, "Name a file in rolling_reboot_journal"),
        ({"max_desktops": 3}, "the plan has 4 changes, and guard.max_changes allows 3"),
        ({"session_policy": "kill"}, "rolling_reboot_session_policy"),
    ],
)
def test_refusals(play, simulator, wrong, says):
    done, _report = play(**wrong)
    assert done.returncode == 2 and says in " ".join(done.stdout.split()) and "Nothing to do" not in done.stdout
    assert simulator.counters()["writes"] == 0
