# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Grants of the authorization server: what citrix_workspace_token does. Source: parallels-citrix-behaviour.md, 2.2."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from ..auth import CodeLogin, authorize_url

GRANT = {
    "grant": {"type": "str", "choices": ["authorize_url", "code", "refresh"], "required": True},
    "redirect_uri": {"type": "str"},
    "code": {"type": "str", "no_log": True},
    "code_verifier": {"type": "str", "no_log": True},
    "state": {"type": "str", "no_log": False},
    "scopes": {"type": "list", "elements": "str"},
}


def grant(ctx):
    """The result of citrix_workspace_token. In check mode no token is asked for: that alone could void the one that is in use."""
    params, client = ctx.params, ctx.client
    if params["grant"] == "authorize_url":
        return {"changed": False, **authorize_url(client.session, client.discovery, params)}
    if ctx.check_mode:
        return {"changed": True}
    login = client.session.login if params["grant"] == "refresh" else CodeLogin(params, client.discovery)
    # A ready token that was given as well shall not stand in for a new one.
    login.expire()
    access_token = login.token(client.session)
    newest = login.refresh_token if params["grant"] == "refresh" else login.answer.get("refresh_token")
    lives = login.answer.get("expires_in")
    return {
        "changed": True,
        "access_token": access_token,
        **({"refresh_token": newest} if newest else {}),
        **({"expires_in": lives, "expires_at": _in(lives)} if lives else {}),
    }


def _in(seconds):
    """The moment so many seconds from now, ISO 8601."""
    return (datetime.now(timezone.utc) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
