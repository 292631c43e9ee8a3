# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Citrix Workspace."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import requests

from . import ODD, Vendor

# The simulator's default user and OAuth client; none of it is secret.
CREDENTIALS = {"application_id": "sim-application", "client_id": "sim-citrix-client", "refresh_token": "sim-refresh-token"}
# The application id is no secret; it is here so that modules that need no token are refused as well.
ADMITTED = {"application_id": "other-application", **{name: f"canary-{name}{ODD}" for name in ("client_secret", "refresh_token")}}


def admitting(tenant):
    return {**tenant, "citrix": {**tenant["citrix"], **ADMITTED}}


def sign_in(url, redirect_uri, verifier):
    """What a person and the browser do at a simulator's address; returns the code that comes back."""
    asked = {
        "response_type": "code",
        "client_id": CREDENTIALS["client_id"],
        "redirect_uri": redirect_uri,
        "scope": "openid offline_access",
        "acr_values": "sim-customer",
        "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    answer = requests.get(f"{url}/core/connect/authorize", params=asked, allow_redirects=False, timeout=10)
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


VENDOR = Vendor(
    name="citrix",
    title="Citrix Workspace",
    contract="citrix-workspace.openapi.yaml",
    scenarios="scenarios-citrix.yml",
    tenant="conformance/tenant-citrix.yml",
    reach=lambda url: {"workspace_url": url},
    login=CREDENTIALS,
    canaries={**ADMITTED, "access_token": f"canary-access_token{ODD}"},
    admitting=admitting,
    calls_path="/citrixapi/",
    sign_ins=("token",),
    acting=("launchIcaFile", "fetchLaunchTicket"),
    write=("resources/favorite", "ADD", {"url": "https://customer.cloud.com/"}),
    nouns={"resource": {"read": ["listResources"]}, "session": {"read": ["listSessions"]}},
    # A person's browser signs in, the Citrix launcher redeems tickets, and icons are for people.
    whole=False,
)
