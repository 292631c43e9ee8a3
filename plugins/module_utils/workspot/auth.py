# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to get a token for Workspot Control. Source: workspot-behaviour.md, section 1."""

from __future__ import annotations

from ..core.errors import InvalidInput
from ..core.login import FetchedToken, ReadyToken

REGIONS = {"us": "https://api.us.workspot.com", "eu": "https://api.eu.workspot.com"}
ENTRA_AUTHORITY = "https://login.microsoftonline.com"


def login_from(params):
    """The way to log in that the options describe. Raises InvalidInput for none, for two, and for half of one.

    A ready token may come with credentials: it is used as long as it lives, and they renew it. With a token alone, a client id still
    names the customer whose request budget is spent.
    """
    token = params.get("access_token")
    ways = {
        PasswordLogin: ("client_id", "client_secret", "username", "password"),
        EntraLogin: ("entra_tenant_id", "entra_client_id", "entra_client_secret"),
    }
    begun = [way for way, needed in ways.items() if any(params.get(name) for name in needed)]
    if len(begun) > 1:
        raise InvalidInput(
            "Two ways to log in at once: give either client_id, client_secret, username and password or the entra_* options, "
            "and look for WORKSPOT_* environment variables"
        )
    for way in begun:
        missing = [name for name in ways[way] if not params.get(name)]
        if not missing:
            return way(params, token)
        if not token:
            raise InvalidInput(f"To log in, {', '.join(missing)} must be given too (as options or WORKSPOT_* environment variables)")
    if not token:
        raise InvalidInput(
            "No credentials: give client_id, client_secret (both from Setup > API in Control), username and password, or the entra_* options, "
            "or an access_token (as options or WORKSPOT_* environment variables)"
        )
    return ReadyToken(token, params.get("client_id") or params.get("entra_client_id") or "token")


class PasswordLogin(FetchedToken):
    """Password grant of a Control administrator, with the API client in HTTP Basic."""

    doing = "log in to Workspot Control"
    advice = "check client_id, client_secret, username and password, and that 'region' is the tenant's own"

    def __init__(self, params, token=None):
        super().__init__(token)
        self._params = params
        self.identity = params["client_id"]

    def _url(self, session):
        return session.url + "/oauth/token"

    def _request(self):
        params = self._params
        return {
            "auth": (params["client_id"].encode(), params["client_secret"].encode()),
            "data": {"grant_type": "password", "username": params["username"], "password": params["password"]},
        }


class EntraLogin(FetchedToken):
    """Client credentials at Entra ID; the token goes straight to the API. Endpoint and scope are inferred, hence settable."""

    doing = "get a token from Entra ID"
    advice = "check the entra_* options and that 'Workspot' is an enterprise application of that tenant"

    def __init__(self, params, token=None):
        super().__init__(token)
        self._params = params
        self.identity = params["entra_client_id"]

    def _url(self, session):
        return f"{(self._params.get('entra_authority') or ENTRA_AUTHORITY).rstrip('/')}/{self._params['entra_tenant_id']}/oauth2/v2.0/token"

    def _request(self):
        params = self._params
        return {
            "data": {
                "grant_type": "client_credentials",
                "client_id": params["entra_client_id"],
                "client_secret": params["entra_client_secret"],
                "scope": params.get("entra_scope") or f"{params['entra_client_id']}/.default",
            }
        }
