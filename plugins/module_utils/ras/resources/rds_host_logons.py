# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an RD Session Host takes logons: the noun behind ras_rds_host_logons. Source: behaviour notes, 1.6.

The mode shows in the agent's state alone. While that tells of something else, such as an update that is due, the mode cannot be seen.
"""

from __future__ import annotations

from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ..calls import Call
from ..enums import DRAINING, DRAINING_UNTIL_RESTART, LOGONS_DISABLED, OK
from .rds_hosts import RDS_HOST, find_rds_host, list_rds_hosts

CALLS = {
    "enabled": Call("enableRdsHostLogons", "POST", "/api/RDS/Host/{id}/EnableLogons"),
    "drain": Call("drainRdsHost", "POST", "/api/RDS/Host/{id}/Drain"),
    "drain_until_reboot": Call("drainRdsHostUntilReboot", "POST", "/api/RDS/Host/{id}/DrainUntilReboot"),
    "disabled": Call("disableRdsHostLogons", "POST", "/api/RDS/Host/{id}/DisableLogonsAndReconnections"),
}
ENABLE, DRAIN, DRAIN_UNTIL_REBOOT, DISABLE = CALLS.values()
MODES = {DRAINING: "drain", DRAINING_UNTIL_RESTART: "drain_until_reboot", LOGONS_DISABLED: "disabled"}
# Our expectation; the agent reports from time to time.
SECONDS = 30


def mode_of(host):
    """The mode that the agent's state tells, or None."""
    return "enabled" if host["health"] == OK else MODES.get(host["agent_state"]["code"])


class Logons(Noun):
    result = "rds_host"
    schema = RDS_HOST
    options = {"host_name": {"type": "str", "required": True}, "mode": {"type": "str", "choices": list(CALLS), "required": True}}
    wait_timeout = 300

    def observe(self, client, options):
        host = find_rds_host(client, options["host_name"])
        return {**host, "mode": mode_of(host)}

    def plan(self, client, options, record):
        mode, name = options["mode"], record["name"]
        if record["mode"] == mode:
            return []
        doing = f"set the logons of RD Session Host '{name}' to {mode}"
        can_be_seen = record["mode"] is not None
        return [
            Change(
                "set logons of",
                "RD Session Host",
                name,
                doing,
                before={"mode": record["mode"]},
                after={"mode": mode},
                send=lambda: client.call(CALLS[mode], doing, id=record["id"]),
                seen=lambda: DONE if self.observe(client, options)["mode"] == mode else UNSEEN,
                place=(list_rds_hosts,),
                # Without a sign there is only the answer to go by, and a doubt is settled by sending again, which does no harm.
                repeatable=not can_be_seen,
                seconds=SECONDS if can_be_seen else 0,
            )
        ]

    def not_comparable(self, options, plan):
        return ["mode"] if any(change.before["mode"] is None for change in plan.writes) else []


LOGONS = Logons()
