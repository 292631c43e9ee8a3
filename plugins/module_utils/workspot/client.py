# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of Workspot Control that every module shares: calls as data, one session, snapshot, journal and poller."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import math
import os
import re
from urllib.parse import urlsplit

from ansible.module_utils.basic import env_fallback

from ..core import http
from ..core.address import path_of
from ..core.client import Accepted, Client, check_connection, open_session
from ..core.errors import ApiError, BadAnswer, InvalidInput, Refused
from ..core.journal import Journal
from ..core.runlock import RunLock
from ..core.snapshot import Snapshot
from ..core.throttle import Budget, state_directory
from ..core.wait import Clock
from . import operations
from .auth import REGIONS, login_from


def _env(*names):
    return (env_fallback, list(names))


# Options of every module; mirrored by the doc fragment `workspot`.
CONNECTION = {
    "options": {
        "region": {"type": "str", "choices": ["us", "eu"], "default": "us", "fallback": _env("WORKSPOT_REGION")},
        "url": {"type": "str", "fallback": _env("WORKSPOT_URL")},
        "client_id": {"type": "str", "fallback": _env("WORKSPOT_CLIENT_ID", "WorkspotAPIClientId")},
        "client_secret": {"type": "str", "no_log": True, "fallback": _env("WORKSPOT_CLIENT_SECRET", "WorkspotAPIClientSecret")},
        "username": {"type": "str", "fallback": _env("WORKSPOT_USERNAME", "WorkspotAPIControlUser")},
        "password": {"type": "str", "no_log": True, "fallback": _env("WORKSPOT_PASSWORD", "WorkspotAPIControlPasswd")},
        "access_token": {"type": "str", "no_log": True, "fallback": _env("WORKSPOT_ACCESS_TOKEN")},
        "entra_tenant_id": {"type": "str", "fallback": _env("WORKSPOT_ENTRA_TENANT_ID")},
        "entra_client_id": {"type": "str", "fallback": _env("WORKSPOT_ENTRA_CLIENT_ID")},
        "entra_client_secret": {"type": "str", "no_log": True, "fallback": _env("WORKSPOT_ENTRA_CLIENT_SECRET")},
        "entra_scope": {"type": "str", "fallback": _env("WORKSPOT_ENTRA_SCOPE")},
        "entra_authority": {"type": "str", "fallback": _env("WORKSPOT_ENTRA_AUTHORITY")},
        "validate_certs": {"type": "bool", "default": True, "fallback": _env("WORKSPOT_VALIDATE_CERTS")},
        "ca_path": {"type": "path", "fallback": _env("WORKSPOT_CA_PATH")},
        "proxy": {"type": "str", "no_log": True, "fallback": _env("WORKSPOT_PROXY")},
        "request_timeout": {"type": "int", "default": 60, "fallback": _env("WORKSPOT_REQUEST_TIMEOUT")},
        "retry_timeout": {"type": "int", "default": 600, "fallback": _env("WORKSPOT_RETRY_TIMEOUT")},
        "reads_per_minute": {"type": "int", "default": 20, "fallback": _env("WORKSPOT_READS_PER_MINUTE")},
        "writes_per_minute": {"type": "int", "default": 15, "fallback": _env("WORKSPOT_WRITES_PER_MINUTE")},
        "cache_ttl": {"type": "int", "default": 60, "fallback": _env("WORKSPOT_CACHE_TTL")},
    }
}


@dataclasses.dataclass(frozen=True)
class Call:
    """One operation of the contract. ``clouds`` are those that offer it (all if empty), ``listed`` the wrapper key of a list."""

    operation_id: str
    method: str
    path: str
    clouds: tuple = ()
    listed: str | None = None

    def is_offered_for(self, pool):
        """Whether the cloud of this pool has the call; an unknown cloud is the server's to judge."""
        cloud = cloud_name(pool["cloud"])
        return not self.clouds or not cloud or cloud in self.clouds

    def require(self, pool, doing, noun="pool", differing=None):
        """Refuse at plan time what the cloud of this pool, or of another ``noun`` that has one, does not offer; ``differing`` as in Refused."""
        if not self.is_offered_for(pool):
            raise Refused(
                f"Cannot {doing}: {noun} '{pool['name']}' is on {pool['cloud']}, and the API offers this on {', '.join(self.clouds)} only",
                differing=differing,
            )


