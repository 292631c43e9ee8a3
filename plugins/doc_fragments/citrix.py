# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options to reach a Citrix workspace; mirrors CONNECTION of module_utils/citrix/client.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  workspace_url:
    description:
      - Address of the workspace, such as C(https://customer.cloud.com), a custom domain, or that of a simulator.
      - If not set, the environment variable E(CITRIX_WORKSPACE_URL) is used.
    type: str
    required: true
  application_id:
    description:
      - Application id that comes with the OAuth client, from C(Identity and Access Management > API Access > Workspace API) in Citrix Cloud.
        A new one may need five minutes until it works.
      - If not set, E(CITRIX_APPLICATION_ID) is used.
    type: str
    required: true
  access_token:
    description:
      - Access token of a signed-in user, for example from M(euc.fleet.citrix_workspace_token). It is used as long as the workspace accepts it.
      - If a O(refresh_token) is given as well, that renews it; otherwise an expired one ends the task.
      - If not set, E(CITRIX_ACCESS_TOKEN) is used.
    type: str
  refresh_token:
    description:
      - Refresh token of that user; needs O(client_id). A renewal may replace it, and then the task returns the new one as C(refresh_token).
      - To renew once for many tasks, see M(euc.fleet.citrix_workspace_token).
      - If not set, E(CITRIX_REFRESH_TOKEN) is used.
    type: str
  client_id:
    description:
      - The OAuth client of the workspace.
      - If not set, E(CITRIX_CLIENT_ID) is used.
    type: str
  client_secret:
    description:
      - Secret of a private OAuth client. A public one has none.
      - If not set, E(CITRIX_CLIENT_SECRET) is used.
    type: str
  api_prefix:
    description:
      - First part of the path of the discovery document. V(citrixapi) is used since August 2025, V(api) before; V(auto) tries them in this order.
      - If not set, E(CITRIX_API_PREFIX) is used.
    type: str
    choices: [auto, citrixapi, api]
    default: auto
  client_name:
    description:
      - Name of the client in broker policies. The default is the host name of the machine that the module runs on.
      - If not set, E(CITRIX_CLIENT_NAME) is used.
    type: str
  device_id:
    description:
      - Stable id of the device for Workspace Control. The default, and the vendor's advice, is the same as O(client_name).
      - If not set, E(CITRIX_DEVICE_ID) is used.
    type: str
  validate_certs:
    description:
      - Whether to check the server's certificate.
      - If not set, E(CITRIX_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificate authorities to trust instead of the system's.
      - If not set, E(CITRIX_CA_PATH) is used.
    type: path
  proxy:
    description:
      - Proxy for all calls. Without it, the usual proxy environment variables count.
      - If not set, E(CITRIX_PROXY) is used.
    type: str
  request_timeout:
    description:
      - Seconds to wait for one answer.
      - If not set, E(CITRIX_REQUEST_TIMEOUT) is used.
    type: int
    default: 30
  retry_timeout:
    description:
      - Seconds for one call in all, with repeated reads.
      - If not set, E(CITRIX_RETRY_TIMEOUT) is used.
    type: int
    default: 300
  cache_ttl:
    description:
      - Seconds for which a listing is kept within one process, so that the items of a loop share it.
      - If not set, E(CITRIX_CACHE_TTL) is used.
    type: int
    default: 60
attributes:
  action_group:
    description: Use C(group/euc.fleet.citrix) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - euc.fleet.citrix
requirements:
  - requests
notes:
  - This is an API for users. It shows and launches what the signed-in user may use; it is not the administration of Citrix DaaS.
  - Tokens and the application id go to the workspace and to hosts that its discovery document names, and nowhere else. A link that leads to
    another host ends the task.
  - C(error) of a failed task has C(transaction_id) and C(source) as well, for the vendor's support.
  - A task that was given a refresh token cannot run with C(async), and a result that holds a new one is kept out of callbacks and logs. Where
    E(CITRIX_REFRESH_TOKEN) gives it, leave C(async) out yourself.
"""
