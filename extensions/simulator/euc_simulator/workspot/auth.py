# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: the password grant of Control and the client-credentials grant of Entra ID (behaviour notes, section 1)."""

import base64
import json
import secrets
import uuid
from dataclasses import dataclass, field

from ..wire import Call, Refusal, Reply, serves


@dataclass
class Entra:
    tenant_id: str = "11111111-2222-3333-4444-555555555555"
    client_id: str = "sim-entra-client"
    client_secret: str = "sim-entra-secret"


@dataclass
class Siem:
    key_id: str = "sim-siem-key"
    secret_key: str = "sim-siem-secret"


@dataclass
class Admin:
    """What an administrator of the tenant signs in with."""

    username: str = "admin@example.com"
    password: str = "sim-password"
    client_id: str = "sim-client"
    client_secret: str = "sim-secret"
    entra: Entra = field(default_factory=Entra)
    siem: Siem = field(default_factory=Siem)


class Tokens:
    """Tokens that were handed out; a repeated grant gives the same one with its remaining life (1.2)."""

    def __init__(self, control):
        self._control = control
        self._expiry: dict[str, float] = {}  # moment by token
        self._latest: dict[str, str] = {}  # token by kind

    def grant(self, kind: str, make) -> tuple[str, int]:
        """The token of this kind (`control` or `entra`) and the seconds left of its life."""
        token = self._latest.get(kind)
        if token is None or not self._alive(token):
            token = self._latest[kind] = make()
            self._expiry[token] = self._control.timeline.now + self._control.switches.token_life_seconds
        left = self._expiry[token] - self._control.timeline.now
        return token, int(left)

    def accepts(self, token: str) -> bool:
        kind = next((kind for kind, latest in self._latest.items() if latest == token), None)
        return self._alive(token) and kind is not None and auth_type_allows(self._control, kind)

    def revoke(self, token: str | None) -> None:
        self._expiry.pop(token, None)

    def _alive(self, token: str) -> bool:
        return self._expiry.get(token, 0) > self._control.timeline.now


def auth_type_allows(control, kind: str) -> bool:
    return control.switches.auth_type in ("any", {"control": "client_secret", "entra": "entra"}[kind])


def require_token(control, call: Call) -> None:
    """403 without credentials, 401 with a token that is unknown, expired or revoked (1.4)."""
    if "authorization" not in call.headers:
        raise Refusal(403, "Forbidden", "Access is denied.")
    if call.bearer is None or not control.tokens.accepts(call.bearer):
        raise Refusal(401, "invalid_token", "The access token is invalid or has expired.")


def _basic(call: Call) -> tuple[str, str]:
    """Client id and secret of HTTP Basic; empty when there are none."""
    scheme, _space, text = call.headers.get("authorization", "").partition(" ")
    try:
        name, _colon, secret = base64.b64decode(text, validate=True).decode().partition(":") if scheme.lower() == "basic" else ("", "", "")
    except ValueError:
        return "", ""
    return name, secret


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


@serves("issueToken", "POST /oauth/token", category="token", public=True)
def issue_token(control, call: Call) -> Reply:
    admin, form = control.admin, call.form()
    client_id, client_secret = _basic(call)
    known = _same(client_id, admin.client_id) and _same(client_secret, admin.client_secret)
    if not known or not auth_type_allows(control, "control"):
        raise Refusal(401, "invalid_client", "Bad client credentials.")
    if form.get("grant_type") != "password":
        raise Refusal(400, "unsupported_grant_type", "Unsupported grant type.")
    if form.get("username", "").lower() != admin.username.lower() or not _same(form.get("password", ""), admin.password):
        raise Refusal(400, "invalid_grant", "Bad credentials.")
    token, left = control.tokens.grant("control", lambda: str(uuid.uuid4()))
    return Reply(200, {"access_token": token, "token_type": "bearer", "expires_in": left})


@serves("entraToken", "POST /{tenant}/oauth2/v2.0/token", category=None, public=True)
def entra_token(control, call: Call) -> Reply:
    """Not Control's own: the sign-in service of Microsoft, so neither throttled nor in the contract."""
    entra, form = control.admin.entra, call.form()
    if call.slots["tenant"] != entra.tenant_id:
        raise _entra_refusal(400, "invalid_request", f"Tenant '{call.slots['tenant']}' not found.")
    if form.get("grant_type") != "client_credentials":
        raise _entra_refusal(400, "unsupported_grant_type", "The grant type is not supported.")
    if not (_same(form.get("client_id", ""), entra.client_id) and _same(form.get("client_secret", ""), entra.client_secret)):
        raise _entra_refusal(401, "invalid_client", "Invalid client secret provided.")
    if not form.get("scope", "").endswith("/.default"):
        raise _entra_refusal(400, "invalid_scope", "The scope must end with /.default.")
    audience = form["scope"].removesuffix("/.default")
    token, left = control.tokens.grant("entra", lambda: _jwt({"aud": audience, "tid": entra.tenant_id, "appid": entra.client_id}))
    return Reply(200, {"token_type": "Bearer", "expires_in": left, "ext_expires_in": left, "access_token": token})


def _entra_refusal(status: int, error: str, description: str) -> Refusal:
    refusal = Refusal(status, error, description)
    refusal.reply.data = {"error": error, "error_description": description}
    return refusal


def _jwt(claims: dict) -> str:
    """In the shape of a JSON web token; the signature is random, since nobody here checks it."""
    parts = [json.dumps({"typ": "JWT", "alg": "RS256"}), json.dumps(claims)]
    encoded = [base64.urlsafe_b64encode(part.encode()) for part in parts] + [base64.urlsafe_b64encode(secrets.token_bytes(32))]
    return b".".join(part.rstrip(b"=") for part in encoded).decode()
