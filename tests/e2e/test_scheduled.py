# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook scheduled: all parts have their turn whatever becomes of the others, and the end tells what failed."""

from __future__ import annotations

import json

import pytest
from euc_simulator.testing import Simulator

TENANT = {
    "pools": [{"name": "Sales", "cloud": "Google Cloud", "pool_type": "Persistent", "desktops": 9, "desktop_name_prefix": "SALES"}],
    "desktops": [{"name": "SALES-010", "pool": "Sales", "status": "Failed"}],
    "users": [{"email": "ann@example.com"}],
    "licenses": [{"service": "Cloud Desktop", "vm_type": "STANDARD", "named_users_available": 8, "named_users_entitlement": 100}],
}
REPORTS = ("drift_report", "remediation", "license_report")


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def nightly(command, tmp_path):
    """nightly(option, ..., variable=value) runs the playbook; returns the finished process and which parts have reported."""
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "pools.yml").write_text("pools: [{name: Sales}]")

    def run(*options, **variables):
        given = {
            "drift_report_folder": "tenant",
            "drift_report_threshold": "none",
            "remediation_memory": "memory.json",
            "remediation_confirm_after": 1,
            **{f"{name}_reports": {"json": f"{name}.json"} for name in REPORTS},
            **variables,
        }
        done = command("ansible-playbook", *options, "euc.fleet.scheduled", "-e", json.dumps(given))
        assert "sim-secret" not in done.stdout + done.stderr
        return done, [name for name in REPORTS if (tmp_path / f"{name}.json").exists()]

    return run


def test_a_good_night(nightly, simulator):
    done, reported = nightly()
    assert done.returncode == 0, done.stdout + done.stderr
    assert reported == [*REPORTS]
    assert simulator.counters()["operations"]["rebootDesktopUsingPOST"] == 1


def test_a_check_run_writes_nothing(nightly, simulator):
    done, reported = nightly("--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (reported, simulator.counters()["writes"]) == ([*REPORTS], 0)


def test_a_part_that_fails_keeps_no_other_from_its_turn_and_fails_the_night(nightly, simulator):
    done, reported = nightly(drift_report_folder="nowhere", license_report_min_free_percent=10)
    assert done.returncode == 2
    end = done.stdout.rpartition("TASK [Fail if a part has failed]")[2]
    assert "drift_report: nowhere: there is no file with a desired state" in end
    assert "license_report: " in end and "8 of 100 are left" in done.stdout and "remediation: " not in end
    assert reported == [*REPORTS[1:]]
    assert simulator.counters()["operations"]["rebootDesktopUsingPOST"] == 1


def test_some_parts_alone_and_no_unknown_ones(nightly, simulator):
    done, reported = nightly(scheduled_parts=["license_report"])
    assert (done.returncode, reported) == (0, ["license_report"])
    simulator.forget()
    done, _reported = nightly(scheduled_parts=["licence_report"])
    assert done.returncode == 2 and "scheduled_parts holds drift_report, remediation and license_report, or some of them" in done.stdout
    assert simulator.log() == []
