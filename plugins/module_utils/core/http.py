# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP session: TLS, proxy, time limits, JSON, pacing, and the rules of what may be sent twice.

A read is repeated after a dropped connection, a 5xx, a body that is no JSON, a throttle answer or one expired token.
A write is repeated only if it surely did not run: no connection was made, or the server refused it (throttled, token expired).
After any other doubt it raises OutcomeUnknown, and the engine looks at the tenant before anything else is sent.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import re
import ssl
import traceback
from collections.abc import Mapping
from urllib.parse import urlsplit

from ansible.module_utils.basic import missing_required_lib

from .errors import (
    ApiError,
    BadAnswer,
    FleetError,
    InvalidInput,
    LoginFailed,
    OutcomeUnknown,
    Refused,
    Throttled,
    Unreachable,
    WriteInCheckMode,
)
from .masking import MASK, spellings
from .wait import Deadline, duration, intervals

try:
    import requests
    import requests.auth
except ImportError:
    requests = None
    REQUESTS_ERROR = traceback.format_exc()
else:
    REQUESTS_ERROR = None

# urllib3's errors from before a connection stood.
NEVER_CONNECTED = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
# Bytes of an answer: a listing of 10,000 desktops with 3 kB each. What hostile JSON of this size decodes to takes 25 times as much memory.
LARGEST_ANSWER = 32 * 1024 * 1024
# Bytes of a file, which is not decoded.
LARGEST_FILE = 256 * 1024 * 1024
# A kilobyte of what is compressed so may become a megabyte. Other encodings, or one within another, know no such limit.
ENCODINGS = ("gzip", "deflate")
# A host that has never answered is more likely mistyped than busy: it gets a few quick tries, not the whole retry time.
FIRST_CONTACT_TRIES = 3
# A body that is no JSON comes from a wrong address or a proxy more often than from a short disturbance.
GARBAGE_TRIES = 3


@dataclasses.dataclass
class Usage:
    """What a task cost the customer's budget; ``waited_s`` is time spent waiting for a place in it."""

    reads: int = 0
    writes: int = 0
    logins: int = 0
    throttled: int = 0
    waited_s: float = 0.0

    def count(self, lanes):
        kind = "logins" if "login" in lanes else f"{lanes[-1]}s"
        setattr(self, kind, getattr(self, kind) + 1)

    def since(self, earlier):
        spent = {field.name: getattr(self, field.name) - getattr(earlier, field.name) for field in dataclasses.fields(self)}
        return {**spent, "waited_s": round(spent["waited_s"], 1)}


@dataclasses.dataclass(frozen=True)
class Answer:
    """An answer: HTTP status, decoded JSON (None for an empty body, GARBAGE for no JSON), and the bytes and headers that came."""

    status: int
    body: object
    content: bytes = b""
    headers: Mapping = dataclasses.field(default_factory=dict)


class Dialect:
    """How a vendor's API takes a token and says no; what a vendor says otherwise, its own dialect overrides.

    ``address`` is the option that holds the API's address, ``forbidden`` the advice after a 403, ``unaccepted`` that after a token was not
    accepted. ``repeats_writes`` tells that a refused token proves the write not to have run, so that it is sent again with a new one;
    otherwise it is in doubt.
    """

    address = "url"
    forbidden = ""
    unaccepted = "log in again, and check that the credentials were not regenerated"
    repeats_writes = True

    @staticmethod
    def token_header(token):
        """Name and value of the header that carries a token."""
        return "Authorization", f"Bearer {token}"

    @staticmethod
    def throttle_wait(status, body):
        """Seconds to wait if the call came too soon, or None."""
        return None

    @staticmethod
    def problem(status, body):
        """(error token, text) of a refusal, each of them or None."""
        return None, None

    @staticmethod
    def refuses_token(status, body):
        """Whether the token was not accepted, so that the call has not run."""
        return status == 401

    @staticmethod
    def facts(headers):
        """What the headers of a refusal tell besides, for the error dictionary."""
        return {}


class _NotSent(Exception):
    """No connection: the request surely did not reach the server."""


class _Broken(Exception):
    """The request left, and no complete answer came back."""