READ_OPERATION = Call("statusCheckUsingGET", "GET", "/v1.0/operation/{operationId}")
AZURE, GCP, AWS, AKAMAI = "Azure", "GCP", "Amazon WorkSpaces Core", "Akamai"


def cloud_name(words):
    """The contract's name for a cloud as a pool spells it ("Azure Cloud"); None for a custom or unknown one."""
    words = (words or "").casefold()
    for sign, name in (("azure", AZURE), ("gcp", GCP), ("google", GCP), ("aws", AWS), ("amazon", AWS), ("akamai", AKAMAI)):
        if sign in words:
            return name
    return None


class Dialect(http.Dialect):
    """How Workspot Control says no. Source: workspot-behaviour.md, sections 2 and 3.4."""

    forbidden = "check the administrator's role, that API access is on, and that 'region' is the tenant's own"

    @staticmethod
    def throttle_wait(status, body):
        """Seconds to wait if this is a throttle answer. Known by its body: the status is 429 or 400."""
        if status not in (400, 429) or (status == 400 and not isinstance(body, dict)):
            return None
        body = body if isinstance(body, dict) else {}
        words = {str(body.get(key)) for key in ("error", "description")}
        hint = body.get("X-Retry-After-Secs")
        if status == 429 or hint is not None or words & {"TooManyRequests", "RateLimitExceeded"}:
            try:
                wait = float(hint)
            except (TypeError, ValueError, OverflowError):
                wait = math.nan
            return max(wait, 0.0) if math.isfinite(wait) else 10.0
        return None

    @staticmethod
    def problem(status, body):
        return operations.error_words(body)


# Subject and verb must stand together, with nothing between them but which one: "the user service was not found" is not about a user.
WHICH = r"(of|for|'[^']*'|\"[^\"]*\"|\S*[@\d]\S*)"
ABSENT = r"((was |is |could |can ?)?not (be )?found|does(n.t| not) exist|not exist|(is )?unknown)"


def says_unknown(error, *subjects):
    """Whether an ApiError proves that there is no such thing as one of these ("user", "ann@example.com").

    How an unknown thing is answered is not published. Only a refusal whose words say that it is not there proves absence; any other is
    passed on, for "cannot tell" must never become "absent". Source: workspot-behaviour.md, section 8 (question 4).
    """
    token, text = (error.facts.get(key) or "" for key in ("token", "text"))
    if error.facts["status"] not in (400, 404) or token.casefold().startswith("invalid"):
        return False
    names = "|".join(re.escape(subject) for subject in subjects)
    return bool(re.search(rf"\b({names})['\":]*(\s+{WHICH})*\s+{ABSENT}|no such ({names})", text, re.IGNORECASE))


