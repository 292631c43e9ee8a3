# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens of a signed-in user: PKCE, authorization code, refresh with rotation. Source: parallels-citrix-behaviour.md, 2.2."""

from __future__ import annotations

import base64
import hashlib
import secrets
from urllib.parse import urlencode

from ..core.errors import InvalidInput
from ..core.login import FetchedToken, ReadyToken

NO_TOKEN = (
    "No token: give an access_token, or a refresh_token and client_id (as options or CITRIX_* environment variables); "
    "citrix_workspace_token tells how a person signs in once"
)


def login_from(params, discovery):
    """The way to have a token that the options describe. A ready token is used as long as it lives, and a refresh token renews it."""
    if params.get("refresh_token"):
        if not params.get("client_id"):
            raise InvalidInput("A refresh_token needs the client_id that it was made for (as option or CITRIX_CLIENT_ID)")
        return RefreshLogin(params, discovery)
    if params.get("access_token"):
        return ReadyToken(params["access_token"], "token")
    return NoLogin()


class NoLogin:
    """Enough for discovery, which needs no token."""

    def token(self, session):
        raise InvalidInput(NO_TOKEN)

    def expire(self):
        return False


class _Grant(FetchedToken):
    """One grant of the authorization server that discovery names. A private client adds its secret to the form."""

    def __init__(self, params, discovery, token=None):
        super().__init__(token)
        self._params = params
        self._discovery = discovery
        self.refresh_token = params.get("refresh_token")
        self.answer = {}

    def _url(self, session):
        return self._discovery.authorization_server(session, "token_endpoint")

    def _keep(self, body):
        self.answer = body
        self.refresh_token = body.get("refresh_token") or self.refresh_token

    def _client(self):
        secret = self._params.get("client_secret")
        return {"client_id": self._params["client_id"], **({"client_secret": secret} if secret else {})}


class RefreshLogin(_Grant):
    doing = "renew the access token"
    advice = "unless client_id or client_secret is wrong, a person must sign in again (citrix_workspace_token, grant: authorize_url)"

    def __init__(self, params, discovery):
        super().__init__(params, discovery, params.get("access_token"))

    def _fetch(self, session):
        token, life = super()._fetch(session)
        session.mask(self.refresh_token)
        return token, life

    def _request(self):
        return {"data": {"grant_type": "refresh_token", "refresh_token": self.refresh_token, **self._client()}}


class CodeLogin(_Grant):
    doing = "trade the code for a token"
    advice = "a code is good once and for a short time, with the code_verifier and redirect_uri that it was made with"

    def _request(self):
        form = {name: self._params[name] for name in ("code", "redirect_uri", "code_verifier") if self._params.get(name)}
        return {"data": {"grant_type": "authorization_code", **form, **self._client()}}


def authorize_url(session, discovery, params):
    """Where a person signs in, and what the answer has to be compared and traded with: ``authorize_url``, ``code_verifier``, ``state``."""
    settings = discovery.client_settings(session)
    scopes = params["scopes"] or [*(discovery.document(session).get("authScopes") or ()), "offline_access"]
    verifier = params["code_verifier"] or secrets.token_urlsafe(48)
    state = params["state"] or secrets.token_urlsafe(24)
    query = {
        "response_type": "code",
        "client_id": params["client_id"],
        "redirect_uri": params["redirect_uri"],
        "scope": " ".join(dict.fromkeys(scopes)),
        "acr_values": settings.get("acr_values") or "",
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        **({"prompt": "login"} if settings.get("promptLoginEnabled") else {}),
    }
    address = discovery.authorization_server(session, "authorization_endpoint")
    return {"authorize_url": f"{address}?{urlencode(query)}", "code_verifier": verifier, "state": state}


def challenge(verifier):
    """The PKCE challenge of a verifier, method S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
