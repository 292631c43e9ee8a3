# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Citrix Workspace: launches that wait, fail, get lost; links of both generations; what cannot be asked for."""

from __future__ import annotations

import os
import stat

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources import launch
from scenarios import Stage

CALCULATOR = {"name": "Calculator"}
TICKET = {**CALCULATOR, "method": "ticket"}


def launches(stage):
    """How many launches have begun."""
    return sum(resource["launches"] for resource in stage.simulator.state()["citrix"]["resources"])


def mode_of(path):
    return stat.S_IMODE(os.stat(path).st_mode)


# ---- The two flows


def test_an_ica_file_is_written_whole_and_for_its_owner_only():
    with Stage() as stage:
        dest = f"{stage.files}/calculator.ica"
        result = stage.run("citrix_workspace_launch", **CALCULATOR, dest=dest)
        assert (result["status"], result["attempts"], result["error_id"]) == ("success", 3, None)
        assert result["elapsed"] >= 10 and result["size"] == os.path.getsize(dest)
        assert mode_of(dest) == 0o600 and os.listdir(stage.files) == ["calculator.ica"]
        with open(dest, encoding="utf-8") as file:
            text = file.read()
        assert text.startswith("[Encoding]") and "LogonTicket=" in text
        assert "ticket-" not in str(result)


def test_a_mode_is_set_on_a_new_file_and_on_an_old_one():
    with Stage() as stage:
        dest = f"{stage.files}/calculator.ica"
        for mode, number in (("0640", 0o640), ("600", 0o600)):
            stage.run("citrix_workspace_launch", **CALCULATOR, dest=dest, mode=mode)
            assert mode_of(dest) == number


def test_without_a_destination_nothing_is_written():
    with Stage() as stage:
        result = stage.run("citrix_workspace_launch", **CALCULATOR)
        assert result["dest"] is None and result["size"] > 0
        assert os.listdir(stage.files) == []


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("links", ["preview", "current", "both"])
def test_a_ticket_is_told_only_to_who_asks(status, links):
    with Stage(citrix_ticket_status=status, citrix_links=links) as stage:
        assert "receiver_uri" not in stage.run("citrix_workspace_launch", **TICKET)
        assert stage.run("citrix_workspace_launch", **TICKET, return_secrets=True)["receiver_uri"].startswith("receiver://")
        method = "POST" if links == "preview" else "GET"
        assert {entry["method"] for entry in stage.simulator.log() if entry["path"].endswith("/tickets")} == {method}


@pytest.mark.parametrize("query", ["", "site=1", "clientName=told&site=1"])
def test_a_link_keeps_its_query_and_gets_the_rest_behind_it(query):
    with Stage(citrix_link_query=query, citrix_launch_rounds=0) as stage:
        assert not stage.run("citrix_workspace_launch", **CALCULATOR, client_name="here", device_id="there").get("failed")
        (launched,) = [entry["query"] for entry in stage.simulator.log() if entry["operation_id"] == "launchIcaFile"]
        parts = [query] if query else []
        assert launched == "&".join([*parts, *([] if "clientName" in query else ["clientName=here"]), "deviceId=there"])


@pytest.mark.parametrize("key", ["clientTypes", "clienttypes", "clientType", "none"])
def test_what_can_be_launched_does_not_hang_on_an_unpublished_name(key):
    with Stage(citrix_client_types_key=key) as stage:
        resources = stage.run("citrix_workspace_resource_info")["resources"]
        assert [one["name"] for one in resources if not one["launchable"]] == ["Intranet", "Old editor"]


# ---- Waiting


def test_a_launch_that_never_ends_ends_by_its_time_limit():
    with Stage(citrix_launch_rounds=1_000_000, citrix_poll_timeout=600) as stage:
        dest = f"{stage.files}/calculator.ica"
        result = stage.run("citrix_workspace_launch", **CALCULATOR, dest=dest, wait_timeout=1000, max_wait_interval=600)
        assert result["error"]["kind"] == "timed_out" and result["changed"]
        assert (
            result["msg"].startswith("Could not launch 'Calculator' within 16 min 40 s: after 2 answers")
            and "wait_timeout" in result["msg"]
        )
        assert (result["status"], result["attempts"]) == ("retry", 2)
        assert launches(stage) == 1 and os.listdir(stage.files) == []


@pytest.mark.parametrize("told, pause", [(20, 20), (600, 60), (0, 5), (None, 5), (-3, 5), ("soon", 5), (True, 5), (0.1, 1)])
def test_a_wait_is_as_long_as_asked_for_within_bounds(told, pause):
    assert launch._pause(told, 60) == pause


