# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook drift_report: good runs, the same bytes twice, a check run, what fails it, refusals; and it only reads."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from euc_simulator.testing import Simulator

TENANT = {"pools": [{"name": "Sales", "cloud": "Google Cloud", "pool_type": "Persistent", "desktops": 3, "desktop_name_prefix": "SALES"}]}
POOLS = "pools: [{name: Sales, description: Sales floor}]"
DESKTOPS = "desktops: [{pool: Sales, name: SALES-001}, {pool: Sales, name: SALES-002}, {pool: Sales, name: SALES-003}]"
REPORTS = {"json": "drift.json", "junit": "drift.xml", "markdown": "drift.md", "html": "drift.html"}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def compare(command, simulator, tmp_path):
    """compare(option, ..., pools=text, variable=value) runs the playbook; returns the finished process and the JSON report, if one was written."""
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "desktops.yml").write_text(DESKTOPS)

    def run(*options, pools="pools: [{name: Sales}]", shell_has=(), **variables):
        (tmp_path / "tenant" / "pools.yml").write_text(pools)
        for name in REPORTS.values():
            (tmp_path / name).unlink(missing_ok=True)
        given = {"folder": "tenant", "reports": REPORTS, **variables}
        given = json.dumps({f"drift_report_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", *options, "euc.fleet.drift_report", "-e", given, **dict(shell_has))
        assert simulator.counters()["writes"] == 0
        assert "sim-secret" not in done.stdout + done.stderr
        report = tmp_path / "drift.json"
        return done, json.loads(report.read_text()) if report.exists() else None

    return run


@pytest.mark.parametrize("options", [[], ["--check", "--diff"]], ids=["run", "check"])
def test_no_drift(compare, options):
    done, report = compare(*options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No drift" in done.stdout and "changed=0" in done.stdout
    assert (report["failing"], report["counts"]["matching"]) == (0, 4)


def test_drift_fails_from_the_threshold_on_and_twice_with_the_same_bytes(compare, tmp_path):
    seen = []
    for _run in range(2):
        done, report = compare(pools=POOLS)
        assert done.returncode == 2 and "1 differences are medium or worse" in done.stdout, done.stdout + done.stderr
        assert [(entry["kind"], entry["severity"]) for entry in report["entries"]] == [("pools", "medium")]
        seen.append({name: (tmp_path / name).read_bytes() for name in REPORTS.values()})
    assert seen[0] == seen[1] and seen[0]["drift.json"].decode() == json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    assert ET.parse(tmp_path / "drift.xml").getroot().get("failures") == "1"


@pytest.mark.parametrize(
    "variables, status",
    [
        ({"threshold": "high"}, 0),
        ({"threshold": "none"}, 0),
        ({"threshold": "high", "severity": [{"kind": "pools", "severity": "high"}]}, 2),
        ({"ignore": [{"kind": "pools", "reason": "Renaming", "until": "2026-01-31"}], "today": "2026-01-31"}, 0),
        ({"ignore": [{"kind": "pools", "reason": "Renaming", "until": "2026-01-31"}], "today": "2026-02-01"}, 2),
    ],
)
def test_rules_decide_what_fails(compare, variables, status):
    done, report = compare(pools=POOLS, **variables)
    assert done.returncode == status, done.stdout + done.stderr
    assert (report["failing"] > 0) == (status == 2)


def test_what_cannot_be_planned_is_unknown_and_fails_whatever_the_threshold(compare):
    done, report = compare(pools="pools: [{name: Sales}, {name: Nowhere}]", threshold="none")
    assert done.returncode == 2, done.stdout + done.stderr
    assert [(entry["group"], entry["name"]) for entry in report["entries"]] == [("unknown", "Nowhere")]


def test_what_cannot_be_read_is_unknown_and_never_equal(compare):
    accepting = [{"group": "unknown", "reason": "We do not want to know"}]
    done, report = compare(shell_has={"WORKSPOT_PASSWORD": "wrong"}, ignore=accepting, threshold="none")
    assert done.returncode == 2 and "Nothing is known about the tenant" in done.stdout
    assert report["counts"]["matching"] == 0 and report["ignored"][0]["name"] == "all of it"


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"folder": ""}, "Name the folder of the files"),
        ({"folder": "nowhere"}, "nowhere: there is no file with a desired state"),
        ({"pools": "castles: []"}, "nobody knows 'castles'"),
        ({"threshold": "extreme"}, "extreme"),
        ({"ignore": [{"kind": "pools"}]}, "an item of ignore has no reason"),
    ],
)
def test_refusals(compare, wrong, says):
    done, report = compare(**wrong)
    assert done.returncode == 2 and says in done.stdout, done.stdout + done.stderr
    assert report is None
