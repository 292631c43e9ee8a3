#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_rollout
short_description: One action on many desktops, wave by wave
version_added: 1.0.0
description:
  - Selects desktops and does the same to each of them, with the rails that this takes. Canaries go first, then waves; only so many are under
    way at once; people are left alone, waited for or warned; a pool keeps enough desktops; trouble stops the rollout.
  - Each act is that of the single module, with all of its own checks.
  - In check mode it returns the waves with their desktops, what they cost and how long they take.
options:
  select:
    description:
      - Which desktops. Those are meant that fit all criteria that are given; at least one is needed. Names, users and the values of tags may
        have the wildcards C(*) and C(?), and lower and upper case are the same, but for the names of tags.
    type: dict
    required: true
    suboptions:
      pools:
        description: Names or IDs of pools.
        type: list
        elements: str
      names:
        description: Names or IDs of desktops. One without wildcards that is not there is an error.
        type: list
        elements: str
      statuses:
        description: Status words as the API tells them, such as C(Ready).
        type: list
        elements: str
      users:
        description: E-mail addresses of the users whom the desktops are assigned to.
        type: list
        elements: str
      tags:
        description: Tags and their values. Without a value, the tag must be there.
        type: dict
      exclude:
        description: Desktops that fit any of these are left out.
        type: dict
        suboptions:
          pools:
            description: Names or IDs of pools.
            type: list
            elements: str
          names:
            description: Names or IDs of desktops. The task warns of one that no desktop has.
            type: list
            elements: str
          statuses:
            description: Status words.
            type: list
            elements: str
          users:
            description: E-mail addresses.
            type: list
            elements: str
          tags:
            description: Tags; a desktop is left out if it has all of them.
            type: dict
      limit:
        description: Take this many at most, in the order of pools and names.
        type: int
  action:
    description:
      - What is done to each desktop.
      - V(message) and V(logoff) concern those that somebody has a session on.
    type: str
    choices: [reboot, redeploy, pause, resume, delete, move, upgrade, retain, unassign, message, logoff, tag]
    required: true
  target_pool:
    description: Where desktops go with V(action=move) and V(action=upgrade).
    type: str
  domain:
    description: Domain that a desktop joins with V(action=upgrade).
    type: str
  domain_ou:
    description: Organizational unit of the desktop in O(domain).
    type: str
  domain_user:
    description: User who may join computers to O(domain).
    type: str
  domain_password:
    description: Password of O(domain_user).
    type: str
  days:
    description: Days for which V(action=retain) keeps the data of suspended desktops.
    type: int
  forever:
    description: Keep them without end.
    type: bool
    default: false
  tags:
    description: Tags that V(action=tag) sets; others stay.
    type: dict
  force:
    description: Whether V(action=delete) may delete desktops that are assigned or suspended.
    type: bool
    default: false
  session_policy:
    description:
      - What to do about a desktop that is in use when its turn comes. This is looked at before a warning and again right before the act.
      - V(skip) leaves it alone. V(wait) puts it off until the session has ended, for O(wait_timeout) at most. V(force) acts after O(text) was
        shown for O(grace), or at once if there is no O(text).
      - Desktops are not moved or upgraded by force.
    type: str
    choices: [skip, wait, force]
    default: skip
  session_sources:
    description:
      - What tells that a desktop is in use. With V(both), that is its status or a connection of a gateway; one of them is enough.
      - Connections cost one read for each region of a gateway cluster and each gateway that has any, at every round of starts. V(status) does
        without them.
    type: str
    choices: [both, status]
    default: both
  text:
    description:
      - What is shown to users, with O(session_policy=wait) and O(session_policy=force) as a warning, and with V(action=message) as such.
      - With V(action=logoff) it is shown for O(grace) before the user is logged off, whatever O(session_policy).
    type: str
  grace:
    description: Seconds between a warning and the act.
    type: int
    default: 300
  waves:
    description:
      - Without it, all selected desktops are one wave, with no canary before.
      - How the desktops are divided. A wave begins when the one before is done and its desktops can be used again; if they cannot within
        O(wait_timeout), the rollout stops.
    type: dict
    suboptions:
      canary:
        description: Desktops of the first wave.
        type: int
        default: 0
      size:
        description: Desktops of each further wave.
        type: int
      percent:
        description: The same as a share of all selected desktops, rounded up.
        type: int
  spacing:
    description: Seconds from one start to the next at least.
    type: int
    default: 0
  max_outstanding:
    description: How many acts are under way at once.
    type: int
    default: 10
  max_failures:
    description: If more acts than this fail, nothing new is started.
    type: int
    default: 0
  max_unhealthy_percent:
    description:
      - If a larger share of the desktops of a pool has failed, whatever the reason, that is an outage. Nothing is started then, not even the
        first act.
    type: int
    default: 20
  deadline:
    description:
      - Nothing new is started after so many seconds, or from this time of day on, by the clock of the machine that runs the task. Write a time
        in quotes, such as V('22:30'), for YAML takes it for a number otherwise.
      - What is under way then is seen through, and the task does not fail. With O(journal) the next run goes on.
    type: str
  journal:
    description:
      - File that keeps what became of each desktop. A run that was killed, stopped or out of time is continued by the next one that asks for
        the same, with the same waves. What is done is not done again, and what was begun is waited for.
      - The journal of a finished rollout is begun anew. That of another one which is not finished is an error.
      - A second file beside it, with C(.writes) at the end of its name, keeps the writes under way.
    type: path
  repeat_after:
    description:
      - Seconds after which a desktop may get the same again, however often and with whatever O(select) the task runs until then; V(-1) is never. So
        the task can be started again, by whatever schedule, without doing harm.
      - O(journal) is then not begun anew when all is done, and each run selects and divides the desktops afresh. Give every occasion, such as a new
        image, a journal of its own.
    type: int
    default: 0
  stop_file:
    description:
      - Once this file is there, nothing new is started. What is under way is seen through, and the task does not fail, as with O(deadline).
    type: path
  wait_timeout:
    description: Seconds to wait at most for one act, for the end of a session, for a wave to recover, and for desktops to become available.
    type: int
    default: 3600
  poll_interval:
    description: Seconds between looks at what is under way.
    type: int
    default: 15
  guard:
    description:
      - As elsewhere, and checked before the first write. For actions after which a desktop comes back, C(min_available) counts at every start
        instead. An act that would leave fewer desktops of its pool available is put off until others are back.
