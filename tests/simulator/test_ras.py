# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The farm of Parallels RAS, asked over HTTPS; parallels-citrix-behaviour.md, section 1, tells what it is like."""

from __future__ import annotations

import contextlib

import pytest
import requests
from vendors import TESTS

MEDIA_TYPE = "application/json; api-version=1.0"
FARM = {
    "sites": [{"name": "Main", "licensing_site": True}, {"name": "Branch"}],
    "workspaces": [
        {"name": "ws-west"},
        {"name": "ws-north", "site_id": 2, "agent_state": "Broken", "broken_reason": "MissingDAGRoles"},
        {"name": "ws-azure", "linked": False},
    ],
    "host_pools": [{"name": "pool-west", "workspace": "ws-west"}],
    "rds_hosts": [{"server": "rds-1.example.com"}, {"server": "rds-2.example.com"}],
    "rd_sessions": [{"host": "rds-1.example.com", "user": "ann"}, {"host": "rds-2.example.com", "user": "ben"}],
}


class Farm:
    """A logged-on administrator."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.headers = {"Content-Type": MEDIA_TYPE}
        self.log_on()

    def log_on(self, **credentials):
        credentials = {"username": "ras-admin@example.com", "password": "sim-password", **credentials}
        answer = self.ask("POST", "Session/logon", credentials)
        if answer.ok:
            self.headers["auth_token"] = answer.json()["authToken"]
        return answer

    def ask(self, method, path, body=None, **more):
        url = f"{self.simulator.url}/api/{path}"
        with requests.Session() as http:
            http.trust_env = False
            return http.request(method, url, json=body, headers=self.headers, verify=self.simulator.ca_path, timeout=10, **more)

    def id(self, noun, name, key="name"):
        return next(row["id"] for row in self.ask("GET", noun).json() if row[key] == name)

    def state(self, name):
        return next(row for row in self.ask("GET", "AVD/Workspace/status").json() if row["name"] == name)


@pytest.fixture
def start():
    from euc_simulator.testing import Simulator

    with contextlib.ExitStack() as stack:
        yield lambda farm=FARM, **options: Farm(stack.enter_context(Simulator({"ras": farm}, tls=True, **{"speed": 0, **options})))


@pytest.fixture
def farm(start):
    farm = start(contract=TESTS / "contracts" / "parallels-ras.openapi.yaml")
    yield farm
    assert farm.simulator.violations() == []


def test_the_certificate_is_made_at_start_and_trusted_by_nobody_else(farm):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{farm.simulator.url}/api/Site", timeout=10)


def test_a_call_needs_the_token_and_the_media_type(farm):
    token = farm.headers.pop("auth_token")
    refused = farm.ask("GET", "Site")
    assert (refused.status_code, refused.json()["title"]) == (401, "Unauthorized")
    farm.headers = {"auth_token": token}
    assert farm.ask("GET", "Site").status_code == 400
    farm.headers = {"auth_token": token, "Content-Type": MEDIA_TYPE}
    answer = farm.ask("GET", "Site")
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert [site["name"] for site in answer.json()] == ["Main", "Branch"]


def test_wrong_credentials_are_problem_details(farm):
    answer = farm.log_on(password="wrong")
    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_a_session_ends_by_logging_off_and_by_idling(farm):
    assert farm.ask("POST", "Session/logoff").json() == "Logged off."
    assert farm.ask("GET", "Site").status_code == 401
    farm.log_on()
    for _use in range(3):
        farm.simulator.advance(3000)
        assert farm.ask("GET", "Site").status_code == 200
    farm.simulator.advance(3601)
    assert farm.ask("GET", "Site").status_code == 401


def test_both_shapes_of_errors(start):
    farm = start()
    assert farm.ask("GET", "AVD/Workspace/999/status").json()["title"] == "Not Found"
    west = farm.id("AVD/Workspace", "ws-west")
    refused = farm.ask("POST", f"AVD/Workspace/{west}/Repair")
    assert (refused.status_code, refused.json()) == (400, {"code": 0, "msg": "Workspace ws-west is not broken."})
    assert start(ras_not_found_status=400).ask("GET", "AVD/Workspace/999/status").json()["code"] == 0
    assert start(ras_rights="none").ask("GET", "Site").status_code == 403


@pytest.mark.parametrize("style, state", [("number", 53), ("digits", "53"), ("text", "53 = Broken"), ("name", "Broken")])
def test_enumerations_in_four_spellings(start, style, state):
    row = start(ras_enums=style).state("ws-north")
    assert row["agentState"] == state
    assert isinstance(row["id"], str) and isinstance(row["siteId"], int)


def test_an_unknown_number_is_told_as_it_is(start):
    farm = start({"workspaces": [{"name": "ws-new", "agent_state": 999}]}, ras_enums="text")
    assert farm.state("ws-new")["agentState"] == "999"


def test_paths_and_parameters_in_any_case(start):
    farm = start()
    rows = farm.ask("GET", "avd/workspace/STATUS", params={"siteid": 2, "NAME": "WS-North"}).json()
    assert [row["name"] for row in rows] == ["ws-north"]
    assert start(ras_name_filter="part").ask("GET", "AVD/Workspace/status", params={"Name": "ws-"}).json()[1:]


def test_a_listing_tells_less_than_the_single_object(farm):
    (row, *_others) = farm.ask("GET", "AVD/Workspace").json()
    single = farm.ask("GET", f"AVD/Workspace/{row['id']}").json()
    assert "friendlyName" not in row and row.items() <= single.items() and "friendlyName" in single


def test_a_workspace_from_creation_to_deletion(farm):
    body = {"name": "ws-new", "providerId": 1, "resourceGroup": "rg", "location": "northeurope"}
    created = farm.ask("POST", "AVD/Workspace", body)
    assert created.status_code == 201
    path = f"AVD/Workspace/{created.json()['id']}"
    assert farm.ask("POST", "AVD/Workspace", body).json()["msg"] == "A workspace ws-new exists already."
    assert farm.state("ws-new")["agentState"] == 55
    farm.simulator.advance(120)
    assert farm.state("ws-new")["agentState"] == 0
    assert farm.ask("PUT", path, {"friendlyName": "New"}).ok
    assert farm.ask("GET", path).json()["friendlyName"] == "New"
    assert farm.ask("DELETE", path).ok
    assert farm.state("ws-new")["agentState"] == 64
    farm.simulator.advance(60)
    assert farm.ask("GET", path).status_code == 404


def test_what_azure_has_can_be_linked_once(farm):
    body = {"name": "ws-azure", "providerId": 1, "resourceGroup": "rg-euc"}
    assert farm.ask("POST", "AVD/Workspace/Existing", body).status_code == 201
    assert farm.ask("POST", "AVD/Workspace/Existing", body).json()["msg"] == "Workspace ws-azure is linked already."


@pytest.mark.parametrize("azure, state, reason", [("works", 0, -1), ("fails", 53, 4)])
def test_a_repair(start, azure, state, reason):
    farm = start(ras_azure=azure)
    assert farm.ask("POST", f"AVD/Workspace/{farm.state('ws-north')['id']}/Repair").ok
    assert farm.state("ws-north")["agentState"] == 55
    farm.simulator.advance(120)
    assert (farm.state("ws-north")["agentState"], farm.state("ws-north")["brokenReason"]) == (state, reason)


def test_changed_settings_wait_until_they_are_applied(farm):
    assert farm.log_on().json()["applySettingsEnabled"] is False
    farm.ask("PUT", f"AVD/Workspace/{farm.id('AVD/Workspace', 'ws-west')}", {"description": "West"})
    assert farm.log_on().json()["applySettingsEnabled"] is True
    farm.ask("POST", "Settings/apply")
    assert farm.log_on().json()["applySettingsEnabled"] is False


@pytest.mark.parametrize(
    "command, state", [("Drain", 14), ("DrainUntilReboot", 13), ("DisableLogonsAndReconnections", 15), ("EnableLogons", 0)]
)
def test_logons_of_a_host(farm, command, state):
    host = farm.id("RDS/Host", "rds-1.example.com", "server")
    assert farm.ask("POST", f"RDS/Host/{host}/{command}").ok
    farm.simulator.advance(5)
    assert farm.ask("GET", "RDS/Host/status", params={"Server": "rds-1.example.com"}).json()[0]["agentState"] == state


def test_sessions_of_two_hosts_share_numbers(farm):
    rows = farm.ask("GET", "RDSession").json()
    assert [row["sessionID"] for row in rows] == [1, 1]
    path = f"RDS/Host/{rows[0]['serverID']}/sessions/1"
    assert farm.ask("POST", f"{path}/sendmsg", {"msgTitle": "IT", "message": "Bye"}).ok
    assert farm.ask("POST", f"{path}/disconnect").ok
    farm.simulator.advance(5)
    assert [row["state"] for row in farm.ask("GET", "RDSession").json()] == [4, 0]
    assert farm.ask("POST", f"{path}/logoff").ok
    farm.simulator.advance(5)
    assert [row["user"] for row in farm.ask("GET", "RDSession", params={"State": 0}).json()] == ["ben"]
    assert farm.simulator.state()["ras"]["rd_sessions"][0]["user"] == "ben"


def test_a_farm_that_was_saved_is_the_same_farm(start):
    farm = start()
    saved = farm.simulator.state()["ras"]
    assert start(saved).simulator.state()["ras"] == saved


def test_a_farm_with_a_key_that_nobody_reads_is_refused(start):
    farm = start()
    with pytest.raises(ValueError, match="Unknown in a workspace of ras: nmae"):
        farm.simulator.change(ras={"workspaces": [{"name": "ws-west", "nmae": 1}]})
