# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event source for ansible-rulebook: the signed events feed of Workspot Control (behaviour notes, section 6).

It runs within ansible-rulebook, which loads this one file by its path, so it uses nothing of the collection: the standard library and
aiohttp, which ansible-rulebook brings.
"""

from __future__ import annotations

import asyncio
import base64
import fcntl
import hashlib
import hmac
import json
import logging
import os
import ssl
import tempfile
import threading
import time
import urllib.request
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

DOCUMENTATION = r"""
short_description: Events of a Workspot Control tenant
description:
  - Asks the SIEM feed of Workspot Control for new events, and hands each to the rules as C(event.workspot) with the fields C(username),
    C(email), C(description), C(event_type), C(event_name), C(date_time), C(location), C(device) and C(severity). All of them are texts as Control
    wrote them. Event types are Admin, System, User and VM Desktop; names of events are not published, so look at your own before you write rules.
  - The feed is asked every 15 minutes, as its protocol says, and at once again while there is more than one answer holds. It cannot be asked faster.
  - An event is delivered at least once. What is identical in every field counts as the same event and is delivered once, also after a restart.
  - A key that is refused ends ansible-rulebook. After any other trouble the feed is asked again 15 minutes later.
options:
  key_id:
    description: Key Id, from C(Setup > Splunk) in Control. If not given, E(WORKSPOT_SIEM_KEY_ID) is used.
    type: str
    required: true
  secret_key:
    description:
      - Secret Key that belongs to it. If not given, E(WORKSPOT_SIEM_SECRET_KEY) is used, which keeps it out of rulebooks and of what
        C(ansible-rulebook -vv) prints.
    type: str
    required: true
  checkpoint_file:
    description:
      - File that remembers what was delivered. Each rulebook needs its own, on storage that outlives the process. Its folder must exist.
    type: str
    required: true
  url:
    description: Address of the feed, without a path. If not given, E(WORKSPOT_SIEM_URL) is used.
    type: str
    default: https://control.workspot.com
  history:
    description: At the very first start, whether to deliver also what the feed already holds, which may be a year of events.
    type: bool
    default: false
  authorization:
    description: Form of the signature in the header C(Authorization). Public sources disagree; change it if a valid key is refused.
    type: str
    choices: [WS, WSEvents]
    default: WS
  validate_certs:
    description: Whether to check the server's certificate.
    type: bool
    default: true
  ca_path:
    description: File with the certificates of authorities to trust.
    type: str
  request_timeout:
    description: Seconds to wait for one answer.
    type: int
    default: 60
  feedback:
    description:
      - Set it in a rulebook, so that an event counts as delivered only once the rules have taken it, and not when it was handed over.
        ansible-rulebook has it since 1.3; then the source needs a name, and ansible-rulebook its option C(--persistence-id).
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Desktops that fail
  hosts: localhost
  sources:
    - name: control
      euc.fleet.workspot_events:
        checkpoint_file: /var/lib/euc-fleet/failures.json
  rules:
    - name: A desktop has failed
      condition: event.workspot.event_type == "VM Desktop" and event.workspot.severity == "Error"
      action:
        debug:
          msg: "{{ event.workspot.description }}"
