# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout in trouble: killed, ill pools, no time, people whom only a gateway knows of."""

from __future__ import annotations

import collections
import contextlib
import importlib
import json
import os
import time

import pytest
from killing import SLOW, arrived, kill_when, start
from scenarios import Stage
from support import PLUGINS

# The tenant's pace when it goes on: a reboot is surely still to be seen when the next run looks.
SLOWLY = 50
REBOOT = "rebootDesktopUsingPOST"


def pool_of(number, broken=0):
    desktops = [{"name": f"D-{count:04}", "pool": "Sales", "status": "Failed" if count < broken else "Ready"} for count in range(number)]
    return {
        "simulator": {"token_life_seconds": 1_000_000_000},
        "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
        "users": [{"email": "ann@example.com"}],
        "desktops": desktops,
    }


def reboot(stage, **options):
    return stage.run("workspot_rollout", **{"select": {"pools": ["Sales"]}, "action": "reboot", **options})


def reboots(stage):
    """How often each desktop was rebooted."""
    return collections.Counter(entry["path"].split("/")[-2] for entry in stage.simulator.log() if entry["operation_id"] == REBOOT)


def statuses(result):
    return [item["status"] for item in result["results"]]


def journal_of(stage):
    return os.path.join(stage.files, "rollout.jsonl")


def stop_file_of(stage):
    return os.path.join(stage.files, "stop")


@contextlib.contextmanager
def at_rest(happens):
    """Within, something happens whenever a rollout has rested."""
    clock = importlib.import_module(f"{PLUGINS}.module_utils.core.wait").time
    sleep = clock.sleep

    def sleep_and_wake(seconds):
        sleep(seconds)
        happens()

    clock.sleep = sleep_and_wake
    try:
        yield
    finally:
        clock.sleep = sleep


@contextlib.contextmanager
def called_off(stage):
    """Somebody writes the stop file as soon as a rollout rests for the first time; in the end it is gone."""

    def call_off():
        with open(stop_file_of(stage), "w", encoding="utf-8"):
            pass

    with at_rest(call_off):
        yield
    os.unlink(stop_file_of(stage))


def make_older(stage, seconds):
    """The journals of a rollout as if it had been that long ago."""
    for name in (journal_of(stage), journal_of(stage) + ".writes"):
        with open(name, encoding="utf-8") as file:
            entries = [json.loads(line) for line in file if line.strip()]
        with open(name, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({**entry, "at": entry["at"] - seconds}) + "\n" for entry in entries)


# ---- Killed

KILLED = {
    "before the answer to the first act": (REBOOT, 0, 1),
    "before the answer to the third act": (REBOOT, 2, 3),
    "during the wait for the first wave": ("getpoolDesktopsUsingGET", None, 6),
    "while operations are asked": ("getpoolDesktopsUsingGET", None, 9),
}


@pytest.mark.parametrize("moment", KILLED)
def test_killed_and_run_again_each_desktop_is_rebooted_once(moment):
    operation_id, slow, times = KILLED[moment]
    # The tenant's clock stands still until the kill, so that what was begun is surely under way.
    with Stage(pool_of(6), leaps=False, speed=0) as stage:
        options = {
            "select": {"pools": ["Sales"]},
            "action": "reboot",
            "waves": {"size": 4},
            "max_outstanding": 3,
            "journal": journal_of(stage),
        }
        if slow is not None:
            stage.simulator.fault("slow", operation_id=REBOOT, skip=slow, seconds=SLOW)
        kill_when(start(stage, "workspot_rollout", options), arrived(stage, operation_id, times))
        stage.simulator.speed(SLOWLY)
        again = stage.run("workspot_rollout", **options)
        assert not again.get("failed"), again["msg"]
        assert statuses(again) == ["done"] * 6 and not again["stopped_because"]
        assert list(reboots(stage).values()) == [1] * 6
        # It is finished: whoever asks once more wants it once more.
        assert statuses(stage.run("workspot_rollout", check=True, **options)) == ["not_attempted"] * 6


def test_killed_three_times_with_time_going_on():
    with Stage(pool_of(6), leaps=False) as stage:
        options = {"select": {"pools": ["Sales"]}, "action": "reboot", "max_outstanding": 2, "journal": journal_of(stage)}
        for number in (1, 2, 4):
            kill_when(start(stage, "workspot_rollout", options), arrived(stage, REBOOT, number))
        last = stage.run("workspot_rollout", **options, max_failures=6)
        # Whether a reboot ran whose answer the kill cut off may not show any more: then that is said, and it is not sent again.
        assert max(reboots(stage).values()) == 1
        assert set(statuses(last)) <= {"done", "failed"} and len(last["results"]) == 6
        assert all("whether it ran is unknown" in item["msg"] for item in last["results"] if item["status"] == "failed")


