# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to have a token that no vendor is special in; see Session for what it asks of them."""

from __future__ import annotations

import abc

from .errors import LoginFailed

# A token that dies within this many seconds is renewed before it is used.
SHORTEST_LIFE = 60


class ReadyToken:
    """A token that somebody else fetched; it cannot be renewed."""

    def __init__(self, token, identity):
        self.identity = identity
        self._token = token

    def token(self, session):
        session.mask(self._token)
        return self._token

    def expire(self):
        return False


class FetchedToken(abc.ABC):
    """A token fetched by OAuth on first use, kept while it lives, fetched again when the server stops accepting it.

    ``doing`` and ``advice`` are the middle and the end of the sentence when that fails.
    """

    doing = advice = ""

    def __init__(self, token):
        self._token = token
        self._dies_at = float("inf")

    def token(self, session):
        if not self._token or session.clock.time() > self._dies_at:
            self._token, life = self._fetch(session)
            # The server may hand out a token that is already in use, with its remaining life: use even the last minute of that.
            self._dies_at = session.clock.time() + (life - SHORTEST_LIFE if life > SHORTEST_LIFE else life)
        session.mask(self._token)
        return self._token

    def expire(self):
        self._token = None
        return True

    def _fetch(self, session):
        status, body = session.log_in(self._url(session), doing=self.doing, **self._request())
        token = body.get("access_token") if isinstance(body, dict) else None
        if status == 200 and isinstance(token, str) and token:
            self._keep(body)
            life = body.get("expires_in")
            return token, life if isinstance(life, (int, float)) else 3600
        words = [str(body[key]) for key in ("error", "error_description", "description") if body.get(key)] if isinstance(body, dict) else []
        said = session.redact(": ".join(words))[:300].rstrip(".") or "no token in the answer"
        raise LoginFailed(f"Could not {self.doing}: HTTP {status}, {said}; {self.advice}", status=status)

    def _keep(self, body):
        """Whatever else of an answer is worth keeping."""

    @abc.abstractmethod
    def _url(self, session):
        """Where tokens come from."""

    @abc.abstractmethod
    def _request(self):
        """``data``, the form, and perhaps ``auth`` of the token request."""
