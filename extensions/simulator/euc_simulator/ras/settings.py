# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sites, and the one step that makes changed settings live for all of them."""

from ..wire import Call, Reply, serves
from .farm import Farm, Item, accepted, answer, history


def site(item: Item) -> dict:
    return {"id": item.id, **history(), "name": item.name, "licensingSite": item.licensing_site, "enableHttpHostAttackProtection": True}


@serves("listSites", "GET /api/Site")
def list_sites(farm: Farm, call: Call) -> Reply:
    return answer([site(item) for item in farm.chosen("sites", call)])


@serves("listSiteStatus", "GET /api/Site/status")
def list_site_status(farm: Farm, call: Call) -> Reply:
    return answer([{"id": str(item.id), "siteId": item.id, "serverType": item.kind.server_type, "name": item.name, "agentState": item.state}
                   for item in farm.all("sites")])  # fmt: skip


@serves("applySettings", "POST /api/Settings/apply")
def apply_settings(farm: Farm, call: Call) -> Reply:
    farm.settings_pending = farm.switches.ras_apply == "leaves them pending"
    return accepted(farm)