"""

# The protocol, in seconds
LOOK_EVERY = 30
BETWEEN_PAGES = 10
REST = 15 * 60
LIFE_OF_REQUEST = 60 * 60
PAGE = 1000  # events in a full answer
LARGEST = 32 * 1024 * 1024  # bytes of an answer: 32 kB an event
ASK = "/services/data/v2/event"
# What came twice is known by what was delivered last: two full answers.
REMEMBERED = 2 * PAGE

logger = logging.getLogger(__name__)


class Refused(Exception):
    """The key is no longer good: asking again is of no use."""


class Trouble(Exception):
    """Anything that may be over the next time."""


async def main(queue, args):
    """Called by ansible-rulebook: put events into the queue until cancelled. ValueError for options that cannot be used."""
    options = read_options(args)
    with place_of(options.checkpoint_file, options.history) as place:
        async with feed_of(options) as feed:
            while True:
                await sleep(await one_round(feed, place, queue, args.get("eda_feedback_queue")))


async def one_round(feed, place, queue, feedback):
    """Ask once and deliver; returns the seconds until the next time."""
    try:
        events, checkpoint = await feed.page(place.checkpoint)
    except Trouble as trouble:
        logger.warning("%s; the events feed is asked again in %d minutes", trouble, REST // 60)
        return REST
    full = len(events) >= PAGE
    for event in events:
        mark = mark_of(event)
        if place.skips:
            place.remember(mark)
        elif mark not in place.delivered:
            await queue.put({"workspot": {snake(name): value for name, value in event.items()}})
            if feedback:
                await feedback.get()
            place.remember(mark)
            await asyncio.to_thread(place.save)
    place.checkpoint, place.skips = checkpoint, place.skips and full
    await asyncio.to_thread(place.save)
    return BETWEEN_PAGES if full else REST


def mark_of(event):
    """What an event is known by: it has no id."""
    return hashlib.sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()[:16]


def snake(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


async def sleep(seconds):
    """EUC_FLEET_CLOCK_SPEED lets it keep pace with a simulated tenant, as it does for the modules."""
    await asyncio.sleep(seconds / float(os.environ.get("EUC_FLEET_CLOCK_SPEED") or 1))


# ---- Options


@dataclass(frozen=True)
class Options:
    key_id: str
    secret_key: str = field(repr=False)
    checkpoint_file: str
    url: str = "https://control.workspot.com"
    history: bool = False
    authorization: str = "WS"
    validate_certs: bool = True
    ca_path: str = ""
    request_timeout: int = 60
    feedback: bool = False


FALLBACKS = {"key_id": "WORKSPOT_SIEM_KEY_ID", "secret_key": "WORKSPOT_SIEM_SECRET_KEY", "url": "WORKSPOT_SIEM_URL"}


def read_options(args):
    """The Options of a source in a rulebook. ValueError says in one sentence what is wrong; it never holds a value that may be secret."""
    known = Options.__dataclass_fields__
    given = {name: os.environ[variable] for name, variable in FALLBACKS.items() if os.environ.get(variable)}
    given.update({name: value for name, value in args.items() if name != "eda_feedback_queue" and value not in (None, "")})
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"workspot_events does not know {', '.join(unknown)}; it takes {', '.join(known)}.")
    missing = [name for name in ("key_id", "secret_key", "checkpoint_file") if name not in given]
    if missing:
        others = [f"{name} or {FALLBACKS[name]}" if name in FALLBACKS else name for name in missing]
        raise ValueError(f"workspot_events needs {', '.join(others)}.")
    for name in ("history", "validate_certs", "feedback"):
        if name in given:
            given[name] = truth(name, given[name])
    options = Options(**{name: value if isinstance(value, bool) else known_type(name, value) for name, value in given.items()})
    check(options)
    return options


def truth(name, value):
    """A rulebook's templates may make a text of it."""
    words = {"true": True, "yes": True, "false": False, "no": False}
    if str(value).lower() not in words:
        raise ValueError(f"{name} of workspot_events is true or false, not {value!r}.")
    return words[str(value).lower()]


def known_type(name, value):
    if name != "request_timeout":
        return str(value)
    if not str(value).isdigit() or int(value) == 0:
        raise ValueError(f"request_timeout of workspot_events is a number of seconds above 0, not {value!r}.")
    return int(value)


def check(options):
    parts = urlsplit(options.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query or "@" in parts.netloc:
        raise ValueError("url of workspot_events is an address without a path, such as https://control.workspot.com.")
    if options.authorization not in ("WS", "WSEvents"):
        raise ValueError(f"authorization of workspot_events is WS or WSEvents, not {options.authorization!r}.")
    if options.ca_path and not os.path.isfile(options.ca_path):
        raise ValueError(f"There is no file {options.ca_path!r}, which ca_path of workspot_events names.")
    if not os.path.isdir(os.path.dirname(os.path.abspath(options.checkpoint_file))):
        raise ValueError(f"The folder of {options.checkpoint_file!r}, the checkpoint_file of workspot_events, does not exist.")


# ---- What was delivered


class Place:
    """Where in the feed we are, and what was delivered last; kept in a file that only its owner reads, always whole."""

    def __init__(self, path, history):
        self._path, self._writing = path, threading.Lock()
        self.checkpoint, self.delivered, self.skips = "0", {}, not history
        if os.path.exists(path):
            self._load()

    def _load(self):
        try:
            with open(self._path, encoding="utf-8") as file:
                kept = json.load(file)
            self.checkpoint, self.skips = str(kept["checkpoint"]), bool(kept["skips"])
            self.delivered = dict.fromkeys(kept["delivered"])
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{self._path!r} is no checkpoint_file of workspot_events; remove it to begin anew.") from None

    def remember(self, mark):
        self.delivered[mark] = None
        if len(self.delivered) > REMEMBERED:
            del self.delivered[next(iter(self.delivered))]

    def save(self):
        with self._writing:
            kept = {"checkpoint": self.checkpoint, "skips": self.skips, "delivered": list(self.delivered)}
            handle, unfinished = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(self._path)), prefix=".euc-fleet-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
            os.replace(unfinished, self._path)


