# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Citrix workspace: served as the contract has it, and as the vendor does what the contract does not say."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import yaml

CONTRACT = Path(__file__).resolve().parent.parent / "contracts" / "citrix-workspace.openapi.yaml"
TENANT = {
    "citrix": {
        "resources": [{"name": "Calculator"}, {"name": "Intranet", "client_types": ["web"]}, {"name": "Old editor", "enabled": False}],
        "sessions": [{"resource": "Calculator"}],
    }
}
APPLICATION = {"Citrix-ApplicationId": "sim-application"}
CLIENT = {"clientName": "here", "deviceId": "here"}


@pytest.fixture
def workspace(request):
    """A workspace whose clock stands still; no answer of it may break the contract."""
    from euc_simulator.testing import Simulator

    with Simulator(TENANT, speed=0, contract=CONTRACT, **getattr(request, "param", {})) as simulator:
        yield simulator
        assert [problem for problem in simulator.violations() if problem["where"] == "answer"] == []


def token(workspace, **form):
    form = {"grant_type": "refresh_token", "client_id": "sim-citrix-client", "refresh_token": "sim-refresh-token", **form}
    return requests.post(f"{workspace.url}/core/connect/token", data=form, timeout=10)


def signed_in(workspace):
    return {**APPLICATION, "Authorization": f"Bearer {token(workspace).json()['access_token']}"}


def ask(workspace, path, method="GET", headers=None, prefix="citrixapi", **more):
    url = path if "://" in path else f"{workspace.url}/{prefix}/{path}"
    return requests.request(
        method, url, headers=signed_in(workspace) if headers is None else headers, timeout=10, allow_redirects=False, **more
    )


def links(workspace, name="Calculator"):
    resources = ask(workspace, "store/resources").json()["resources"]
    return next(resource["links"] for resource in resources if resource["name"] == name)


def test_every_operation_is_served_under_both_prefixes():
    from euc_simulator.citrix.plane import CitrixPlane

    document = yaml.load(CONTRACT.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    published = {
        (operation["operationId"], method.upper(), path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict)
    }
    served = {(endpoint.operation_id, endpoint.method, endpoint.template) for endpoint in CitrixPlane.endpoints}
    assert published <= served
    assert served - published == {
        (name, method, path.replace("/citrixapi/", "/api/")) for name, method, path in published if "/citrixapi/" in path
    }


def test_without_the_key_there_is_no_workspace():
    from euc_simulator.testing import Simulator

    with Simulator({}) as simulator:
        assert ask(simulator, "discovery/configurations", headers=APPLICATION).status_code == 403
        assert "citrix" not in simulator.state()
        with pytest.raises(ValueError, match="Unknown in citrix: resource"):
            simulator.reset({"citrix": {"resource": []}})


def test_state_goes_into_a_file_and_comes_back(workspace):
    state = workspace.state()
    workspace.reset(state)
    assert workspace.state() == state
    workspace.change(citrix={"resources": [{"name": "Intranet", "absent": True}], "sessions": [{"resource": "Calculator", "absent": True}]})
    assert [one["name"] for one in workspace.state()["citrix"]["resources"]] == ["Calculator", "Old editor"]
    assert workspace.state()["citrix"]["sessions"] == []


@pytest.mark.parametrize("there, other", [("citrixapi", "api"), ("api", "citrixapi")])
def test_only_one_prefix_answers(workspace, there, other):
    workspace.switches(citrix_prefix=there)
    assert ask(workspace, "discovery/configurations", headers=APPLICATION, prefix=there).status_code == 200
    assert ask(workspace, "discovery/configurations", headers=APPLICATION, prefix=other).status_code == 404


@pytest.mark.parametrize("path", ["discovery/configurations", "store/resources", "store/sessions"])
def test_an_application_id_is_needed_as_header_or_query(workspace, path):
    answer = ask(workspace, path, headers={})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_application")
    bearer = {"Authorization": signed_in(workspace)["Authorization"]}
    assert ask(workspace, path, headers=bearer, params={"ApplicationId": "sim-application", **CLIENT}).status_code == 200


@pytest.mark.parametrize("status", [400, 401])
def test_a_token_that_is_not_good_is_invalid_grant(workspace, status):
    workspace.switches(citrix_token_refusal=status)
    answer = ask(workspace, "store/resources", headers=APPLICATION)
    assert (answer.status_code, answer.json()["error"], answer.headers["Citrix-Error-Source"]) == (status, "invalid_grant", "Store")


def test_an_access_token_ends_with_its_time(workspace):
    headers = signed_in(workspace)
    workspace.advance(899)
    assert ask(workspace, "store/resources", headers=headers).status_code == 200
    workspace.advance(1)
    assert ask(workspace, "store/resources", headers=headers).status_code == 400


def test_a_refresh_token_is_replaced_only_if_asked_for(workspace):
    assert token(workspace).json()["refresh_token"] == "sim-refresh-token"
    workspace.switches(citrix_refresh_tokens="rotate")
    newest = token(workspace).json()["refresh_token"]
    assert token(workspace).json()["error"] == "invalid_grant"
    assert token(workspace, refresh_token=newest).status_code == 200


def test_a_revoked_refresh_token_is_dead(workspace):
    requests.post(f"{workspace.url}/core/connect/revocation", data={"token": "sim-refresh-token"}, timeout=10)
    assert token(workspace).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "form, error",
    [
        ({"client_id": "other"}, "invalid_client"),
        ({"client_secret": "any"}, "invalid_client"),
        ({"refresh_token": "other"}, "invalid_grant"),
    ],
)
def test_bad_grants(workspace, form, error):
    assert (token(workspace, **form).status_code, token(workspace, **form).json()["error"]) == (400, error)


