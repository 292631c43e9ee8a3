# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What global desktops are, and how one is found. Source: contract, path /v1.0/globalDesktops."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..client import AWS, AZURE, GCP, Call

LIST = Call("globalDesktopsUsingGET", "GET", "/v1.0/globalDesktops", (AZURE, GCP, AWS), "globalDesktopDetails")

GLOBAL_DESKTOP = Schema(noun="global desktop", plural="global desktops", fields=(Field("id", read="id"), Field("name", read="name")))


def list_global_desktops(client):
    """All global desktops as records; a place of the snapshot."""
    return [GLOBAL_DESKTOP.record(item) for item in client.list(LIST, "list the global desktops")]


def find_global_desktop(client, wanted):
    return GLOBAL_DESKTOP.find(client.records(list_global_desktops), wanted)
