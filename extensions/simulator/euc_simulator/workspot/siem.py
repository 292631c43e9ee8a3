# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The events feed for SIEM systems (behaviour notes, section 6): signed requests, events made ready on request, a checkpoint.

It is no part of the Control API: it has credentials of its own and takes nothing from the budget of calls.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from ..wire import Call, Refusal, Reply, serves
from .errors import invalid, not_found

_TYPE = "application/json; charset=UTF-8"


@dataclass
class EventRequest:
    position: int  # events that the client has
    asked: float  # moment


@serves("siemAsk", "POST /services/data/v2/event", category=None, public=True)
def ask(control, call: Call) -> Reply:
    """A test of the key, or a request for what came after a checkpoint."""
    _require_signature(control, call)
    body = call.json()
    if body.get("provider") != "Splunk" or not isinstance(body.get("version"), str):
        raise invalid("version and provider are needed.")
    if body.get("test") == "true":
        return Reply(200)
    token = secrets.token_urlsafe(24)
    control.event_requests[token] = EventRequest(_position(control, body.get("checkpoint")), control.timeline.now)
    return Reply(202, {"poll": f"/services/data/v2/request/{token}"}, content_type=_TYPE)


@serves("siemIsReady", "HEAD /services/data/v2/request/{token}", category=None, public=True)
def is_ready(control, call: Call) -> Reply:
    return Reply(200 if _ready_since(control, _request_of(control, call)) else 202)


@serves("siemEvents", "GET /services/data/v2/request/{token}", category=None, public=True)
def events(control, call: Call) -> Reply:
    request = _request_of(control, call)
    ready = _ready_since(control, request)
    if not ready:
        return Reply(202)
    switches, arrived = control.switches, control.events.arrived(ready)
    start = max(0, request.position - switches.siem_repeats)
    page = arrived[start : start + switches.siem_page]
    headers = {"X-Ws-Checkpoint": str(max(request.position, start + len(page))), "X-Ws-Num-Rec": str(len(page))}
    return Reply(200, {"events": page}, content_type=_TYPE, headers=headers) if page else Reply(204, headers=headers)


def _position(control, checkpoint) -> int:
    if not (isinstance(checkpoint, str) and checkpoint.isascii() and checkpoint.isdigit()):
        raise invalid("checkpoint is one that was given, or 0.")
    return int(checkpoint)


def _request_of(control, call: Call) -> EventRequest:
    _require_signature(control, call)
    request = control.event_requests.get(call.slots["token"])
    if request is None or request.asked + control.switches.siem_request_life_seconds <= control.timeline.now:
        raise not_found(control, "Request", call.slots["token"])
    return request


def _ready_since(control, request: EventRequest) -> float | None:
    """The moment up to which its events are told, or None if they are not ready yet."""
    ready = request.asked + control.switches.siem_request_seconds
    return ready if ready <= control.timeline.now else None


# ---- Who asks

def _require_signature(control, call: Call) -> None:
    siem, switches = control.admin.siem, control.switches
    if switches.siem_company == "suspended":
        raise Refusal(403, "Forbidden", "The company is suspended.")
    stamp = call.headers.get("x-ws-timestamp", "")
    # Clients sign with the time of the real world, however fast this one runs.
    if not stamp.isdigit() or abs(int(stamp) / 1000 - time.time()) > switches.siem_skew_seconds:
        raise Refusal(401, "Unauthorized", "The timestamp is missing or too far off.")
    digest = hashlib.md5(call.body).hexdigest() if call.body else ""
    text = f"{call.method}\n{digest}\n{call.raw_path}\n\nx-ws-timestamp:{stamp}"
    signature = base64.b64encode(hmac.digest(siem.secret_key.encode(), text.encode(), "sha256")).decode()
    expected = f"{siem.key_id}:{signature}"
    forms = {"WS": f"WS {base64.b64encode(expected.encode()).decode()}", "WSEvents": f"WSEvents {expected}"}
    given = call.headers.get("authorization", "")
    if not any(hmac.compare_digest(given.encode(), form.encode()) for name, form in forms.items() if switches.siem_authorization in ("any", name)):
        raise Refusal(401, "Unauthorized", "The signature is wrong.")
