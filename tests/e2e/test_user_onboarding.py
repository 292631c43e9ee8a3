# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook user_onboarding: good rows go on, bad ones are told, a gate stops before the first write, and nobody is off-boarded."""

from __future__ import annotations

import csv
import json
import stat

import pytest
from euc_simulator.testing import Simulator

TENANT = {
    "pools": [
        {"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent", "desktops": 3, "desktop_name_prefix": "SALES", "vm_type": "Standard"},
        {"name": "Kiosk", "cloud": "Azure Cloud", "pool_type": "Non-Persistent", "desktops": 1, "desktop_name_prefix": "KIOSK"},
    ],
    "users": [{"email": "old@example.com"}],
    "desktops": [{"name": "SALES-001", "pool": "Sales", "user": "old@example.com"}],
    "licenses": [{"service": "Cloud Desktop", "vm_type": "standard", "named_users_available": 3, "named_users_entitlement": 10}],
}
ROWS = """\
email,first_name,last_name,pool,desktop,cost_center,tag:department
ann@example.com,Ann,Archer,Sales,SALES-003,1105,sales
bob@example.com,Bob,Baker,Sales,,1105,sales
eve@example.com,,,Kiosk,,,
"""
BAD = """\
not-an-address,,,Sales,,,
cid@example.com,,,Sails,,,
dan@example.com,,,Sales,,,
DAN@example.com,,,Kiosk,,,
fay@example.com,,,Kiosk,,,sales
gil@example.com,,,,,,
hal@example.com,,,Sales,SALES-03,,
ian@example.com,,,Sales,SALES-001,,
"""


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def board(command, simulator, tmp_path):
    """board(text, option, ..., variable=value) runs the playbook on a CSV file; returns the finished process and the statuses by name."""

    def run(text, *options, **variables):
        (tmp_path / "new.csv").write_text(text, encoding="utf-8")
        given = {"file": "new.csv", "welcome": "welcome.csv", "reports": {"json": "report.json"}, **variables}
        given = json.dumps({f"user_onboarding_{name}": value for name, value in given.items()})
        made = tmp_path / "report.json"
        made.unlink(missing_ok=True)
        done = command("ansible-playbook", "-v", *options, "euc.fleet.user_onboarding", "-e", given)
        assert "sim-secret" not in done.stdout + done.stderr
        entries = json.loads(made.read_text())["entries"] if made.exists() else []
        return done, {entry["name"]: entry for entry in entries}

    return run


def held(simulator):
    return {desktop["name"]: desktop.get("user") for desktop in simulator.state()["desktops"]}


def test_good_rows_go_on_bad_ones_are_told_and_a_shrunk_list_takes_nothing_away(board, simulator, tmp_path):
    done, told = board(ROWS + BAD)
    assert done.returncode == 2 and "8 failed" in done.stdout, done.stdout + done.stderr
    assert {name: entry["msg"] for name, entry in told.items() if entry["status"] == "failed"} == {
        "row 5 (not-an-address)": "'not-an-address' is no e-mail address such as ann@example.com",
        "row 6 (cid@example.com)": "There is no pool 'Sails'; did you mean 'Sales'?",
        "row 7 (dan@example.com)": "the same e-mail address is in row 8",
        "row 8 (DAN@example.com)": "the same e-mail address is in row 7",
        "row 9 (fay@example.com)": "desktops of pool 'Kiosk' have no tags, for they last one session",
        "row 10 (gil@example.com)": "pool is missing",
        "row 11 (hal@example.com)": "There is no desktop 'SALES-03' in pool 'Sales'; did you mean 'SALES-003' or 'SALES-002' or 'SALES-001'?",
        "row 12 (ian@example.com)": "desktop 'Sales/SALES-001' is assigned to old@example.com",
    }
    assert {user["email"] for user in simulator.state()["users"]} == {f"{name}@example.com" for name in ("old", "ann", "bob", "eve")}
    assert {entry["status"] for entry in told.values()} == {"failed", "done"}
    welcome = tmp_path / "welcome.csv"
    assert list(csv.DictReader(welcome.open())) == [
        {"user": "ann@example.com", "desktop": "SALES-003", "pool": "Sales"},
        {"user": "bob@example.com", "desktop": "SALES-002", "pool": "Sales"},
        {"user": "eve@example.com", "desktop": "", "pool": "Kiosk"},
    ]
    assert stat.S_IMODE(welcome.stat().st_mode) == 0o600
    state, before = simulator.state(), held(simulator)
    assert before == {"SALES-001": "old@example.com", "SALES-002": "bob@example.com", "SALES-003": "ann@example.com", "KIOSK-001": None}
    assert [desktop["tags"] for desktop in state["desktops"] if "tags" in desktop] == [{"department": "sales"}] * 2
    assert {user["email"]: user["cost_center"] for user in state["users"]}["ann@example.com"] == "1105"

    simulator.forget()
    done, told = board(ROWS.replace(ROWS.splitlines()[1] + "\n", ""), welcome="")
    assert done.returncode == 0 and "changed=0" in done.stdout, done.stdout + done.stderr
    assert {entry["status"] for entry in told.values()} == {"ok"} and simulator.counters()["writes"] == 0
    assert held(simulator) == before


