# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter headroom: what a plan's assignments take of licenses and free desktops, and what speaks against that."""

from __future__ import annotations

import collections

from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import FREE
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import is_persistent
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: headroom
short_description: Whether licenses and free desktops suffice for a plan
version_added: 1.0.0
description:
  - Counts what the assignments in a plan of M(euc.fleet.workspot_tenant) take, pool by pool, and holds it against what is free. Only persistent pools
    count; of others nobody keeps anything.
  - Each new assignment is taken to need a license of a named user. Licenses of the pool's VM type must suffice if there are any; those of all types
    together must suffice always.
positional: _input
options:
  _input:
    description: The C(plan) that M(euc.fleet.workspot_tenant) returned.
    type: list
    elements: dict
    required: true
  pools:
    description: All pools, as M(euc.fleet.workspot_pool_info) returns them.
    type: list
    elements: dict
    required: true
  desktops:
    description: The desktops of the plan's pools, as M(euc.fleet.workspot_desktop_info) returns them.
    type: list
    elements: dict
    required: true
  licenses:
    description: The licenses, as M(euc.fleet.workspot_license_info) returns them. Without any, licenses are not looked at.
    type: list
    elements: dict
  min_free_licenses:
    description: Licenses that must be left afterwards.
    type: int
    default: 0
  max_new_desktops:
    description: Desktops that may be built because no free one is left.
    type: int
    default: 0
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Stop if it does not fit
  ansible.builtin.assert:
    that: room.objections | length == 0
    fail_msg: "{{ room.objections | join('; ') }}"
  vars:
    room: "{{ planned.plan | euc.fleet.headroom(pools=known.pools, desktops=known.desktops, licenses=known.licenses, max_new_desktops=2) }}"
"""

RETURN = r"""
---
_value:
  description: C(named_users) and C(new_desktops) are what the plan takes, C(objections) are sentences on what does not suffice.
  type: dict
"""


def headroom(plan, *, pools, desktops, licenses=None, min_free_licenses=0, max_new_desktops=0):
    pools = {pool["name"]: pool for pool in plain(pools) if is_persistent(pool)}
    assigned = [change["after"] for change in plain(plan) if change["kind"] == "assignments" and change["verb"] == "assign"]
    assigned = [after for after in assigned if after["pool"] in pools]
    to_build = _to_build(assigned, plain(desktops))
    objections = [] if sum(to_build.values()) <= max_new_desktops else [_too_many(to_build, max_new_desktops)]
    if licenses is not None and assigned:
        needed = collections.Counter(pools[after["pool"]]["vm_type"] for after in assigned)
        objections += _licenses_short(needed, plain(licenses), min_free_licenses)
    return never_a_template({"named_users": len(assigned), "new_desktops": sum(to_build.values()), "objections": objections})


def _to_build(assigned, desktops):
    """How many desktops are built in each pool in which no free one is left."""
    named = {(after["pool"], after["desktop"]) for after in assigned if after.get("desktop")}
    free = collections.Counter(
        desktop["pool"]
        for desktop in desktops
        if not desktop["user"] and desktop["status"] in FREE and (desktop["pool"], desktop["name"]) not in named
    )
    wanted = collections.Counter(after["pool"] for after in assigned if not after.get("desktop"))
    return {pool: number - free[pool] for pool, number in wanted.items() if number > free[pool]}


def _too_many(to_build, limit):
    details = ", ".join(f"{number} in pool '{pool}'" for pool, number in sorted(to_build.items()))
    return f"too few desktops are free: {sum(to_build.values())} would have to be built ({details}), and {limit} may be"


def _licenses_short(needed, licenses, reserve):
    """``needed``: licenses of named users by VM type."""
    told = [license for license in licenses if license["named_users"]["free"] is not None]
    if not told:
        yield "the licenses do not tell how many named users are free"
        return
    for vm_type, number in {**needed, None: sum(needed.values())}.items():
        fitting = [license for license in told if vm_type is None or (license["vm_type"] or "").casefold() == vm_type.casefold()]
        free = sum(license["named_users"]["free"] for license in fitting)
        if fitting and number > free - reserve:
            of_type = f" of {vm_type}" if vm_type else ""
            spared = f", of which {reserve} shall stay free" if reserve else ""
            yield f"{number} licenses of named users{of_type} are needed, and {free} are free{spared}"


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"headroom": headroom}