class Control(Client):
    """One task's view of a tenant."""

    def __init__(self, session, snapshot, journal, run_lock, *about_the_task):
        super().__init__(session, snapshot, journal, *about_the_task)
        self.run_lock = run_lock

    def call(self, call, doing, body=None, *, files=None, params=None, **path):
        """Make a call of the contract. Returns what was Accepted. ``files``: see Session.call.

        Raises ApiError for a refusal, also for one told in a 200 ("status": "Failed"), and what path_of raises.
        """
        answer = self.session.call(
            call.method,
            path_of(call.path, doing, path),
            doing=doing,
            body=body,
            files=files,
            params=params,
            lanes=self._lanes,
            deadline=self._deadline,
            leaving=self._before_writing if call.method != "GET" else None,
        )
        if call.method != "GET":
            self._raise_failure(answer, doing)
        return Accepted(answer.body, operations.id_from(answer.body))

    def read(self, call, doing, *, params=None, **path):
        """The object that a reading call answers with."""
        body = self.call(call, doing, params=params, **path).body
        if not isinstance(body, dict):
            raise BadAnswer(f"Could not {doing}: the answer is no object")
        return body

    def look_up(self, call, doing, subjects, **path):
        """The same, or None if the refusal says that there is no such thing (see says_unknown)."""
        try:
            return self.read(call, doing, **path)
        except ApiError as error:
            if says_unknown(error, *subjects):
                return None
            raise

    def list(self, call, doing, *, of=dict, params=None, **path):
        """The objects of a listing call, or its texts with ``of=str``."""
        return self.page(call, doing, of=of, params=params, **path)[0]

    def page(self, call, doing, *, of=dict, params=None, **path):
        """The objects of a listing call, and all that the answer holds."""
        body = self.call(call, doing, params=params, **path).body
        return self.items(body, call.listed, doing, of=of), body

    @staticmethod
    def items(body, key, doing, *, of=dict):
        """The list under a key of an answer. Raises BadAnswer if there is none: that something is not listed must not follow from it."""
        items = body.get(key) if isinstance(body, dict) else None
        if not isinstance(items, list) or not all(isinstance(item, of) for item in items):
            raise BadAnswer(f"Could not {doing}: the answer has no list '{key}'; check that 'url' is the address of Workspot Control")
        return items

    def read_operation(self, operation_id):
        """The Status of an asynchronous operation. Raises ApiError if the server does not know it."""
        body = self.call(READ_OPERATION, f"read operation {operation_id}", operationId=operation_id).body
        if not isinstance(body, dict):
            raise BadAnswer(f"Could not read operation {operation_id}: the answer is no object")
        return operations.Status(operation_id, body, self.session.redact)

    def operation(self, operation_id):
        """The same, and None if the server does not know the operation (any more). Raises FleetError if that cannot be told."""
        try:
            return self.read_operation(operation_id)
        except ApiError as error:
            if error.facts["status"] in (400, 404):
                return None
            raise

    def _raise_failure(self, answer, doing):
        body = answer.body if isinstance(answer.body, dict) else {}
        if str(body.get("status", "")).casefold() in ("failed", "failure", "error"):
            token, text = (words and self.session.redact(words) for words in operations.error_words(body.get("errorInfo")))
            said = ": ".join(word for word in (token, text) if word).rstrip(".") or f"status {body['status']}"
            raise ApiError(f"Could not {doing}: Workspot Control answered {said[:500]}", status=answer.status, token=token, text=text)


def connect(ctx):
    """A Control for a module's context; see ModuleSpec.connect. Raises InvalidInput."""
    _check(ctx.params)
    shared = _shared(ctx.read_only, **{name: ctx.params[name] for name in CONNECTION["options"]})
    return Control(*shared, ctx.progress, ctx.params.get("poll_interval") or 5)


# Options that are numbers, and the least that makes sense.
LEAST = {
    "request_timeout": 1,
    "retry_timeout": 1,
    "reads_per_minute": 0,
    "writes_per_minute": 0,
    "cache_ttl": 0,
    "wait_timeout": 1,
    "poll_interval": 1,
}


def _check(params):
    check_connection(params, LEAST)
    if params["url"] and "@" in urlsplit(params["url"]).netloc:
        raise InvalidInput("url has a user or a password in it, which Ansible shows; give them in username and password, and the bare address here")
    if params["url"] and not re.match(r"https?://[^/\s]", params["url"]):
        raise InvalidInput(f"url is an address such as https://api.us.workspot.com, not '{params['url']}'")


@functools.lru_cache(maxsize=16)
def _shared(read_only, **params):
    """Session, snapshot, journal and run lock for these options: in process, all items of a loop meet here."""
    clock = Clock()
    login = login_from(params)
    url = (params["url"] or REGIONS[params["region"]]).rstrip("/")
    # The limits are the customer's, so the state is kept per host and client; the name tells neither.
    tenant = hashlib.sha256(f"{url.casefold()} {login.identity}".encode()).hexdigest()[:20]
    state = functools.partial(os.path.join, state_directory())
    reads, writes = params["reads_per_minute"], params["writes_per_minute"]
    budget = Budget(state(f"budget-{tenant}.json"), {"read": reads, "write": writes, "poll": (reads + 1) // 2}, clock)
    session = open_session(params, url, login, Dialect(), budget, clock, read_only)
    journal = Journal(state(f"journal-{tenant}.jsonl"), clock)
    return session, Snapshot(clock, params["cache_ttl"]), journal, RunLock(state(f"run-{tenant}.json"), clock)


# Ansible's workers are forks. A connection that two processes write to would mix up their answers, and what was read before the play
# (by an inventory) would hide from one task what another has written since.
os.register_at_fork(after_in_child=_shared.cache_clear)
