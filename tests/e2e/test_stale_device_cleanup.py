# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook stale_device_cleanup: it reports, removes in chunks what is old and not excluded, goes on in a second run, and refuses."""

from __future__ import annotations

import datetime
import json
import stat

import pytest
from euc_simulator.testing import Simulator


def ago(days):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


OLD = [{"device_name": f"OLD-{number:02}", "desktop_deleted_dtm": ago(200 - number)} for number in range(60)]
TENANT = {
    "simulator": {"entra_only": True},
    "stale_devices": [
        *OLD,
        {"device_name": "YOUNG", "desktop_deleted_dtm": ago(3)},
        {"device_name": "KEEP-1", "desktop_deleted_dtm": ago(300)},
        {"device_name": "CHIEF", "desktop_deleted_dtm": ago(300), "pool_name": "Executives"},
    ],
}
EXCLUDED = {"exclude_names": ["^KEEP-"], "exclude_pools": ["Executives"]}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def clean(command, tmp_path):
    """clean(option, ..., variable=value) runs the playbook; returns the finished process and the JSON report, if one was written."""

    def run(*options, **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        given = {"reports": {"json": "report.json"}, **EXCLUDED, **variables}
        given = json.dumps({f"stale_device_cleanup_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", "-v", *options, "euc.fleet.stale_device_cleanup", "-e", given)
        assert "sim-secret" not in done.stdout + done.stderr
        return done, json.loads(report.read_text()) if report.exists() else None

    return run


def left(simulator):
    return {device["name"] for device in simulator.state()["stale_devices"]}


def archived(tmp_path):
    return sorted((tmp_path / "archive").glob("*.json"))


def test_the_record_of_another_run_is_not_taken_for_ones_own(clean, simulator, tmp_path):
    other = tmp_path / "archive" / "stale-devices-now.json"
    other.parent.mkdir()
    other.write_text("[]", encoding="utf-8")
    done, _report = clean("-e", "__stale_device_cleanup_stamp=now", remove=True, archive="archive")
    assert done.returncode == 2 and "stale-devices-now.json is there already, of another run" in " ".join(done.stdout.split()), done.stdout
    assert simulator.counters()["writes"] == 0 and other.read_text(encoding="utf-8") == "[]"


@pytest.mark.parametrize(
    "options, variables", [([], {}), (["--check", "--diff"], {"remove": True, "archive": "archive"})], ids=["report", "check"]
)
def test_it_tells_and_removes_nothing(clean, simulator, tmp_path, options, variables):
    done, report = clean(*options, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    status = report["counts"]["status"]
    assert (status["not_attempted"], status["skipped"], status["done"]) == (60, 3, 0)
    why = {entry["name"]: entry["msg"] for entry in report["entries"]}
    assert "less than 30 days ago" in why["YOUNG"]
    assert (why["KEEP-1"], why["CHIEF"]) == ("excluded by its name", "excluded by its pool, Executives")
    assert len(left(simulator)) == 63 and simulator.counters()["writes"] == 0 and archived(tmp_path) == []


def test_it_removes_the_oldest_in_chunks_and_goes_on(clean, simulator, tmp_path):
    asked = {"remove": True, "archive": "archive", "max_devices": 55}
    done, report = clean(**asked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (report["counts"]["status"]["done"], simulator.counters()["writes"]) == (55, 2)
    (file,) = archived(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [device["name"] for device in json.loads(file.read_text())] == [device["device_name"] for device in OLD[:55]]
    done, report = clean(**asked)
    assert done.returncode == 0 and report["counts"]["status"]["done"] == 5
    assert left(simulator) == {"YOUNG", "KEEP-1", "CHIEF"}
    done, report = clean(**asked)
    assert done.returncode == 0 and "changed=0" in done.stdout
    assert len(archived(tmp_path)) == 2 and simulator.counters()["writes"] == 3


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"remove": True}, "takes a folder in stale_device_cleanup_archive"),
        ({"min_age": 0}, "is a number from 1"),
        ({"max_devices": 0}, "is a number from 1"),
        ({"exclude_names": ["("]}, "\"stale_device_cleanup_exclude_names: '(' is no regular expression: missing )"),
        ({"min_age": "old"}, "stale_device_cleanup_min_age"),
    ],
)
def test_refusals(clean, simulator, wrong, says):
    done, report = clean(**wrong)
    assert done.returncode == 2 and says in " ".join(done.stdout.split())
    assert report is None and simulator.log() == []


def test_what_could_not_be_removed_is_told_and_archived(clean, simulator, tmp_path):
    simulator.fault("status", operation_id="deleteStaleDevicesUsingDELETE", status=403, times=99)
    done, report = clean(remove=True, archive="archive", max_devices=2)
    assert done.returncode == 2 and "Not all devices could be removed" in done.stdout
    assert [entry["name"] for entry in report["entries"] if entry["status"] == "failed"] == ["OLD-00", "OLD-01"]
    assert len(left(simulator)) == 63 and len(archived(tmp_path)) == 1