def test_what_never_left_is_sent_by_the_next_run():
    with Stage(pool_of(2), leaps=False, speed=0) as stage:
        options = {"select": {"pools": ["Sales"]}, "action": "reboot", "journal": journal_of(stage)}
        # The last look before the act takes so long that the kill comes within it.
        stage.simulator.fault("slow", operation_id="getpoolDesktopsUsingGET", skip=1, seconds=SLOW)
        kill_when(start(stage, "workspot_rollout", options), arrived(stage, "getpoolDesktopsUsingGET", 2))
        assert not reboots(stage)
        stage.simulator.speed(SLOWLY)
        again = stage.run("workspot_rollout", **options)
        assert statuses(again) == ["done"] * 2
        assert list(reboots(stage).values()) == [1, 1]


def test_the_journal_of_another_rollout_is_not_overwritten():
    with Stage(pool_of(3)) as stage:
        first = reboot(stage, journal=journal_of(stage), deadline="1", spacing=30)
        assert "not_attempted" in statuses(first) and not first.get("failed")
        with open(journal_of(stage), encoding="utf-8") as file:
            before = file.read()
        other = reboot(stage, journal=journal_of(stage), select={"names": ["D-0001"]})
        assert other["failed"] and "is of another rollout, which is not finished" in other["msg"]
        with open(journal_of(stage), encoding="utf-8") as file:
            assert file.read() == before
        done = reboot(stage, journal=journal_of(stage))
        assert statuses(done) == ["done"] * 3
        assert list(reboots(stage).values()) == [1] * 3
        with open(journal_of(stage), encoding="utf-8") as file:
            assert json.loads(file.read().splitlines()[-1])["event"] == "end"
        assert statuses(reboot(stage, journal=journal_of(stage), select={"names": ["D-0001"]})) == ["done"]


def test_a_finished_rollout_is_not_repeated_too_soon():
    tenant = pool_of(3)
    tenant["desktops"][1] |= {"status": "Connected", "user": "ann@example.com"}
    with Stage(tenant) as stage:
        options = {"journal": journal_of(stage), "repeat_after": 36_000}
        assert statuses(reboot(stage, **options)) == ["done", "skipped", "done"]
        assert statuses(reboot(stage, check=True, **options)) == ["done", "skipped", "done"]
        stage.simulator.change(desktops=[{"pool": "Sales", "name": "D-0001", "status": "Ready"}])
        again = reboot(stage, **options)
        assert statuses(again) == ["done"] * 3 and again["changed"]
        assert not reboot(stage, **options)["changed"]
        assert list(reboots(stage).values()) == [1] * 3
        # Without the option, it is begun anew at once.
        assert statuses(reboot(stage, check=True, journal=journal_of(stage))) == ["not_attempted"] * 3
        assert statuses(reboot(stage, check=True, journal=journal_of(stage), repeat_after=1)) == ["not_attempted"] * 3


def test_a_file_that_is_no_journal_is_left_alone():
    with Stage(pool_of(1)) as stage:
        with open(journal_of(stage), "w", encoding="utf-8") as file:
            file.write('{"my": "data"}\n')
        result = reboot(stage, journal=journal_of(stage))
        assert result["failed"] and "is not the journal of a rollout" in result["msg"]
        assert stage.simulator.log() == []


# ---- A memory over many rollouts


def test_once_means_once_whatever_is_selected():
    with Stage(pool_of(4)) as stage:
        options = {"journal": journal_of(stage), "repeat_after": -1}
        assert statuses(reboot(stage, select={"names": ["D-0001"]}, **options)) == ["done"]
        again = reboot(stage, **options)
        assert statuses(again) == ["done"] * 4 and list(reboots(stage).values()) == [1] * 4
        assert [item.get("msg") for item in again["results"]] == [None, "done by an earlier run", None, None]
        last = reboot(stage, **options)
        assert not last["changed"] and last["plan"] == [] and list(reboots(stage).values()) == [1] * 4
        other = stage.run("workspot_rollout", select={"pools": ["Sales"]}, action="redeploy", guard={"confirm": True}, **options)
        assert other["failed"] and "is of another rollout; name another file" in other["msg"]


