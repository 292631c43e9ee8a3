# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook governance: it reports, merges defaults if asked, drops tags only with purge, and writes the charge-back file."""

from __future__ import annotations

import csv
import json
import stat

import pytest
from euc_simulator.testing import Simulator

TENANT = {
    "pools": [
        {"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"},
        {"name": "Lab 1", "cloud": "Azure Cloud", "pool_type": "Persistent"},
        {"name": "Kiosk", "cloud": "Azure Cloud", "pool_type": "Non-Persistent", "desktops": 1},
    ],
    "users": [
        {"email": "ann@example.com", "cost_center": "1105"},
        {"email": "bob@example.com"},
        {"email": "cid@example.com", "cost_center": "=12"},
    ],
    "desktops": [
        {"name": "S-1", "pool": "Sales", "user": "ann@example.com", "tags": {"department": "sales", "stage": "production", "floor": "3"}},
        {"name": "S-2", "pool": "Sales", "user": "ann@example.com"},
        {"name": "S-3", "pool": "Sales", "user": "bob@example.com", "tags": {"department": "finance", "owner": "bob"}},
        {"name": "L-1", "pool": "Lab 1", "tags": {"department": "support"}},
    ],
}
POLICY = """\
tags:
  - tags:
      department: {required: true, values: [sales, support]}
      stage: {required: true, default: production}
  - pools: [lab*]
    tags:
      stage: {required: true, values: [test], default: test}
cost_centers: {required: true, pattern: '[0-9]{4}'}
"""
FOUND = {
    "Sales/S-1": None,
    "Sales/S-2": "tag 'stage' is missing; tag 'department' is missing",
    "Sales/S-3": "tag 'stage' is missing; tag 'department' is 'finance', which is not allowed",
    "Lab 1/L-1": "tag 'stage' is missing",
    "ann@example.com": None,
    "bob@example.com": "cost center is missing",
    "cid@example.com": "cost center is '=12', which does not fit [0-9]{4}",
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def govern(command, tmp_path):
    """govern(option, ..., variable=value) runs the playbook; returns the finished process and the entries of the report by name."""

    def run(*options, policy=POLICY, **variables):
        (tmp_path / "policy.yml").write_text(policy, encoding="utf-8")
        given = {"policy": "policy.yml", "reports": {"json": "report.json"}, **variables}
        given = json.dumps({f"governance_{name}": value for name, value in given.items()})
        made = tmp_path / "report.json"
        made.unlink(missing_ok=True)
        done = command("ansible-playbook", "-v", *options, "euc.fleet.governance", "-e", given)
        assert "sim-secret" not in done.stdout + done.stderr
        return done, {entry["name"]: entry for entry in json.loads(made.read_text())["entries"]} if made.exists() else {}

    return run


def tags(simulator):
    return {desktop["name"]: desktop.get("tags", {}) for desktop in simulator.state()["desktops"] if desktop["pool"] != "Kiosk"}


def tagged(simulator):
    return [entry for entry in simulator.log() if entry["operation_id"] == "tagDesktopUsingPOST"]


@pytest.mark.parametrize("reported", [True, False], ids=["cost centers in the report", "not in the report"])
def test_it_reports_and_charges_back(govern, simulator, tmp_path, reported):
    simulator.switches(users_report_cost_centers=reported)
    before = tags(simulator)
    done, told = govern(charge_back="charge-back.csv")
    assert done.returncode == 0 and {name: entry["msg"] for name, entry in told.items()} == FOUND, done.stdout + done.stderr
    assert {name for name, entry in told.items() if entry["status"] == "ok"} == {"Sales/S-1", "ann@example.com"}
    assert tags(simulator) == before and tagged(simulator) == []
    assert simulator.counters()["operations"].get("userDetailsUsingGET", 0) == (0 if reported else 3)
    file = tmp_path / "charge-back.csv"
    rows = {row["cost_center"]: row for row in csv.DictReader(file.open())}
    assert {name: (row["users"], row["desktops"]) for name, row in rows.items()} == {
        "(none)": ("1", "1"),
        "(unassigned)": ("0", "1"),
        "1105": ("1", "2"),
        "'=12": ("1", "0"),
    }
    assert sum(float(row["hours"]) for row in rows.values()) > 0 and stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_merges_defaults_and_then_has_nothing_to_do(govern, simulator):
    done, told = govern("--check", "--diff", fix=True, charge_back="charge-back.csv")
    assert done.returncode == 0 and told["Lab 1/L-1"]["status"] == "not_attempted", done.stdout + done.stderr
    assert simulator.counters()["writes"] == 0
    done, told = govern(fix=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tags(simulator) == {
        "S-1": {"department": "sales", "stage": "production", "floor": "3"},
        "S-2": {"stage": "production"},
        "S-3": {"department": "finance", "owner": "bob", "stage": "production"},
        "L-1": {"department": "support", "stage": "test"},
    }
    assert (told["Lab 1/L-1"]["status"], told["Lab 1/L-1"]["changes"]) == ("done", ["set stage=test"])
    assert (told["Sales/S-2"]["status"], told["Sales/S-2"]["msg"]) == (
        "failed",
        "it was tagged, and this is left: tag 'department' is missing",
    )
    simulator.forget()
    done, told = govern(fix=True, fail=True)
    assert done.returncode == 2 and "4 desktops and users are not as the policy wants them" in done.stdout
    assert "changed=0" in done.stdout and simulator.counters()["writes"] == 0


def test_unknown_tags_go_only_with_purge(govern, simulator):
    done, told = govern(fix=True, purge=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tags(simulator) == {
        "S-1": {"department": "sales", "stage": "production"},
        "S-2": {"stage": "production"},
        "S-3": {"department": "finance", "stage": "production"},
        "L-1": {"department": "support", "stage": "test"},
    }
    assert told["Sales/S-1"]["changes"] == ["remove floor=3"]


def test_what_could_not_be_tagged_is_told(govern, simulator):
    simulator.fault("status", operation_id="tagDesktopUsingPOST", status=403, times=1)
    done, told = govern(fix=True)
    assert done.returncode == 2 and "Not all tags could be set: Could not tag desktop 'Lab 1/L-1'" in " ".join(done.stdout.split())
    assert told["Lab 1/L-1"]["status"] == "failed" and tags(simulator)["S-2"] == {"stage": "production"}


def test_a_usage_report_that_fails_does_not_hide_what_was_done(govern, simulator, tmp_path):
    simulator.fault("status", operation_id="usageReportUsingPOST", status=403)
    done, told = govern(fix=True, charge_back="charge-back.csv")
    assert done.returncode == 2 and "charge-back.csv could not be written: Could not" in " ".join(done.stdout.split()), done.stdout
    assert (told["Lab 1/L-1"]["status"], told["charge-back.csv"]["status"]) == ("done", "failed") and "HTTP 403" in told["charge-back.csv"]["msg"]
    assert not (tmp_path / "charge-back.csv").exists() and tags(simulator)["S-2"] == {"stage": "production"}


@pytest.mark.parametrize(
    "variables, says",
    [
        ({"policy": "tags:\n  - tag: {}\n"}, '"policy.yml: a rule knows no \'tag\' (did you mean \'tags\'?); there is pools, tags"'),
        ({"policy": "tags:\n  - tags: [\n"}, '"policy.yml: this is no YAML, see line 2"'),
        ({"usage_days": 31}, "a number from 0 to 30, not 31"),
    ],
)
def test_refusals(govern, simulator, variables, says):
    done, told = govern(**variables)
    assert done.returncode == 2 and says in " ".join(done.stdout.split()), done.stdout + done.stderr
    assert not told and simulator.log() == []


def test_more_than_a_run_may_change_is_not_begun(govern, simulator):
    done, told = govern(fix=True, max_changes=2)
    assert done.returncode == 2 and "3 desktops would have to be tagged, and governance_max_changes allows 2" in " ".join(done.stdout.split())
    assert tagged(simulator) == [] and {name: entry["msg"] for name, entry in told.items()} == FOUND
