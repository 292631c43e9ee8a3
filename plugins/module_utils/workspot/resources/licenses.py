# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bought and free licenses. Source: contract, path /v1.0/licenses."""

from __future__ import annotations

from ..client import Call

LIST = Call("getLicensesUsingGET", "GET", "/v1.0/licenses", listed="licenses")


def list_licenses(client):
    """The licenses as the API tells them; a place of the snapshot."""
    return client.list(LIST, "list the licenses")