def test_a_public_client_must_use_pkce(workspace):
    query = {"response_type": "code", "client_id": "sim-citrix-client", "redirect_uri": "http://localhost/signed-in",
             "scope": "openid", "acr_values": "sim-customer", "state": "s"}  # fmt: skip
    proof = {"code_challenge": "x", "code_challenge_method": "S256"}
    for more, answered in (({}, {"error", "error_description", "state"}), (proof, {"code", "state"})):
        answer = ask(workspace, f"{workspace.url}/core/connect/authorize", headers={}, params=query | more)
        assert answer.status_code == 302 and set(parse_qs(urlsplit(answer.headers["Location"]).query)) == answered


@pytest.mark.parametrize(
    "method, link, ready", [("GET", "icaFileUrl", 200), ("GET", "icaFileFetchTicketUrl", 201), ("POST", "launchStatusUrl", 201)]
)
def test_a_launch_is_ready_after_two_answers_and_each_address_is_good_once(workspace, method, link, ready):
    headers, url, statuses = signed_in(workspace), links(workspace)[link], []
    for _round in range(3):
        answer = ask(workspace, url, method, headers, params=CLIENT)
        statuses.append(answer.status_code)
        if answer.status_code == 202:
            assert answer.json()["pollTimeout"] == 5 and answer.json()["retryKey"] in answer.json()["retryUrl"]
            url = answer.json()["retryUrl"]
    assert statuses == [202, 202, ready]
    assert ask(workspace, url, method, headers, params=CLIENT).status_code == 404
    assert workspace.state()["citrix"]["resources"][0]["launches"] == 1


def test_a_ticket_is_redeemed_once(workspace):
    workspace.switches(citrix_launch_rounds=0)
    ticket = ask(workspace, links(workspace)["icaFileFetchTicketUrl"], params=CLIENT).json()["receiverUri"].rpartition("/")[2]
    redeemed = [
        requests.post(
            f"{workspace.url}/citrixapi/store/client/icaFile", data=ticket, headers={"Content-Type": "text/plain"}, timeout=10
        ).status_code
        for _time in range(2)
    ]
    assert redeemed == [200, 400]


def test_what_cannot_be_launched_has_no_links_or_is_forbidden(workspace):
    assert set(links(workspace, "Intranet")) == {"imageUrl", "favoriteUrl"}
    assert ask(workspace, links(workspace, "Old editor")["icaFileUrl"], params=CLIENT).status_code == 403


def test_a_launch_wants_to_know_the_client(workspace):
    assert ask(workspace, links(workspace)["icaFileUrl"]).status_code == 400


def test_icons_need_no_token(workspace):
    answer = ask(workspace, links(workspace)["imageUrl"], headers=APPLICATION)
    assert answer.headers["Content-Type"] == "image/png"


def test_sessions_are_left_together(workspace):
    assert ask(workspace, "store/sessions/$disconnect", "POST").status_code == 204
    assert [session["disconnected"] for session in workspace.state()["citrix"]["sessions"]] == [True]
    assert ask(workspace, "store/sessions/$logoff", "POST").json() == {"status": "success"}
    assert ask(workspace, "store/sessions").json() == {"sessions": []}


def test_a_throttle_fault_is_a_429(workspace):
    workspace.fault("throttle", path="/store/resources", seconds=7)
    answer = ask(workspace, "store/resources")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
