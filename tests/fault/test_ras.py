# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is particular about a farm: sessions of administrators that must end, a 401 that may mean anything, and spellings of all kinds."""

from __future__ import annotations

import pytest
import support
from scenarios import SCENARIOS, STATE_SCENARIOS, TENANT, Stage, problems
from vendors import vendor_of

RAS = [scenario for scenario in SCENARIOS if scenario.module.startswith("ras_")]
STATES = [scenario for scenario in STATE_SCENARIOS if scenario.module.startswith("ras_")]
INFO = "ras_avd_workspace_status_info"


def stage_about(*workspaces, **switches):
    return Stage.about(INFO, {**TENANT, "ras": {**TENANT["ras"], "workspaces": list(workspaces)}}, **switches)


def sessions_left_open(stage):
    answered = [entry["operation_id"] for entry in stage.simulator.log() if entry["status"] == 200]
    return answered.count("logon") - answered.count("logoff")


# ---- Sessions of administrators


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("scenario", RAS, ids=str)
def test_every_session_is_logged_off(scenario, check):
    with Stage.of(scenario) as (stage, options):
        stage.run(scenario.module, check=check, **options)
        assert sessions_left_open(stage) == 0
        assert stage.simulator.counters()["operations"]["logoff"] >= 1


@pytest.mark.parametrize("scenario", RAS, ids=str)
@pytest.mark.parametrize("kind, data", [("status", {"status": 500}), ("garbage", {}), ("drop_before", {})])
def test_a_failed_task_logs_off_as_well(scenario, kind, data):
    with Stage.of(scenario) as (stage, options):
        stage.simulator.fault(kind, path="^/api/(?!Session)", times=10_000, **data)
        result = stage.run(
            scenario.module, **{**options, "retry_timeout": 60, **({"wait_timeout": 60} if "_info" not in scenario.module else {})}
        )
        assert result.get("failed") or scenario.module == "ras_settings_apply"
        assert sessions_left_open(stage) == 0


def test_a_logoff_that_fails_is_a_warning():
    with Stage.about(INFO) as stage:
        stage.simulator.fault("status", operation_id="logoff", status=500)
        result = stage.run(INFO)
        assert not result.get("failed") and "stays in the RAS console" in result["warnings"][0]


def test_a_token_that_was_given_is_not_logged_off():
    with Stage.about(INFO) as stage:
        login = vendor_of(INFO).code("auth").AdministratorSession
        context = support.importlib.import_module(f"{support.PLUGINS}.module_utils.core.runner").Context(
            support.load(INFO).SPEC,
            {**{name: None for name in vendor_of(INFO).client.CONNECTION["options"]}, **_connection(stage)},
        )
        token = context.client.session.token()
        assert isinstance(context.client.session.login, login)
        result = stage.run(INFO, auth_token=token, username=None, password=None)
        assert not result.get("failed") and (result["api"]["logins"], sessions_left_open(stage)) == (0, 1)
        context.client.close()
        spent = stage.run(INFO, auth_token=token, username=None, password=None)
        assert spent["error"]["kind"] == "login_failed" and "drops the header 'auth_token'" in spent["msg"]


def _connection(stage):
    vendor = vendor_of(INFO)
    return {
        **vendor.reach(stage.simulator.url),
        **vendor.login,
        "port": int(vendor.reach(stage.simulator.url)["port"]),
        "validate_certs": False,
        "request_timeout": 30,
        "retry_timeout": 60,
        "cache_ttl": 0,
    }


# ---- 401


def test_a_read_logs_on_again_once():
    with Stage.about(INFO) as stage:
        stage.simulator.fault("revoke_token", operation_id="listAvdWorkspaceStatus")
        result = stage.run(INFO)
        assert not result.get("failed") and result["api"]["logins"] == 2


