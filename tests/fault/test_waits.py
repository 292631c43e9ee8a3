# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong while a task waits: the wait survives it, or ends with a sentence and the operation's id."""

from __future__ import annotations

import pytest
from faults import begin_operations
from scenarios import STATE_SCENARIOS, Stage, problems

DESKTOP = {"pool": "Sales", "name": "SALES-100"}


# Scenarios with an operation that goes on in the background.
BACKGROUND = [scenario for scenario in STATE_SCENARIOS if begin_operations() & set(scenario.writes)]


def desktops_named(stage, name):
    return [desktop for desktop in stage.rest()["desktops"] if desktop["name"] == name]


# Noise is read twice, not more: it comes from a wrong address or a proxy more often than from a short disturbance.
@pytest.mark.parametrize(
    "kind, times, data",
    [
        ("throttle", 3, {"seconds": 5}),
        ("status", 3, {"status": 503}),
        ("drop_before", 3, {}),
        ("cut_body", 3, {}),
        ("garbage", 2, {}),
        ("html", 2, {}),
    ],
)
def test_a_wait_survives_bad_polls(kind, times, data):
    with Stage() as stage:
        stage.simulator.fault(kind, path="/v1.0/operation/", skip=1, times=times, **data)
        result = stage.run("workspot_desktop", **DESKTOP)
        assert not result.get("failed"), result["msg"]
        assert stage.simulator.faults()[0]["struck"] == times
        assert result["api"]["throttled"] == (3 if kind == "throttle" else 0)
        assert stage.writes() == ["createDesktopUsingPOST"]
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_a_token_that_expires_during_a_wait_is_renewed_once():
    with Stage() as stage:
        stage.simulator.fault("revoke_token", path="/v1.0/operation/", skip=2)
        result = stage.run("workspot_desktop", **DESKTOP)
        assert not result.get("failed"), result["msg"]
        assert (result["api"]["logins"], result["api"]["writes"]) == (2, 1)


def test_tokens_that_live_shorter_than_the_wait_are_renewed_each_time():
    with Stage(token_life_seconds=100) as stage:
        result = stage.run("workspot_desktop", **DESKTOP)
        assert not result.get("failed"), result["msg"]
        assert 2 <= result["api"]["logins"] <= 8
        assert len(desktops_named(stage, "SALES-100")) == 1


@pytest.mark.parametrize("scenario", BACKGROUND, ids=str)
def test_a_restart_of_control_during_a_wait_loses_nothing(scenario):
    # Operations that ran at that moment never complete, and the cloud finishes their work.
    with Stage.of(scenario) as (stage, options):
        stage.simulator.fault("restart", operation_id="statusCheckUsingGET", seconds=600, work="finishes")
        result = stage.run(scenario.module, **{**options, "wait_timeout": 1500})
        if result.get("failed"):
            assert result["changed"] and "\n" not in result["msg"]
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        assert problems(scenario.ends, stage.rest()) == []


def test_a_restart_that_stops_the_work_ends_the_wait_with_the_operations_id():
    with Stage() as stage:
        stage.simulator.fault("restart", path="/v1.0/operation/", seconds=600, work="stops")
        result = stage.run("workspot_desktop", **DESKTOP, wait_timeout=3000)
        assert result["failed"] and result["changed"]
        assert result["operation"] in result["msg"] and "SALES-100" in result["msg"] and "wait_timeout" in result["msg"]
        # The half-built desktop is still the one and only, however often the task is run.
        stage.run("workspot_desktop", **DESKTOP, wait_timeout=300)
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_control_that_stays_away_ends_the_task_with_a_sentence():
    with Stage() as stage:
        stage.simulator.fault("restart", path="/v1.0/operation/", seconds=90_000, work="finishes")
        result = stage.run("workspot_desktop", **DESKTOP, wait_timeout=3000, retry_timeout=600)
        assert result["failed"] and result["changed"]
        assert "HTTP 503" in result["msg"]
        assert result["operation"]