class Session:
    """HTTP with one origin, and with those that it is told to ``trust``.

    ``dialect`` reads the vendor's answers, see Dialect. ``login`` keeps the token: ``token(session)`` gives it, ``expire()`` drops it and
    tells whether another can be had. With ``read_only`` no write leaves.
    """

    def __init__(
        self, url, login, dialect, budget, clock, *, verify=True, proxy=None, request_timeout=60, retry_timeout=600, read_only=False
    ):
        if requests is None:
            raise FleetError(missing_required_lib("requests"), exception=REQUESTS_ERROR)
        self.url = url.rstrip("/")
        self.usage = Usage()
        self.clock = clock
        self.budget = budget
        self.retry_timeout = retry_timeout
        self.read_only = read_only
        self.login = login
        self._dialect = dialect
        self._verify = verify
        self._proxies = {"http": proxy, "https": proxy} if proxy else None
        self._timeout = request_timeout
        self._http = requests.Session()
        self._http.headers["Accept-Encoding"] = ", ".join(ENCODINGS)
        # requests reads the address even of a redirect that it shall not follow, and one that is no address would end the call without its status.
        self._http.resolve_redirects = lambda *_answer, **_how: iter(())
        self.answered = False
        self._secrets = set()
        self._trusted = {origin(self.url)}

    def call(
        self,
        method,
        path,
        *,
        doing,
        body=None,
        files=None,
        params=None,
        headers=None,
        lanes=(),
        deadline=None,
        leaving=None,
        writing=None,
        anonymous=False,
        as_text=False,
    ):
        """Send one API call and return its Answer.

        ``path`` is below the session's origin, or a whole URL of an origin that is trusted. ``doing`` is the call in the user's words
        ("delete desktop 'A'"), the subject of every error. ``body`` goes out as JSON; ``files`` go out instead as a multipart form, part
        name -> (file name, content in bytes). ``lanes`` are further budget lanes to pass before that of the method, ``deadline`` one that
        ends the call before ``retry_timeout``. ``leaving()`` is called right before the request leaves, each time it does. ``writing``
        tells that a GET acts, or that a POST only asks. An ``anonymous`` call carries no token. ``as_text``: the answer need not be JSON.

        Raises LoginFailed, ApiError, BadAnswer, Unreachable, Throttled, OutcomeUnknown, WriteInCheckMode, Refused.
        """
        if writing is None:
            writing = method not in ("GET", "HEAD")
        if writing and self.read_only:
            raise WriteInCheckMode(f"Defect: a task that only reads tried to {doing} ({method} {path}); nothing was sent. Please report it")
        url = self._trusted_url(path, doing)
        limit = self.retry_timeout if deadline is None else max(min(self.retry_timeout, deadline.remaining()), 0)
        deadline = Deadline(self.clock, limit)
        lanes = (*lanes, "write" if writing else "read")
        for renewed in (False, True):
            answer = self._deliver(
                *(method, url, doing, lanes, deadline),
                repeatable=not writing,
                as_text=as_text,
                leaving=leaving,
                json=body,
                files=files,
                params=params,
                headers=headers,
                auth=nobody if anonymous else self.carrying(self.token()),
            )
            refused = not anonymous and self._dialect.refuses_token(answer.status, answer.body)
            if not refused or renewed or not self.login.expire():
                break
            if writing and not self._dialect.repeats_writes:
                raise self._doubt(False, doing, f"HTTP {answer.status}, the token was not accepted", answer.status)
        if 200 <= answer.status < 300:
            return answer
        raise self._refusal(answer, doing, token_refused=refused)

    def trust(self, url):
        """Calls may go to the origin of this URL as well, with the token. Not if that would be less safe than the session's own."""
        if url.startswith("https://") or not self.url.startswith("https://"):
            self._trusted.add(origin(url))

    def carrying(self, token):
        """The authentication that puts a token into a request."""
        return TokenHeader(*self._dialect.token_header(token))

    def token(self):
        """The token in use; a secret."""
        return self.login.token(self)

    def download(self, url, *, doing):
        """The content behind a pre-signed link, fetched without the token, which no other host may see. Repeated like any read."""
        deadline = Deadline(self.clock, self.retry_timeout)
        for pause in intervals(1, 30, growth=2):
            try:
                status, content, _headers = self._send("GET", url, largest=LARGEST_FILE, auth=nobody)
            except (_NotSent, _Broken) as error:
                trouble = BadAnswer(self._sentence(doing, f"no answer from {origin(url)}: {error}", "try again later"))
            else:
                if status == 200:
                    return content
                trouble = BadAnswer(
                    self._sentence(doing, f"HTTP {status} from {origin(url)}", "such links expire; run the task again"), status=status
                )
                if status < 500:
                    raise trouble
            if pause > deadline.remaining():
                raise trouble
            self.clock.sleep(pause)

    def log_in(self, url, *, doing, **form):
        """Send a token request, to this origin or an identity provider's. Returns the status and the decoded body, whatever they are."""
        # A login takes a place among the writes of the API, and none if it happens elsewhere.
        lanes = ("login", "write") if url.startswith(self.url) else ("login",)
        answer = self._deliver("POST", url, doing, lanes, Deadline(self.clock, self.retry_timeout), repeatable=True, **form)
        return answer.status, answer.body

    def log_out(self, path, token, **request):
        """Send the end of a token's session, once, and hang up: whoever leaves waits for nothing. Returns whether the server agreed."""
        try:
            status, _content, _headers = self._send("POST", self.url + path, auth=self.carrying(token), **request)
        except (_NotSent, _Broken, FleetError):
            return False
        finally:
            self._http.close()
        return 200 <= status < 300

    def _trusted_url(self, path, doing):
        """The whole URL of a call. Raises Refused for one that leads to an origin that is not trusted."""
        if path.startswith("/"):  # what is put behind an origin without one may make another origin of it
            return self.url + path
        if origin(path) not in self._trusted:
            goal, allowed = origin(path), ", ".join(sorted(self._trusted))
            raise Refused(f"Could not {doing}: the link leads to {goal}, and the token goes to {allowed} only; nothing was sent there")
        return path

    def _deliver(self, method, url, doing, lanes, deadline, *, repeatable, as_text=False, leaving=None, **request):
        """Send until an Answer comes that is worth reading."""
        pauses = intervals(1, 30, growth=2)
        for tries in itertools.count(1):
            most_tries = None if self.answered else FIRST_CONTACT_TRIES
            for lane in lanes:
                self.usage.waited_s += self.budget.acquire(lane, doing, deadline)
            self.usage.count(lanes)
            if leaving:
                leaving()
            try:
                status, content, headers = self._send(method, url, **request)
            except _NotSent as error:
                trouble = Unreachable(
                    self._sentence(doing, f"no connection to {origin(url)}: {error}", "check the address, proxy and network")
                )
                certain = True
            except _Broken as error:
                trouble, certain = self._doubt(repeatable, doing, str(error)), repeatable
            else:
                answer = decode(content)
                wait = self._dialect.throttle_wait(status, answer)
                if wait is not None:
                    self._obey(wait, lanes, doing, deadline)
                    continue
                if status < 500 and (answer is not GARBAGE or status >= 300 or as_text):
                    return Answer(status, answer, content, headers)
                if status < 500:
                    most_tries = GARBAGE_TRIES
                    what = f"HTTP {status} with a body that is no JSON ({self._preview(content)})"
                else:
                    what = f"HTTP {status}{self._said(status, answer)}"
                trouble, certain = self._doubt(repeatable, doing, what, status), repeatable
            pause = next(pauses)
            if not certain or pause > deadline.remaining() or (most_tries and tries >= most_tries):
                raise trouble
            self.clock.sleep(pause)

    def mask(self, secret):
        """Never show this text in an error, whatever the server echoes."""
        if secret not in self._secrets:  # each call names its token again
            self._secrets |= spellings(secret)

    def redact(self, text):
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return text

    def _send(self, method, url, *, largest=None, **request):
        only = os.environ.get("EUC_FLEET_ONLY_URL")  # set while a playbook is rehearsed
        if only and origin(url) != origin(only):
            raise InvalidInput(f"Nothing but {only} may be called, as EUC_FLEET_ONLY_URL says, and the task would call {origin(url)}")
        deadline = Deadline(self.clock, self._timeout * self.clock.speed + 60)
        try:
            with self._http.request(
                method,
                url,
                timeout=self._timeout,
                verify=self._verify,
                proxies=self._proxies,
                allow_redirects=False,
                stream=True,
                **request,
            ) as response:
                encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
                if encoding not in (*ENCODINGS, "identity"):
                    raise _Broken(f"the answer is encoded as {encoding[:50]!r}, which nobody asked for")
                content = bytearray()
                for piece in pieces(response.raw):
                    content += piece
                    if len(content) > (largest or LARGEST_ANSWER) or deadline.expired():
                        raise _Broken(f"the answer is endless ({len(content) >> 20} MiB in {duration(deadline.elapsed())}, and more to come)")
                self.answered = True
                return response.status_code, bytes(content), response.headers
        except requests.exceptions.ConnectTimeout as error:
            raise _NotSent(reason(error)) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema):
            raise Unreachable(f"'{url}' is not a usable http(s) address") from None
        except requests.exceptions.Timeout:
            raise _Broken(f"no answer within {self._timeout} s") from None
        except requests.exceptions.ConnectionError as error:
            raise self._connection_trouble(error, url) from None
        except (requests.exceptions.RequestException, requests.packages.urllib3.exceptions.HTTPError, OSError) as error:
            raise _Broken(reason(error)) from None

    @staticmethod
    def _connection_trouble(error, url):
        """What a broken connection means. Only what surely came before the request counts as not sent."""
        inner = innermost(error)
        if isinstance(inner, ssl.SSLCertVerificationError):
            return Unreachable(
                f"The certificate of {origin(url)} is not trusted ({inner.verify_message}); "
                "give its authority in 'ca_path', or set 'validate_certs: false' if that is meant"
            )
        if isinstance(inner, ssl.SSLError) and inner.reason == "WRONG_VERSION_NUMBER":
            return Unreachable(f"{origin(url)} does not speak TLS; check the port, or whether the address begins with http://")
        never_sent = type(inner).__name__ in NEVER_CONNECTED or "Tunnel connection failed" in str(inner)
        return (_NotSent if never_sent else _Broken)(reason(error))

    def _obey(self, wait, lanes, doing, deadline):
        self.usage.throttled += 1
        if wait > deadline.remaining():
            raise Throttled(
                self._sentence(
                    doing,
                    f"the server asks to wait {duration(wait)} (throttled)",
                    "other tools share this customer's limit; run later or allow more time with 'retry_timeout'",
                ),
                retry_after_s=round(wait),
            )
        before = self.clock.time()
        self.budget.hold_back(lanes, wait)
        self.usage.waited_s += self.clock.time() - before

    def _doubt(self, repeatable, doing, what, status=None):
        if repeatable:
            return BadAnswer(
                self._sentence(doing, what, f"check that '{self._dialect.address}' is the address of the API itself, and try again later"),
                status=status,
            )
        return OutcomeUnknown(
            self._sentence(doing, f"whether it ran is unknown: {what}", "run the task again: it looks at the tenant first"),
            what=self.redact(what),
            status=status,
        )

    def _refusal(self, answer, doing, *, token_refused):
        status = answer.status
        said = f"HTTP {status}{self._said(status, answer.body)}"
        token, text = self._dialect.problem(status, answer.body)
        facts = {"status": status, **{name: word and self.redact(word) for name, word in self._dialect.facts(answer.headers).items()}}
        if token_refused:
            return LoginFailed(
                self._sentence(doing, f"the token was not accepted: {said}", self._dialect.unaccepted),
                **facts,
            )
        if status < 400:
            return ApiError(
                self._sentence(
                    doing,
                    f"the server redirects elsewhere ({said}), and the token goes to {self.url} only",
                    f"set '{self._dialect.address}' to the address that answers itself",
                ),
                **facts,
            )
        hint = ""
        if status == 403:
            hint = self._dialect.forbidden
        elif answer.body is GARBAGE:
            hint = f"check that '{self._dialect.address}' is the address of the API itself"
        return ApiError(self._sentence(doing, said, hint), **facts, token=token and self.redact(token), text=text and self.redact(text))

    def _said(self, status, answer):
        if answer is GARBAGE:
            return ", and a body that is no JSON"
        words = self.redact(": ".join(word for word in self._dialect.problem(status, answer) if word))
        words = " ".join(words.split())[:500]
        return f", {words}".rstrip(".") if words else ""

    def _preview(self, content):
        """The first words of a body, for an error about it."""
        text = " ".join(self.redact(content[:10_000].decode("utf-8", "replace")).split())
        return f"it begins with {text[:60]!r}" if text else "it is empty"

    def _sentence(self, doing, what, advice):
        return self.redact(f"Could not {doing}: {what}" + (f"; {advice}" if advice else ""))


