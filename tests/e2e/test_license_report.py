# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook license_report: a good run, a second one, a check run, too little left, refusals; and it only reads."""

from __future__ import annotations

import csv
import json
import stat

import pytest
from euc_simulator.testing import Simulator

LICENSE = {"service": "Cloud Desktop", "vm_type": 'STANDARD "128"', "named_users_available": 8, "named_users_entitlement": 100}
TENANT = {
    "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent", "desktops": 1, "desktop_name_prefix": "SALES"}],
    "desktops": [{"name": "SALES-001", "pool": "Sales", "user": "ann@example.com"}],
    "users": [{"email": email} for email in ("ann@example.com", "idle@example.com", "service-1@example.com")],
    "licenses": [LICENSE],
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def report(command, simulator, tmp_path):
    """report(option, ..., variable=value) runs the playbook; returns the finished process, the JSON report and the rows of the trend."""

    def run(*options, **variables):
        given = {"trend": "trend.csv", "reports": {"json": "report.json", "html": "report.html"}, **variables}
        given = json.dumps({f"license_report_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", *options, "euc.fleet.license_report", "-e", given)
        assert simulator.counters()["writes"] == 0
        made, trend = tmp_path / "report.json", tmp_path / "trend.csv"
        rows = list(csv.DictReader(trend.open())) if trend.exists() else []
        return done, json.loads(made.read_text()) if made.exists() else None, rows

    return run


def test_a_good_run_and_a_second_one(report, tmp_path):
    done, made, rows = report("-vvv", keep=["^service-"], today="2026-01-31")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sim-secret" not in done.stdout + done.stderr
    assert [(entry["name"], entry["status"]) for entry in made["entries"]] == [
        ("idle@example.com", "skipped"),
        ('Cloud Desktop, STANDARD "128", named users', "ok"),
    ]
    assert rows == [
        {"day": "2026-01-31", "license": 'Cloud Desktop, STANDARD "128", named users', "bought": "100", "used": "92", "free": "8"}
    ]
    assert stat.S_IMODE((tmp_path / "trend.csv").stat().st_mode) == 0o600
    done, _made, again = report(keep=["^service-"], today="2026-01-31")
    assert "changed=0" in done.stdout and again == rows
    done, _made, more = report(reclaim=False, today="2026-02-01")
    assert done.returncode == 0 and [row["day"] for row in more] == ["2026-01-31", "2026-02-01"]


def test_a_check_run_keeps_no_numbers(report):
    done, made, rows = report("--check", "--diff")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "92 of 100 used, 8 free" in done.stdout and made["failing"] == 0 and rows == []


def test_too_little_left_fails_after_the_report(report):
    done, made, rows = report(min_free_percent=10)
    assert done.returncode == 2 and "8 of 100 are left, less than 10 %" in done.stdout
    assert made["failing"] == 1 and len(rows) == 1


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"min_free_percent": 101}, "a number from 0 to 100, not 101"),
        ({"today": "yesterday"}, "license_report_today is a day such as 2026-01-31, not yesterday"),
        ({"keep": ["^service-", "("]}, "\"license_report_keep: '(' is no regular expression: missing ), unterminated subpattern at position 0\""),
    ],
)
def test_refusals(report, simulator, wrong, says):
    done, made, rows = report(**wrong)
    assert done.returncode == 2 and says in done.stdout
    assert (made, rows, simulator.log()) == (None, [], [])
