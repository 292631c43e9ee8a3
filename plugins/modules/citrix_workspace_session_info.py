#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_session_info
short_description: Sessions of a user of a Citrix workspace
version_added: 1.0.0
description:
  - Lists the running sessions of the signed-in user.
options:
  list_endpoint:
    description: Id of the endpoint that lists sessions. The vendor does not publish it; M(euc.fleet.citrix_workspace_discovery_info) shows those
      that a workspace has.
    type: str
    default: ListSessions
notes:
  - "Certainty: only that sessions can be listed is documented. The endpoint's id, its method and all fields are inferred. If your workspace has
    another id, the task fails with those that are there."
seealso:
  - module: euc.fleet.citrix_workspace_session
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: What is this user running?
  euc.fleet.citrix_workspace_session_info:
  register: running
"""

RETURN = r"""
---
sessions:
  description: The sessions.
  returned: success
  type: list
  elements: dict
  contains:
    session_id: {description: Opaque id., type: str, returned: always}
    name: {description: Its name., type: str, returned: always, sample: Calculator}
    resource_id: {description: Id of its resource., type: str, returned: always}
    links: {description: Links of the session as the workspace tells them., type: dict, returned: always}
refresh_token:
  description: The new refresh token, a secret; the one that was given may be void.
  returned: when a renewal has replaced it
  type: str
api:
  description: What the task cost, in calls.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.citrix.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.sessions import LIST_ENDPOINT, list_sessions
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec(LIST_ENDPOINT, connect, shared=(CONNECTION,), reads_only=True)


def run(ctx):
    return {"changed": False, "sessions": ctx.client.records(list_sessions, ctx.params["list_endpoint"])}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
