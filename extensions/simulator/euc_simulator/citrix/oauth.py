# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in: authorization code with PKCE, refresh with or without rotation, revocation (behaviour notes, 2.2)."""

import base64
import hashlib
from urllib.parse import urlencode

from ..wire import Call, Reply, serves
from .workspace import Workspace, oauth_refusal


@serves("authorize", "GET /core/connect/authorize", category=None, public=True)
def authorize(workspace: Workspace, call: Call) -> Reply:
    """The user is known and agrees at once; without PKCE only a private client may ask."""
    query, sign_in = call.query, workspace.sign_in
    if query.get("client_id") != sign_in.client_id or query.get("redirect_uri") not in sign_in.redirect_uris:
        raise oauth_refusal(400, "invalid_request", "Unknown client or redirect_uri.")
    if query.get("acr_values") != "sim-customer":
        raise oauth_refusal(400, "invalid_request", "acr_values must name the customer.")
    if not (query.get("code_challenge") or sign_in.client_secret):
        raise oauth_refusal(400, "invalid_request", "A public client must use PKCE.")
    code = workspace.make_secret("code")
    workspace.codes[code] = query
    answer = urlencode({"code": code, "state": query.get("state", "")})
    return Reply(302, headers={"Location": f"{query['redirect_uri']}?{answer}"})


@serves("token", "POST /core/connect/token", category="token", public=True)
def token(workspace: Workspace, call: Call) -> Reply:
    form, sign_in = call.form(), workspace.sign_in
    if form.get("client_id") != sign_in.client_id or form.get("client_secret", "") != sign_in.client_secret:
        raise oauth_refusal(400, "invalid_client", "Unknown client, or not its secret.")
    if form.get("grant_type") == "refresh_token":
        return _granted(workspace, refresh_token=_renewed(workspace, form.get("refresh_token")))
    if form.get("grant_type") == "authorization_code":
        asked = workspace.codes.pop(form.get("code"), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri") or not _proves(asked, form.get("code_verifier", "")):
            raise oauth_refusal(400, "invalid_grant", "The code is wrong, spent, or somebody else's.")
        if "offline_access" in asked["scope"].split():
            return _granted(workspace, refresh_token=_new_refresh_token(workspace))
        return _granted(workspace)
    raise oauth_refusal(400, "unsupported_grant_type", "Only authorization_code and refresh_token.")


def _proves(asked: dict, verifier: str) -> bool:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return asked.get("code_challenge", challenge) == challenge


def _renewed(workspace: Workspace, refresh_token: str | None) -> str:
    """The refresh token that is good from now on."""
    if refresh_token not in workspace.refresh_tokens:
        raise oauth_refusal(400, "invalid_grant", "The refresh token is wrong, spent or expired.")
    if workspace.switches.citrix_refresh_tokens == "stay":
        return refresh_token
    workspace.refresh_tokens.discard(refresh_token)
    return _new_refresh_token(workspace)


def _new_refresh_token(workspace: Workspace) -> str:
    refresh_token = workspace.make_secret("refresh")
    workspace.refresh_tokens.add(refresh_token)
    return refresh_token


def _granted(workspace: Workspace, **more) -> Reply:
    access_token, life = workspace.make_secret("access"), int(workspace.switches.citrix_token_life_seconds)
    workspace.access_tokens[access_token] = workspace.timeline.now + life
    return Reply(200, {"access_token": access_token, "token_type": "Bearer", "expires_in": life, **more})


@serves("revokeToken", "POST /core/connect/revocation", category=None, public=True)
def revoke(workspace: Workspace, call: Call) -> Reply:
    workspace.refresh_tokens.discard(call.form().get("token"))
    return Reply(200)
