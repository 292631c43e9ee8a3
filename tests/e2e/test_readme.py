# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README, word for word: its playbooks, from the collection as a user installs it, and its simulator, from a checkout."""

from __future__ import annotations

import json
import subprocess
import time

import guides
import pytest
from support import ROOT

PAGE = "README.md"


def test_your_first_playbook(follow, installed, simulator):
    steps = follow("README.md", ANSIBLE_COLLECTIONS_PATH=str(installed))
    assert [done.returncode for _line, done in steps] == [0] * 5, "\n".join(done.stdout + done.stderr for _line, done in steps)
    look, plan, play, again, graph = (done for _line, done in steps)
    assert '"Sales"' in look.stdout
    assert ["changed=3" in plan.stdout, "changed=3" in play.stdout, "changed=0" in again.stdout] == [True] * 3
    # What builds on an earlier task is announced in check mode, and no more.
    assert ["check mode cannot plan this task in detail" in done.stderr for done in (plan, play, again)] == [True, False, False]
    desktops = {desktop["name"]: desktop for desktop in simulator.state()["desktops"]}
    assert [desktops[name]["tags"]["project"] for name in ("SALES-001", "SALES-002")] == ["apollo", "apollo"]
    assert [desktop["name"] for desktop in desktops.values() if desktop.get("user") == "ann@example.com"] != []
    assert "@pool_Sales" in graph.stdout and "SALES-003" in graph.stdout


def test_logging_in_once(installed, command, tmp_path, simulator):
    (tmp_path / "once.yml").write_text(guides.files(PAGE)["once.yml"])
    done = command("ansible-playbook", "once.yml", "-vv", ANSIBLE_COLLECTIONS_PATH=str(installed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert simulator.counters()["tokens"] == 1


@pytest.fixture
def port(environment, tmp_path):
    """That of a simulator which the README's command serves, on a free port."""
    (serve,) = (line for line in guides.commands(PAGE) if " serve " in line)
    ready = tmp_path / "ready.json"
    line = serve.replace("--port 8080", f"--port 0 --ready-file {ready}")
    with subprocess.Popen(["bash", "-c", f"exec {line}"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        while not ready.exists() and process.poll() is None:
            time.sleep(0.1)
        yield json.loads(ready.read_text())["url"].rpartition(":")[2]
        process.terminate()


def test_a_simulator_of_ones_own(command, port):
    lines = guides.commands(PAGE)
    script = "\n".join(lines[lines.index(next(line for line in lines if "WORKSPOT_URL" in line)) :]).replace("8080", port)
    done = command("bash", "-ec", script, folder=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "would create desktop 'ENG-016' in pool 'Engineering'" in done.stdout
