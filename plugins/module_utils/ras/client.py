# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of a RAS farm that every module shares: calls as data, and a session of the administrator that ends with the task."""

from __future__ import annotations

import functools
import hashlib
import os
import re

from ansible.module_utils.basic import env_fallback

from ..core import http
from ..core.address import path_of
from ..core.client import Accepted, Client, check_connection, open_session
from ..core.errors import ApiError, BadAnswer, InvalidInput, NotFound
from ..core.journal import Journal
from ..core.snapshot import Snapshot
from ..core.throttle import Budget, state_directory
from ..core.wait import Clock
from .auth import MEDIA_TYPE, AdministratorSession


def _env(name):
    return (env_fallback, [f"RAS_{name}"])


# Options of every module; mirrored by the doc fragment `ras`.
CONNECTION = {
    "options": {
        "host": {"type": "str", "fallback": _env("HOST")},
        "port": {"type": "int", "default": 20443, "fallback": _env("PORT")},
        "username": {"type": "str", "fallback": _env("USERNAME")},
        "password": {"type": "str", "no_log": True, "fallback": _env("PASSWORD")},
        "auth_token": {"type": "str", "no_log": True, "fallback": _env("AUTH_TOKEN")},
        "validate_certs": {"type": "bool", "default": True, "fallback": _env("VALIDATE_CERTS")},
        "ca_path": {"type": "path", "fallback": _env("CA_PATH")},
        "proxy": {"type": "str", "no_log": True, "fallback": _env("PROXY")},
        "request_timeout": {"type": "int", "default": 30, "fallback": _env("REQUEST_TIMEOUT")},
        "retry_timeout": {"type": "int", "default": 300, "fallback": _env("RETRY_TIMEOUT")},
        "cache_ttl": {"type": "int", "default": 60, "fallback": _env("CACHE_TTL")},
    }
}


class Dialect(http.Dialect):
    """How a farm takes a token and says no: problem details, or ``code`` and ``msg``. Source: behaviour notes, 1.1 and 1.4."""

    address = "host"
    forbidden = "the administrator has no rights for this; check them in the RAS console"
    unaccepted = (
        "check the credentials and the administrator's rights, and that no proxy in between drops the header 'auth_token', "
        "as nginx does with names that have an underscore"
    )
    # A 401 may stand for missing rights as well as for an expired token: a write looks at the farm before it is sent again.
    repeats_writes = False

    @staticmethod
    def token_header(token):
        return "auth_token", token

    @staticmethod
    def throttle_wait(status, body):
        """The service can limit rates, and publishes neither the limits nor the wait."""
        return 10.0 if status == 429 else None

    @staticmethod
    def problem(status, body):
        if isinstance(body, str):
            return None, body or None
        if not isinstance(body, dict):
            return None, None
        token = body.get("title") or (f"code {body['code']}" if body.get("code") is not None else None)
        text = body.get("detail") or body.get("msg")
        return tuple(str(word) if word else None for word in (token, text))


class Farm(Client):
    """One task's view of a farm."""

    def __init__(self, session, snapshot, journal, ctx):
        super().__init__(session, snapshot, journal, ctx.progress, ctx.params.get("poll_interval") or 5)
        self._warn = ctx.warn

    def call(self, call, doing, body=None, **path):
        """Make a call of the contract. Returns what was Accepted."""
        answer = self.session.call(
            call.method,
            path_of(call.path, doing, path),
            doing=doing,
            body=body,
            headers={"Content-Type": MEDIA_TYPE},
            lanes=self._lanes,
            deadline=self._deadline,
            leaving=self._before_writing if call.method != "GET" else None,
        )
        return Accepted(answer.body)

    def list(self, call, doing):
        """The objects of a listing call, which answers with a bare array."""
        items = self.call(call, doing).body
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BadAnswer(f"Could not {doing}: the answer is no list; check that 'host' and 'port' are those of the RAS web service")
        return items

    def read(self, call, doing, what, **path):
        """The object that a reading call answers with. Raises NotFound about ``what``.

        An unknown id may be answered with 400 or 404 (behaviour notes, 1.3); the farm's own words stay in the sentence.
        """
        try:
            body = self.call(call, doing, **path).body
        except ApiError as error:
            if error.facts["status"] in (400, 404):
                raise NotFound(f"There is no {what}: {error}", **error.facts) from None
            raise
        if not isinstance(body, dict):
            raise BadAnswer(f"Could not {doing}: the answer is no object")
        return body

    def log_on_again(self):
        """What a fresh logon tells of the farm, in the contract's words (Session). Raises InvalidInput without credentials."""
        login = self.session.login
        if not login.can_log_on:
            raise InvalidInput("Only a logon tells whether settings wait to be applied: give username and password, not auth_token alone")
        self.close()
        login.expire()
        self.session.token()
        return login.facts

    def close(self):
        if not self.session.login.close(self.session):
            self._warn("The administrator session could not be logged off; it stays in the RAS console until it has idled out")


def connect(ctx):
    """A Farm for a module's context; see ModuleSpec.connect. Raises InvalidInput."""
    _check(ctx.params)
    session, snapshot, journal = _shared(ctx.read_only, **{name: ctx.params[name] for name in CONNECTION["options"]})
    return Farm(session, snapshot, journal, ctx)


# Options that are numbers, and the least that makes sense.
LEAST = {
    "port": 1,
    "request_timeout": 1,
    "retry_timeout": 1,
    "cache_ttl": 0,
    "wait_timeout": 1,
    "poll_interval": 1,
    "wait_interval": 1,
    "min_count": 0,
    "grace": 0,
}


def _check(params):
    check_connection(params, LEAST)
    if not params["host"]:
        raise InvalidInput("host must be given, as an option or as the environment variable RAS_HOST")
    if not re.fullmatch(r"[\w.-]+|\[[0-9a-fA-F:]+\]", params["host"]):
        raise InvalidInput(f"host is a name or address such as ras.example.com, without scheme and port, not '{params['host']}'")


@functools.lru_cache(maxsize=16)
def _shared(read_only, **params):
    """Session, snapshot and journal for these options: in process, all items of a loop meet here."""
    clock = Clock()
    login = AdministratorSession(params)
    url = f"https://{params['host']}:{params['port']}"
    farm = hashlib.sha256(f"{url.casefold()} {login.identity}".encode()).hexdigest()[:20]
    unlimited = Budget(None, {}, clock)  # the vendor publishes no limits
    session = open_session(params, url, login, Dialect(), unlimited, clock, read_only)
    return session, Snapshot(clock, params["cache_ttl"]), Journal(os.path.join(state_directory(), f"journal-{farm}.jsonl"), clock)
