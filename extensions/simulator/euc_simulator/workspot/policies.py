# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies: names only, by type (behaviour notes, 4.2)."""

from ..wire import Call, Reply, serves
from .errors import invalid

TYPES = ("MediaRedirection", "Gateway", "Protocol", "TimeLimits", "Maintenance", "Warmup")
DEFAULT = {kind: [f"Default {kind}"] for kind in TYPES}


@serves("getPoliciesUsingGET", "GET /v1.0/policies")
def list_policies(control, call: Call) -> Reply:
    kind = call.query.get("type")
    if kind not in TYPES:
        raise invalid(f"type is one of {', '.join(TYPES)}.")
    return Reply(200, {"policyType": kind, "policies": [{"name": name} for name in control.policies.get(kind, ())]})
