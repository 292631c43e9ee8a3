# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook remediation: it foretells, goes up a ladder with a memory, stops at an outage and before data loss, and refuses."""

from __future__ import annotations

import json
import stat
import subprocess
import threading
import time

import pytest
from euc_simulator.testing import Simulator

REBOOT, RESUME, REDEPLOY, SCREENSHOT = (
    f"{action}UsingPOST" for action in ("rebootDesktop", "resumeDesktop", "redeployDesktop", "screenshotDesktop")
)


def tenant(*sick, number=20):
    """A persistent pool of Azure, in which these are not well; a gateway tells that somebody uses L-2."""
    desktops = [{"name": f"L-{count}", "pool": "Lab", "status": sick[count] if count < len(sick) else "Ready"} for count in range(number)]
    desktops[0]["id"] = "sub/evil"  # an id is what Control says, and no name for a file
    desktops[2]["fqdn"] = "l-2.example.com"
    hosts = [{"name": "gw1", "connections": [{"user_name": "ann@example.com", "target_computer": "l-2.example.com"}]}]
    return {
        "pools": [{"name": "Lab", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
        "desktops": desktops,
        "gateway_clusters": [{"name": "Azores", "region": "westeurope", "hosts": hosts}],
    }


@pytest.fixture
def simulator():
    with Simulator(tenant("Failed", "Offline", "Failed"), speed=600) as simulator:
        yield simulator


@pytest.fixture
def remedy(command, tmp_path):
    """remedy(option, ..., variable=value) runs the playbook, with ``shell`` in its environment;
    returns the finished process and its JSON report by name, if one was written."""

    def run(*options, shell=None, **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        given = {
            "memory": "memory.json",
            "confirm_after": 1,
            "statuses": ["Failed", "Offline", "Online"],
            "reports": {"json": "report.json"},
            **variables,
        }
        given = json.dumps({f"remediation_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", "-v", *options, "euc.fleet.remediation", "-e", given, **(shell or {}))
        assert "sim-secret" not in done.stdout + done.stderr
        return done, {entry["name"]: entry for entry in json.loads(report.read_text())["entries"]} if report.exists() else None

    return run


@pytest.fixture
def later(tmp_path):
    """Let the cool-down pass: all that was tried was tried so much earlier."""

    def pass_by(hours=5):
        file = tmp_path / "memory.json"
        memory = json.loads(file.read_text())
        for entry in memory.values():
            for tried in entry.get("tried", {}).values():
                tried["at"] -= hours * 3600
        file.write_text(json.dumps(memory))

    return pass_by


def writes(simulator):
    """Of commands; whoever signs in, or asks who is there, changes nothing."""
    return [entry["operation_id"] for entry in simulator.log() if "/desktops/" in entry["path"] and entry["method"] == "POST"]


def until(true):
    for _moment in range(300):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never became so")


def falls_ill(simulator, name, status):
    simulator.change(desktops=[{"pool": "Lab", "name": name, "status": status}])


def test_it_goes_up_the_ladder_and_ends_with_a_person(remedy, later, simulator, tmp_path):
    done, told = remedy("--check", "--diff")
    assert done.returncode == 0, done.stdout + done.stderr
    assert told["Lab/L-0"]["changes"] == ["reboot desktop 'Lab/L-0'"] and told["Lab/L-1"]["changes"] == ["resume desktop 'Lab/L-1'"]
    assert writes(simulator) == [] and not (tmp_path / "memory.json").exists()

    done, report = remedy()
    assert done.returncode == 0, done.stdout + done.stderr
    assert [report[f"Lab/L-{number}"]["status"] for number in range(3)] == ["done", "done", "skipped"]
    assert "a gateway has a connection to it" in report["Lab/L-2"]["msg"]
    assert writes(simulator) == [RESUME, REBOOT]
    assert stat.S_IMODE((tmp_path / "memory.json").stat().st_mode) == 0o600

    # They fall ill again within their cool-down: nothing is done yet.
    falls_ill(simulator, "L-0", "Online")
    falls_ill(simulator, "L-1", "Failed")
    done, report = remedy(screenshots="pictures")
    assert done.returncode == 0 and "changed=0" in done.stdout and len(writes(simulator)) == 2
    assert "reboot was tried at" in report["Lab/L-0"]["msg"] and "resume was tried at" in report["Lab/L-1"]["msg"]

    later()
    (tmp_path / "pictures" / "sub").mkdir(parents=True)
    done, report = remedy(screenshots="pictures")
    assert [report[f"Lab/L-{number}"]["status"] for number in range(3)] == ["done", "done", "skipped"], done.stdout
    assert writes(simulator)[2:] == [REBOOT, SCREENSHOT] and list((tmp_path / "pictures" / "sub").iterdir()) == []
    assert [path.name for path in (tmp_path / "pictures").glob("*.png")] == [report["Lab/L-0"]["msg"]]

    later()
    falls_ill(simulator, "L-1", "Failed")
    done, report = remedy(redeploy_desktops=["Lab/L-0"])
    assert done.returncode == 2 and "Still not well, see the report: Lab/L-1\"" in done.stdout
    # Somebody used it all the time: nothing was sent, so nothing was tried.
    assert report["Lab/L-2"]["status"] == "skipped" and "a gateway has a connection to it" in report["Lab/L-2"]["msg"]
    assert writes(simulator)[4:] == [REDEPLOY] and report["Lab/L-0"]["status"] == "done"
    assert "a person has to look at it" in report["Lab/L-1"]["msg"] and "nobody has allowed" in report["Lab/L-1"]["msg"]


def test_in_a_rehearsal_it_gives_them_time_at_the_clocks_speed(remedy):
    done, _told = remedy("--check", confirm_after=120, shell={"EUC_FLEET_CLOCK_SPEED": "60"})
    assert done.returncode == 0 and "Pausing for 2 seconds" in done.stdout, done.stdout + done.stderr


def test_an_outage_stops_it_before_its_first_write(remedy, simulator):
    simulator.reset(tenant(*["Failed"] * 8))
    done, report = remedy()
    assert done.returncode == 2
    assert "8 of 20 desktops of pool 'Lab' are not well, which is an outage" in " ".join(done.stdout.split())
    assert {entry["status"] for entry in report.values()} == {"not_attempted"} and len(report) == 8
    assert writes(simulator) == []


def test_a_step_without_a_turn_is_not_remembered_as_tried(remedy, simulator, tmp_path):
    simulator.reset(tenant("Failed"))
    simulator.fault("status", operation_id="gwClustersUsingGET", status=403, times=99)
    done, report = remedy()
    assert "not_attempted" == report["Lab/L-0"]["status"] and "gateway" in done.stdout
    assert done.returncode == 2 and writes(simulator) == []
    assert not any(entry for entry in json.loads((tmp_path / "memory.json").read_text()).values())


def test_a_step_that_is_stopped_halfway_is_told_and_fails(remedy, simulator, tmp_path):
    # One write a minute: the gateways are asked again before the last one at least, and do not answer any more.
    shell = {"WORKSPOT_WRITES_PER_MINUTE": "1", "EUC_FLEET_CLOCK_SPEED": "600"}
    simulator.reset(tenant("Failed", "Failed", "Ready", "Failed", "Failed"))
    simulator.fault("status", operation_id="gwClusterHostsUsingGET", status=403, skip=2, times=99)
    done, report = remedy(shell=shell)
    assert (report["Lab/L-0"]["status"], report["Lab/L-4"]["status"]) == ("done", "not_attempted"), done.stdout
    assert "gateways" in report["Lab/L-4"]["msg"]
    assert done.returncode == 2 and '"msg": "The rollout was stopped: ' in done.stdout
    memory = json.loads((tmp_path / "memory.json").read_text())
    assert {entry["name"] for entry in memory.values() if entry} == {name for name in report if report[name]["status"] == "done"}


@pytest.mark.parametrize("wrong, says", [({"memory": ""}, "Name a file in remediation_memory"), ({"cooldown": 0}, "remediation_cooldown is a number from 1")])
def test_refusals(remedy, simulator, wrong, says):
    done, report = remedy(**wrong)
    assert done.returncode == 2 and says in " ".join((done.stdout + done.stderr).split())
    assert report is None and writes(simulator) == []


def test_it_waits_for_another_run_if_it_may(remedy, simulator, tmp_path, environment):
    holder = """
- hosts: localhost
  gather_facts: false
  tasks:
    - euc.fleet.workspot_run_lock: {purpose: nightly work}
    - ansible.builtin.file: {path: "{{ playbook_dir }}/locked", state: touch, mode: "0600"}
    - ansible.builtin.wait_for: {path: "{{ playbook_dir }}/over", timeout: 60}
"""
    (tmp_path / "holder.yml").write_text(holder)
    with subprocess.Popen(["ansible-playbook", "holder.yml"], cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL):
        try:
            until((tmp_path / "locked").exists)
            done, _report = remedy()
            assert done.returncode == 2 and "nightly work is working for the same customer" in " ".join(done.stdout.split()) and writes(simulator) == []
            threading.Timer(5, (tmp_path / "over").touch).start()
            done, report = remedy(lock_timeout=36_000)  # a minute, at this pace
        finally:
            (tmp_path / "over").touch()
    assert done.returncode == 0 and report["Lab/L-0"]["status"] == "done", done.stdout


def test_a_damaged_memory_stops_it(remedy, simulator, tmp_path):
    (tmp_path / "memory.json").write_text('{"a": 1')
    done, _report = remedy()
    assert done.returncode == 2 and "this is no memory of former remediations" in " ".join((done.stdout + done.stderr).split())
    assert writes(simulator) == [] and (tmp_path / "memory.json").read_text() == '{"a": 1'
