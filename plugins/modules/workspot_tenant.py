#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_tenant
short_description: Many objects of a tenant, or all, in one desired state
version_added: 1.0.0
description:
  - Leads any part of a Workspot Control tenant to its desired state in one task. The items are the options of the single modules.
  - Everything is read once, planned as a whole and judged by O(guard) before the first write. Items may name objects that other items of
    the task are to create.
  - Changes are made in the order in which objects build on each other, and what may be under way together is waited for together.
  - What the desired state leaves out is left alone, be it an option, an object or a whole kind, unless O(purge) names the kind.
options:
  purge:
    description:
      - Kinds whose objects are removed if the desired state does not have them. It must have at least one item of such a kind.
      - For desktops and assignments this concerns the pools that their items name, for templates the clouds.
    type: list
    elements: str
    choices: [gateway_clusters, templates, app_pools, applications, bundles, users, desktops, assignments]
    default: []
  on_error:
    description:
      - With V(stop), nothing is sent if an item cannot be planned, and nothing new is begun after a failure.
      - With V(continue), the other items are led to their state all the same. The task fails at the end and tells of each.
      - A listing that cannot be read ends the task in either case, for what is unknown is not taken to be absent.
    type: str
    choices: [stop, continue]
    default: stop
  journal:
    description:
      - File that keeps what was sent and not yet seen to be done, so that a run which was killed is continued by the next one. It holds
        names and operation ids, no secret.
      - Without it, the journal is in the state directory of the user who runs the task. Name a file where that does not last, such as in an
        execution environment.
    type: path
  wait_timeout:
    description: Seconds to wait at most for changes that are under way together, counted from the last of their writes.
    type: int
    default: 7200
  poll_interval:
    description: Seconds before the first look at work under way. Later looks come at growing intervals of up to 30 seconds.
    type: int
    default: 5
notes:
  - Of the V(api) calls of a run, a desired state that is met costs one read a kind and one for each pool with desktops in it; groups and
    global desktops cost one more each.
  - When the plan has been judged, each object is planned once more right before its turn. What it then wants beyond the judged plan is refused.
  - Secrets within items are masked in the task's output.
seealso:
  - module: euc.fleet.workspot_tenant_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.tenant
  - euc.fleet.guard
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: A team, its desktops and what they are for
  euc.fleet.workspot_tenant:
    users:
      - {email: ann@example.com, first_name: Ann, last_name: Archer, cost_center: "1105"}
      - {email: eve@example.com}
    desktops:
      - pool: Sales
        name: SALES-003
        user: ann@example.com
        tags: {department: sales}
      - pool: Sales
        name: SALES-006
        user: eve@example.com
    guard:
      max_changes: 20

- name: An application, its bundle, and the group that gets it
  euc.fleet.workspot_tenant:
    applications:
      - {name: Planner, pool: Office servers, full_path: 'C:\Programs\planner.exe'}
    bundles:
      - {name: Planning, applications: [Planner, Writer]}
    groups:
      - {name: Everybody, bundle: Planning}

- name: Have exactly these bundles, and delete all others
  euc.fleet.workspot_tenant:
    bundles:
      - {name: Planning}
      - {name: Office}
      - {name: Express Setup}
    purge: [bundles]
    guard:
      max_destructive: 2
      confirm: true
"""

RETURN = r"""
---
plan:
  description: Every change in the order in which it is carried out, the same in check mode and in a real run.
  returned: success
  type: list
  elements: dict
  contains:
    kind: {description: Key of the desired state., type: str, returned: always}
    name: {description: What the item is called., type: str, returned: always}
    verb: {description: What is done., type: str, returned: always}
    summary: {description: The change in a sentence., type: str, returned: always}
    before: {description: What changes as it is now., type: dict, returned: always}
    after: {description: The same as it will be., type: dict, returned: always}
    destructive: {description: Whether it cannot be undone., type: bool, returned: always}
  sample:
    - kind: desktops
      name: Sales EU/SALES-001
      verb: tag
      summary: tag desktop 'Sales EU/SALES-001'
      before: {tags: {}}
      after: {tags: {department: sales}}
      destructive: false
cost:
  description: What the plan takes, calls of the shared budget and seconds until done.
  returned: success
  type: dict
  sample: {reads: 4, writes: 2, eta_s: 260}
summary:
  description: How many objects there are, and what became (or in check mode would become) of how many of them.
  returned: success
  type: dict
  sample: {objects: 14, ok: 12, changed: 2, not_attempted: 0, failed: 0}
results:
  description: One entry an object.
  returned: success
  type: list
  elements: dict
  contains:
    kind: {description: Key of the desired state., type: str, returned: always}
    name: {description: What the item is called., type: str, returned: always}
    status: {description: 'One of C(ok), C(changed), C(failed), C(not_attempted).', type: str, returned: always}
    changes: {description: Its changes as sentences., type: list, elements: str, returned: always}
    msg: {description: Why it failed., type: str, returned: for an object that failed}
    error: {description: The same for programs., type: dict, returned: for an object that failed}
drift:
  description:
    - How far the tenant was from the desired state, for reports. Lists of C(added) (would be made), C(removed), C(changed), C(unmanaged)
      (there, and not spoken of) and C(unknown) (could not be planned).
    - Users are known to be unmanaged only where the users report was read.
  returned: success
  type: dict
  contains:
    added: {description: Objects that are to be made., type: list, elements: dict, returned: always}
    removed: {description: Objects that are to be removed., type: list, elements: dict, returned: always}
    changed:
      description: Objects that differ, with C(fields) from name to C(before) and C(after), and with a C(reason) if they cannot be changed.
      type: list
      elements: dict
      returned: always
    unmanaged:
      description: Objects of the same kinds that the desired state does not have; where O(assignments) is given, also in pools of O(desktops).
      type: list
      elements: dict
      returned: always
    unknown: {description: 'Objects that could not be planned, with C(reason).', type: list, elements: dict, returned: always}
objections:
  description: What O(guard) has against the plan.
  returned: success
  type: list
  elements: str
  sample: ["the plan has 30 changes, and guard.max_changes allows 20"]
not_comparable:
  description: Fields that were sent, or would be, and that no answer of the API shows, by kind.
  returned: when there are any
  type: dict
  sample: {applications: [working_dir]}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 17, writes: 2, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.tenant import OPTIONS, lead

SPEC = ModuleSpec(OPTIONS, connect, shared=(CONNECTION,))


def run(ctx):
    return lead(ctx)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
