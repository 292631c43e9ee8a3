# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README, word for word: its playbooks, from the collection as a user installs it."""

from __future__ import annotations


def test_looking_first(installed, readme_playbooks, command, tmp_path):
    (tmp_path / "look.yml").write_text(readme_playbooks["look.yml"])
    done = command("ansible-playbook", "look.yml", ANSIBLE_COLLECTIONS_PATH=str(installed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"Sales"' in done.stdout


def test_plan_run_and_nothing_left(installed, readme_playbooks, command, tmp_path, simulator):
    (tmp_path / "fleet.yml").write_text(readme_playbooks["fleet.yml"])
    runs = [
        command("ansible-playbook", "fleet.yml", *options, ANSIBLE_COLLECTIONS_PATH=str(installed))
        for options in (["--check", "--diff"], [], [])
    ]
    assert [done.returncode for done in runs] == [0, 0, 0], "\n".join(done.stdout + done.stderr for done in runs)
    assert ["changed=3" in runs[0].stdout, "changed=3" in runs[1].stdout, "changed=0" in runs[2].stdout] == [True] * 3
    # What builds on an earlier task is announced in check mode, and no more.
    assert ["check mode cannot plan this task in detail" in done.stderr for done in runs] == [True, False, False]
    desktops = {desktop["name"]: desktop for desktop in simulator.state()["desktops"]}
    assert [desktops[name]["tags"]["project"] for name in ("SALES-001", "SALES-002")] == ["apollo", "apollo"]
    assert [desktop["name"] for desktop in desktops.values() if desktop.get("user") == "ann@example.com"] != []


def test_logging_in_once(installed, readme_playbooks, command, tmp_path, simulator):
    (tmp_path / "once.yml").write_text(readme_playbooks["once.yml"])
    done = command("ansible-playbook", "once.yml", "-vv", ANSIBLE_COLLECTIONS_PATH=str(installed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert simulator.counters()["tokens"] == 1


def test_desktops_as_hosts(installed, readme_playbooks, command, tmp_path):
    (tmp_path / "fleet.workspot.yml").write_text(readme_playbooks["fleet.workspot.yml"])
    done = command("ansible-inventory", "-i", "fleet.workspot.yml", "--graph", ANSIBLE_COLLECTIONS_PATH=str(installed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "@pool_Sales" in done.stdout and "SALES-003" in done.stdout
