# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles and playbooks export and tenant: a good run, a second one, a check run, refusals; what is kept is what is there."""

from __future__ import annotations

import json
import stat

import pytest
from euc_simulator.testing import Simulator

HOSTILE = "{{ lookup('ansible.builtin.pipe', 'touch evaluated') }}"
TENANT = {
    "pools": [
        {"name": "Sales", "cloud": "Google Cloud", "pool_type": "Persistent", "desktop_name_prefix": "SALES", "description": HOSTILE},
        {"name": "Kiosk", "cloud": "Google Cloud", "pool_type": "Non-Persistent", "desktops": 1},
    ],
    "desktops": [{"name": f"SALES-00{number}", "pool": "Sales", "tags": {"odd": HOSTILE}} for number in (1, 2, 3)],
    "users": [{"email": f"user-{number}@example.com", "cost_center": "0815", "pools": ["Kiosk"]} for number in range(6)],
    "app_pools": [{"name": "Servers", "cloud": "Google Cloud", "servers": 1}],
    "applications": [{"name": "Writer", "app_pool": "Servers", "full_path": "C:\\write.exe"}],
    "bundles": [{"name": "Office", "applications": ["Writer"]}],
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def play(command, tmp_path):
    """play(role, option, ..., variable=value) runs the playbook of a role on the folder `tenant`."""

    def run(role, *options, **variables):
        given = {f"{role}_folder": "tenant", **{f"{role}_{name}": value for name, value in variables.items()}}
        done = command("ansible-playbook", *options, f"euc.fleet.{role}", "-e", json.dumps(given))
        assert not (tmp_path / "evaluated").exists()
        assert not [secret for secret in ("sim-secret", "sim-password", "canary") if secret in done.stdout + done.stderr]
        return done

    return run


@pytest.fixture
def kept(play, tmp_path):
    """The tenant as it was exported; edit(kind, old, new) replaces a text in a file of it."""
    done = play("export")
    assert done.returncode == 0, done.stdout + done.stderr

    def edit(kind, old, new):
        path = tmp_path / "tenant" / f"{kind}.yml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    return edit


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def well(done):
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(done, says):
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in " ".join(done.stdout.split()), done.stdout


def test_an_export_and_a_second_one(play, simulator, tmp_path):
    before = simulator.state()
    first = well(play("export", "-v", reports={"json": "report.json", "html": "report.html"}))
    made = files(tmp_path / "tenant")
    assert len(made) == 12 and "twin.yml" in made
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "tenant").iterdir()} == {0o600}
    assert "2 in the tenant" in first and "The API does not show of" in first
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["failing"] == 0 and report["counts"]["status"]["changed"] == 11
    second = well(play("export"))
    assert "changed=0" in second
    assert (files(tmp_path / "tenant"), simulator.state()) == (made, before)
    assert simulator.counters()["writes"] == 0


def test_a_check_run_of_an_export_writes_no_file(play, tmp_path):
    said = well(play("export", "--check", "--diff", kinds=["pools", "desktops"]))
    assert "+++ after" in said and "4 in the tenant" in said
    assert not (tmp_path / "tenant").exists()


def test_an_export_that_does_not_say_what_the_tenant_is_fails(command, simulator):
    # An extra variable stands in for files that somebody changed before they were loaded again.
    other = {
        "export_folder": "tenant",
        "export_kinds": ["pools"],
        "__export_loaded": {"pools": [{"name": "Sales", "description": "Other"}]},
    }
    refused(command("ansible-playbook", "euc.fleet.export", "-e", json.dumps(other)), "loading the files would change description")
    assert simulator.counters()["writes"] == 0


@pytest.mark.parametrize(
    "wrong, says", [({"folder": ""}, "Name the folder"), ({"kinds": ["castles"]}, "castles"), ({"kinds": []}, "at least one kind")]
)
def test_an_export_refuses(play, simulator, wrong, says):
    refused(play("export", **wrong), says)
    assert simulator.log() == []


def test_what_was_exported_changes_nothing(play, kept, simulator):
    writes = simulator.counters()["writes"]
    said = well(play("tenant"))
    assert "No drift" in said and "changed=0" in said
    assert simulator.counters()["writes"] == writes