def test_a_wait_that_names_no_time_goes_on():
    with Stage(citrix_poll_timeout=0) as stage:
        assert stage.run("citrix_workspace_launch", **CALCULATOR)["status"] == "success"


@pytest.mark.parametrize("method", ["ica_file", "ticket"])
@pytest.mark.parametrize("links", ["preview", "current"])
@pytest.mark.parametrize("kind, data", [("drop_before", {}), ("status", {"status": 503}), ("cut_body", {}), ("throttle", {"seconds": 5})])
def test_asking_again_survives_bad_answers(method, links, kind, data):
    with Stage(citrix_links=links, citrix_launch_rounds=3) as stage:
        stage.simulator.fault(kind, path="/(icaFile|tickets)$", skip=1, **data)
        result = stage.run("citrix_workspace_launch", **CALCULATOR, method=method)
        # An answer that broke off has used its address up: there is nothing left to ask, and the task says so.
        assert result.get("failed", False) == (kind == "cut_body"), result.get("msg")
        assert launches(stage) == 1


# ---- Doubt and failure


@pytest.mark.parametrize("kind, begun", [("drop_before", 0), ("drop_after", 1), ("status_after", 1), ("cut_body", 1)])
def test_a_launch_whose_answer_is_lost_is_not_sent_twice(kind, begun):
    with Stage() as stage:
        stage.simulator.fault(kind, operation_id="launchIcaFile")
        result = stage.run("citrix_workspace_launch", **CALCULATOR, dest=f"{stage.files}/calculator.ica")
        assert result["error"]["kind"] == "outcome_unknown" and result["changed"]
        assert "a session may have been brokered" in result["msg"] and "\n" not in result["msg"]
        assert len(result["error"]["transaction_id"]) == 36
        assert launches(stage) == begun and os.listdir(stage.files) == []


@pytest.mark.parametrize("kind", ["html", "garbage"])
def test_what_is_no_ica_file_is_not_saved(kind):
    with Stage(citrix_launch_rounds=0) as stage:
        stage.simulator.fault(kind, operation_id="launchIcaFile")
        result = stage.run("citrix_workspace_launch", **CALCULATOR, dest=f"{stage.files}/calculator.ica")
        assert result["error"]["kind"] == "bad_answer" and "no ICA file" in result["msg"] and result["changed"]
        assert os.listdir(stage.files) == []


def test_an_old_file_stays_when_a_launch_fails():
    with Stage(citrix_launch_rounds=0) as stage:
        dest = f"{stage.files}/calculator.ica"
        stage.run("citrix_workspace_launch", **CALCULATOR, dest=dest)
        with open(dest, "rb") as file:
            before = file.read()
        stage.simulator.fault("html", operation_id="launchIcaFile")
        assert stage.run("citrix_workspace_launch", **CALCULATOR, dest=dest)["failed"]
        with open(dest, "rb") as file:
            assert file.read() == before


def test_an_error_of_the_workspace_is_told_with_its_id():
    with Stage() as stage:
        stage.simulator.change(citrix={"resources": [{"name": "Calculator", "launch_error": "UnavailableDesktop"}]})
        ticket = stage.run("citrix_workspace_launch", **TICKET)
        assert (ticket["error_id"], ticket["suggest_restart"], ticket["status"], ticket["changed"]) == (
            "UnavailableDesktop",
            True,
            "failure",
            True,
        )
        assert ticket["msg"].startswith("Could not launch 'Calculator': the workspace answered failure (UnavailableDesktop); restarting")
        file = stage.run("citrix_workspace_launch", **CALCULATOR)
        assert file["error"]["source"] == "Store" and "launch_failed: UnavailableDesktop" in file["msg"]


# ---- What cannot be asked for


