# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rulebooks under the real ansible-rulebook, with events of a simulated tenant."""

from __future__ import annotations

import json
import re
import runpy
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest
from euc_simulator.testing import Simulator
from support import ROOT

INVENTORY = "all: {hosts: {localhost: {ansible_connection: local, ansible_python_interpreter: '{{ ansible_playbook_python }}'}}}"


@pytest.fixture
def simulator():
    tenant = {"pools": [{"name": "Sales", "cloud": "Google Cloud", "pool_type": "Persistent", "desktops": 15, "desktop_name_prefix": "SALES"}]}
    with Simulator(tenant, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def rulebook(environment, simulator, tmp_path):
    """with rulebook(name, option, ...) as output: ... runs it until the end of the block; begins once it listens to the feed."""
    (tmp_path / "inventory.yml").write_text(INVENTORY)
    (tmp_path / "rulebooks.yml").write_text(json.dumps({"workspot_state": str(tmp_path), "tenant_folder": str(tmp_path / "tenant")}))
    key = {"WORKSPOT_SIEM_URL": simulator.url, "WORKSPOT_SIEM_KEY_ID": "sim-siem-key", "WORKSPOT_SIEM_SECRET_KEY": "sim-siem-secret"}

    @contextmanager
    def run(name, *options, text=None):
        text = text or (ROOT / "extensions" / "eda" / "rulebooks" / f"{name}.yml").read_text()
        # Rules and pauses measure their time on clocks of their own, which no test can hurry.
        text = re.sub(r"once_after: .*", "once_after: 1 second", text)
        (tmp_path / f"{name}.yml").write_text(re.sub(r"( +)remediation_memory:", r"\1remediation_confirm_after: 1\n\g<0>", text))
        told = answers(simulator)
        command = ["ansible-rulebook", "--rulebook", f"{name}.yml", "--inventory", "inventory.yml", "--vars", "rulebooks.yml", *options]
        with (tmp_path / "output").open("w") as output, subprocess.Popen(command, cwd=tmp_path, env=environment | key, stdout=output, stderr=output) as process:
            try:
                until(lambda: answers(simulator) > told or process.poll() is not None)
                yield tmp_path / "output"
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(30)
        assert not re.search("sim-siem-secret|sim-secret|sim-password", (tmp_path / "output").read_text())

    return run


def answers(simulator):
    """How often the feed has told events, or that there are none."""
    return simulator.counters()["operations"].get("siemEvents", 0)


def until(true):
    """Let the rulebook run until something is so."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it never became so"
        time.sleep(0.1)


def fail(simulator, *names):
    simulator.change(desktops=[{"pool": "Sales", "name": name, "status": "Failed"} for name in names])


def reboots(simulator):
    return simulator.counters()["operations"].get("rebootDesktopUsingPOST", 0)


def test_a_storm_of_failed_desktops_starts_one_remediation_and_nothing_is_told_twice(rulebook, simulator):
    with rulebook("remediation", "-vv") as output:
        fail(simulator, "SALES-001", "SALES-002")
        simulator.change(desktops=[{"pool": "Sales", "name": "SALES-003", "session": "connected", "user": "ann@example.com"}])
        until(lambda: "PLAY RECAP" in output.read_text())
    assert (reboots(simulator), output.read_text().count("PLAY RECAP")) == (2, 1)
    with rulebook("remediation") as output:
        fail(simulator, "SALES-003")
        until(lambda: "PLAY RECAP" in output.read_text())
    assert (reboots(simulator), output.read_text().count("PLAY RECAP")) == (3, 1)


def test_a_change_outside_of_code_starts_a_drift_report_and_one_by_code_does_not(rulebook, simulator, command, tmp_path):
    assert command("ansible-playbook", "euc.fleet.export", "-e", "export_folder=tenant").returncode == 0
    report = tmp_path / "drift.html"
    with rulebook("drift_report", "--env-vars", "WORKSPOT_USERNAME") as output:
        by_code = command("ansible", "localhost", "-m", "euc.fleet.workspot_desktop_tags", "-a", "pool=Sales name=SALES-001 tags={'a':'b'}")
        assert by_code.returncode == 0, by_code.stdout
        told = answers(simulator)
        until(lambda: answers(simulator) > told + 1)
        assert not report.exists()
        simulator.forget()
        simulator.change(pools=[{"name": "Sales", "description": "Sales floor"}])
        until(report.exists)
        until(lambda: "differences are medium or worse" in output.read_text())
    assert "Sales floor" in report.read_text()
    assert simulator.counters()["operations"]["poolsUsingGET"] == 1


def test_the_example_of_the_event_source_tells_what_failed_until_its_key_is_refused(rulebook, simulator, tmp_path):
    example = runpy.run_path(str(ROOT / "extensions" / "eda" / "plugins" / "event_source" / "workspot_events.py"))["EXAMPLES"]
    with rulebook("example", text=example.replace("/var/lib/euc-fleet", str(tmp_path))) as output:
        fail(simulator, "SALES-001")
        until(lambda: "SALES-001" in output.read_text())
        simulator.switches(siem_company="suspended")
        until(lambda: "One of the source plugins failed" in output.read_text())
    assert "refuses the events feed with status 403: the key is wrong or no longer valid, or the company is suspended." in output.read_text()
    assert [entry["status"] for entry in simulator.log()].count(403) == 1