@pytest.mark.parametrize("scenario", [scenario for scenario in STATES if not scenario.always], ids=str)
def test_a_write_is_never_repeated_before_the_farm_was_read_again(scenario):
    with Stage.of(scenario) as (stage, options):
        stage.simulator.fault("revoke_token", operation_id=scenario.writes[-1])
        stage.run(scenario.module, **options)
        asked = [entry["operation_id"] for entry in stage.simulator.log()]
        first = asked.index(scenario.writes[-1])
        again = asked.index(scenario.writes[-1], first + 1)
        assert [name for name in asked[first + 1 : again] if name not in ("logon", "logoff")] or scenario.module == "ras_settings_apply"
        assert "logon" in asked[first + 1 : again]
        assert problems(scenario.ends, stage.rest()) == []


def test_an_idle_session_in_the_middle_of_a_wait():
    with stage_about({"name": "ws-new", "agent_state": "Provisioning"}, ras_idle_seconds=10, ras_provisioning_seconds=20_000) as stage:
        result = stage.run("ras_avd_workspace_wait", wait_interval=3000)
        assert not result.get("failed"), result["msg"]
        assert result["attempts"] > 1 and result["api"]["logins"] > 1
        assert problems({"ras.workspaces": [{"name": "ws-new", "agent_state": "OK"}]}, stage.rest()) == []


# ---- Spellings


@pytest.mark.parametrize("style", ["digits", "text", "name"])
@pytest.mark.parametrize("scenario", [scenario for scenario in STATES if not scenario.always], ids=str)
def test_every_spelling_of_enumerations_means_the_same(scenario, style):
    with Stage.of(scenario) as (stage, options):
        numbers = stage.run(scenario.module, check=True, **options)
        stage.simulator.switches(ras_enums=style, ras_token_key="AuthToken", ras_write_status=204, ras_name_filter="part")
        spelled = stage.run(scenario.module, check=True, **options)
        assert (spelled["changes"], spelled["diff"]) == (numbers["changes"], numbers["diff"])
        stage.run(scenario.module, **options)
        assert problems(scenario.ends, stage.rest()) == []


@pytest.mark.parametrize("style", ["number", "text"])
def test_an_unknown_state_waits_and_then_fails(style):
    with stage_about({"name": "ws-new", "agent_state": 999}, ras_enums=style) as stage:
        state = stage.run(INFO)["workspaces"][0]
        assert (state["agent_state"], state["health"]) == ({"code": 999, "name": None}, "unknown")
        result = stage.run("ras_avd_workspace_wait", wait_timeout=100)
        assert result["error"]["kind"] == "timed_out" and result["attempts"] > 2
        assert "'ws-new' is in the unknown state 999; raise 'wait_timeout'" in result["msg"]
        assert not stage.run("ras_avd_workspace_wait", states=["999"]).get("failed")


# ---- Gates and refusals


def test_a_gate_that_does_not_open_in_time_tells_states():
    with stage_about(
        {"name": "ws-a"}, {"name": "ws-b", "agent_state": "Disconnected"}, {"name": "ws-c", "agent_state": "NotVerified"}
    ) as stage:
        result = stage.run("ras_avd_workspace_wait", wait_timeout=300)
        assert "within 5 min: 'ws-b' is Disconnected, 'ws-c' is NotVerified" in result["msg"]
        assert [workspace["name"] for workspace in result["pending"]] == ["ws-b", "ws-c"]
        assert result["elapsed"] >= 300 and not result["changed"]


def test_a_gate_survives_a_farm_that_is_away_for_a_while():
    with stage_about({"name": "ws-new", "agent_state": "Provisioning"}, ras_provisioning_seconds=20_000) as stage:
        stage.simulator.fault("status", operation_id="listAvdWorkspaceStatus", skip=1, times=3, status=503)
        result = stage.run("ras_avd_workspace_wait", wait_interval=3000, wait_timeout=100_000)
        assert not result.get("failed"), result["msg"]


@pytest.mark.parametrize("status", [404, 400])
def test_an_unknown_number_fails_with_the_farms_words(status):
    with Stage.about(INFO, ras_not_found_status=status) as stage:
        result = stage.run(INFO, id="999")
        assert result["error"]["kind"] == "not_found" and result["error"]["status"] == status
        assert "There is no AVD workspace with id 999" in result["msg"] and "There is no workspace 999" in result["msg"]


