# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RD Session Hosts: settings, state, and the control of logons, which acts at once and without apply (behaviour notes, 1.6)."""

from ..wire import Call, Reply, serves
from .farm import Farm, Item, accepted, answer, history


def status(farm: Farm, item: Item) -> dict:
    states = [session.values["state"] for session in farm.all("rd_sessions") if session.host == item.server]
    return {"id": str(item.id), "siteId": item.site_id, "serverType": item.kind.server_type, "agentState": item.state, "server": item.server,
            "agentVer": "20.2.26234", "serverOS": "Windows Server 2025", "loginStatus": 0, "activeSessions": states.count("Active"),
            "disconnectedSessions": states.count("Disconnected"), "cpuLoad": 7, "memLoad": 31, "diskRead": 0, "diskWrite": 0, "logLevel": 3}  # fmt: skip


def major(item: Item) -> dict:
    return {"id": item.id, "server": item.server, "enabled": item.enabled, "siteId": item.site_id, "description": item.description}


def settings(item: Item) -> dict:
    return {**major(item), **history(), "directAddress": "", "rasTemplateId": 0, "port": 30004, "maxSessions": item.max_sessions,
            "disconnectActiveSessionAfter": 0, "logoffDisconnectedSessionAfter": 0, "preferredBrokerId": 0, "inheritDefaultAgentSettings": True}  # fmt: skip


@serves("listRdsHosts", "GET /api/RDS/Host")
def list_hosts(farm: Farm, call: Call) -> Reply:
    return answer([major(item) for item in farm.chosen("rds_hosts", call, "server")])


@serves("getRdsHost", "GET /api/RDS/Host/{id}")
def get_host(farm: Farm, call: Call) -> Reply:
    return answer(settings(farm.item("rds_hosts", call)))


@serves("listRdsHostStatus", "GET /api/RDS/Host/status")
def list_status(farm: Farm, call: Call) -> Reply:
    return answer([status(farm, item) for item in farm.chosen("rds_hosts", call, "server")])


@serves("drainRdsHost", "POST /api/RDS/Host/{id}/Drain")
def drain(farm: Farm, call: Call) -> Reply:
    return _set(farm, call, "LogonDrain")


@serves("drainRdsHostUntilReboot", "POST /api/RDS/Host/{id}/DrainUntilReboot")
def drain_until_reboot(farm: Farm, call: Call) -> Reply:
    return _set(farm, call, "LogonDrainUntilRestart")


@serves("enableRdsHostLogons", "POST /api/RDS/Host/{id}/EnableLogons")
def enable_logons(farm: Farm, call: Call) -> Reply:
    return _set(farm, call, "OK")


@serves("disableRdsHostLogons", "POST /api/RDS/Host/{id}/DisableLogonsAndReconnections")
def disable_logons(farm: Farm, call: Call) -> Reply:
    return _set(farm, call, "LogonDisabled")


def _set(farm: Farm, call: Call, state: str) -> Reply:
    """The agent tells the new state a little later."""
    item = farm.item("rds_hosts", call)
    farm.work(item, item.agent_state, farm.switches.ras_logons_seconds, lambda: item.values.update(agent_state=state))
    return accepted(farm)
