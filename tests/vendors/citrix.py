# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Citrix Workspace."""

from __future__ import annotations

from . import Vendor

# The simulator's default user and OAuth client; none of it is secret.
CREDENTIALS = {"application_id": "sim-application", "client_id": "sim-citrix-client", "refresh_token": "sim-refresh-token"}
# The application id is no secret; it is here so that modules that need no token are refused as well.
ADMITTED = {"application_id": "other-application", "client_secret": "canary-client-secret", "refresh_token": "canary-refresh-token"}


def admitting(tenant):
    return {**tenant, "citrix": {**tenant["citrix"], **ADMITTED}}


VENDOR = Vendor(
    name="citrix",
    title="Citrix Workspace",
    contract="citrix-workspace.openapi.yaml",
    scenarios="scenarios-citrix.yml",
    tenant="conformance/tenant-citrix.yml",
    reach=lambda url: {"workspace_url": url},
    login=CREDENTIALS,
    canaries={**ADMITTED, "access_token": "canary-access-token"},
    admitting=admitting,
    calls_path="/citrixapi/",
    sign_ins=("token",),
    acting=("launchIcaFile", "fetchLaunchTicket"),
    write=("resources/favorite", "ADD", {"url": "https://customer.cloud.com/"}),
    nouns={"resource": {"read": ["listResources"]}, "session": {"read": ["listSessions"]}},
    # A person's browser signs in, the Citrix launcher redeems tickets, and icons are for people.
    whole=False,
)
