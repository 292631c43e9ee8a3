# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of a Citrix workspace that every module shares: calls as data, addresses from discovery and links only."""

from __future__ import annotations

import dataclasses
import functools
import re
import socket
import uuid
from urllib.parse import parse_qsl, urlsplit

from ansible.module_utils.basic import env_fallback

from ..core import http
from ..core.client import Client, check_connection, open_session
from ..core.errors import BadAnswer, FleetError, InvalidInput
from ..core.snapshot import Snapshot
from ..core.throttle import Budget
from ..core.wait import Clock
from .auth import NO_TOKEN, NoLogin, login_from
from .discovery import Discovery


def _env(name):
    return (env_fallback, [f"CITRIX_{name}"])


# Options of every module; mirrored by the doc fragment `citrix`.
CONNECTION = {
    "options": {
        "workspace_url": {"type": "str", "required": True, "fallback": _env("WORKSPACE_URL")},
        "application_id": {"type": "str", "required": True, "fallback": _env("APPLICATION_ID")},
        "access_token": {"type": "str", "no_log": True, "fallback": _env("ACCESS_TOKEN")},
        "refresh_token": {"type": "str", "no_log": True, "fallback": _env("REFRESH_TOKEN")},
        "client_id": {"type": "str", "fallback": _env("CLIENT_ID")},
        "client_secret": {"type": "str", "no_log": True, "fallback": _env("CLIENT_SECRET")},
        "api_prefix": {"type": "str", "choices": ["auto", "citrixapi", "api"], "default": "auto", "fallback": _env("API_PREFIX")},
        "client_name": {"type": "str", "fallback": _env("CLIENT_NAME")},
        "device_id": {"type": "str", "fallback": _env("DEVICE_ID")},
        "validate_certs": {"type": "bool", "default": True, "fallback": _env("VALIDATE_CERTS")},
        "ca_path": {"type": "path", "fallback": _env("CA_PATH")},
        "proxy": {"type": "str", "no_log": True, "fallback": _env("PROXY")},
        "request_timeout": {"type": "int", "default": 30, "fallback": _env("REQUEST_TIMEOUT")},
        "retry_timeout": {"type": "int", "default": 300, "fallback": _env("RETRY_TIMEOUT")},
        "cache_ttl": {"type": "int", "default": 60, "fallback": _env("CACHE_TTL")},
    }
}


@dataclasses.dataclass(frozen=True)
class Call:
    """One operation of the contract; its address comes from discovery or from a link.

    ``listed`` is the wrapper key of a list, ``writing`` marks a GET that acts. ``as_client`` calls tell in the query which client and device
    is asking.
    """

    operation_id: str
    method: str
    listed: str | None = None
    writing: bool | None = None
    as_client: bool = False


class Dialect(http.Dialect):
    """How a workspace says no: 400 or 401 with ``invalid_grant`` for a token. Source: parallels-citrix-behaviour.md, 2.2 and 2.4."""

    address = "workspace_url"
    forbidden = "check that the user may use this, and that the application id belongs to this workspace"

    @staticmethod
    def throttle_wait(status, body):
        """No limit is published; a 429 has not run whatever the vendor means by it."""
        return 10.0 if status == 429 else None

    @staticmethod
    def problem(status, body):
        body = body if isinstance(body, dict) else {}
        return tuple(str(body[key]) if body.get(key) else None for key in ("error", "error_description"))

    @classmethod
    def refuses_token(cls, status, body):
        return status == 401 or (status == 400 and cls.problem(status, body)[0] == "invalid_grant")

    @staticmethod
    def facts(headers):
        return {"source": headers.get("Citrix-Error-Source")}


class Workspace(Client):
    """One task's view of a workspace, as its signed-in user has it.

    ``transaction_id`` is that of the latest call, for the vendor's support.
    """

    def __init__(self, session, snapshot, discovery, params, progress):
        super().__init__(session, snapshot, None, progress)
        self.discovery = discovery
        self.transaction_id = None
        self._params = params

    def call(self, call, doing, *, url, params=None, **how):
        """Make a call of the contract at an address that the API has told; returns the Answer. ``how``: see Session.call."""
        client = {"clientName": self._client_name, "deviceId": self._params["device_id"] or self._client_name} if call.as_client else {}
        told = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        self.transaction_id = str(uuid.uuid4())
        try:
            return self.session.call(
                call.method,
                url,
                doing=doing,
                # A link is never built anew: what its query has already stays, and the rest goes behind it.
                params={name: value for name, value in {**client, **(params or {})}.items() if name not in told},
                headers={**self.discovery.headers, "Citrix-TransactionId": self.transaction_id},
                **{"writing": call.writing, "lanes": self._lanes, "deadline": self._deadline, "leaving": self._before_writing, **how},
            )
        except FleetError as error:
            error.facts.setdefault("transaction_id", self.transaction_id)
            raise

    def list(self, call, doing, *, url, params=None):
        """The objects of a listing call."""
        body = self.call(call, doing, url=url, params=params).body
        items = body.get(call.listed) if isinstance(body, dict) else None
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BadAnswer(f"Could not {doing}: the answer has no list '{call.listed}'")
        return items

    def endpoint(self, wanted, option=None):
        """The address of an endpoint of the store; see Discovery.endpoint."""
        return self.discovery.endpoint(self.session, wanted, option)

    def renewed(self):
        """The refresh token, if it is no longer the one that was given."""
        refresh_token = getattr(self.session.login, "refresh_token", None)
        return {"refresh_token": refresh_token} if refresh_token and refresh_token != self._params["refresh_token"] else {}

    @property
    def _client_name(self):
        return self._params["client_name"] or socket.gethostname()


def connect(ctx):
    """A Workspace for a module's context; see ModuleSpec.connect. Raises InvalidInput."""
    client = connect_without_token(ctx)
    if isinstance(client.session.login, NoLogin):
        raise InvalidInput(NO_TOKEN)
    return client


def connect_without_token(ctx):
    """The same for a module that gets along without a token."""
    _check(ctx.params)
    session, snapshot, discovery = _shared(ctx.read_only, **{name: ctx.params[name] for name in CONNECTION["options"]})
    return Workspace(session, snapshot, discovery, ctx.params, ctx.progress)


# Options that are numbers, and the least that makes sense.
LEAST = {"request_timeout": 1, "retry_timeout": 1, "cache_ttl": 0, "wait_timeout": 1, "max_wait_interval": 1}


def _check(params):
    check_connection(params, LEAST)
    if not re.match(r"https?://[^/\s]+/?$", params["workspace_url"]):
        raise InvalidInput(f"workspace_url is an address such as https://customer.cloud.com, not '{params['workspace_url']}'")


@functools.lru_cache(maxsize=16)
def _shared(read_only, **params):
    """Session, snapshot and discovery for these options: in process, all items of a loop meet here."""
    clock = Clock()
    discovery = Discovery(params["application_id"], params["api_prefix"])
    unlimited = Budget(None, {}, clock)  # the vendor publishes no limits
    session = open_session(params, params["workspace_url"], login_from(params, discovery), Dialect(), unlimited, clock, read_only)
    return session, Snapshot(clock, params["cache_ttl"]), discovery
