# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Citrix Workspace: who gets the token, how it is renewed, and what is told of a refresh token that was replaced."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from ansible_collections.euc.fleet.plugins.module_utils.citrix.client import Dialect
from ansible_collections.euc.fleet.plugins.module_utils.core.http import Session, origin
from ansible_collections.euc.fleet.plugins.module_utils.core.login import ReadyToken
from ansible_collections.euc.fleet.plugins.module_utils.core.throttle import Budget
from scenarios import Stage
from support import run_module
from unit.clocks import ManualClock
from unit.scripted import scripted

CALCULATOR = {"name": "Calculator"}
TOKEN_ALONE = {"refresh_token": None, "client_id": None, "access_token": "access-token"}
STORE = {"services": [{"service": "store", "endpoints": [{"id": "ListResources", "url": "/resources"}]}]}


def asked(stage):
    """The operations that arrived since the last call."""
    operations = [entry["operation_id"] for entry in stage.simulator.log()]
    stage.simulator.forget()
    return operations


# ---- Renewal


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize("operation, skip", [("listResources", 0), ("launchIcaFile", 0), ("launchIcaFile", 1)])
def test_a_token_that_is_refused_in_mid_run_is_renewed_once(status, operation, skip):
    with Stage(citrix_token_refusal=status) as stage:
        stage.simulator.fault("revoke_token", operation_id=operation, skip=skip)
        result = stage.run("citrix_workspace_launch", **CALCULATOR)
        assert not result.get("failed"), result["msg"]
        assert result["api"]["logins"] == 2
        assert [one["launches"] for one in stage.simulator.state()["citrix"]["resources"] if one["name"] == "Calculator"] == [1]


def test_a_token_that_is_refused_twice_ends_the_task():
    with Stage() as stage:
        stage.simulator.fault("revoke_token", operation_id="listResources", times=2)
        result = stage.run("citrix_workspace_resource_info")
        assert result["error"]["kind"] == "login_failed"
        assert result["msg"].startswith(
            "Could not list the resources: the token was not accepted: HTTP 400, invalid_grant: Access token is invalid"
        )
        assert asked(stage).count("listResources") == 2


def test_a_ready_token_alone_cannot_be_renewed():
    with Stage() as stage:
        result = stage.run("citrix_workspace_resource_info", **TOKEN_ALONE)
        assert result["error"]["kind"] == "login_failed"
        assert asked(stage) == ["getDiscovery", "listResources"]


def test_a_token_is_renewed_a_minute_before_it_ends():
    # A launch of some twenty minutes with tokens of fifteen.
    with Stage(citrix_launch_rounds=20, citrix_poll_timeout=60) as stage:
        result = stage.run("citrix_workspace_launch", **CALCULATOR)
        assert not result.get("failed"), result["msg"]
        assert result["api"]["logins"] == 2


# ---- Rotation


def test_a_replaced_refresh_token_is_returned_in_check_mode_for_real_and_on_failure():
    with Stage(citrix_refresh_tokens="rotate") as stage:
        checked = stage.run("citrix_workspace_launch", check=True, **CALCULATOR)
        real = stage.run("citrix_workspace_launch", **CALCULATOR, refresh_token=checked["refresh_token"])
        failed = stage.run("citrix_workspace_launch", name="Nothing", refresh_token=real["refresh_token"])
        assert failed["failed"]
        tokens = {"sim-refresh-token", *(result["refresh_token"] for result in (checked, real, failed))}
        assert len(tokens) == 4


def test_items_of_a_loop_renew_once_and_all_tell_the_newest():
    with Stage(citrix_refresh_tokens="rotate") as stage:
        results = [stage.run("citrix_workspace_resource_info", fresh=number == 0) for number in range(3)]
        assert len({result["refresh_token"] for result in results}) == 1
        assert [result["api"]["logins"] for result in results] == [1, 0, 0]


def test_a_refresh_token_that_stays_is_not_told():
    with Stage() as stage:
        assert "refresh_token" not in stage.run("citrix_workspace_resource_info")


def test_a_spent_refresh_token_is_one_clear_sentence():
    with Stage(citrix_refresh_tokens="rotate") as stage:
        stage.run("citrix_workspace_resource_info")
        asked(stage)
        result = stage.run("citrix_workspace_launch", **CALCULATOR)
        assert result["error"]["kind"] == "login_failed" and not result["changed"]
        assert (
            "Could not renew the access token: HTTP 400, invalid_grant" in result["msg"] and "a person must sign in again" in result["msg"]
        )
        assert asked(stage) == ["getDiscovery", "getOpenIdConfiguration", "token"]


