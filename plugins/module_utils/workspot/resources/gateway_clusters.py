# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gateway clusters are, and how one is found. Source: contract, path /v1.0/rdgateways/clusters."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..client import AWS, AZURE, GCP, Call

LIST = Call("gwClustersUsingGET", "GET", "/v1.0/rdgateways/clusters", (AZURE, GCP, AWS), "clusters")

GATEWAY_CLUSTER = Schema(
    noun="gateway cluster", plural="gateway clusters", creatable=True, fields=(Field("id", read="clusterId"), Field("name", read="name"))
)


def list_gateway_clusters(client):
    """All gateway clusters as records; a place of the snapshot."""
    return [GATEWAY_CLUSTER.record(item) for item in client.list(LIST, "list the gateway clusters")]


def find_gateway_cluster(client, wanted, optional=False):
    return GATEWAY_CLUSTER.find(client.records(list_gateway_clusters), wanted, optional=optional)
