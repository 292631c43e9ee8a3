# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One remote session of a user: the noun behind ras_rd_session. Source: behaviour notes, 1.6; the body of a message is inferred."""

from __future__ import annotations

from ...core.client import Accepted
from ...core.errors import Ambiguous, InvalidInput, NotFound
from ...core.plan import DONE, MOVING, UNSEEN, Change, in_turn
from ...core.reconcile import Noun
from ..calls import Call
from ..enums import SESSION_STATE
from .rd_sessions import RD_SESSION, is_of, list_rd_sessions, sessions_with_hosts
from .rds_hosts import find_rds_host

DISCONNECT = Call("disconnectRdsSession", "POST", "/api/RDS/Host/{rdsId}/sessions/{id}/disconnect")
LOG_OFF = Call("logoffRdsSession", "POST", "/api/RDS/Host/{rdsId}/sessions/{id}/logoff")
MESSAGE = Call("messageRdsSession", "POST", "/api/RDS/Host/{rdsId}/sessions/{id}/sendmsg")
DISCONNECTED = 4
# Our expectation; programs with unsaved work may hold a session for longer.
SECONDS = 60


class RdSession(Noun):
    result = "session"
    schema = RD_SESSION
    options = {
        "host_name": {"type": "str", "required": True},
        "session_id": {"type": "int"},
        "user": {"type": "str"},
        "state": {"type": "str", "choices": ["disconnected", "logged_off"]},
        "text": {"type": "str"},
        "title": {"type": "str"},
        "grace": {"type": "int"},
    }
    rules = {"required_one_of": [["session_id", "user"], ["state", "text"]], "required_by": {"title": ["text"], "grace": ["state", "text"]}}
    wait_timeout = 600

    def check(self, options):
        if options["text"] == "":
            raise InvalidInput("text is what the user shall read, and not empty")

    def observe(self, client, options):
        return self._find(client, options)

    def absent(self, options):
        return {**RD_SESSION.blank(), "host_name": options["host_name"], "session_id": options["session_id"], "user": options["user"]}

    def plan(self, client, options, record):
        if record is None:
            if options["state"]:
                return []
            raise NotFound(f"There is no session of {_who(options)} on RD Session Host '{options['host_name']}' to send a message to")
        end = self._end(client, options, record)
        if options["state"] and end is None:
            return []
        steps = [self._message(client, options, record)] if options["text"] else []
        if options["grace"]:
            steps.append(self._grace(client, options, record))
        return in_turn([*steps, end] if end else steps)

    def _find(self, client, options):
        host = find_rds_host(client, options["host_name"])
        fitting = [
            session
            for session in sessions_with_hosts(client)
            if session["host_id"] == host["id"]
            and options["session_id"] in (None, session["session_id"])
            and (options["user"] is None or is_of(session, options["user"]))
        ]
        if len(fitting) > 1:
            shown = ", ".join(f"{session['session_id']} ({session['state']['name']})" for session in fitting)
            raise Ambiguous(f"{_who(options)} has {len(fitting)} sessions on '{host['name']}': {shown}; give 'session_id'")
        return fitting[0] if fitting else None

    def _now(self, client, record):
        return next(
            (now for now in client.records(list_rd_sessions) if all(now[key] == record[key] for key in ("host_id", "session_id", "user"))),
            None,
        )

    def _message(self, client, options, record):
        """Nothing tells whether it was shown; to see it twice does less harm than to miss it."""
        doing = f"send a message to {_label(record)}"
        body = {"message": options["text"], **({"msgTitle": options["title"]} if options["title"] else {})}
        return Change(
            "message",
            "session",
            _name(record),
            doing,
            after={"text": options["text"]},
            send=lambda: client.call(MESSAGE, doing, body, rdsId=record["host_id"], id=record["session_id"]),
            record=record,
        )

    def _grace(self, client, options, record):
        """A wait until the user has left, or the grace is over; it begins when it is first looked at."""
        begun = []

        def seen():
            begun.append(client.clock.time())
            return DONE if self._now(client, record) is None or begun[-1] >= begun[0] + options["grace"] else MOVING

        doing = f"wait for the end of {_label(record)}"
        return Change("wait for", "session", _name(record), doing, seen=seen, place=(list_rd_sessions,), seconds=options["grace"])

    def _end(self, client, options, record):
        """The step that ends or disconnects it, or None if it is that already."""
        logging_off = options["state"] == "logged_off"
        if not options["state"] or (not logging_off and record["state"]["code"] == DISCONNECTED):
            return None
        verb, call = ("log off", LOG_OFF) if logging_off else ("disconnect", DISCONNECT)
        doing = f"{verb} {_label(record)}"

        def send():
            # The number may belong to somebody else by now.
            client.refresh((list_rd_sessions,))
            if self._now(client, record) is None:
                return Accepted(None)
            return client.call(call, doing, rdsId=record["host_id"], id=record["session_id"])

        def seen():
            now = self._now(client, record)
            return DONE if now is None or (not logging_off and now["state"]["code"] == DISCONNECTED) else UNSEEN

        return Change(
            verb,
            "session",
            _name(record),
            doing,
            before={"state": record["state"]},
            after={} if logging_off else {"state": SESSION_STATE.read(DISCONNECTED)},
            send=send,
            seen=seen,
            place=(list_rd_sessions,),
            repeatable=False,
            destructive=logging_off,
            seconds=SECONDS,
        )


def _who(options):
    return f"'{options['user']}'" if options["user"] else f"number {options['session_id']}"


def _name(record):
    return f"{record['session_id']} on {record['host_name']}"


def _label(record):
    return f"session {record['session_id']} of '{record['user']}' on '{record['host_name']}'"


RD_SESSION_NOUN = RdSession()
