# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook desktop_move: it moves who may be moved, spares the frozen, can be called off, and brings back what failed."""

from __future__ import annotations

import collections
import json
import re

import pytest
from euc_simulator.testing import Simulator

MOVE, UPGRADE, REBOOT = "moveDesktopUsingPOST", "upgradeDesktopUsingPOST", "rebootDesktopUsingPOST"
CANCEL_MOVE, CANCEL_UPGRADE = "cancelMoveDesktopUsingPOST", "cancelUpgradeDesktopUsingPOST"
SPEED = 600
POOL = {"cloud": "Azure Cloud", "pool_type": "Persistent", "region": "westeurope", "vm_type": "STANDARD"}
TENANT = {
    "pools": [{"name": "Old", **POOL}, {"name": "New", **POOL}],
    "desktops": [
        *({"name": name, "pool": "Old", "user": f"{name}@example.com".lower()} for name in ("A-1", "A-2", "B-1")),
        {"name": "A-FREE", "pool": "Old"},
        {"name": "A-USED", "pool": "Old", "user": "ann@example.com", "session": "connected"},
        {"name": "C-1", "pool": "New", "user": "bob@example.com"},
    ],
}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=SPEED, token_life_seconds=1_000_000) as simulator:
        yield simulator


@pytest.fixture
def move(command, tmp_path):
    """move(option, ..., variable=value) runs the playbook; returns the finished process and its JSON report by name, if one was written."""

    def run(*options, **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        given = {"pool": "Old", "target_pool": "New", "journal": "moves.jsonl", "reports": {"json": "report.json"}, **variables}
        given = json.dumps({f"desktop_move_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", *options, "euc.fleet.desktop_move", "-e", given, EUC_FLEET_CLOCK_SPEED=str(SPEED))
        assert not [secret for secret in ("sim-secret", "join-me-in") if secret in done.stdout + done.stderr]
        return done, {entry["name"]: entry for entry in json.loads(report.read_text())["entries"]} if report.exists() else None

    return run


def having(report, status):
    return sorted(name for name, entry in report.items() if entry["status"] == status)


def sent(simulator):
    """How often each write was sent."""
    return collections.Counter(entry["operation_id"] for entry in simulator.log() if entry["method"] != "GET" and entry["path"].startswith("/v1.0"))


def where(simulator):
    return {desktop["name"]: (desktop["pool"], desktop.get("user")) for desktop in simulator.state()["desktops"] if desktop["status"] != "Deleting"}


def test_it_moves_who_may_be_moved_in_two_nights(move, simulator, tmp_path):
    asked = {"desktops": ["a-*", "B-1", "c-1"], "freeze": ["*-2"]}
    done, report = move("--check", "--diff", max_desktops=1, **asked)
    assert "! the plan has 2 changes that cannot be undone, and guard.max_destructive allows 1" in " ".join(done.stdout.split())
    assert done.returncode == 0 and having(report, "not_attempted") == ["Old/A-1", "Old/B-1"], done.stdout + done.stderr
    # A move takes 15 min, and the second one begins a minute after the first.
    assert int(re.search(r"this takes 2 writes, \d+ reads, about (\d+) min", done.stdout)[1]) >= 16
    assert not (tmp_path / "moves.jsonl").exists() and simulator.counters()["writes"] == 0
    why = {name: entry["msg"] for name, entry in report.items() if entry["status"] in ("skipped", "ok")}
    assert "assigned to nobody" in why["Old/A-FREE"] and "somebody has a session on it" in why["Old/A-USED"]
    assert (why["Old/A-2"], why["New/C-1"]) == ("it is on the freeze list", "it is there already")
    done, report = move(**asked)
    assert done.returncode == 0 and having(report, "done") == ["Old/A-1", "Old/B-1"], done.stdout + done.stderr
    # Nothing is left but what was frozen, and that only until it is so no more.
    done, report = move(**asked)
    assert done.returncode == 0 and "changed=0" in done.stdout and having(report, "skipped") == ["Old/A-2", "Old/A-FREE", "Old/A-USED"]
    done, report = move(desktops=["A-1", "A-2"])
    assert done.returncode == 0 and (having(report, "done"), having(report, "ok")) == (["Old/A-2"], ["New/A-1"])
    assert sent(simulator) == {MOVE: 3} and where(simulator)["A-2"] == ("New", "a-2@example.com")


BY_CANCELLING = "it was brought back by cancelling"


@pytest.mark.parametrize(
    "stage, method, recover, way_back, says",
    [
        ("late", "move", True, REBOOT, "it was brought back by a reboot"),
        ("last", "move", True, CANCEL_MOVE, BY_CANCELLING),
        ("late", "upgrade", True, CANCEL_UPGRADE, BY_CANCELLING),
        ("late", "move", False, None, "bring it back first with 'state: cancelled'"),
    ],
)
def test_what_fails_is_brought_back_as_its_stage_needs_it(move, simulator, stage, method, recover, way_back, says):
    simulator.switches(move_fails=stage)
    join = {"domain": "example.com", "domain_ou": "OU=PC", "domain_user": "joiner", "domain_password": "join-me-in"} if method == "upgrade" else {}
    done, report = move("-vvv", desktops=["A-1", "A-2"], max_outstanding=1, method=method, join=join, recover=recover)
    assert done.returncode == 2 and (having(report, "failed"), having(report, "not_attempted")) == (["Old/A-1"], ["Old/A-2"]), done.stdout
    assert report["Old/A-1"]["msg"].endswith(says) and report["Old/A-1"]["operation"]
    assert sent(simulator) == {MOVE if method == "move" else UPGRADE: 1, **({way_back: 1} if way_back else {})}
    assert where(simulator)["A-1"] == ("Old", "a-1@example.com")


def test_the_next_night_tries_again(move, simulator):
    simulator.switches(move_fails="early")
    done, report = move(desktops=["A-1"])
    assert done.returncode == 2 and report["Old/A-1"]["msg"].endswith("it is back by itself")
    simulator.switches(move_fails="no")
    done, report = move(desktops=["A-1"])
    assert done.returncode == 0 and having(report, "done") == ["Old/A-1"] and sent(simulator) == {MOVE: 2}


def test_what_an_earlier_run_left_down_is_brought_back(move, simulator):
    simulator.switches(move_fails="late")
    # As if it had been killed between the move and the way back.
    move(desktops=["A-1"], recover=False)
    simulator.switches(move_fails="no")
    done, report = move(desktops=["A-1"])
    assert done.returncode == 2 and report["Old/A-1"]["msg"].endswith("it was brought back by a reboot")
    done, report = move(desktops=["A-1"])
    assert done.returncode == 0 and having(report, "done") == ["Old/A-1"]
    assert sent(simulator) == {MOVE: 3, REBOOT: 1}


def test_a_move_that_may_go_on_is_left_alone(move, simulator):
    simulator.switches(moving_seconds=100_000)
    done, report = move(desktops=["A-1"], wait_timeout=60)
    assert done.returncode == 2 and report["Old/A-1"]["msg"].endswith("it was left alone, for its move is not known to have ended")
    assert sent(simulator) == {MOVE: 1}
    simulator.advance(100_000)
    done, report = move(desktops=["A-1"])
    assert done.returncode == 0 and having(report, "ok") == ["New/A-1"] and sent(simulator) == {MOVE: 1}


def test_a_failure_of_an_earlier_night_says_nothing_about_the_move_of_this_one(move, simulator, tmp_path):
    simulator.switches(move_fails="early")
    move(desktops=["A-1"], recover=False)
    # As if it had been killed while it waited.
    journal = tmp_path / "moves.jsonl"
    journal.write_text("".join(line for line in journal.read_text().splitlines(keepends=True) if json.loads(line)["event"] in ("rollout", "begun")))
    # The answer to the next attempt is lost, and the move goes on.
    simulator.switches(move_fails="no", moving_seconds=100_000)
    simulator.fault("drop_after", operation_id=MOVE)
    done, report = move(desktops=["A-1"], wait_timeout=60)
    assert done.returncode == 2 and report["Old/A-1"]["msg"].endswith("it was left alone, for its move is not known to have ended"), done.stdout
    assert not report["Old/A-1"]["operation"] and sent(simulator) == {MOVE: 2}


@pytest.mark.parametrize("way", ["variable", "file"])
def test_called_off_it_begins_nothing(move, simulator, tmp_path, way):
    (tmp_path / "stop").touch()
    done, report = move(desktops=["A-1", "B-1"], **({"abort": True} if way == "variable" else {"abort_file": "stop"}))
    assert done.returncode == 0 and having(report, "not_attempted") == ["Old/A-1", "Old/B-1"], done.stdout + done.stderr
    assert f"Stopped: {'desktop_move_abort is set' if way == 'variable' else 'file '}" in done.stdout and not sent(simulator)


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"desktops": ["A-1", "A-9"]}, "Neither pool Old nor pool New has these desktops of desktop_move_desktops or desktop_move_freeze: 'A-9' (did you mean"),
        ({"desktops": ["A-*"], "freeze": ["A-1", "C-1", "A-11"]}, "of desktop_move_desktops or desktop_move_freeze: 'A-11'"),
        ({"desktops": ["A-*"], "freeze": ["A-?"]}, "The only wildcard is *, not A-?"),
        ({"desktops": ["A-1"], "max_outstanding": 11}, "a number from 1 to 10"),
        ({"desktops": ["A-1", "A-2"], "max_desktops": 1}, "! Nothing was sent: the plan has 2 changes that cannot be undone, and guard.max_destructive"),
    ],
)
def test_refusals(move, simulator, wrong, says):
    done, _report = move(**wrong)
    assert done.returncode == 2 and says in " ".join(done.stdout.split()) and not sent(simulator)
    assert "Nothing to do" not in done.stdout