def test_a_check_run_tells_and_writes_nothing(board, simulator, tmp_path):
    done, told = board(ROWS, "--check", "--diff")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {entry["status"] for entry in told.values()} == {"not_attempted"} and len(told) == 8
    assert "; this takes " in done.stdout and simulator.counters()["writes"] == 0 and not (tmp_path / "welcome.csv").exists()


def test_the_gate_stops_before_the_first_write(board, simulator):
    more = "".join(f"more{number}@example.com,,,Sales,,,\n" for number in range(3))
    done, told = board(ROWS + more, max_new_desktops=1, min_free_licenses=2, max_changes=13)
    assert done.returncode == 2
    said = " ".join(done.stdout.split())
    for reason in (
        "3 would have to be built (3 in pool 'Sales'), and 1 may be",
        "5 licenses of named users of Standard are needed, and 3 are free, of which 2 shall stay free",
        "the plan has 14 changes, and guard.max_changes allows 13",
    ):
        assert reason in said, done.stdout
    assert {entry["status"] for entry in told.values()} == {"not_attempted"} and simulator.counters()["writes"] == 0
    # What comes in between the gate and the first write is refused then; here a smaller limit stands in for it.
    done, told = board(ROWS, "-e", '{"__user_onboarding_objections": [], "__user_onboarding_allowed": 1}')
    assert done.returncode == 2 and "! Nothing was sent: the plan has 8 changes" in done.stdout, done.stdout
    assert {entry["status"] for entry in told.values()} == {"not_attempted"} and simulator.counters()["writes"] == 0
    # Where nothing could be planned, that is told.
    simulator.fault("status", operation_id="generateAllUsersReportUsingGET", status=403)
    done, told = board(ROWS + more)
    assert done.returncode == 2 and "! Could not make the users report: HTTP 403" in done.stdout, done.stdout
    assert {entry["status"] for entry in told.values()} == {"not_attempted"} and simulator.counters()["writes"] == 0


@pytest.mark.parametrize(
    "text, variables, says",
    [
        ("email,pool,cost_centre\n", {}, '"new.csv: nobody knows the column \'cost_centre\' (did you mean \'cost_center\'?); there are email, '),
        (ROWS, {"users": [{"email": "ann@example.com"}]}, "either user_onboarding_file or user_onboarding_users, not both"),
        (ROWS, {"file": "other.csv"}, "There is no file other.csv"),
        (ROWS, {"reports": {"pdf": "report.pdf"}}, "Reports are html, json, junit, markdown and table, and not pdf"),
        (ROWS, {"reports": {"json": "nowhere/report.json"}}, "There is no folder to write to: "),
        (ROWS, {"welcome": "nowhere/welcome.csv"}, "There is no folder to write to: "),
    ],
)
def test_refusals(board, simulator, text, variables, says):
    done, told = board(text, **variables)
    assert done.returncode == 2 and says in " ".join(done.stdout.split()), done.stdout
    assert not told and simulator.log() == [] and "Nothing to do" not in done.stdout


def test_what_the_directory_does_not_know_is_told_and_a_list_does_as_well(board, simulator):
    simulator.change(directory=["ann@example.com"])
    users = [{"email": "ann@example.com", "pool": "Sales", "tags": {"floor": 3}}, {"email": "zoe@example.com", "pool": "Sales", "age": 7}]
    users += [{"email": "stranger@example.com", "pool": "Sales"}]
    done, told = board("", file="", users=users)
    assert done.returncode == 2
    assert {name: entry["status"] for name, entry in told.items()} == {
        "row 2 (zoe@example.com)": "failed",
        "stranger@example.com": "failed",
        "stranger@example.com -> Sales": "failed",
        "ann@example.com": "done",
        "ann@example.com -> Sales": "done",
        "Sales/SALES-002": "done",
    }
