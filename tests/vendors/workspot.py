# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workspot Control."""

from __future__ import annotations

from . import Vendor

# The simulator's default administrator; none of it is secret.
CREDENTIALS = {"client_id": "sim-client", "client_secret": "sim-secret", "username": "admin@example.com", "password": "sim-password"}
UNPACED = {"reads_per_minute": 0, "writes_per_minute": 0}
CANARIES = {"client_secret": "canary-client-secret", "password": "canary-password", "access_token": "canary-access-token"}


def admitting(tenant):
    return {**tenant, "admin": {name: CANARIES[name] for name in ("client_secret", "password")}}


VENDOR = Vendor(
    name="workspot",
    title="Workspot Control",
    contract="workspot-control.openapi.yaml",
    scenarios="scenarios.yml",
    tenant="conformance/tenant.yml",
    reach=lambda url: {"url": url},
    login={**CREDENTIALS, **UNPACED},
    canaries=CANARIES,
    admitting=admitting,
    calls_path="/v1.0/",
    sign_ins=("issueToken", "entraToken"),
    write=("resources/desktop_tags", "TAG", {"poolId": "p", "desktopId": "d"}),
)