def test_what_failed_is_tried_again_and_what_was_begun_waited_for():
    with Stage(pool_of(6), leaps=False, speed=0) as stage:
        options = {"select": {"pools": ["Sales"]}, "action": "reboot", "max_outstanding": 2, "journal": journal_of(stage), "repeat_after": -1}
        stage.simulator.fault("status", operation_id=REBOOT, status=403, times=1)
        kill_when(start(stage, "workspot_rollout", {**options, "max_failures": 6}), arrived(stage, REBOOT, 3))
        stage.simulator.speed(SLOWLY)
        again = stage.run("workspot_rollout", **{**options, "select": {"names": ["D-*"]}})
        assert not again.get("failed") and statuses(again) == ["done"] * 6
        assert sorted(reboots(stage).values()) == [1] * 5 + [2]


def test_what_has_gone_to_sleep_since_it_was_done_holds_nothing_up():
    with Stage(pool_of(4)) as stage:
        options = {"journal": journal_of(stage), "waves": {"size": 2}, "max_unhealthy_percent": 30, "stop_file": stop_file_of(stage)}
        with called_off(stage):
            stopped = reboot(stage, **options)
        assert statuses(stopped) == ["done", "done", "not_attempted", "not_attempted"]
        stage.simulator.change(desktops=[{"pool": "Sales", "name": "D-0000", "power": "paused"}, {"pool": "Sales", "name": "D-0001", "status": "Failed"}])
        began = stage.simulator.now()
        assert statuses(reboot(stage, **options)) == ["done"] * 4
        assert stage.simulator.now() - began < 600


def test_what_was_begun_last_night_is_not_this_nights():
    with Stage(pool_of(3), leaps=False, speed=0) as stage:
        options = {"select": {"pools": ["Sales"]}, "action": "reboot", "max_outstanding": 2, "journal": journal_of(stage), "repeat_after": 3600}
        kill_when(start(stage, "workspot_rollout", options), arrived(stage, REBOOT, 2))
        stage.simulator.speed(SLOWLY)
        stage.simulator.advance(3 * 3600)
        make_older(stage, 3 * 3600)
        again = stage.run("workspot_rollout", **options)
        assert statuses(again) == ["done"] * 3 and sorted(reboots(stage).values()) == [1, 2, 2]


# ---- People


def people_on(number):
    tenant = pool_of(number + 1)
    for desktop in tenant["desktops"][:number]:
        desktop |= {"status": "Connected", "user": "ann@example.com"}
    return tenant


def test_whoever_signs_out_when_asked_to_makes_room_for_the_next():
    with Stage(people_on(3), speed=1) as stage:
        signs_out = {"pool": "Sales", "name": "D-0000", "status": "Ready"}
        with at_rest(lambda: stage.simulator.change(desktops=[signs_out])):
            result = reboot(stage, action="logoff", text="Soon", grace=200, max_outstanding=1, guard={"confirm": True})
        assert not result.get("failed"), result["msg"]
        assert statuses(result) == ["skipped", "done", "done", "skipped"]


@pytest.mark.parametrize("action, more", [("delete", {"force": True}), ("redeploy", {}), ("unassign", {}), ("logoff", {})])
def test_nobody_else_loses_what_he_was_given_meanwhile(action, more):
    given = {"pool": "Sales", "name": "D-0000", "user": "cid@example.com"}
    with Stage(people_on(1), speed=1) as stage:
        options = {"select": {"names": ["D-0000"]}, "action": action, "text": "Soon", "grace": 200, "session_policy": "force", **more}
        with at_rest(lambda: stage.simulator.change(users=[{"email": "cid@example.com"}], desktops=[given])):
            result = stage.run("workspot_rollout", **options, guard={"confirm": True})
        assert statuses(result) == ["skipped"], result
        assert result["results"][0]["msg"] == "it has been given to cid@example.com since it was chosen"
        assert stage.writes() == ["sendMessageToUserUsingPOST"]


def test_nobody_is_warned_of_what_was_called_off():
    # At this pace no stall of the machine lets the minute pass by itself, so that the second warning surely has to wait.
    with Stage(people_on(6), speed=1) as stage:
        options = {"stop_file": stop_file_of(stage), "session_policy": "wait", "text": "Soon", "writes_per_minute": 1, "wait_timeout": 600}
        with called_off(stage):
            result = reboot(stage, **options)
        assert "asks to stop" in result["stopped_because"]
        assert stage.writes() == ["sendMessageToUserUsingPOST"]


