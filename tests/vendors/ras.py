# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parallels RAS."""

from __future__ import annotations

from urllib.parse import urlsplit

from ansible_collections.euc.fleet.plugins.module_utils.core.schema import CREATE, UPDATE

from . import ODD, Vendor

CANARIES = {name: f"canary-{name}{ODD}" for name in ("password", "auth_token")}


NOUNS = {
    "AVD workspace": {"read": ["listAvdWorkspaceStatus", "getAvdWorkspaceStatus"]},
    # A link takes fewer fields than a creation.
    "workspace with its settings": {
        CREATE: ["createAvdWorkspace"],
        UPDATE: ["updateAvdWorkspace"],
        "read": ["getAvdWorkspace", "getAvdWorkspaceStatus"],
    },
    "AVD host pool": {"read": ["getAvdHostPool", "listAvdHostPoolStatus"], "untold": ["server"]},
    "RD Session Host": {"read": ["getRdsHost", "listRdsHostStatus"]},
    "remote session": {"read": ["listRdSessions"]},
    "site": {"read": ["listSites", "listSiteStatus"], "untold": ["server", "siteId"]},
    "settings of the farm": {"read": ["logon"], "untold": ["authToken", "localAuth", "userId", "sessionId"]},
}


def reach(url):
    parts = urlsplit(url)
    return {"host": parts.hostname, "port": parts.port or 443}


def admitting(tenant):
    return {**tenant, "ras": {**tenant["ras"], "admin": {"password": CANARIES["password"]}}}


VENDOR = Vendor(
    name="ras",
    title="Parallels RAS",
    contract="parallels-ras.openapi.yaml",
    scenarios="vendors/ras_scenarios.yml",
    tenant="vendors/ras_tenant.yml",
    reach=reach,
    login={"username": "ras-admin@example.com", "password": "sim-password"},
    canaries=CANARIES,
    admitting=admitting,
    calls_path="/api/",
    sign_ins=("logon", "logoff"),
    write=("resources/settings", "APPLY", {}),
    tls=True,
    renews_for_writes=False,
    nouns=NOUNS,
    whole=False,
)
