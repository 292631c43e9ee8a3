# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options to reach a Parallels RAS farm; mirrors CONNECTION of module_utils/ras/client.py, and WAIT of module_utils/core/reconcile.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  host:
    description:
      - Name or address of the RAS web service, without scheme and port. It must be given.
      - If not set, the environment variable E(RAS_HOST) is used.
    type: str
  port:
    description:
      - Its HTTPS port.
      - If not set, E(RAS_PORT) is used.
    type: int
    default: 20443
  username:
    description:
      - RAS administrator to log on as. The rights of the administrator in the console decide what the API allows.
      - If not set, E(RAS_USERNAME) is used.
    type: str
  password:
    description:
      - Password of that administrator.
      - If not set, E(RAS_PASSWORD) is used.
    type: str
  auth_token:
    description:
      - Token of an earlier logon. It is used as long as the farm accepts it, and its session is not logged off.
      - If O(username) and O(password) are given as well, they take its place when it has expired.
      - If not set, E(RAS_AUTH_TOKEN) is used.
    type: str
  validate_certs:
    description:
      - Whether to check the server's certificate. A fresh RAS serves a self-signed one; give that in O(ca_path) rather than set this to V(false).
      - If not set, E(RAS_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificates to trust instead of the system's, such as the farm's own self-signed one.
      - If not set, E(RAS_CA_PATH) is used.
    type: path
  proxy:
    description:
      - Proxy for all calls. Without it, the usual proxy environment variables count.
      - If not set, E(RAS_PROXY) is used.
    type: str
  request_timeout:
    description:
      - Seconds to wait for one answer.
      - If not set, E(RAS_REQUEST_TIMEOUT) is used.
    type: int
    default: 30
  retry_timeout:
    description:
      - Seconds for one call in all, with repeated reads.
      - If not set, E(RAS_RETRY_TIMEOUT) is used.
    type: int
    default: 300
  cache_ttl:
    description:
      - Seconds for which a listing is kept within one process, so that the items of a loop share it.
      - If not set, E(RAS_CACHE_TTL) is used.
    type: int
    default: 60
attributes:
  action_group:
    description: Use C(group/euc.fleet.ras) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - euc.fleet.ras
requirements:
  - requests
notes:
  - Each task logs on and logs off again, whatever becomes of it, for every logon opens an administrator session that others see in the console.
  - A read is repeated once with a new logon after HTTP 401. A write is not; the farm is looked at before it is sent again.
  - "Certainty: no live farm was seen when this was written. Logon, header and media type are documented by the vendor. That enumerations go
    over the wire as numbers, that a logon may be answered with C(AuthToken) as well, and what C(401) and C(403) stand for is inferred or was
    seen in a client; other forms are understood too."
"""

    WAIT = r"""
options:
  wait:
    description:
      - Whether to wait until the work that was started is done. Steps that build on one another are waited for all the same.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. The default is 900, unless the notes of the module say otherwise.
      - After it the task fails; the work may go on, and running the task again takes up the wait.
    type: int
  poll_interval:
    description:
      - Seconds before the first look at work under way. Later looks come at growing intervals of up to 30 seconds.
    type: int
    default: 5
"""
