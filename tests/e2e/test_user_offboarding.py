# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook user_offboarding: recorded, told, logged off, retained and let go, in this order; hold wins, and nothing is silent."""

from __future__ import annotations

import datetime
import json
import stat
import threading
import time

import pytest
from euc_simulator.testing import Simulator

MESSAGE, LOG_OFF, RETAIN = "sendMessageToUserUsingPOST", "logoffUserUsingPOST", "retainDesktopUsingPOST"
UNASSIGN, DELETE, DELETE_USER = "unassignDesktopUsingDELETE", "deleteDesktopUsingDELETE", "deleteUserUsingDELETE"
TENANT = {
    "pools": [
        {"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent", "create_desktop_on_delete": True},
        {"name": "Lab", "cloud": "Azure Cloud", "pool_type": "Persistent", "desktops_on_unassign": "return"},
        {"name": "Kiosk", "cloud": "Azure Cloud", "pool_type": "Non-Persistent", "desktops": 1},
    ],
    "users": [{"email": "ann@example.com", "pools": ["Kiosk"]}, {"email": "bob@example.com"}, {"email": "cid@example.com"}],
    "desktops": [
        {"name": "S-1", "pool": "Sales", "user": "ann@example.com", "session": "connected"},
        {"name": "S-2", "pool": "Sales", "user": "bob@example.com"},
        {"name": "S-3", "pool": "Sales", "user": "cid@example.com"},
        {"name": "S-4", "pool": "Sales", "status": "Failed"},
        {"name": "L-1", "pool": "Lab", "user": "ann@example.com"},
    ],
}
ASKED = {"users": ["Ann@example.com", "bob@example.com", "nobody@example.com", "ann@example.com"], "hold": [" BOB@example.com "], "grace": 200}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def leave(command, tmp_path):
    """leave(option, ..., variable=value) runs the playbook; returns the finished process and the entries of the report by name."""

    def run(*options, **variables):
        given = {"archive": "archive", "confirm": True, "reports": {"json": "report.json"}, **ASKED, **variables}
        given = json.dumps({f"user_offboarding_{name}": value for name, value in given.items()})
        made = tmp_path / "report.json"
        made.unlink(missing_ok=True)
        done = command("ansible-playbook", "-v", *options, "euc.fleet.user_offboarding", "-e", given)
        assert not [words for words in ("sim-secret", "already in use") if words in done.stdout + done.stderr]
        return done, {entry["name"]: entry for entry in json.loads(made.read_text())["entries"]} if made.exists() else {}

    return run


def writes(simulator):
    return [entry["operation_id"] for entry in simulator.log() if entry["method"] != "GET" and entry["operation_id"] in ORDER]


ORDER = (MESSAGE, LOG_OFF, RETAIN, UNASSIGN, DELETE, DELETE_USER)


def recorded(tmp_path):
    return [json.loads(file.read_text()) for file in sorted((tmp_path / "archive").glob("*.json"))]


def desktops(simulator):
    return {desktop["name"]: desktop for desktop in simulator.state()["desktops"]}


def test_a_good_run_and_a_second_one(leave, simulator, tmp_path):
    before = desktops(simulator)
    began = simulator.now()
    done, told = leave()
    assert done.returncode == 0, done.stdout + done.stderr
    assert writes(simulator) == [MESSAGE, LOG_OFF, RETAIN, RETAIN, UNASSIGN, UNASSIGN] and simulator.now() - began > 200
    after = desktops(simulator)
    assert (after["S-1"]["status"], after["S-1"]["retention_days"], after["L-1"]["status"]) == ("Suspended", 30, "Ready")
    assert "user" not in after["S-1"] and "user" not in after["L-1"] and after["S-2"] == before["S-2"]
    last_day = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)).date().isoformat()
    assert {name: (entry["status"], entry["msg"]) for name, entry in told.items()} == {
        "bob@example.com": ("skipped", "is on hold"),
        "nobody@example.com": ("skipped", "is no user of Workspot Control"),
        "ann@example.com": ("ok", "stays a user, and keeps what is shared: Kiosk"),
        "Sales/S-1": ("done", f"suspended, is deleted on {last_day}"),
        "Lab/L-1": ("done", "is in the pool again (Ready), so nothing of it is kept for ann@example.com"),
    }
    (record,) = recorded(tmp_path)
    assert {item["name"]: (item["user"], item["kept"]) for item in record} == {name: ("ann@example.com", "30 days") for name in ("S-1", "L-1")}
    assert all(item["id"] for item in record)
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "archive").iterdir()} == {0o600}

    simulator.forget()
    done, told = leave()
    assert done.returncode == 0 and "changed=0" in done.stdout, done.stdout + done.stderr
    assert writes(simulator) == [] and len(recorded(tmp_path)) == 1 and told["ann@example.com"]["status"] == "ok"