@pytest.mark.parametrize(
    "options, says",
    [
        ({"refresh_token": None}, "No token: give an access_token, or a refresh_token and client_id"),
        ({"client_id": None}, "needs the client_id"),
        ({"workspace_url": "customer.cloud.com"}, "workspace_url is an address such as"),
        ({"workspace_url": "https://customer.cloud.com/Citrix/StoreWeb"}, "workspace_url is an address such as"),
        ({"request_timeout": 0}, "request_timeout is a number from 1"),
        ({"ca_path": "/nowhere"}, "ca_path '/nowhere' does not exist"),
    ],
)
def test_a_connection_that_cannot_be_is_told_before_anything_is_sent(options, says):
    with Stage() as stage:
        result = stage.run("citrix_workspace_resource_info", **options)
        assert result["error"]["kind"] == "invalid_input" and says in result["msg"] and "\n" not in result["msg"]
        assert asked(stage) == []


# ---- Signing in


def sign_in(stage, **change):
    """What a person and the browser do; returns the options to trade the code."""
    made = stage.run("citrix_workspace_token", grant="authorize_url", redirect_uri="http://localhost/signed-in", refresh_token=None)
    back = requests.get(made["authorize_url"], allow_redirects=False, timeout=10).headers["Location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    assert query["state"] == made["state"]
    return {
        "grant": "code",
        "redirect_uri": "http://localhost/signed-in",
        "code": query["code"],
        "code_verifier": made["code_verifier"],
        **change,
    }


@pytest.mark.parametrize("secret", [None, "client-secret"])
def test_a_person_signs_in_and_the_tokens_work(secret):
    with Stage() as stage:
        stage.simulator.change(citrix={"client_secret": secret or ""})
        tokens = stage.run("citrix_workspace_token", refresh_token=None, client_secret=secret, **sign_in(stage))
        assert tokens["changed"] and tokens["expires_in"] == 900 and tokens["expires_at"].endswith("Z")
        assert not stage.run("citrix_workspace_resource_info", **{**TOKEN_ALONE, "access_token": tokens["access_token"]}).get("failed")
        renewed = stage.run("citrix_workspace_token", grant="refresh", refresh_token=tokens["refresh_token"], client_secret=secret)
        assert renewed["access_token"] != tokens["access_token"]


def test_without_offline_access_there_is_no_refresh_token():
    with Stage() as stage:
        made = stage.run(
            "citrix_workspace_token", grant="authorize_url", redirect_uri="http://localhost/signed-in", scopes=["openid", "wsp"]
        )
        assert parse_qs(urlsplit(made["authorize_url"]).query)["scope"] == ["openid wsp"]


def test_what_discovery_asks_for_goes_into_the_address():
    with Stage() as stage:
        stage.simulator.change(citrix={"prompt_login": True})
        made = stage.run("citrix_workspace_token", grant="authorize_url", redirect_uri="http://localhost/signed-in")
        query = parse_qs(urlsplit(made["authorize_url"]).query)
        assert query["prompt"] == ["login"] and query["acr_values"] == ["sim-customer"] and query["code_challenge_method"] == ["S256"]
        assert query["scope"] == ["openid wsp spa leases offline_access"]


@pytest.mark.parametrize("change", [{"code": "spent"}, {"code_verifier": "another"}, {"redirect_uri": "http://localhost/elsewhere"}])
def test_a_code_that_is_not_good_is_one_clear_sentence(change):
    with Stage() as stage:
        result = stage.run("citrix_workspace_token", **sign_in(stage, **change))
        assert result["error"]["kind"] == "login_failed"
        assert "Could not trade the code for a token: HTTP 400, invalid_grant" in result["msg"] and "\n" not in result["msg"]


def test_check_mode_asks_for_no_token():
    with Stage() as stage:
        assert stage.run("citrix_workspace_token", check=True, grant="refresh") == {"changed": True, "api": stage_api()}
        assert asked(stage) == []


def stage_api():
    return {"reads": 0, "writes": 0, "logins": 0, "throttled": 0, "waited_s": 0.0}


# ---- Nobody else gets anything


def test_a_retry_url_of_another_host_gets_nothing():
    with scripted((200, "[WFClient]")) as (elsewhere, stolen):
        with Stage(citrix_retry_host=elsewhere) as stage:
            result = stage.run("citrix_workspace_launch", **CALCULATOR)
        assert result["error"]["kind"] == "refused" and result["changed"]
        assert f"the link leads to {elsewhere}" in result["msg"]
        assert stolen == []


def resources_with(url):
    return json.dumps({"resources": [{"resourceId": "r-1", "name": "Calculator", "links": {"icaFileUrl": url, "favoriteUrl": url}}]})


@pytest.mark.parametrize("link", ["http://{host}/r-1", "@{host}/r-1", ":x@{host}/r-1"])
@pytest.mark.parametrize("module", ["citrix_workspace_launch", "citrix_workspace_favorite"])
def test_a_link_of_another_host_gets_nothing(module, link):
    with scripted((200, "[WFClient]")) as (elsewhere, stolen):
        link = link.format(host=elsewhere.removeprefix("http://"))
        with scripted((200, json.dumps(STORE)), (200, resources_with(link))) as (url, _seen):
            result = run_module(module, url, **CALCULATOR, **TOKEN_ALONE)
        assert result["error"]["kind"] == "refused" and not result["changed"]
        assert stolen == []


def test_a_redirect_is_not_followed():
    with scripted((200, "{}")) as (elsewhere, stolen):
        with scripted((200, json.dumps(STORE)), (302, "", {"Location": elsewhere})) as (url, _seen):
            result = run_module("citrix_workspace_resource_info", url, **TOKEN_ALONE)
        assert "redirects elsewhere" in result["msg"]
        assert stolen == []


def test_a_host_that_discovery_names_gets_token_and_application_id():
    with scripted((200, '{"resources": []}')) as (store, seen):
        document = {"services": [{"service": "store", "endpoints": [{"id": "ListResources", "url": f"{store}/resources?site=1"}]}]}
        with scripted((200, json.dumps(document))) as (url, discovered):
            result = run_module("citrix_workspace_resource_info", url, **TOKEN_ALONE, client_name="here")
        assert result["resources"] == []
        assert "Authorization" not in discovered[0][2]
        assert seen[0][1] == "/resources?site=1&clientName=here&deviceId=here"
        assert seen[0][2]["Authorization"] == "Bearer access-token"
        headers = [discovered[0][2], seen[0][2]]
        assert [one["Citrix-ApplicationId"] for one in headers] == ["sim-application"] * 2
        assert len(seen[0][2]["Citrix-TransactionId"]) == 36


def test_the_authorization_server_gets_no_token_and_no_application_id_until_secrets_are_due():
    signed_in = '{"access_token": "renewed", "expires_in": 900, "token_type": "Bearer"}'
    with scripted((200, '{"token_endpoint": "/core/connect/token"}'), (200, signed_in)) as (accounts, seen):
        document = {**STORE, "clientSettings": {"oidcConfiguration": {"oidc_discovery_endpoint": f"{accounts}/.well-known"}}}
        with scripted((200, json.dumps(document))) as (url, _discovered):
            result = run_module("citrix_workspace_resource_info", url)
        # An address without a host is not the server's own: nothing secret leaves.
        assert "secrets go to" in result["msg"]
        assert [(method, path) for method, path, _headers, _body in seen] == [("GET", "/.well-known")]
        assert not {"Authorization", "Citrix-ApplicationId"} & set(seen[0][2])


def test_a_token_endpoint_of_another_host_gets_nothing():
    with scripted((200, "{}")) as (elsewhere, stolen):
        with scripted((200, json.dumps({"token_endpoint": f"{elsewhere}/token"}))) as (accounts, _seen):
            document = {**STORE, "clientSettings": {"oidcConfiguration": {"oidc_discovery_endpoint": f"{accounts}/.well-known"}}}
            with scripted((200, json.dumps(document))) as (url, _discovered):
                result = run_module("citrix_workspace_resource_info", url)
        assert result["error"]["kind"] == "refused" and "secrets go to" in result["msg"]
        assert stolen == []


@pytest.mark.parametrize(
    "url, goal",
    [
        (r"https://thief.example\@customer.cloud.com/x", "https://thief.example"),
        ("https://customer.cloud.com@thief.example/x", "https://thief.example"),
        ("https://thief.example#@customer.cloud.com/", "https://thief.example"),
        ("HTTPS://Customer.Cloud.com:443/x", "https://customer.cloud.com"),
        ("https://customer.cloud.com:8443/x", "https://customer.cloud.com:8443"),
        ("http://customer.cloud.com/x", "http://customer.cloud.com"),
    ],
)
def test_an_origin_is_where_the_request_would_really_go(url, goal):
    assert origin(url) == goal


def test_a_session_with_tls_trusts_nobody_without():
    clock = ManualClock()
    session = Session("https://customer.cloud.com", ReadyToken("t", "x"), Dialect(), Budget(None, {}, clock), clock)
    session.trust("http://store.example/x")
    session.trust("https://store.example/x")
    assert session._trusted == {"https://customer.cloud.com", "https://store.example"}
