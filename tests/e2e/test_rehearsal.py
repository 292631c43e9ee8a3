# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A playbook on the twin of a tenant: docs/rehearsal.md, word for word, and what must never happen."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import guides
import pytest
import yaml
from support import ROOT
from vendors.workspot import CREDENTIALS

BIN = Path(sys.executable).parent
TENANT = {"tenant": {"pools": [{"name": "Sales"}], "desktops": [{"pool": "Sales", "name": "SALES-001"}]}}


@pytest.fixture
def rehearse(command, tmp_path):
    """rehearse(task, ...) runs a playbook of these tasks on the twin of TENANT; returns the finished process."""
    (tmp_path / "export.yml").write_text(yaml.safe_dump(TENANT))

    def run(*tasks, options=(), **more):
        play = {"hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}
        (tmp_path / "site.yml").write_text(yaml.safe_dump([play]))
        return command("euc-simulator", "rehearse", "--speed", "600", "--tenant", "export.yml", "site.yml", *options, **more)

    return run


TAG = {"euc.fleet.workspot_desktop_tags": {"pool": "Sales", "name": "SALES-001", "tags": {"ring": "pilot"}}}


def address(done):
    return re.search(r"twin of export.yml at (http://127.0.0.1:\d+)", done.stdout)[1]


def answers(url):
    try:
        with urllib.request.urlopen(f"{url}/_simulator/clock", timeout=10) as answer:
            return json.load(answer)
    except urllib.error.URLError:
        return None


def test_the_guide(follow, simulator):
    before = simulator.state()
    steps = follow("docs/rehearsal.md", EUC_FLEET_CLOCK_SPEED="600")
    for line, done in steps:
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    check, play = (done for line, done in steps if line.startswith("euc-simulator rehearse"))
    assert "What it changed: nothing" in check.stdout and ", 0 writes," in check.stdout
    assert "writes     1  addUserUsingPOST" in play.stdout and "writes     1  assignPoolUsingPOST" in play.stdout
    assert re.search(r"^  \+ users ann@example.com: email ann@example.com", play.stdout, re.MULTILINE)
    assert re.search(r"^  ~ desktops Sales/SALES-\d+: user None -> ann@example.com$", play.stdout, re.MULTILINE)
    # The tenant itself was read once, and nothing else.
    assert (simulator.state(), simulator.counters()["writes"]) == (before, 0)
    assert simulator.counters()["tokens"] == 1


def test_the_guide_installs_what_the_collection_ships(command):
    install = guides.commands("docs/rehearsal.md")[0].replace("pip install", "echo")
    done = command("bash", "-c", install)
    assert (Path(done.stdout.strip()) / "pyproject.toml").is_file(), done.stdout + done.stderr


def test_nothing_of_the_users_own_connection_goes_along(rehearse, simulator):
    names = [*(f"WORKSPOT_{name.upper()}" for name in CREDENTIALS), "WORKSPOT_ACCESS_TOKEN", "WORKSPOT_PROXY", "WorkspotAPIControlPasswd"]
    own = {name: f"canary-{name}" for name in names}
    shown = {"ansible.builtin.debug": {"msg": "{{ lookup('ansible.builtin.pipe', 'env') }}"}}
    done = rehearse(TAG, shown, options=["-vvv"], https_proxy="http://127.0.0.1:9", http_proxy="http://127.0.0.1:9", **own)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "canary" not in done.stdout + done.stderr
    assert "~ desktops Sales/SALES-001: tags None -> {'ring': 'pilot'}" in done.stdout
    assert simulator.log() == []


@pytest.mark.parametrize("way", ["in process", "as a module"])
def test_a_task_that_names_a_tenant_itself_does_not_reach_it(rehearse, simulator, way):
    options = {**TAG["euc.fleet.workspot_desktop_tags"], "url": simulator.url}
    task = {"euc.fleet.workspot_desktop_tags": options, "vars": {"euc_fleet_in_process": way == "in process"}}
    done = rehearse(task)
    assert done.returncode == 2
    assert "Nothing but http://127.0.0.1:" in done.stdout and "may be called" in done.stdout
    assert simulator.log() == []


def test_nor_does_one_that_logs_in_at_entra(rehearse, simulator):
    entra = {"entra_tenant_id": "t", "entra_client_id": "c", "entra_client_secret": "canary", "entra_authority": simulator.url}
    nobody = dict.fromkeys(CREDENTIALS, "")
    done = rehearse({"euc.fleet.workspot_pool_info": {**entra, **nobody}})
    assert done.returncode == 2 and "Nothing but http://127.0.0.1:" in done.stdout
    assert simulator.log() == [] and "canary" not in done.stdout


def test_a_playbook_that_fails_is_told_and_leaves_nothing_running(rehearse):
    done = rehearse(TAG, {"ansible.builtin.fail": {"msg": "as planned"}})
    assert done.returncode == 2
    assert "1  tagDesktopUsingPOST" in done.stdout and "~ desktops Sales/SALES-001" in done.stdout
    assert answers(address(done)) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_rehearsal_that_is_stopped_stops_its_playbook(rehearse, environment, tmp_path, number):
    rehearse(TAG, {"ansible.builtin.command": "sleep 120"}, options=["--syntax-check"])
    words = [str(BIN / "euc-simulator"), "rehearse", "--speed", "600", "--tenant", "export.yml", "site.yml"]
    with (tmp_path / "output").open("w") as output:
        process = subprocess.Popen(words, cwd=tmp_path, env=environment, stdout=output, stderr=output, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while "TASK [ansible.builtin.command]" not in (tmp_path / "output").read_text() and time.monotonic() < deadline:
            time.sleep(0.1)
        os.kill(process.pid, number)
        assert process.wait(30) != 0
    finally:
        process.kill()
    text = (tmp_path / "output").read_text()
    assert "1  tagDesktopUsingPOST" in text
    assert answers(re.search(r"at (http://\S+),", text)[1]) is None


@pytest.mark.parametrize(
    "file, options, sentence",
    [
        ("tenant: {pools: [{name: A, colour: red}]}", [], "euc-simulator: export.yml: Unknown in a pool: colour."),
        ("tenant: [pools]", [], "euc-simulator: export.yml: tenant is a mapping of nouns"),
        (yaml.safe_dump(TENANT), ["--speed", "0"], "euc-simulator: A rehearsal needs a clock that runs"),
    ],
)
def test_a_bad_beginning_is_one_sentence(command, tmp_path, file, options, sentence):
    (tmp_path / "export.yml").write_text(file)
    done = command("euc-simulator", "rehearse", "--tenant", "export.yml", *options, "site.yml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence) and done.stderr.count("\n") == 1


def test_make_rehearse_passes_everything_on(command):
    done = command("make", "-n", "rehearse", "TENANT=export.yml", "PLAYBOOK=site.yml", "OPTIONS=--check", folder=ROOT)
    assert 'euc-simulator rehearse --speed 60 --tenant "export.yml" "site.yml" --check' in done.stdout


def test_make_rehearse_says_what_it_needs(command):
    done = command("make", "rehearse", "TENANT=export.yml", folder=ROOT)
    assert done.returncode == 2 and "Give TENANT=FILE and PLAYBOOK=FILE" in done.stderr and "euc-simulator" not in done.stdout + done.stderr