def test_a_wait_that_is_too_short_can_be_taken_up_by_the_next_run():
    with Stage() as stage:
        short = stage.run("workspot_desktop", **DESKTOP, wait_timeout=60)
        assert short["failed"] and short["changed"] and short["operation"] in short["msg"]
        again = stage.run("workspot_desktop", **DESKTOP)
        assert not again.get("failed") and not again["changed"]
        assert stage.writes() == ["createDesktopUsingPOST"]


def test_a_full_queue_is_waited_out_and_the_creation_sent_again():
    with Stage(provisioning_cap=1) as stage:
        first = stage.run("workspot_desktop", pool="Sales", name="SALES-099", wait=False)
        assert first["operation"]
        result = stage.run("workspot_desktop", **DESKTOP)
        assert not result.get("failed"), result["msg"]
        # The place is taken by another's build of 240 s, of which this task knows nothing: it asks once a minute.
        assert 3 <= stage.writes().count("createDesktopUsingPOST") <= 6
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_what_another_has_made_while_it_waited_for_a_place_is_not_made_again():
    with Stage(provisioning_cap=1) as stage:
        stage.run("workspot_desktop", pool="Sales", name="SALES-099", wait=False)
        stage.simulator.fault("concurrent", operation_id="statusCheckUsingGET", change={"desktops": [{"pool": "Sales", "name": "SALES-100"}]})
        result = stage.run("workspot_desktop", **DESKTOP)
        assert not result.get("failed"), result["msg"]
        assert stage.writes() == ["createDesktopUsingPOST"] * 2
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_a_full_queue_that_outlasts_the_time_limit_is_named():
    with Stage(provisioning_cap=1, provisioning_seconds=9000) as stage:
        stage.run("workspot_desktop", pool="Sales", name="SALES-099", wait=False)
        result = stage.run("workspot_desktop", **DESKTOP, wait_timeout=1200)
        assert result["failed"] and result["msg"] == (
            "Could not create desktop 'SALES-100' in pool 'Sales' within 20 min: the server had no place for it "
            "(maxConcurrentProvisioningError: You have reached the max concurrent provisionings allowed); run again later, or raise 'wait_timeout'"
        )


def test_a_build_that_fails_is_told_and_not_repeated():
    with Stage(provisioning_fails="^SALES-100$") as stage:
        result = stage.run("workspot_desktop", **DESKTOP)
        assert result["failed"] and result["changed"] and "provisioningFailed" in result["msg"]
        again = stage.run("workspot_desktop", **DESKTOP)
        assert again["failed"] and "Failed" in again["msg"] and "state: absent" in again["msg"]
        assert stage.writes() == ["createDesktopUsingPOST"]


def test_an_administrator_who_makes_the_same_desktop_meanwhile_is_noticed():
    # He is faster between our reading and our writing, and our answer is lost: the name counts as done, not as ours to make again.
    with Stage(duplicate_names="refuse") as stage:
        stage.simulator.fault(
            "concurrent", operation_id="createDesktopUsingPOST", change={"desktops": [{"pool": "Sales", "name": "SALES-100"}]}
        )
        refused = stage.run("workspot_desktop", **DESKTOP)
        assert refused["failed"] and "already exists" in refused["msg"]
        again = stage.run("workspot_desktop", **DESKTOP)
        assert not again.get("failed") and not again["changed"]
        assert len(desktops_named(stage, "SALES-100")) == 1


def test_a_write_that_is_repeated_in_doubt_and_refused_is_looked_for_once_more():
    # The first pause ran and its answer was lost; it took so long that the second was sent, and came when the desktop was paused at last.
    with Stage(pausing_seconds=100_000) as stage:
        desktop = {"pool": "Sales", "name": "SALES-002"}
        stage.simulator.fault("drop_after", operation_id="pauseDesktopUsingPOST")
        stage.simulator.fault("concurrent", operation_id="pauseDesktopUsingPOST", change={"desktops": [{**desktop, "power": "paused"}]})
        result = stage.run("workspot_desktop_power", **desktop, state="paused")
        assert stage.writes() == ["pauseDesktopUsingPOST"] * 2
        assert result["changed"], result["msg"]
        assert not result.get("failed"), result["msg"]


