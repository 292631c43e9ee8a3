# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sites of a farm are. Source: contract, Site and ObjectStatus."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..calls import Call
from ..common import HISTORY, ID, STATE, listed_with_state

LIST = Call("listSites", "GET", "/api/Site")
LIST_STATUS = Call("listSiteStatus", "GET", "/api/Site/status")

SITE = Schema(
    noun="site",
    plural="sites",
    fields=(
        ID,
        Field("name", read="name"),
        Field("licensing_site", read="licensingSite"),
        Field("host_attack_protection", read="enableHttpHostAttackProtection"),
        *HISTORY,
        *STATE,
    ),
)


def list_sites(client):
    """All sites with their state; a place of the snapshot."""
    return listed_with_state(client, LIST, LIST_STATUS, SITE)