notes:
  - What the API refuses for a desktop, such as rebooting one that is being built, is a reason to skip it. So is that it is rebooting already.
  - A reboot whose answer was lost, because the run was killed, is looked for and never sent again by itself.
  - A message whose answer was lost is shown once more, for who has seen it cannot be read.
seealso:
  - module: euc.fleet.workspot_desktop_action
  - module: euc.fleet.workspot_desktop_power
  - module: euc.fleet.workspot_desktop_move
  - module: euc.fleet.workspot_tenant
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.guard
  - euc.fleet.attributes
  - euc.fleet.attributes.action
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Reboot a pool at night, two canaries first
  euc.fleet.workspot_rollout:
    select:
      pools: [Sales]
      exclude:
        tags: {keep_on: "*"}
    action: reboot
    waves:
      canary: 2
      percent: 20
    guard:
      min_available: 2
    deadline: '05:30'
    journal: /var/lib/fleet/reboot-sales.jsonl

- name: Redeploy a pool in spite of sessions, with a warning
  euc.fleet.workspot_rollout:
    select:
      pools: [Support]
    action: redeploy
    session_policy: force
    text: Your desktop is built anew in ten minutes. Please save your work.
    grace: 600
    guard:
      confirm: true

- name: Tell everybody who is working
  euc.fleet.workspot_rollout:
    select:
      pools: [Sales, Support]
    action: message
    text: The service desk is back.
"""

RETURN = r"""
---
results:
  description: One entry a desktop, in the order of the waves; the filter P(euc.fleet.report#filter) makes a report of them.
  returned: success
  type: list
  elements: dict
  contains:
    kind: {description: C(desktops)., type: str, returned: always}
    name: {description: Pool and name of the desktop., type: str, returned: always}
    wave: {description: Number of its wave., type: int, returned: always}
    status: {description: 'One of C(done), C(skipped), C(failed), C(not_attempted).', type: str, returned: always}
    changes: {description: 'What was done, or would be in check mode.', type: list, elements: str, returned: always}
    msg: {description: Why it was skipped or failed., type: str, returned: where there is a reason}
    operation: {description: ID of the operation behind it., type: str, returned: where one was begun}
  sample:
    - kind: desktops
      name: Sales/SALES-001
      wave: 1
      status: done
      changes: ["reboot desktop 'Sales/SALES-001'"]
      operation: 0c9a4a7e-4e0e-4b0e-8a0e-0f4f6f8f1d3b
waves:
  description: The names of the desktops of each wave.
  returned: success
  type: list
  elements: list
  sample: [["Sales/SALES-001"], ["Sales/SALES-002", "Sales/SALES-003"]]
plan:
  description: Every change as it was foreseen before the first one.
  returned: success
  type: list
  elements: dict
cost:
  description: What the plan takes, calls of the shared budget and seconds until done.
  returned: success
  type: dict
  sample: {reads: 40, writes: 30, eta_s: 1260}
summary:
  description: What became of how many.
  returned: success
  type: dict
  sample: {objects: 30, done: 28, skipped: 2, failed: 0, not_attempted: 0}
objections:
  description: What the rails have against the plan.
  returned: success
  type: list
  elements: str
stopped_because:
  description: Why not all desktops had their turn; empty if they had.
  returned: success
  type: str
  sample: the deadline has passed
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 17, writes: 2, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.rollout import OPTIONS, roll_out

SPEC = ModuleSpec(OPTIONS, connect, shared=(CONNECTION,))


def run(ctx):
    return roll_out(ctx)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
