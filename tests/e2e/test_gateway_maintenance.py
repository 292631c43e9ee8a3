# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook gateway_maintenance: one gateway at a time, never the last one, nobody cut off, and proof that each serves again."""

from __future__ import annotations

import json
import threading
import time

import pytest
from euc_simulator.testing import Simulator

ADD, ENABLE, REBOOT, PUBLISH = "addGwHostUsingPOST", "enableGWHostUsingPOST", "rebootGwHostUsingPOST", "publishGatewayClusterUsingPOST"
SPEED = 600
ANN = {"user_name": "ann@example.com", "target_computer": "desk.example.com"}
LONG_AGO = {"last_reboot_date": "2023-11-14T22:13:20Z"}
TENANT = {
    "clouds": [{"name": "Azure", "config_type": "Azure Cloud"}],
    "gateway_clusters": [
        {
            "name": "East",
            "subscription": "Azure",
            "region": "eastus",
            "name_prefix": "east",
            "hosts": 2,
        },
        {
            "name": "West",
            "subscription": "Azure",
            "region": "westus",
            "hosts": [{"name": "west001", **LONG_AGO}, {"name": "west002", "mode": "Maintenance", **LONG_AGO}],
        },
    ],
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=SPEED, token_life_seconds=1_000_000) as simulator:
        yield simulator


