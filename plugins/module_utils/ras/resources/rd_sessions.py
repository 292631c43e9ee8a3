# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What remote sessions of users are. Source: contract, RDSession."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..calls import Call
from ..common import enum_field, number
from ..enums import AUTHENTICATION_TYPE, CONNECTION_MODE, SESSION_STATE, SESSION_TYPE
from .rds_hosts import list_rds_hosts

LIST = Call("listRdSessions", "GET", "/api/RDSession")

OPTIONS = {
    "host_name": {"type": "str"},
    "user": {"type": "str"},
    "states": {"type": "list", "elements": "str", "choices": [name for code, name in SESSION_STATE.names.items() if code >= 0]},
}

# A session's number is unique on its host only (behaviour notes, 1.6).
RD_SESSION = Schema(
    noun="remote session",
    plural="remote sessions",
    fields=(
        number("session_id", "sessionID"),
        Field("host_id", read="serverID", decode=str),
        Field("user", read="user"),
        Field("ip_address", read="ip"),
        enum_field("state", "state", SESSION_STATE),
        enum_field("type", "type", SESSION_TYPE),
        enum_field("connection_mode", "connectionMode", CONNECTION_MODE),
        enum_field("authentication_type", "authenticationType", AUTHENTICATION_TYPE),
        number("theme_id", "themeID"),
        Field("logged_on", read="logonTime"),
        Field("idle_since", read="idleStartTime"),
        number("session_length", "sessionLength"),
        number("idle_time", "idleTime"),
        number("logon_duration", "logonDuration"),
        Field("disconnect_reason", read="disconnectReason"),
        number("reconnects", "reconnects"),
        number("latency", "latency"),
        Field("session_host_id", read="sessionHostId", decode=str),
    ),
)


def list_rd_sessions(client):
    """All sessions as records; a place of the snapshot."""
    return [RD_SESSION.record(row) for row in client.list(LIST, "list the sessions")]


def sessions_with_hosts(client):
    """All sessions with the names of their hosts, as far as those are RD Session Hosts."""
    names = {host["id"]: host["name"] for host in client.records(list_rds_hosts)}
    return [{**session, "host_name": names.get(session["host_id"])} for session in client.records(list_rd_sessions)]


def chosen_sessions(client, options):
    """The sessions that the options ask for, in order of hosts and numbers."""
    host, user, states = options["host_name"], options["user"], options["states"]
    fitting = [
        session
        for session in sessions_with_hosts(client)
        if (host is None or host == session["host_id"] or host.casefold() == (session["host_name"] or "").casefold())
        and (user is None or is_of(session, user))
        and (states is None or session["state"]["name"] in states)
    ]
    return sorted(fitting, key=lambda session: (session["host_name"] or "", session["host_id"] or "", session["session_id"] or 0))


def is_of(session, user):
    return user.casefold() == (session["user"] or "").casefold()
