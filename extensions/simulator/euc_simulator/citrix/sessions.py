# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of the user: listed, disconnected, logged off, all at once (behaviour notes, 2.5)."""

from ..wire import Call, Reply, serves
from .workspace import Workspace


@serves("listSessions", "GET /citrixapi/store/sessions")
def list_sessions(workspace: Workspace, call: Call) -> Reply:
    ids = {resource.name: resource.id for resource in workspace.resources.values()}
    return Reply(200, {"sessions": [
        {"sessionId": session.id, "resourceId": ids.get(session.resource), "name": session.resource, "links": {}}
        for session in workspace.sessions.values()
    ]})  # fmt: skip


@serves("logoffSessions", "POST /citrixapi/store/sessions/$logoff")
def log_off(workspace: Workspace, call: Call) -> Reply:
    workspace.sessions.clear()
    return Reply(200, {"status": "success"})


@serves("disconnectSessions", "POST /citrixapi/store/sessions/$disconnect")
def disconnect(workspace: Workspace, call: Call) -> Reply:
    for session in workspace.sessions.values():
        session.disconnected = True
    return Reply(204)
