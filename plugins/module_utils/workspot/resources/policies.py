# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of policies, by type. Source: contract, path /v1.0/policies."""

from __future__ import annotations

from ...core.errors import NotFound
from ..client import Call

LIST = Call("getPoliciesUsingGET", "GET", "/v1.0/policies", listed="policies")

# The option of a pool or gateway cluster that names a policy, and the type of that policy.
TYPES = {
    "protocol_policy": "Protocol",
    "protocol_policy_on_company_network": "Protocol",
    "media_redirection_policy": "MediaRedirection",
    "maintenance_policy": "Maintenance",
    "time_limits_policy": "TimeLimits",
    "warmup_policy": "Warmup",
    "gateway_policy": "Gateway",
}
ALL_TYPES = tuple(sorted(set(TYPES.values())))


def list_policies(client, policy_type):
    """The names of the policies of one type; a place of the snapshot."""
    return [item.get("name") for item in client.list(LIST, f"list the {policy_type} policies", params={"type": policy_type})]


def check_policies(client, options):
    """Refuse the name of a policy that is not there, before anything is sent."""
    for option, policy_type in TYPES.items():
        name = options.get(option)
        if name and name not in client.records(list_policies, policy_type):
            known = ", ".join(sorted(client.records(list_policies, policy_type))) or "none"
            raise NotFound(f"There is no {policy_type} policy '{name}' for {option}; there are: {known}", name=name)
