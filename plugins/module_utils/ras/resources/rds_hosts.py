# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What RD Session Hosts are, and how one is found. Source: contract, RDSHost and RDSHostStatus."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..calls import Call
from ..common import HISTORY, ID, SITE_ID, STATE, enum_field, listed_with_state, number
from ..enums import UNPUBLISHED

LIST = Call("listRdsHosts", "GET", "/api/RDS/Host")
READ = Call("getRdsHost", "GET", "/api/RDS/Host/{id}")
LIST_STATUS = Call("listRdsHostStatus", "GET", "/api/RDS/Host/status")

RDS_HOST = Schema(
    noun="RD Session Host",
    plural="RD Session Hosts",
    fields=(
        ID,
        Field("name", read="server"),
        SITE_ID,
        Field("enabled", read="enabled"),
        Field("description", read="description"),
        Field("direct_address", read="directAddress"),
        number("template_id", "rasTemplateId"),
        number("port", "port"),
        number("max_sessions", "maxSessions"),
        number("disconnect_active_session_after", "disconnectActiveSessionAfter"),
        number("logoff_disconnected_session_after", "logoffDisconnectedSessionAfter"),
        number("preferred_broker_id", "preferredBrokerId"),
        Field("inherit_default_agent_settings", read="inheritDefaultAgentSettings"),
        *HISTORY,
        *STATE,
        Field("agent_version", read="agentVer"),
        Field("os", read="serverOS"),
        enum_field("login_status", "loginStatus", UNPUBLISHED),
        number("active_sessions", "activeSessions"),
        number("disconnected_sessions", "disconnectedSessions"),
        number("cpu_load", "cpuLoad"),
        number("memory_load", "memLoad"),
        number("disk_read", "diskRead"),
        number("disk_write", "diskWrite"),
        enum_field("log_level", "logLevel", UNPUBLISHED),
    ),
    fold_case=True,
)


def list_rds_hosts(client):
    """All hosts with their state and, of the settings, what the listing tells; a place of the snapshot."""
    return listed_with_state(client, LIST, LIST_STATUS, RDS_HOST)


def read_rds_host(client, host_id):
    """All settings of one host in the wire's words, in a list; a place of the snapshot."""
    return [client.read(READ, f"read RD Session Host {host_id}", f"RD Session Host with id {host_id}", id=host_id)]


def find_rds_host(client, wanted):
    """The host of this id or name. Raises NotFound and Ambiguous."""
    return RDS_HOST.find(client.records(list_rds_hosts), wanted)