@pytest.fixture
def maintain(command, tmp_path):
    """maintain(option, ..., variable=value) runs the playbook; returns the finished process and its JSON report by name, if one was written."""

    def run(*options, **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        given = {"clusters": ["East"], "interval": 1, "connection_timeout": 0, "reports": {"json": "report.json"}, **variables}
        given = json.dumps({f"gateway_maintenance_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", *options, "euc.fleet.gateway_maintenance", "-e", given, EUC_FLEET_CLOCK_SPEED=str(SPEED))
        assert not [secret for secret in ("sim-secret", "join-me-in", "let-me-in") if secret in done.stdout + done.stderr]
        return done, {entry["name"]: entry for entry in json.loads(report.read_text())["entries"]} if report.exists() else None

    return run


def having(report, status):
    return sorted(name for name, entry in report.items() if entry["status"] == status)


def sent(simulator):
    """The writes in their order, each with the gateway or cluster that it is about."""
    writes = [entry for entry in simulator.log() if entry["method"] != "GET" and entry["path"].startswith("/v1.0")]
    return [(entry["operation_id"], entry["path"].split("/")[-2]) for entry in writes]


def connect(simulator, host, *connections):
    """Let these be all who are connected through a gateway of the cluster East."""
    region = {"region": "eastus", "hosts": [{"name": host, "connections": list(connections)}]}
    simulator.change(gateway_clusters=[{"name": "East", "regional_clusters": [region]}])


def test_one_after_another_and_never_the_last(maintain, simulator):
    both = {"clusters": ["East", "West"]}
    done, report = maintain("--check", "--diff", **both)
    assert done.returncode == 0 and having(report, "not_attempted") == ["East/east001", "East/east002"], done.stdout + done.stderr
    assert sent(simulator) == []
    simulator.switches(gateway_mode_after_reboot="Maintenance")
    done, report = maintain(**both)
    assert done.returncode == 0 and having(report, "done") == ["East/east001", "East/east002"], done.stdout + done.stderr
    # Each serves again before the other goes.
    assert sent(simulator) == [(verb, host) for host in ("east001", "east002") for verb in (REBOOT, ENABLE)]
    assert report["West/west001"]["msg"] == "no other gateway of its cluster is enabled and ready"
    assert report["West/west002"]["msg"] == "it is not enabled (Maintenance), as if somebody was at work on it"
    done, report = maintain(**both)
    assert done.returncode == 0 and "changed=0" in done.stdout and len(having(report, "skipped")) == 4
    assert report["East/east001"]["msg"] == "it was rebooted less than 24 hours ago"
    # By the simulator's clock, which is ahead of this one, they were rebooted in the future.
    done, report = maintain("--check", min_age=0)
    assert having(report, "not_attempted") == ["East/east001", "East/east002"], done.stdout + done.stderr
    # Told to, it brings the other one back, and then the first can go.
    done, report = maintain(clusters=["West"], enable=True)
    assert having(report, "done") == ["West/west001", "West/west002"]
    assert sent(simulator)[4:] == [(verb, host) for host in ("west002", "west001") for verb in (REBOOT, ENABLE)]


def test_it_waits_for_people_to_leave_and_sees_new_ones_come(maintain, simulator):
    connect(simulator, "east001", ANN)
    connect(simulator, "east002", ANN, ANN)

    def people():
        """One leaves when the role has looked; another one comes when the gateway is back."""
        until = time.monotonic() + 60
        while simulator.counters()["operations"].get("gwClusterHostsUsingGET", 0) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        connect(simulator, "east001")
        while (REBOOT, "east001") not in sent(simulator) and time.monotonic() < until:
            time.sleep(0.05)
        connect(simulator, "east001", ANN)

    thread = threading.Thread(target=people)
    thread.start()
    done, report = maintain(drain_timeout=5, connection_timeout=5)
    thread.join()
    assert done.returncode == 0 and having(report, "done") == ["East/east001"], done.stdout + done.stderr
    assert report["East/east001"]["msg"] == "new connections arrive" and "FAILED - RETRYING" in done.stdout
    assert "it has 2 active connections" in report["East/east002"]["msg"] and report["East/east002"]["status"] == "skipped"
    assert sent(simulator) == [(REBOOT, "east001")]


def test_a_gateway_that_is_removed_meanwhile(maintain, simulator):
    def take_away():
        """The second one, while the first is rebooted."""
        until = time.monotonic() + 60
        while (REBOOT, "east001") not in sent(simulator) and time.monotonic() < until:
            time.sleep(0.02)
        region = {"region": "eastus", "hosts": [{"name": "east002", "absent": True}]}
        simulator.change(gateway_clusters=[{"name": "East", "regional_clusters": [region]}])

    thread = threading.Thread(target=take_away)
    thread.start()
    done, report = maintain()
    thread.join()
    assert done.returncode == 0 and having(report, "done") == ["East/east001"], done.stdout + done.stderr
    assert (report["East/east002"]["status"], report["East/east002"]["msg"]) == ("skipped", "it is not there any more")


def test_a_gateway_that_nobody_uses_afterwards(maintain, simulator):
    connect(simulator, "east001", ANN)
    done, report = maintain(max_connections=1, connection_timeout=1, require_connections=True)
    assert done.returncode == 2 and report["East/east001"]["msg"] == "nobody has connected through it within 1 s"
    assert having(report, "failed") == ["East/east001"] and having(report, "not_attempted") == ["East/east002"]
    assert sent(simulator) == [(REBOOT, "east001")]


def test_what_fails_is_told_and_nothing_follows(maintain, simulator):
    simulator.fault("status", operation_id=REBOOT, status=403)
    done, report = maintain()
    assert done.returncode == 2 and having(report, "failed") == ["East/east001"] and having(report, "not_attempted") == ["East/east002"]
    assert sent(simulator) == [(REBOOT, "east001")]


def test_scale_out(maintain, simulator):
    asked = {"hosts": 3, "reboot": False, "join": {"domain": "example.com", "domain_password": "join-me-in", "local_admin_password": "let-me-in"}}
    done, report = maintain("--check", **asked)
    assert done.returncode == 0 and having(report, "not_attempted") == ["East"] and sent(simulator) == []
    done, report = maintain("-vvv", **asked)
    assert done.returncode == 0 and having(report, "changed") == ["East"], done.stdout + done.stderr
    assert [verb for verb, _about in sent(simulator)] == [ADD, ENABLE, PUBLISH]
    (east,) = (cluster for cluster in simulator.state()["gateway_clusters"] if cluster["name"] == "East")
    hosts = east["regional_clusters"][0]["hosts"]
    assert [host.get("mode", "Enabled") for host in hosts] == ["Enabled"] * 3
    done, report = maintain(**asked)
    assert done.returncode == 0 and "changed=0" in done.stdout and report == {} and len(sent(simulator)) == 3


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"clusters": ["east"]}, "There are no such clusters as gateway_maintenance_clusters names: 'east' (did you mean 'East' or 'West'?)"),
        ({"hosts": 5}, "would need more new gateways than gateway_maintenance_max_new_hosts allows: East"),
        ({"max_connections": -1}, "gateway_maintenance_max_connections is a number from 0, and -1 is none"),
    ],
)
def test_refusals(maintain, simulator, wrong, says):
    done, report = maintain(**wrong)
    assert done.returncode == 2 and says in " ".join(done.stdout.split()) and report is None and sent(simulator) == []