def test_a_check_run_tells_and_does_nothing(leave, simulator, tmp_path):
    done, told = leave("--check", "--diff", confirm=False, archive="", remove_users=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {name: entry["status"] for name, entry in told.items()} == {
        "bob@example.com": "skipped",
        "nobody@example.com": "skipped",
        "ann@example.com": "not_attempted",
        "Sales/S-1": "not_attempted",
        "Lab/L-1": "not_attempted",
    }
    assert len(told["Sales/S-1"]["changes"]) == 2 and "guard.confirm is not set" in done.stdout + done.stderr
    assert writes(simulator) == [] and recorded(tmp_path) == []


def test_without_end_only_if_asked_and_never_silently_then_the_user_goes(leave, simulator):
    done, told = leave(keep_forever=True, remove_users=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert told["Sales/S-1"]["msg"] == "suspended and kept WITHOUT END, which costs until somebody deletes it"
    assert desktops(simulator)["S-1"]["retention_days"] == 0
    assert [user["email"] for user in simulator.state()["users"]] == ["bob@example.com", "cid@example.com"]
    assert writes(simulator)[-1] == DELETE_USER and told["ann@example.com"]["status"] == "done"


def test_deleting(leave, simulator, tmp_path):
    done, told = leave(users=["cid@example.com"], desktops="delete")
    assert done.returncode == 0, done.stdout + done.stderr
    assert writes(simulator) == [DELETE] and told["Sales/S-3"]["msg"] == "deleted"
    assert recorded(tmp_path)[0][0]["kept"] == ""


def test_a_desktop_that_somebody_else_is_given_meanwhile_is_left_alone(leave, simulator):
    def give_away():
        """When the users have been told, and before their time is over."""
        until = time.monotonic() + 60
        while MESSAGE not in writes(simulator) and time.monotonic() < until:
            time.sleep(0.02)
        simulator.change(desktops=[{"pool": "Lab", "name": "L-1", "user": "cid@example.com"}])

    thread = threading.Thread(target=give_away)
    thread.start()
    done, told = leave(desktops="delete", grace=1200)
    thread.join()
    assert done.returncode == 0, done.stdout + done.stderr
    assert writes(simulator) == [MESSAGE, LOG_OFF, DELETE] and desktops(simulator)["L-1"]["user"] == "cid@example.com"
    assert (told["Sales/S-1"]["status"], told["Lab/L-1"]["status"]) == ("done", "skipped")
    assert told["Lab/L-1"]["msg"] == "belongs to cid@example.com now, and no more to ann@example.com, so it was left alone"


def test_a_desktop_whose_retention_cannot_be_set_stays_and_is_recorded(leave, simulator, tmp_path):
    simulator.fault("status", operation_id=RETAIN, status=403, times=1)
    done, told = leave(remove_users=True)
    assert done.returncode == 2 and "Not everything could be done" in done.stdout
    assert told["Lab/L-1"]["status"] == "failed" and told["Lab/L-1"]["msg"].startswith("stays with ann@example.com: Could not keep desktop")
    assert told["Sales/S-1"]["status"] == "done" and told["ann@example.com"]["msg"] == "stays a user, for not all desktops could be let go"
    assert desktops(simulator)["L-1"]["user"] == "ann@example.com" and len(recorded(tmp_path)[0]) == 2
    assert DELETE_USER not in writes(simulator)


def test_users_who_cannot_be_removed_at_all_are_told_as_failed(leave, simulator):
    newcomers = [f"new{number}@example.com" for number in range(6)]
    simulator.change(users=[{"email": email} for email in newcomers])
    simulator.fault("status", operation_id="generateAllUsersReportUsingGET", status=403, times=9)
    done, told = leave(users=newcomers, remove_users=True)
    assert done.returncode == 2 and "Not everything could be done" in done.stdout, done.stdout + done.stderr
    assert {name: entry["status"] for name, entry in told.items()} == dict.fromkeys(newcomers, "failed")
    assert all("403" in entry["msg"] for entry in told.values()) and writes(simulator) == []


def test_nothing_is_done_before_the_record_is_written(leave, simulator, tmp_path):
    (tmp_path / "archive").write_text("in the way", encoding="utf-8")
    done, _told = leave()
    assert done.returncode == 2 and writes(simulator) == []


def test_the_record_of_another_run_is_not_taken_for_ones_own(leave, simulator, tmp_path):
    other = tmp_path / "archive" / "offboarding-now.json"
    other.parent.mkdir()
    other.write_text("[]", encoding="utf-8")
    done, _told = leave("-e", "__user_offboarding_stamp=now")
    assert done.returncode == 2 and "offboarding-now.json is there already, of another run" in " ".join(done.stdout.split()), done.stdout
    assert writes(simulator) == [] and other.read_text(encoding="utf-8") == "[]"


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"confirm": False}, "so look at it with --check, and then set user_offboarding_confirm"),
        ({"archive": ""}, "so name a folder for the record of what they had in user_offboarding_archive"),
        ({"holds": ["ann@example.com"]}, "There is no variable 'user_offboarding_holds'; did you mean 'user_offboarding_hold'?"),
        ({"users": ["ann@example.com", "cid@example.com"], "max_users": 1}, "2 users are to leave, and user_offboarding_max_users allows 1"),
        ({"retention_days": 0}, "takes user_offboarding_keep_forever"),
        ({"users": ["ann"]}, "by their e-mail addresses, without wildcards, not by ann"),
        ({"hold": ["bob"]}, "not by bob"),
        ({"hold": "bob@example.com,ann@example.com"}, "user_offboarding_hold is a list, and the text"),
        ({"hold": ["*@example.com"]}, "without wildcards, not by *@example.com"),
    ],
)
def test_refusals(leave, simulator, wrong, says):
    done, told = leave(**wrong)
    assert done.returncode == 2 and says in " ".join(done.stdout.split()), done.stdout
    assert not told and simulator.log() == []
