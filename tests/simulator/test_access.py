# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens, refusals and paths that do not exist."""

from __future__ import annotations

import pytest
import requests

ENTRA = "/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token"
ENTRA_FORM = {
    "grant_type": "client_credentials",
    "client_id": "sim-entra-client",
    "client_secret": "sim-entra-secret",
    "scope": "app/.default",
}


@pytest.mark.parametrize("path", ["/v1.0/pools", "/no/such/path", "/"])
def test_without_credentials_every_path_is_403_with_an_envelope(start, path):
    answer = start(sign_in=False).get(path)
    assert answer.status_code == 403
    assert set(answer.json()) == {"error", "description"}


def test_unknown_path_with_a_token_is_404_with_an_envelope(api):
    answer = api.get("/v1.0/nothing")
    assert answer.status_code == 404
    assert set(answer.json()) == {"error", "description"}


def test_trailing_slash_of_a_user_counts(api):
    assert api.get("/v1.0/users/ann%40example.com").status_code == 404
    assert api.get("/v1.0/users/ann%40example.com/").status_code == 200


def test_wrong_token_is_401(api):
    assert api.get("/v1.0/pools", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_token_is_opaque_and_lives_an_hour(start):
    api = start()
    assert len(api.token().json()["access_token"]) == 36
    api.simulator.advance(3599)
    assert api.get("/v1.0/licenses").status_code == 200
    api.simulator.advance(1)
    assert api.get("/v1.0/licenses").status_code == 401


def test_repeated_grant_gives_the_same_token_with_its_remaining_life(start):
    api = start()
    first = api.token().json()
    api.simulator.advance(600)
    second = api.token().json()
    assert second["access_token"] == first["access_token"]
    assert second["expires_in"] == first["expires_in"] - 600
    api.simulator.advance(3000)
    assert api.token().json()["access_token"] != first["access_token"]


def test_life_is_told_in_simulated_seconds_at_any_speed(start):
    assert 3500 <= start(speed=60).token().json()["expires_in"] <= 3600


@pytest.mark.parametrize(
    "auth, form, status, error",
    [
        (("sim-client", "wrong"), {}, 401, "invalid_client"),
        (("wrong", "sim-secret"), {}, 401, "invalid_client"),
        (None, {}, 401, "invalid_client"),
        (("sim-client", "sim-secret"), {"password": "wrong"}, 400, "invalid_grant"),
        (("sim-client", "sim-secret"), {"username": "other@example.com"}, 400, "invalid_grant"),
        (("sim-client", "sim-secret"), {"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
    ],
)
def test_bad_grants(lenient, auth, form, status, error):
    answer = lenient.token(auth=auth, **form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_tenant_has_its_own_credentials(start):
    api = start({"admin": {"client_id": "c", "client_secret": "s", "username": "u@example.com", "password": "p"}}, sign_in=False)
    assert api.token().status_code == 401
    assert api.token(auth=("c", "s"), username="u@example.com", password="p").status_code == 200


def test_entra_token_is_accepted_and_its_endpoint_is_not_throttled(start):
    api = start(sign_in=False, throttle="20/1")
    for _call in range(3):
        answer = api.post(ENTRA, data=ENTRA_FORM)
        assert answer.status_code == 200
    token = answer.json()["access_token"]
    assert token.count(".") == 2
    assert api.get("/v1.0/pools", headers={"Authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize(
    "change, status, error",
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"scope": "app"}, 400, "invalid_scope"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_bad_entra_grants(start, change, status, error):
    answer = start(sign_in=False).post(ENTRA, data={**ENTRA_FORM, **change})
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_unknown_entra_tenant(start):
    assert start(sign_in=False).post("/other/oauth2/v2.0/token", data=ENTRA_FORM).status_code == 400


def test_auth_type_decides_which_tokens_count(start):
    api = start()
    entra = api.post(ENTRA, data=ENTRA_FORM).json()["access_token"]
    api.simulator.switches(auth_type="entra")
    assert api.get("/v1.0/pools").status_code == 401
    assert api.token().status_code == 401
    assert api.get("/v1.0/pools", headers={"Authorization": f"Bearer {entra}"}).status_code == 200
    api.simulator.switches(auth_type="client_secret")
    assert api.get("/v1.0/pools", headers={"Authorization": f"Bearer {entra}"}).status_code == 401


def test_wrong_region_is_403_for_everything(start):
    api = start()
    api.simulator.switches(region="wrong")
    assert api.get("/v1.0/pools").status_code == 403
    assert api.token().status_code == 403


def test_body_that_is_no_json(lenient):
    assert lenient.post("/v1.0/users", data="{").status_code == 400
    assert lenient.post("/v1.0/users", json=[1]).status_code == 400


def test_tls_certificate_is_good_only_when_trusted(start):
    api = start(tls=True)
    assert api.simulator.url.startswith("https://")
    assert api.get("/v1.0/pools").status_code == 200
    assert api.simulator.counters()["reads"] == 1
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(api.simulator.url, timeout=10)
