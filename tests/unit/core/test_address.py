# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids and names within an address: each names what stands below its listing, or nothing is sent."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.address import path_of
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import Refused

requests = pytest.importorskip("requests")


@pytest.mark.parametrize("name", ["..", ".", "", "../x", "x/..", "a/../../../users", "..\\x", "\ud800", None, ["x"], {}])
def test_what_would_lead_elsewhere_is_refused(name):
    with pytest.raises(Refused, match="Could not tag it: desktopId is .*nothing was sent"):
        path_of("/pools/{poolId}/desktops/{desktopId}/tags", "tag it", {"poolId": "p", "desktopId": name})


@pytest.mark.parametrize("name", ["0b5c-9", 7, "...", "..x", "a b", "a/b", "ann@example.com", "%2e%2e", ".%2e", "?x", "#x", "..;/", "İ", "\x00"])
def test_anything_else_stays_below_its_listing(name):
    sent = requests.Request("GET", "http://x" + path_of("/pools/{poolId}/desktops", "read", {"poolId": name})).prepare().url
    assert sent.startswith("http://x/pools/") and sent.endswith("/desktops") and sent.count("/") == 5, sent
