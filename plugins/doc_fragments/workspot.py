# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options to reach Workspot Control; mirrors CONNECTION of module_utils/workspot/client.py. PLUGIN adds what plugins must declare."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  region:
    description:
      - Region of the tenant. A tenant lives in one region only, and the other one answers as if permission was missing.
      - If not set, the environment variable E(WORKSPOT_REGION) is used.
    type: str
    choices: [us, eu]
    default: us
  url:
    description:
      - Address of the Control API, such as C(https://api.us.workspot.com) or that of a simulator. Overrides O(region).
      - If not set, the environment variable E(WORKSPOT_URL) is used.
    type: str
  client_id:
    description:
      - Client ID of the API, from C(Setup > API) in Control.
      - It also names the customer whose request budget is shared between the processes of this machine, so it is worth giving
        next to O(access_token).
      - If not set, E(WORKSPOT_CLIENT_ID) or E(WorkspotAPIClientId) is used.
    type: str
  client_secret:
    description:
      - Client secret of the API.
      - If not set, E(WORKSPOT_CLIENT_SECRET) or E(WorkspotAPIClientSecret) is used.
    type: str
  username:
    description:
      - E-mail address of a Control administrator. The administrator's role decides what the API allows.
      - If not set, E(WORKSPOT_USERNAME) or E(WorkspotAPIControlUser) is used.
    type: str
  password:
    description:
      - Password of that administrator.
      - If not set, E(WORKSPOT_PASSWORD) or E(WorkspotAPIControlPasswd) is used.
    type: str
  access_token:
    description:
      - A ready token, for example from M(euc.fleet.workspot_token). It is used as long as the server accepts it.
      - If credentials are given as well, they renew the token; otherwise an expired one ends the task.
      - If not set, E(WORKSPOT_ACCESS_TOKEN) is used.
    type: str
  entra_tenant_id:
    description:
      - Entra ID tenant that issues the token, for tenants that log in with Entra ID. Excludes O(username) and O(password).
      - If not set, E(WORKSPOT_ENTRA_TENANT_ID) is used.
    type: str
  entra_client_id:
    description:
      - Application (client) ID that asks Entra ID for the token.
      - If not set, E(WORKSPOT_ENTRA_CLIENT_ID) is used.
    type: str
  entra_client_secret:
    description:
      - Secret of that application.
      - If not set, E(WORKSPOT_ENTRA_CLIENT_SECRET) is used.
    type: str
  entra_scope:
    description:
      - Scope to ask for. The vendor publishes none that could be read here; the default is inferred to be O(entra_client_id)
        followed by C(/.default).
      - If not set, E(WORKSPOT_ENTRA_SCOPE) is used.
    type: str
  entra_authority:
    description:
      - Address of the identity provider, by default C(https://login.microsoftonline.com).
      - If not set, E(WORKSPOT_ENTRA_AUTHORITY) is used.
    type: str
  validate_certs:
    description:
      - Whether to check the certificates of all servers that O(ca_path) is for.
      - If not set, E(WORKSPOT_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificate authorities to trust instead of the usual ones.
      - It counts for every server that is spoken to, the API, the identity provider and the storage that download links lead to, so that the
        authority of a proxy which looks into TLS is given once. Where only the API has a certificate of one's own authority, add that authority
        to a file with the public ones.
      - If not set, E(WORKSPOT_CA_PATH) is used.
    type: path
  proxy:
    description:
      - Proxy for all calls. Without it, the usual proxy environment variables count.
      - If not set, E(WORKSPOT_PROXY) is used.
    type: str
  request_timeout:
    description:
      - Seconds to wait for one answer.
      - If not set, E(WORKSPOT_REQUEST_TIMEOUT) is used.
    type: int
    default: 60
  retry_timeout:
    description:
      - Seconds for one call in all, with waiting for a place in the budget, throttling and repeated reads.
      - If not set, E(WORKSPOT_RETRY_TIMEOUT) is used.
    type: int
    default: 600
  reads_per_minute:
    description:
      - The customer's limit of reads, shared by all processes of this user on this machine. V(0) turns pacing off.
      - If not set, E(WORKSPOT_READS_PER_MINUTE) is used.
    type: int
    default: 20
  writes_per_minute:
    description:
      - The customer's limit of writes and logins, shared likewise. V(0) turns pacing off.
      - If not set, E(WORKSPOT_WRITES_PER_MINUTE) is used.
    type: int
    default: 15
  cache_ttl:
    description:
      - Seconds for which a listing is kept within one process, so that the items of a loop share it.
      - If not set, E(WORKSPOT_CACHE_TTL) is used.
    type: int
    default: 60
attributes:
  action_group:
    description: Use C(group/euc.fleet.workspot) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - euc.fleet.workspot
requirements:
  - requests
notes:
  - The request budget and the journal of writes under way are kept below E(XDG_STATE_HOME) or C(~/.local/state), in C(euc.fleet);
    E(EUC_FLEET_STATE_DIR) names another folder. Where that folder does not last, as in a container, give it one that does.
"""

    # Of several variables the last one that is set wins here; modules take the first.
    PLUGIN = r"""
options:
  region:
    env:
      - name: WORKSPOT_REGION
  url:
    env:
      - name: WORKSPOT_URL
  client_id:
    env:
      - name: WorkspotAPIClientId
      - name: WORKSPOT_CLIENT_ID
  client_secret:
    env:
      - name: WorkspotAPIClientSecret
      - name: WORKSPOT_CLIENT_SECRET
  username:
    env:
      - name: WorkspotAPIControlUser
      - name: WORKSPOT_USERNAME
  password:
    env:
      - name: WorkspotAPIControlPasswd
      - name: WORKSPOT_PASSWORD
  access_token:
    env:
      - name: WORKSPOT_ACCESS_TOKEN
  entra_tenant_id:
    env:
      - name: WORKSPOT_ENTRA_TENANT_ID
  entra_client_id:
    env:
      - name: WORKSPOT_ENTRA_CLIENT_ID
  entra_client_secret:
    env:
      - name: WORKSPOT_ENTRA_CLIENT_SECRET
  entra_scope:
    env:
      - name: WORKSPOT_ENTRA_SCOPE
  entra_authority:
    env:
      - name: WORKSPOT_ENTRA_AUTHORITY
  validate_certs:
    env:
      - name: WORKSPOT_VALIDATE_CERTS
  ca_path:
    env:
      - name: WORKSPOT_CA_PATH
  proxy:
    env:
      - name: WORKSPOT_PROXY
  request_timeout:
    env:
      - name: WORKSPOT_REQUEST_TIMEOUT
  retry_timeout:
    env:
      - name: WORKSPOT_RETRY_TIMEOUT
  reads_per_minute:
    env:
      - name: WORKSPOT_READS_PER_MINUTE
  writes_per_minute:
    env:
      - name: WORKSPOT_WRITES_PER_MINUTE
  cache_ttl:
    env:
      - name: WORKSPOT_CACHE_TTL
"""
