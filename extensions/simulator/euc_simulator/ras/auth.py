# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of administrators: each logon opens one, which idles out unless it is used or closed (behaviour notes, 1.1)."""

import secrets
import uuid

from ..wire import Call, Reply, serves
from .errors import problem
from .farm import Farm, answer

TOKEN_HEADER = "auth_token"


def require_token(farm: Farm, call: Call) -> None:
    """401 without a token, and with one that is unknown, closed or idled out; using it keeps it alive."""
    token, now = call.headers.get(TOKEN_HEADER), farm.timeline.now
    last_used = farm.sessions.get(token)
    if last_used is None or now - last_used > farm.switches.ras_idle_seconds:
        farm.sessions.pop(token, None)
        raise problem(401, "The session is unknown or has expired.")
    farm.sessions[token] = now


@serves("logon", "POST /api/Session/logon", category="token", public=True)
def log_on(farm: Farm, call: Call) -> Reply:
    body, admin = call.json(), farm.admin
    right = secrets.compare_digest(str(body.get("password", "")).encode(), admin.password.encode())
    if str(body.get("username", "")).lower() != admin.username.lower() or not right:
        raise problem(401, "The user name or password is wrong.")
    token = str(uuid.uuid4())
    farm.sessions[token] = farm.timeline.now
    return answer({"authToken": token, "localAuth": False, "userId": 1, "applySettingsEnabled": farm.settings_pending, "connectedSiteId": 1,
                   "settingsId": 1, "sessionId": len(farm.sessions), "connectedServer": "broker.example.com",
                   "licensingServer": "broker.example.com", "primaryBrokerConnection": True, "licensingServerConnection": True,
                   "domain": "example.com", "farmName": farm.name, "farmGUID": "5f0a3c1e-0000-4000-8000-000000000001"})  # fmt: skip


@serves("logoff", "POST /api/Session/logoff", category="token")
def log_off(farm: Farm, call: Call) -> Reply:
    farm.sessions.pop(call.headers[TOKEN_HEADER], None)
    return answer("Logged off.")