def test_a_change_is_shown_checked_made_and_then_there(play, kept, simulator, tmp_path):
    kept("users", "cost_center: 0815", "cost_center: '4711'")
    said = well(play("tenant", "--check", reports={"json": "plan.json"}))
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert said.count("Plan (1)") == 1 and "the plan takes 1 write, 0 reads, about 0 s" in said and [step["kind"] for step in plan["plan"]] == ["users"]
    assert simulator.counters()["writes"] == 0
    said = well(play("tenant", reports={"json": "run.json"}))
    run = json.loads((tmp_path / "run.json").read_text())
    assert (run["about"], run["counts"]["status"]["changed"], simulator.counters()["writes"]) == ("run", 1, 1)
    assert "changed=1" in said
    assert [user["cost_center"] for user in simulator.state()["users"]].count("4711") == 1
    assert "changed=0" in well(play("tenant"))
    assert simulator.counters()["writes"] == 1


def test_what_cannot_be_undone_needs_to_be_confirmed(play, kept, simulator, tmp_path):
    kept("desktops", "name: SALES-001\n", "name: SALES-001\n    state: absent\n")
    refused(play("tenant", max_percent=50, reports={"json": "run.json"}), "1 of the changes cannot be undone")
    run = json.loads((tmp_path / "run.json").read_text())
    assert (run["about"], run["counts"]["status"]["changed"], run["counts"]["status"]["not_attempted"]) == ("run", 0, 1)
    assert "! 1 of the changes cannot be undone" in well(play("tenant", "--check"))
    assert simulator.counters()["writes"] == 0
    refused(play("tenant", confirm=True), "guard.max_percent allows 10 %")
    assert simulator.counters()["writes"] == 0
    well(play("tenant", confirm=True, max_percent=50))
    assert len([desktop for desktop in simulator.state()["desktops"] if desktop["pool"] == "Sales"]) == 2


@pytest.mark.parametrize(
    "option, name, content, says",
    [
        ("--diff", "castles.yml", "castles: []", "tenant: nobody knows 'castles'; the keys are gateway_clusters, "),
        ("--check", "more.yml", "pools: []", "tenant: pools can only be there once"),
        ("--diff", "list.yml", "[1, 2]", "tenant: list.yml is no dictionary"),
        ("--check", "users.yml", "users:\n  - email: *canary\n", "tenant: users.yml is no YAML, see line 2"),
        ("--diff", "users.yml", "users: canary", "tenant: users is a list, and what is there is none"),
        ("--check", "users.yml", "users: [{email: ann@example.com}, canary]", "tenant: users is a list of dictionaries, and its item 2 is none"),
        ("--diff", "users.yml", "users: [{email: '{{ who }}'}]", "defined"),  # newer versions of ansible-core say it themselves
    ],
)
def test_files_that_cannot_be_meant_are_refused(play, tmp_path, simulator, option, name, content, says):
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "pools.yml").write_text("pools: [{name: Sales, description: canary}]")
    (tmp_path / "tenant" / name).write_text(content)
    refused(play("tenant", option), says)
    assert simulator.log() == []


def test_a_plan_that_cannot_be_made_is_reported(play, tmp_path, simulator):
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "users.yml").write_text("users: [{mail: ann@example.com}]")
    refused(play("tenant", "--check", reports={"json": "plan.json"}), says := "missing required arguments: email found in users")
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert plan["title"] == "Plan" and says in plan["notes"][0] and simulator.log() == []


def test_no_folder_is_not_the_current_one(play, simulator):
    refused(play("tenant", folder=""), "Name the folder of the files")
    assert simulator.log() == []


def test_an_empty_folder_is_refused(play, simulator):
    refused(play("tenant"), "tenant: there is no file with a desired state")
    assert simulator.log() == []


def test_secrets_come_from_variables_and_are_not_shown(command, tmp_path):
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "users.yml").write_text('users: [{email: "{{ who }}"}]')
    (tmp_path / "tenant" / "desktops.yml").write_text("desktops: [{pool: Sales, name: SALES-001, domain_password: plain-canary}]")
    done = command("ansible-playbook", "-vvv", "euc.fleet.tenant", "-e", "tenant_folder=tenant who=ann@example.com", "--check")
    assert "create user 'ann@example.com'" in well(done)
    assert "canary" not in done.stdout + done.stderr
