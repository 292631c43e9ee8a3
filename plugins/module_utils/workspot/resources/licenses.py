# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bought and free licenses. Source: contract, path /v1.0/licenses."""

from __future__ import annotations

from ..client import Call

LIST = Call("getLicensesUsingGET", "GET", "/v1.0/licenses", listed="licenses")


# What is licensed, and the beginning of its names on the wire.
KINDS = {
    "named_users": "namedUsers",
    "concurrent_users": "concurrentUsers",
    "dr_users": "drUsers",
    "rdr_users": "rdrUsers",
    "vm_backups": "vmBackups",
    "vm_backups_retention": "vmBackupsRetention",
}


def list_licenses(client):
    """The licenses of each VM type as records; a place of the snapshot."""
    return [_record(item) for item in client.list(LIST, "list the licenses")]


def _record(item):
    counts = {kind: _count(item.get(f"{wire}Entitlement"), item.get(f"{wire}Available")) for kind, wire in KINDS.items()}
    return {"service": item.get("service"), "vm_type": item.get("vmType"), **counts}


def _count(bought, free):
    return {"bought": bought, "free": free, "used": None if bought is None or free is None else bought - free}
