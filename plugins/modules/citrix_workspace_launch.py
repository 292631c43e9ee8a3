#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_launch
short_description: Launch an app or desktop of a Citrix workspace
version_added: 1.0.0
description:
  - Launches a resource as the Citrix Workspace app does, up to the point where it would open the session. This brokers a session and may power
    a machine on, so it proves that users can work.
  - A workspace that is not ready answers so and names where to ask again; that is done until O(wait_timeout).
options:
  name:
    description: Exact name of the resource. One of O(name) and O(resource_id) is needed.
    type: str
  resource_id:
    description: Id of the resource, where a name is not enough.
    type: str
  method:
    description: V(ica_file) is the flow of native clients, V(ticket) that of browsers.
    type: str
    choices: [ica_file, ticket]
    default: ica_file
  dest:
    description:
      - File to write the ICA file to, in one step. Its folder must exist. Without it the ICA file is thrown away.
      - Whoever has the file can use the session; remove it after use.
    type: path
  mode:
    description: Mode of that file, in quotes. One that lets everybody read it is refused.
    type: str
    default: '0600'
  wait_timeout:
    description: Seconds to wait at most until the launch is ready.
    type: int
    default: 120
  max_wait_interval:
    description: Seconds to wait at most before asking again, whatever the workspace asks for.
    type: int
    default: 60
  return_secrets:
    description: Whether to return C(receiver_uri), with which whoever has it can use the session. The result is then kept out of callbacks and
      logs.
    type: bool
    default: false
notes:
  - A launch is not sent twice. If its answer is lost, the task fails, and whether a session was brokered is not known.
  - "Certainty: both flows, the answer 202 with C(retryUrl) and C(pollTimeout), and the one-time ticket are documented. Methods, the newer links
    and C(status) were seen in the vendor's sample clients. That C(pollTimeout) is in seconds, that C(retryUrl) is called like the link before, and that
    a launch brokers a session even if its outcome is thrown away is inferred."
seealso:
  - module: euc.fleet.citrix_workspace_resource_info
attributes:
  check_mode:
    support: full
    details:
      - The resource is found and checked; nothing is launched.
  diff_mode:
    support: N/A
    details:
      - A launch is not shown.
  idempotent:
    support: none
    details:
      - A launch acts every time.
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Can a user launch the calculator?
  euc.fleet.citrix_workspace_launch:
    name: Calculator
  register: launched

- name: Keep the ICA file
  euc.fleet.citrix_workspace_launch:
    name: Calculator
    dest: /run/launch-check/calculator.ica
"""

RETURN = r"""
---
resource:
  description: What was launched.
  returned: success
  type: dict
  contains:
    resource_id: {description: Opaque id., type: str, returned: always, sample: r-1}
    name: {description: Name that users see., type: str, returned: always, sample: Calculator}
    enabled: {description: Whether it can be used now., type: bool, returned: always}
    client_types: {description: Client types; only C(ica30) can be launched., type: list, elements: str, returned: always, sample: [ica30]}
    links: {description: Addresses by the name of the link., type: dict, returned: always}
    launchable: {description: Whether it can be launched., type: bool, returned: always}
status:
  description: V(success), V(planned) in check mode, and on failure what the workspace said last.
  returned: success, and when a launch fails
  type: str
  sample: success
attempts:
  description: How often the workspace was asked.
  returned: success, and when a launch fails
  type: int
  sample: 3
elapsed:
  description: Seconds from the first request to the last answer.
  returned: success, and when a launch fails
  type: float
  sample: 11.4
dest:
  description: The file that was written.
  returned: success
  type: str
size:
  description: Bytes of the ICA file.
  returned: success
  type: int
receiver_uri:
  description: Link for the Citrix launcher, a secret.
  returned: O(return_secrets=true), but in check mode
  type: str
transaction_id:
  description: Id of the last request, for the vendor's support.
  returned: success, and when a launch fails
  type: str
error_id:
  description: The workspace's id of an error.
  returned: success, and when a launch fails
  type: str
suggest_restart:
  description: Whether the workspace says that restarting the machine might help.
  returned: success, and when a launch fails
  type: bool
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
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.launch import LAUNCH, launch_and_report
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.resources import ONE_RESOURCE
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec(LAUNCH, connect, shared=(CONNECTION, ONE_RESOURCE), secret_result="return_secrets")


def run(ctx):
    return launch_and_report(ctx)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
