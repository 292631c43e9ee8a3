# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What application bundles are, and how one is found. Source: workspot-behaviour.md, sections 4.5 and 5.4."""

from __future__ import annotations

from ...core.schema import BOTH, Field, Schema
from .. import references
from ..client import Call

LIST = Call("bundlesUsingGET", "GET", "/v1.0/bundles", listed="bundlesList")
READ = Call("bundleInfoUsingGET", "GET", "/v1.0/bundles/{bundleId}")

# Control makes it and keeps it as it is.
BUILT_IN = "Express Setup"
BUNDLE = Schema(
    noun="bundle",
    plural="bundles",
    creatable=True,
    fields=(
        Field("id", read="id"),
        Field("name", sent="bundleName", read="name", when=BOTH),
        Field("applications", read="apps", missing=[], decode=references.names),
        Field(
            "application_ids",
            sent="appIds",
            read="apps",
            when=BOTH,
            type="list",
            elements="str",
            option="applications",
            missing=[],
            decode=references.ids,
            same=references.same,
        ),
        Field("groups", read="groups", missing=[], decode=references.names),
        Field("group_ids", read="groups", missing=[], decode=references.ids),
    ),
)


def list_bundles(client):
    """All bundles as records; a place of the snapshot."""
    return [BUNDLE.record(item) for item in client.list(LIST, "list the bundles")]


def read_bundle(client, bundle_id):
    return BUNDLE.record(client.read(READ, f"read bundle {bundle_id}", bundleId=bundle_id))


def find_bundle(client, wanted):
    return BUNDLE.find(client.records(list_bundles), wanted)
