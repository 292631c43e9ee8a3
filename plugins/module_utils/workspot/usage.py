# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether somebody uses a desktop, by two sources: what the desktop's status says, and whom the gateways connect. One of them is enough."""

from __future__ import annotations

from ..core.settle import FRESH
from .resources.desktops import first_label, has_session
from .resources.gateway_clusters import list_gateway_clusters
from .resources.gateway_hosts import place_of, read_connections


class Usage:
    """What was last read of connections; ``reads`` are the calls that one look takes."""

    def __init__(self, client, sources):
        self.reads = 0
        self._client = client
        self._gateways = sources == "both"
        self._connected = frozenset()
        self._read_at = float("-inf")

    def look(self, fresh=FRESH):
        """Read the connections unless that was done in the last seconds: only of gateways that have any."""
        if not self._gateways or self._client.clock.time() - self._read_at <= fresh:
            return
        connected, reads = set(), 0
        for cluster in self._client.records(list_gateway_clusters):
            hosts = self._client.refresh(place_of(cluster))
            reads += len(cluster["regions"])
            for host in hosts:
                if host["active_connections"]:
                    connected.update(
                        (connection["target_computer"] or "").casefold() for connection in read_connections(self._client, host)
                    )
                    reads += 1
        self._connected, self.reads, self._read_at = frozenset(connected - {""}), reads, self._client.clock.time()

    def of(self, desktop):
        """In words how the desktop is used, or nothing."""
        if has_session(desktop):
            return f"somebody has a session on it ({desktop['status']})"
        names = {desktop["name"], desktop["fqdn"], first_label(desktop), desktop["ip_address"]}
        if any(name and name.casefold() in self._connected for name in names):
            return f"a gateway has a connection to it, although it is {desktop['status']}"
        return ""
