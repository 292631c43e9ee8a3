# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workspot Control."""

from __future__ import annotations

from . import ODD, Vendor

# The simulator's default administrator; none of it is secret.
CREDENTIALS = {"client_id": "sim-client", "client_secret": "sim-secret", "username": "admin@example.com", "password": "sim-password"}
UNPACED = {"reads_per_minute": 0, "writes_per_minute": 0}
CANARIES = {name: f"canary-{name}{ODD}" for name in ("client_secret", "password", "access_token")}
ENTRA = {
    "entra_tenant_id": "11111111-2222-3333-4444-555555555555",
    "entra_client_id": "sim-entra-client",
    "entra_client_secret": f"canary-entra{ODD}",
}


def admitting(tenant):
    entra = {name.removeprefix("entra_"): value for name, value in ENTRA.items()}
    return {**tenant, "admin": {"entra": entra, **{name: CANARIES[name] for name in ("client_secret", "password")}}}


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