@pytest.mark.parametrize(
    "module, options, says",
    [
        ("ras_avd_workspace", {"name": "ws-new"}, "provider_id, resource_group, location must be given"),
        (
            "ras_avd_workspace",
            {"name": "ws-west", "location": "mars"},
            "location from westeurope to mars; the API sets that at creation only",
        ),
        ("ras_avd_workspace", {"id": "999"}, "There is no AVD workspace with id 999"),
        ("ras_avd_workspace", {"name": "ws-nowhere", "state": "repaired"}, "There is no AVD workspace 'ws-nowhere' to repair"),
        ("ras_avd_workspace", {"name": "ws-west", "state": "absent", "enabled": True}, "enabled goes with state: present, not with absent"),
        ("ras_rd_session", {"host_name": "rds-1.example.com", "user": "zoe", "text": "Hi"}, "There is no session of 'zoe'"),
        ("ras_rds_host_logons", {"host_name": "rds-l.example.com", "mode": "drain"}, "'rds-1.example.com'?"),
        ("ras_site_info", {"host": "https://ras.example.com"}, "without scheme and port"),
        ("ras_site_info", {"ca_path": "/nowhere.pem"}, "ca_path '/nowhere.pem' does not exist"),
        ("ras_site_info", {"password": None}, "give username and password, or auth_token"),
        ("ras_settings_apply", {"auth_token": "x", "username": None, "password": None}, "Only a logon tells whether settings wait"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_sent(module, options, says):
    with Stage.about(module) as stage:
        result = stage.run(module, **options)
        assert result["failed"] and says in result["msg"] and "\n" not in result["msg"]
        assert stage.writes() == [] and sessions_left_open(stage) == 0


def test_namesakes_are_both_listed():
    with stage_about({"name": "twin", "id": 7}, {"name": "twin", "id": 8, "site_id": 2}) as stage:
        result = stage.run("ras_avd_workspace", name="twin", description="Which?")
        assert "'twin' fits 2 AVD workspaces: id 7 (site 1), id 8 (site 2); give 'id'" in result["msg"]
        assert stage.run("ras_avd_workspace", name="twin", site_id=2, description="That one")["workspace"]["id"] == "8"


def test_a_certificate_that_nobody_trusts_names_the_option():
    with Stage.about(INFO) as stage:
        result = stage.run(INFO, ca_path="")
        assert result["error"]["kind"] == "unreachable" and "give its authority in 'ca_path'" in result["msg"]
        assert stage.simulator.log() == []


def test_missing_rights_and_wrong_credentials_are_told_apart():
    with Stage.about(INFO) as stage:
        assert "HTTP 401; check username and password" in stage.run(INFO, password="wrong")["msg"]
        stage.simulator.switches(ras_rights="none")
        assert "the administrator has no rights for this" in stage.run(INFO)["msg"]


def test_a_repair_that_fails_is_told_with_its_reason():
    with Stage.about("ras_avd_workspace", ras_azure="fails") as stage:
        result = stage.run("ras_avd_workspace", name="ws-north", state="repaired")
        assert result["changed"] and result["failed"] and "'ws-north' is Broken (MissingDAGRoles)" in result["msg"]


def test_the_wait_for_a_repair_is_taken_up():
    with Stage.about("ras_avd_workspace", ras_repairing_seconds=60_000) as stage:
        short = stage.run("ras_avd_workspace", name="ws-north", state="repaired", wait_timeout=300)
        assert short["failed"] and short["changed"]
        again = stage.run("ras_avd_workspace", name="ws-north", state="repaired", wait_timeout=200_000)
        assert (again["changed"], again["workspace"]["agent_state"]["name"]) == (False, "OK")
        assert stage.writes() == ["repairAvdWorkspace"]


def test_settings_that_stay_pending_are_applied_once_in_a_run():
    with Stage.about("ras_settings_apply", ras_apply="leaves them pending") as stage:
        result = stage.run("ras_settings_apply")
        assert result["changed"] and result["settings"]["pending"]
        assert stage.writes() == ["applySettings"]
