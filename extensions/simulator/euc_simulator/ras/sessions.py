# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote sessions of users. Their numbers are unique on a host only (behaviour notes, 1.6)."""

from ..clock import iso
from ..wire import Call, Reply, serves
from .enums import SESSION_STATE, SESSION_TYPE, number
from .errors import not_found
from .farm import Farm, Item, accepted, answer, required

# Parameter in lower case -> field of the answer.
FILTERS = {"serverid": "serverID", "state": "state", "user": "user", "ip": "ip"}


def session(farm: Farm, item: Item) -> dict:
    host = farm.titled("rds_hosts", item.host)
    return {"sessionID": item.session_id, "ip": item.ip, "serverID": host.id, "type": number(SESSION_TYPE, item.type), "user": item.user,
            "themeID": 1, "connectionMode": 0, "authenticationType": 1, "idleStartTime": iso(farm.timeline.now), "logonTime": iso(0),
            "state": number(SESSION_STATE, item.values["state"]), "sessionLength": 60, "idleTime": 0, "logonDuration": 5, "disconnectReason": "",
            "reconnects": 0, "latency": 12, "sessionHostId": host.id}  # fmt: skip


@serves("listRdSessions", "GET /api/RDSession")
def list_sessions(farm: Farm, call: Call) -> Reply:
    query = {key.lower(): value for key, value in call.query.items()}
    rows = [(item, session(farm, item)) for item in farm.all("rd_sessions")]
    for key, wire in FILTERS.items():
        if key in query:
            rows = [(item, row) for item, row in rows if str(row[wire]).lower() == query[key].lower()]
    if "server" in query:
        rows = [(item, row) for item, row in rows if item.host.lower() == query["server"].lower()]
    if "siteid" in query:
        rows = [(item, row) for item, row in rows if str(farm.titled("rds_hosts", item.host).site_id) == query["siteid"]]
    return answer([row for _item, row in rows])


@serves("disconnectRdsSession", "POST /api/RDS/Host/{rdsId}/sessions/{id}/disconnect")
def disconnect(farm: Farm, call: Call) -> Reply:
    item = _item(farm, call)
    farm.timeline.after(farm.switches.ras_session_seconds, lambda: item.values.update(state="Disconnected"))
    return accepted(farm)


@serves("logoffRdsSession", "POST /api/RDS/Host/{rdsId}/sessions/{id}/logoff")
def log_off(farm: Farm, call: Call) -> Reply:
    item = _item(farm, call)
    farm.timeline.after(farm.switches.ras_session_seconds, lambda: farm.remove(item))
    return accepted(farm)


@serves("messageRdsSession", "POST /api/RDS/Host/{rdsId}/sessions/{id}/sendmsg")
def send_message(farm: Farm, call: Call) -> Reply:
    """The journal tells what the user has read."""
    _item(farm, call)
    required(call.json(), "message")
    return accepted(farm)


def _item(farm: Farm, call: Call) -> Item:
    host, number = farm.item("rds_hosts", call, "rdsId"), call.slots["id"]
    for item in farm.all("rd_sessions"):
        if item.host == host.server and str(item.session_id) == number:
            return item
    raise not_found(farm, "session", number)
