# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session of a RAS administrator: opened by a logon, seen by others in the console, and closed again. Source: behaviour notes, 1.1."""

from __future__ import annotations

from ..core.errors import InvalidInput, LoginFailed
from ..core.http import nobody
from .calls import Call

# The version rides in the media type, on every request (behaviour notes, 1.2).
MEDIA_TYPE = "application/json; api-version=1.0"
LOG_ON = Call("logon", "POST", "/api/Session/logon")
LOG_OFF = Call("logoff", "POST", "/api/Session/logoff")
DOING = "log on to Parallels RAS"


class AdministratorSession:
    """The token in use: one that somebody else got, or one of an own logon. Only the own one is logged off.

    ``facts`` is what the last own logon told (the contract's Session, without the token), None before one.
    """

    def __init__(self, params):
        self.facts = None
        self._credentials = {name: params[name] for name in ("username", "password") if params[name]}
        self._token = params["auth_token"]
        self._own = False
        if not self._token and len(self._credentials) < 2:
            raise InvalidInput("To log on, give username and password, or auth_token (as options or RAS_* environment variables)")

    @property
    def identity(self):
        return self._credentials.get("username", "token")

    @property
    def can_log_on(self):
        return len(self._credentials) == 2

    def token(self, session):
        if not self._token:
            self._log_on(session)
        session.mask(self._token)
        return self._token

    def expire(self):
        if self.can_log_on:
            self._token, self._own = None, False
        return self.can_log_on

    def close(self, session):
        """Log off what was logged on. Returns whether nothing stays open."""
        if not self._own:
            return True
        token, self._token, self._own = self._token, None, False
        return session.log_out(LOG_OFF.path, token, headers={"Content-Type": MEDIA_TYPE})

    def _log_on(self, session):
        status, body = session.log_in(
            session.url + LOG_ON.path, doing=DOING, json=self._credentials, headers={"Content-Type": MEDIA_TYPE}, auth=nobody
        )
        body = body if isinstance(body, dict) else {}
        facts = {name: value for name, value in body.items() if name.casefold() != "authtoken"}
        token = next((value for name, value in body.items() if name not in facts), None)
        if status != 200 or not isinstance(token, str) or not token:
            # The body is not shown: what a failed logon answers may repeat what it was given.
            said = f"HTTP {status}" if status != 200 else "no token in the answer"
            raise LoginFailed(
                f"Could not {DOING}: {said}; check username and password, and that 'host' and 'port' are those of the web service",
                status=status,
            )
        self.facts, self._token, self._own = facts, token, True
