# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: what can go wrong between a client and a control plane, asked for by a test.

A fault is armed with `POST /_simulator/faults` and strikes the next `times` calls that match. It works in up to two places:
`instead` of running the call, or on the reply `after` the call has run. The difference is what makes writes hard.
"""

import copy
import itertools
import re
from dataclasses import dataclass, field

from .wire import Call, Reply

_HTML = b"<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>\n"


class FaultError(ValueError):
    """A fault that cannot be armed."""


@dataclass
class Fault:
    id: int
    kind: str
    match: dict
    times: int = 1
    skip: int = 0  # matching calls to let pass first
    data: dict = field(default_factory=dict)
    struck: int = 0

    def fits(self, call: Call) -> bool:
        wanted = self.match
        operation_id = call.endpoint.operation_id if call.endpoint else None
        return (
            wanted.get("method", call.method).upper() == call.method
            and wanted.get("operation_id", operation_id) == operation_id
            and re.search(wanted.get("path", ""), call.path) is not None
        )

    def instead(self, world, call: Call) -> Reply | None:
        """The reply to give without running the call, or None to run it."""
        return _INSTEAD[self.kind](world, call, self.data) if self.kind in _INSTEAD else None

    def after(self, world, reply: Reply) -> Reply:
        """The reply that leaves after the call has run."""
        return _AFTER[self.kind](world, reply, self.data) if self.kind in _AFTER else reply

    def as_data(self) -> dict:
        return {"id": self.id, "kind": self.kind, "match": self.match, "times": self.times, "skip": self.skip,
                "data": self.data, "struck": self.struck}


class Faults:
    """The armed faults; of several that fit one call, the oldest strikes."""

    def __init__(self):
        self._numbers = itertools.count(1)
        self.armed: list[Fault] = []

    def arm(self, wish: dict) -> Fault:
        """wish: {kind, match: {method, path, operation_id}, times: 1, skip: 0, data: {...}}; other keys go into data."""
        if not isinstance(wish, dict) or wish.get("kind") not in KINDS:
            raise FaultError(f"a fault needs a kind out of {', '.join(KINDS)}")
        wish = dict(wish)
        kind, match = wish.pop("kind"), wish.pop("match", {}) or {}
        if not isinstance(match, dict) or set(match) - {"method", "path", "operation_id"}:
            raise FaultError("a fault matches by method, path (a regular expression) and operation_id")
        try:
            re.compile(match.get("path", ""))
        except re.error as problem:
            raise FaultError(f"the path of a fault is a regular expression: {problem}") from None
        times, skip = wish.pop("times", 1), wish.pop("skip", 0)
        data = {**(wish.pop("data", None) or {}), **wish}
        fault = Fault(next(self._numbers), kind, match, times, skip, data)
        self.armed.append(fault)
        return fault

    def clear(self) -> None:
        self.armed.clear()

    def strike(self, call: Call) -> Fault | None:
        """The fault for this call, counted; used-up faults stay in the list so that a test can see that they struck."""
        for fault in self.armed:
            if fault.struck < fault.times and fault.fits(call):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.struck += 1
                return fault
        return None


# ---- Instead of the call

def error_page(status: int) -> Reply:
    """What the gateway in front of a control plane answers by itself: 500 as JSON, 502 and 503 as a page."""
    if status == 500:
        return Reply(500, {"error": "Internal Server Error", "description": "An unexpected error occurred."})
    title = {502: b"502 Bad Gateway", 503: b"503 Service Temporarily Unavailable"}.get(status, b"%d" % status)
    return Reply(status, raw=_HTML % (title, title), content_type="text/html")


def _throttle(world, call, data):
    return world.plane_of(call).throttled(call, data.get("seconds", 12))


def _revoke_token(world, call, data):
    world.plane_of(call).revoke(call)


def _restart(world, call, data):
    world.restart(data.get("seconds", 600), work=data.get("work", "stops"))
    return error_page(503)


def _concurrent(world, call, data):
    world.change(data.get("change", {}))


def _rival(world, call, data):
    world.plane_of(call).answer(copy.deepcopy(call))


_INSTEAD = {
    "drop_before": lambda world, call, data: Reply(0, dropped=True),
    "status": lambda world, call, data: error_page(data.get("status", 500)),
    "throttle": _throttle,
    "revoke_token": _revoke_token,
    "restart": _restart,
    "concurrent": _concurrent,
    "rival": _rival,
}


# ---- After the call

def _slow(world, reply, data):
    reply.delay = float(data.get("seconds", 5))
    return reply


def _cut(world, reply, data):
    reply.cut = True
    return reply


def _lose_operation(world, reply, data):
    world.lose_operation_of(reply)
    return reply


def _answer(world, reply, data):
    headers = {**reply.headers, **data.get("headers", {})}
    return Reply(data.get("status", 200), raw=str(data.get("text", "")).encode(), headers=headers)


def _mangle(world, reply, data):
    """One value of the answer is another one: the value of number `at`, counted from the outside in, and around if there are fewer."""
    whole = {"": copy.deepcopy(reply.data)}  # what the answer shares with the tenant stays as it is
    values = list(_values(whole))
    holder, key = values[data.get("at", 0) % len(values)]
    holder[key] = data.get("value")
    reply.data = whole[""]
    return reply


def _values(holder):
    """Where the values within a value stand, as (list or object, key)."""
    for key in holder if isinstance(holder, dict) else range(len(holder)):
        yield holder, key
        if isinstance(holder[key], dict | list):
            yield from _values(holder[key])


_AFTER = {
    "drop_after": lambda world, reply, data: Reply(0, dropped=True),
    "status_after": lambda world, reply, data: error_page(data.get("status", 500)),
    "garbage": lambda world, reply, data: Reply(200, raw=b'\x00\xff{"desktopPo\x9d\x01]]', headers=reply.headers),
    "html": lambda world, reply, data: Reply(200, raw=_HTML % (b"Sign in", b"Sign in to continue"), content_type="text/html"),
    "answer": _answer,
    "mangle": _mangle,
    "cut_body": _cut,
    "slow": _slow,
    "lose_operation": _lose_operation,
}

KINDS = (*_INSTEAD, *_AFTER)
