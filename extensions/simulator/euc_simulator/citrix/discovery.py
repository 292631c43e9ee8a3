# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The discovery document, and that of the authorization server: where everything is (behaviour notes, 2.1 and 2.2)."""

from urllib.parse import urlsplit

from ..wire import Call, Reply, serves
from .workspace import Workspace

# Services and their endpoints but for those of sessions, whose ids the vendor does not publish: by id, the path below the prefix.
_RESOURCES = {"ListResources": "store/resources"}
_SESSIONS = ("store/sessions", "store/sessions/$logoff", "store/sessions/$disconnect")


@serves("getDiscovery", "GET /citrixapi/discovery/configurations", public=True)
def read_discovery(workspace: Workspace, call: Call) -> Reply:
    switches = workspace.switches
    names = switches.citrix_session_endpoints.split()
    paths = _RESOURCES | dict(zip(names, _SESSIONS))
    endpoints = [{"id": name, "url": f"{call.origin}/{switches.citrix_prefix}/{path}", "capabilities": []} for name, path in paths.items()]
    host = urlsplit(call.origin).netloc
    return Reply(200, {
        "services": [{"service": "store", "endpoints": endpoints}],
        "authScopes": ["openid", "wsp", "spa", "leases"],
        "clientSettings": {
            "customerDomain": host,
            "authDomain": host,
            "promptLoginEnabled": workspace.sign_in.prompt_login,
            "acr_values": "sim-customer",
            "oidcConfiguration": {"oidc_discovery_endpoint": f"{call.origin}/core/.well-known/openid-configuration"},
        },
    })  # fmt: skip


@serves("getOpenIdConfiguration", "GET /core/.well-known/openid-configuration", category=None, public=True)
def read_metadata(workspace: Workspace, call: Call) -> Reply:
    server = f"{call.origin}/core"
    return Reply(200, {
        "issuer": server,
        "authorization_endpoint": f"{server}/connect/authorize",
        "token_endpoint": f"{server}/connect/token",
        "revocation_endpoint": f"{server}/connect/revocation",
    })  # fmt: skip