@pytest.mark.parametrize(
    "scenario",
    [scenario for scenario in STATE_SCENARIOS if scenario.module == "workspot_desktop_action" and len(scenario.writes) == 1],
    ids=str,
)
def test_a_command_that_may_have_run_and_ended_unseen_is_not_sent_again(scenario):
    # Its answer is lost, and at the first look the desktop is as it was before.
    with Stage.of(scenario, rebooting_seconds=1, redeploying_seconds=1, online_seconds=1) as (stage, options):
        stage.simulator.fault("drop_after", operation_id=scenario.writes[0])
        result = stage.run(scenario.module, **options, poll_interval=60)
        assert stage.writes() == list(scenario.writes)
        assert result["failed"] and result["changed"] and result["error"]["kind"] == "outcome_unknown"
        assert "it may have run and ended since, so look before you run the task again" in result["msg"]
        # Whoever has looked and runs it again means it.
        assert not stage.run(scenario.module, **options).get("failed")
        assert stage.writes() == list(scenario.writes)


@pytest.mark.parametrize(
    "module, options, operation_id",
    [
        (
            "workspot_user_action",
            {"user": "dora@example.com", "pool": "Sales", "action": "message", "text": "Hi"},
            "sendMessageToUserUsingPOST",
        ),
        ("workspot_user_action", {"user": "dora@example.com", "action": "refresh_entitlements"}, "refreshGroupEntitlementsUsingPOST"),
        ("workspot_desktop_retention", {"pool": "Sales", "name": "SALES-003", "days": 3}, "retainDesktopUsingPOST"),
    ],
)
def test_a_write_that_nothing_shows_and_that_is_refused_in_the_end_says_so(module, options, operation_id):
    with Stage() as stage:
        stage.simulator.fault("drop_after", operation_id=operation_id)
        stage.simulator.fault("status", operation_id=operation_id, status=403)
        result = stage.run(module, **options)
        assert stage.writes() == [operation_id] * 2
        assert result["failed"] and result["error"]["kind"] == "api_error" and "HTTP 403" in result["msg"]
        # The first one may have run.
        assert result["changed"] and result["not_done"]


@pytest.mark.parametrize("reads_per_minute", [20, 1])
def test_a_wait_that_runs_out_of_time_tells_what_it_waited_for_and_of_no_trouble(reads_per_minute):
    with Stage() as stage:
        result = stage.run(
            "workspot_desktop_action",
            **{"pool": "Sales", "name": "SALES-005", "action": "reboot", "session_policy": "wait"},
            **{"wait_timeout": 300, "reads_per_minute": reads_per_minute},
        )
        assert result["msg"] == (
            "Could not wait for the end of the session on desktop 'Sales/SALES-005' within 5 min; it may go on: "
            "run again to take up the wait, or raise 'wait_timeout'"
        )
        assert (result["changed"], stage.writes()) == (False, [])


def test_a_desktop_whose_build_fails_is_not_tagged():
    with Stage(provisioning_fails="^SALES-100$", provisioning_seconds=1000) as stage:
        stage.run("workspot_desktop", **DESKTOP, wait=False)
        result = stage.run("workspot_desktop_tags", **DESKTOP, tags={"a": "b"})
        assert result["msg"] == "Could not wait for desktop 'Sales/SALES-100': the desktop is Failed, so it has not been tagged"
        assert result["not_attempted"] == ["tag desktop 'Sales/SALES-100'"]
        assert stage.writes() == ["createDesktopUsingPOST"]


def test_a_busy_desktop_is_awaited_before_it_is_kept_awake():
    task = {"pool": "Sales", "name": "SALES-003", "state": "running", "keep_awake": 60, "update_write_only": "always"}
    with Stage() as stage:
        stage.run("workspot_desktop_action", pool="Sales", name="SALES-003", action="reboot", wait=False)
        stage.writes()
        result = stage.run("workspot_desktop_power", **task)
        assert not result.get("failed") and result["changed"], result["msg"]
        assert stage.writes() == ["resumeDesktopUsingPOST"]