@contextmanager
def place_of(path, history):
    """The Place kept in a file, for one process at a time: two would take events from one another."""
    with open(f"{path}.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ValueError(f"Another process uses {path!r}; give each rulebook a checkpoint_file of its own.") from None
        place = Place(path, history)
        try:
            yield place
        finally:
            # A stop may come between an event and its mark in the file.
            if place.delivered:
                place.save()


# ---- The feed


class Feed:
    def __init__(self, session, options, **how):
        self._session = session
        self._options = options
        self._how = how  # proxy and TLS of each request

    async def page(self, checkpoint):
        """Ask for what came after a checkpoint and wait until it is ready; returns (events, next checkpoint)."""
        _answer, data = await self._send("POST", ASK, 202, body={"version": "3.0", "provider": "Splunk", "checkpoint": checkpoint})
        # A path is all that is taken of the address: a signature goes nowhere else.
        path = urlsplit(str(data.get("poll"))).path
        if not path.startswith("/"):
            raise Trouble("The events feed did not say where its events will be")
        for _look in range(LIFE_OF_REQUEST // LOOK_EVERY):
            await sleep(LOOK_EVERY)
            if await self._is_ready(path):
                break
        else:
            raise Trouble("The events feed did not make its events ready within an hour")
        answer, data = await self._send("GET", path, 200, 204)
        events = data.get("events", [])
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise Trouble("The events feed answered with something else than events")
        following = answer.headers.get("X-Ws-Checkpoint") or checkpoint
        if len(events) >= PAGE and following == checkpoint:
            # The next page would be this one again, for ever.
            raise Trouble("The events feed told a full page of events and no checkpoint for the next one")
        return events, following

    async def _is_ready(self, path):
        answer, _data = await self._send("HEAD", path, 200, 202)
        return answer.status == 200

    async def _send(self, method, path, *expected, body=None):
        """(answer, the object in it). Refused and Trouble say what happened; neither holds anything secret."""
        content = json.dumps(body).encode() if body else b""
        headers = {**self._signature(method, path, content), **({"Content-Type": "application/json; charset=UTF-8"} if body else {})}
        try:
            async with self._session.request(method, self._options.url.rstrip("/") + path, data=content or None, headers=headers,
                                             allow_redirects=False, **self._how) as answer:  # fmt: skip
                self._judge(answer.status, expected)
                text = await whole(answer.content)
                data = json.loads(text) if text else {}
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, RecursionError) as problem:
            raise Trouble(f"{self._options.url} gave no usable answer ({type(problem).__name__}: {problem})") from None
        if not isinstance(data, dict):
            raise Trouble("The events feed answered with something else than an object")
        return answer, data

    def _judge(self, status, expected):
        if status in (401, 403):
            raise Refused(f"{self._options.url} refuses the events feed with status {status}: the key is wrong or no longer valid, or the company is "
                          "suspended. Check key_id, secret_key, authorization and the clock of this machine, and start again")  # fmt: skip
        if status not in expected:
            raise Trouble(f"{self._options.url} answered with status {status}")

    def _signature(self, method, path, content):
        stamp = str(int(time.time() * 1000))
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest() if content else ""
        text = f"{method}\n{digest}\n{path}\n\nx-ws-timestamp:{stamp}"
        signed = hmac.digest(self._options.secret_key.encode(), text.encode(), "sha256")
        pair = f"{self._options.key_id}:{base64.b64encode(signed).decode()}"
        credentials = base64.b64encode(pair.encode()).decode() if self._options.authorization == "WS" else pair
        return {"x-ws-timestamp": stamp, "Authorization": f"{self._options.authorization} {credentials}"}


async def whole(content):
    """The bytes of an answer, if it has an end."""
    text = bytearray()
    async for piece in content.iter_chunked(1 << 16):
        text += piece
        if len(text) > LARGEST:
            raise ValueError(f"more than {LARGEST >> 20} MiB")
    return bytes(text)


@asynccontextmanager
async def feed_of(options):
    tls = ssl.create_default_context(cafile=options.ca_path) if options.ca_path else True
    timeout = aiohttp.ClientTimeout(total=options.request_timeout)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield Feed(session, options, proxy=proxy_for(options.url), ssl=tls if options.validate_certs else False)


def proxy_for(url):
    """As the environment says. aiohttp would read .netrc as well, which does not go together with a signature."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.netloc):
        return None
    return urllib.request.getproxies().get(parts.scheme)