@pytest.mark.parametrize(
    "options, kind, says",
    [
        ({"name": "Desktop"}, "ambiguous", "'Desktop' fits 2 resources: Desktop (id desktop-east), Desktop (id desktop-west); give the id"),
        ({"name": "Calculater"}, "not_found", "There is no resource 'Calculater'; did you mean 'Calculator'?"),
        ({"resource_id": "nothing"}, "not_found", "There is no resource 'nothing'"),
        ({"name": ""}, "invalid_input", "name is empty"),
        ({"name": "Intranet"}, "refused", "Cannot launch 'Intranet': it is for web and not for ica30"),
        ({"name": "Old editor"}, "refused", "Cannot launch 'Old editor': it is disabled; nothing was sent"),
        ({**TICKET, "dest": "/tmp/x.ica"}, "invalid_input", "dest goes with method: ica_file"),
        ({**CALCULATOR, "return_secrets": True}, "invalid_input", "return_secrets goes with method: ticket"),
        ({**CALCULATOR, "mode": "0644"}, "invalid_input", "mode 0644 would let everybody"),
        ({**CALCULATOR, "mode": "384"}, "invalid_input", "mode is an octal number"),
        ({**CALCULATOR, "dest": "/nowhere/x.ica"}, "invalid_input", "The folder of '/nowhere/x.ica' does not exist"),
        ({**CALCULATOR, "dest": "/tmp"}, "invalid_input", "'/tmp' is a folder"),
        ({**CALCULATOR, "max_wait_interval": 0}, "invalid_input", "max_wait_interval is a number from 1"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_a_launch_that_cannot_be_is_one_clear_sentence_and_nothing_is_sent(options, kind, says, check):
    with Stage() as stage:
        result = stage.run("citrix_workspace_launch", check=check, **options)
        assert result["error"]["kind"] == kind and says in result["msg"] and "\n" not in result["msg"]
        assert not result["changed"] and launches(stage) == 0


def test_a_resource_without_launch_links_is_refused_where_no_client_type_is_told():
    with Stage(citrix_client_types_key="none") as stage:
        assert "it has no launch links" in stage.run("citrix_workspace_launch", name="Intranet")["msg"]


# ---- Where things are


@pytest.mark.parametrize(
    "there, options, found",
    [
        ("citrixapi", {}, ("citrixapi", 1)),
        ("api", {}, ("api", 2)),
        ("api", {"api_prefix": "api"}, ("api", 1)),
        ("citrixapi", {"api_prefix": "citrixapi"}, ("citrixapi", 1)),
    ],
)
def test_both_prefixes_are_found(there, options, found):
    with Stage(citrix_prefix=there) as stage:
        result = stage.run("citrix_workspace_discovery_info", **options)
        assert (result["api_prefix"], result["api"]["reads"]) == found
        assert stage.run("citrix_workspace_launch", **CALCULATOR, **options)["status"] == "success"


@pytest.mark.parametrize(
    "there, options, says",
    [
        (
            "none",
            {},
            "is no Citrix workspace: it answers 404 at /citrixapi/discovery/configurations and /api/discovery/configurations; check 'workspace_url'",
        ),
        (
            "api",
            {"api_prefix": "citrixapi"},
            "it answers 404 at /citrixapi/discovery/configurations; check 'workspace_url', or leave 'api_prefix' at auto",
        ),
        ("citrixapi", {"application_id": "wrong"}, "invalid_application: The application id is missing or unknown"),
    ],
)
def test_what_is_no_workspace_is_one_clear_sentence(there, options, says):
    with Stage(citrix_prefix=there) as stage:
        result = stage.run("citrix_workspace_resource_info", **options)
        assert says in result["msg"] and "\n" not in result["msg"]
        assert {entry["operation_id"] for entry in stage.simulator.log()} == {"getDiscovery"}


def test_the_discovery_document_is_kept_for_five_minutes():
    with Stage() as stage:
        for number in range(3):
            stage.run("citrix_workspace_resource_info", fresh=number == 0, cache_ttl=0)
        assert stage.simulator.counters()["operations"] == {"getDiscovery": 1, "getOpenIdConfiguration": 1, "token": 1, "listResources": 3}


IDS = "AllSessions EndAll LeaveAll"


def test_sessions_are_found_under_other_ids():
    with Stage(citrix_session_endpoints=IDS) as stage:
        assert len(stage.run("citrix_workspace_session_info", list_endpoint="AllSessions")["sessions"]) == 2
        assert stage.run("citrix_workspace_session", state="logged_off", list_endpoint="AllSessions", endpoint="EndAll")["changed"]
        assert stage.simulator.state()["citrix"]["sessions"] == []


@pytest.mark.parametrize(
    "ids, module, options, says",
    [
        ("", "citrix_workspace_session_info", {}, "no endpoint 'ListSessions'; it has ListResources; name the right one in 'list_endpoint'"),
        (IDS, "citrix_workspace_session", {"state": "logged_off", "list_endpoint": "AllSessions"},
         "no endpoint 'LogoffSessions'; it has AllSessions, EndAll, LeaveAll, ListResources; name the right one in 'endpoint'"),
        (IDS, "citrix_workspace_favorite", {"name": "Calculator", "link": "likeUrl"}, "it has no link 'likeUrl', but favoriteUrl, icaFile"),
    ],
)  # fmt: skip
def test_what_the_workspace_calls_otherwise_is_told_with_what_there_is(ids, module, options, says):
    with Stage(citrix_session_endpoints=ids) as stage:
        result = stage.run(module, **options)
        assert result["error"]["kind"] == "refused" and says in result["msg"]
        assert stage.writes() == [] and not result["changed"]