# ---- Called off


def test_a_file_stops_it_and_the_next_run_goes_on():
    with Stage(pool_of(3)) as stage:
        options = {"journal": journal_of(stage), "stop_file": stop_file_of(stage), "max_outstanding": 1}
        with called_off(stage):
            stopped = reboot(stage, **options)
            assert statuses(stopped) == ["done", "not_attempted", "not_attempted"] and not stopped.get("failed")
            assert stopped["stopped_because"] == f"file '{stop_file_of(stage)}' asks to stop"
            assert statuses(reboot(stage, **options)) == ["done", "not_attempted", "not_attempted"]
        assert statuses(reboot(stage, **options)) == ["done"] * 3 and list(reboots(stage).values()) == [1] * 3


# ---- Rails


def test_a_sick_pool_stops_it_before_the_first_write():
    with Stage(pool_of(10, broken=4)) as stage:
        checked = reboot(stage, check=True, select={"statuses": ["Ready"]})
        assert "4 of 10 desktops of pool 'Sales' are unhealthy" in checked["objections"][0]
        result = reboot(stage, select={"statuses": ["Ready"]})
        assert result["failed"] and "4 of 10 desktops of pool 'Sales' are unhealthy, and max_unhealthy_percent allows 20 %" in result["msg"]
        assert stage.writes() == []
        assert statuses(reboot(stage, select={"statuses": ["Ready"]}, max_unhealthy_percent=40)) == ["done"] * 6


# Of ten desktops the rollout takes four, of which three can be used, out of the eight that can.
TAKES_FOUR = [f"D-000{number}" for number in range(4)]


@pytest.mark.parametrize("action", ["delete", "unassign"])
@pytest.mark.parametrize(
    "limit, says",
    [
        ({"max_percent": 40}, None),
        ({"max_percent": 39}, "the plan takes 4 of 10 away from pool 'Sales', and guard.max_percent allows 39 %"),
        ({"min_available": 5}, None),
        ({"min_available": 6}, "the plan leaves 5 of 8 available in pool 'Sales', and guard.min_available wants 6"),
    ],
)
def test_a_pool_is_not_emptied(action, limit, says):
    tenant = pool_of(10)
    for number, desktop in enumerate(tenant["desktops"]):
        desktop |= {"status": "Offline"} if number in (0, 9) else {}
        desktop |= {"user": "ann@example.com"} if action == "unassign" and number < 4 else {}
    with Stage(tenant) as stage:
        options = {"select": {"names": TAKES_FOUR}, "action": action, "guard": {"confirm": True, **limit}}
        checked = stage.run("workspot_rollout", check=True, **options)
        assert checked["objections"] == ([says] if says else [])
        result = stage.run("workspot_rollout", **options)
        assert bool(result.get("failed")) == bool(says) and (says or "") in result.get("msg", "")
        assert len(stage.writes()) == (0 if says else 4)


def test_a_pool_that_falls_ill_stops_it():
    with Stage(pool_of(10)) as stage:
        stage.simulator.fault("status", operation_id=REBOOT, status=403, skip=4, times=2)
        result = reboot(stage, waves={"size": 2}, max_failures=1)
        assert result["failed"] and "2 failed, and max_failures allows 1" in result["msg"]
        assert result["summary"] == {"objects": 10, "done": 4, "skipped": 0, "failed": 2, "not_attempted": 4}
        assert result["changed"] and result["stopped_because"]


@pytest.mark.parametrize("status", ["Rebooting", "Redeploy", "Provisioning"])
def test_what_is_under_way_already_is_left_alone(status):
    tenant = pool_of(2)
    tenant["desktops"][0]["status"] = status
    with Stage(tenant) as stage:
        result = reboot(stage)
        assert statuses(result) == ["skipped", "done"]
        assert status in result["results"][0]["msg"] and len(stage.writes()) == 1