if requests is not None:

    class TokenHeader(requests.auth.AuthBase):
        """The token's header, set as requests' own authentication so that no .netrc entry replaces it."""

        def __init__(self, name, value):
            self._name, self._value = name, value

        def __call__(self, request):
            request.headers[self._name] = self._value
            return request


def nobody(request):
    """An authentication that adds nothing, and so keeps .netrc out as well."""
    return request


def pieces(raw):
    """The decoded body of urllib3's answer as it comes in. Its ``read`` would wait for a whole piece, however slowly the bytes drip; ``read1``
    does not, but is younger than the oldest urllib3 that requests goes with."""
    read = getattr(raw, "read1", raw.read)
    return iter(lambda: read(1 << 13, decode_content=True), b"")


GARBAGE = object()


def decode(content):
    """JSON value of a body, None for an empty one, GARBAGE for anything else."""
    if not content.strip():
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError, MemoryError):
        return GARBAGE


def origin(url):
    """Scheme, host and port of a URL as requests will read it: two parsers that differ would let a crafted link name another host."""
    try:
        url = requests.Request("GET", url).prepare().url
    except ValueError:
        return url
    parts = urlsplit(url)
    usual_port = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].removesuffix(usual_port)}"


def innermost(error):
    """The first cause of a requests error; requests and urllib3 wrap it in several ways."""
    while True:
        causes = (getattr(error, "reason", None), getattr(error, "original_error", None), *error.args[:1])
        inner = next((cause for cause in causes if isinstance(cause, Exception)), None)
        if inner is None:
            return error
        error = inner


def reason(error):
    """The words of the first cause, without object addresses and pool internals."""
    cause = innermost(error)
    text = str(cause.args[-1] if cause.args else cause)
    return re.sub(r"^(<[^>]*>|\w+\(.*?\)): ", "", text) or type(cause).__name__
