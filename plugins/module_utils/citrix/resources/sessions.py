# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of the signed-in user, all at once. Source: parallels-citrix-behaviour.md, 2.5."""

from __future__ import annotations

from ...core.client import Accepted
from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import Field, Schema
from ..client import Call

LIST = Call("listSessions", "GET", listed="sessions", as_client=True)
LOG_OFF = Call("logoffSessions", "POST", as_client=True)
DISCONNECT = Call("disconnectSessions", "POST", as_client=True)

# The vendor publishes none of these ids, so that each can be set.
LIST_ENDPOINT = {"list_endpoint": {"type": "str", "default": "ListSessions"}}
ENDPOINTS = {"logged_off": "LogoffSessions", "disconnected": "DisconnectSessions"}

SESSION = Schema(
    "session",
    "sessions",
    (
        Field("session_id", read="sessionId"),
        Field("name", read="name"),
        Field("resource_id", read="resourceId"),
        Field("links", read="links", missing={}),
    ),
    key="session_id",
)


def list_sessions(client, endpoint):
    """Place: the records of all sessions; the id of the endpoint that lists them is not published."""
    items = client.list(LIST, "list the sessions", url=client.endpoint(endpoint, "list_endpoint"))
    return [SESSION.record(item) for item in items]


class Sessions(Noun):
    """All sessions of the user: the API logs off or disconnects them together."""

    result = "sessions"
    schema = SESSION
    options = {
        "state": {"type": "str", "choices": ["disconnected", "logged_off"], "required": True},
        "endpoint": {"type": "str"},
        **LIST_ENDPOINT,
    }

    def observe(self, client, options):
        sessions = client.records(list_sessions, options["list_endpoint"])
        return {"total": len(sessions), "sessions": sessions}

    def plan(self, client, options, record):
        if not record["sessions"]:
            return []
        ending = options["state"] == "logged_off"
        call, doing = (LOG_OFF, "log off the user's sessions") if ending else (DISCONNECT, "disconnect the user's sessions")
        url = client.endpoint(options["endpoint"] or ENDPOINTS[options["state"]], "endpoint")
        names = [session["name"] for session in record["sessions"]]
        place = (list_sessions, options["list_endpoint"])
        return [
            Change(
                "log off" if ending else "disconnect",
                "sessions",
                ", ".join(name or "?" for name in names),
                doing,
                before={"names": names} if ending else {},
                after={"names": []} if ending else {"state": "disconnected"},
                send=lambda: Accepted(client.call(call, doing, url=url).body),
                # Whether a session is disconnected, the list does not tell.
                seen=lambda: DONE if ending and not client.records(*place) else UNSEEN,
                place=place,
                destructive=ending,
            )
        ]


SESSIONS = Sessions()