@pytest.mark.parametrize("sources, status", [("both", "skipped"), ("status", "done")])
def test_a_connection_of_a_gateway_counts_as_use(sources, status):
    tenant = pool_of(1)
    tenant["desktops"][0]["fqdn"] = "d-0000.example.com"
    tenant["gateway_clusters"] = [
        {
            "name": "Azores",
            "region": "westeurope",
            "hosts": [
                {"name": "gw1", "connections": [{"user_name": "ann@example.com", "target_computer": "D-0000.example.com"}]},
                {"name": "gw2"},
            ],
        }
    ]
    with Stage(tenant, speed=1) as stage:
        result = reboot(stage, session_sources=sources)
        assert statuses(result) == [status], result
        read = stage.simulator.counters()["operations"].get("getGWHostConnectionsUsingGET", 0)
        # The other gateway has none, and what planning has read just now is not read again.
        assert read == (0 if sources == "status" else 1)


@pytest.mark.parametrize("action, write", [("reboot", REBOOT), ("pause", "pauseDesktopUsingPOST")])
def test_people_are_warned_and_given_time(action, write):
    tenant = pool_of(2)
    tenant["desktops"][0] |= {"status": "Connected", "user": "ann@example.com"}
    with Stage(tenant, speed=1) as stage:
        began = stage.simulator.now()
        result = reboot(stage, action=action, session_policy="force", text="Soon", grace=200)
        assert statuses(result) == ["done"] * 2
        log = [entry for entry in stage.simulator.log() if entry["operation_id"] in (write, "sendMessageToUserUsingPOST")]
        assert [entry["operation_id"] for entry in log] == ["sendMessageToUserUsingPOST", write, write]
        assert stage.simulator.now() - began > 200 + 60


def test_who_is_logged_off_is_told_before():
    tenant = pool_of(2)
    tenant["desktops"][0] |= {"status": "Connected", "user": "ann@example.com"}
    with Stage(tenant, speed=1) as stage:
        began = stage.simulator.now()
        result = reboot(stage, action="logoff", text="Soon", grace=200, guard={"confirm": True})
        assert statuses(result) == ["done", "skipped"], result
        assert stage.writes() == ["sendMessageToUserUsingPOST", "logoffUserUsingPOST"]
        assert stage.simulator.now() - began > 200


def test_a_session_that_does_not_end_is_waited_for_no_longer_than_allowed():
    tenant = pool_of(1)
    tenant["desktops"][0] |= {"status": "Connected", "user": "ann@example.com"}
    with Stage(tenant, speed=1) as stage:
        result = reboot(stage, session_policy="wait", text="Please log off", wait_timeout=300)
        assert stage.writes() == ["sendMessageToUserUsingPOST"]
        assert result["results"][0]["status"] == "skipped" and "has not ended within 5 min" in result["results"][0]["msg"]


# ---- What check mode tells


PACED = {"reads_per_minute": 20, "writes_per_minute": 15}
WAVES = {"waves": {"canary": 2, "percent": 20}}


@pytest.mark.parametrize(
    "action, number, options",
    [
        ("reboot", 20, {}),
        ("reboot", 40, WAVES),
        ("reboot", 12, {"spacing": 40}),
        ("reboot", 30, PACED),
        ("redeploy", 20, {}),
        ("redeploy", 25, PACED),
        ("message", 30, {"text": "Hello", **PACED}),
        ("delete", 30, PACED),
        ("move", 12, {"target_pool": "Lab", **PACED}),
        ("tag", 30, {"tags": {"floor": "2"}, **PACED}),
    ],
)
def test_the_time_that_check_mode_tells_is_right(action, number, options):
    tenant = pool_of(number)
    tenant["pools"].append({**tenant["pools"][0], "name": "Lab"})
    for desktop in tenant["desktops"] if action in ("message", "move") else ():
        desktop |= {"user": "ann@example.com", "status": "Connected" if action == "message" else "Ready"}
    options = {"action": action, "guard": {"confirm": True}, **options}
    with Stage(tenant, speed=1) as stage:
        told = reboot(stage, check=True, **options)
        began = stage.simulator.now()
        real = reboot(stage, **options)
        took = stage.simulator.now() - began
        assert statuses(real) == ["done"] * number and told["waves"] == real["waves"]
        assert abs(told["cost"]["eta_s"] - took) < took / 10, (told["cost"], took)
        assert told["cost"]["writes"] == real["api"]["writes"]


def test_a_large_rollout_is_planned_with_three_reads():
    with Stage(pool_of(1000)) as stage:
        began = time.process_time()
        told = reboot(stage, check=True, waves={"canary": 5, "percent": 10})
        assert len(told["results"]) == 1000 and len(told["waves"]) == 11
        assert stage.simulator.counters()["reads"] == told["api"]["reads"] == 3
        assert time.process_time() - began < 20
