# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What applications are, and how one is found. Source: contract, paths /v1.0/cloudAppPools/applications*; workspot-behaviour.md, section 5.4."""

from __future__ import annotations

import re

from ...core.schema import BOTH, CREATE, UPDATE, Field, Schema
from .. import references
from ..client import AWS, AZURE, GCP, Call
from .bundles import list_bundles
from .gateway_clusters import list_gateway_clusters

LIST = Call("applicationsUsingGET", "GET", "/v1.0/cloudAppPools/applications", (AZURE, GCP, AWS), "applications")
READ = Call("appDetailsUsingGET", "GET", "/v1.0/cloudAppPools/applications/{appId}", (AZURE, GCP, AWS))


def plain(kind):
    """How a kind of application is written: the API shows "Custom Application" where "Custom" was sent."""
    return kind and re.sub(" application$", "", kind, flags=re.IGNORECASE)


def _same_words(wanted, current):
    """The API does not keep the case of its own words ("Workspot Cloud App Pools")."""
    return wanted.casefold() == (current or "").casefold()


def _kind(name, wire, **more):
    return Field(name, sent=wire, read=wire, when=CREATE, same=_same_words, **more)


APPLICATION = Schema(
    noun="application",
    plural="applications",
    creatable=True,
    fields=(
        Field("id", read="id"),
        Field("name", sent="name", read="name", when=CREATE),
        Field("pool", read="poolName"),
        Field("pool_id", sent="poolId", read="poolId", when=CREATE, option="pool"),
        _kind("application_type", "applicationType"),
        _kind("cloud_app_type", "cloudAppType", decode=plain),
        _kind("server_type", "serverType"),
        Field("full_path", sent="fullPath", read="fullPath", when=BOTH),
        Field("parameters", sent="appParams", read="parameters", when=BOTH),
        Field("working_dir", sent="workingDir", when=BOTH),
        Field("login_option", sent="loginOption", read="loginOption", when=BOTH),
        Field("login_domain", sent="loginDomain", when=BOTH),
        Field("route_through_gateway", sent="routeThroughGateway", read="routeThroughGateway", when=BOTH, same=_same_words),
        Field("gateway_cluster_id", sent="gatewayClusterId", read="gatewayClusterId", when=BOTH, option="gateway_cluster"),
        Field(
            "target_platforms",
            sent="targetPlatforms",
            read="targetPlatforms",
            when=BOTH,
            type="list",
            elements="str",
            missing=[],
            same=references.same,
        ),
        Field(
            "bundle_ids",
            sent="bundles",
            read="bundles",
            when=BOTH,
            type="list",
            elements="str",
            option="bundles",
            missing=[],
            same=references.same,
        ),
        Field("icon_name", sent="appIconName", when=BOTH),
        Field("use_default_icon", sent="useDefaultIcon", when=UPDATE, type="bool"),
    ),
)


def list_bare_applications(client):
    """All applications without their bundles; a place of the snapshot."""
    return [APPLICATION.record(item) for item in client.list(LIST, "list the applications")]


def list_applications(client):
    """All applications as records; a place of the snapshot, which reads that of the bundles again as well. See also with_cluster."""
    client.refresh((list_bundles,))
    return [_with_bundles(client, record) for record in client.refresh((list_bare_applications,))]


def read_application(client, application_id):
    body = client.read(READ, f"read application {application_id}", appId=application_id)
    return _with_bundles(client, APPLICATION.record(body))


def with_cluster(client, record):
    """The record, which now has the name of its gateway cluster as well; a read of its own, so only for those that are looked at."""
    clusters = client.records(list_gateway_clusters) if record["gateway_cluster_id"] else ()
    record["gateway_cluster"] = next((cluster["name"] for cluster in clusters if cluster["id"] == record["gateway_cluster_id"]), None)
    return record


def _with_bundles(client, record):
    """The record with its bundles. Its own list of them may hold ids or names; theirs is sure."""
    bundles = [bundle for bundle in client.records(list_bundles) if record["id"] in bundle["application_ids"]]
    return {**record, "bundles": references.names(bundles), "bundle_ids": references.ids(bundles)}
