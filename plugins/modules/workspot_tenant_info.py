#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_tenant_info
short_description: Export of a tenant
version_added: 1.0.0
description:
  - Reads the configuration of a live tenant of Workspot Control as a list for each kind of object, made of the options of the modules
    that manage them.
  - The lists are in order of names, and the same tenant gives the same lists, so that the result can be kept under version control.
    Objects are called by their names; an id stands only where a name is missing or shared.
  - What the API does not show is named in RV(left_out), and what nothing can manage in RV(unmanageable). Secrets are never read.
  - A read that fails fails the task; it is never taken for an empty list.
options:
  gather:
    description:
      - What to read. The cost in reads of each kind, where a listing that several kinds need is read once for all of them.
      - V(pools), V(app_pools) and V(gateway_clusters) cost one; V(gateway_clusters) needs that of the pools too if pools are behind a gateway.
      - V(templates) costs one for the clouds, and one for each cloud.
      - V(desktops) costs one for the pools, and one for each pool.
      - V(users) costs the users report, which is one and the looks at its operation until it is ready, however many users there are.
        V(assignments) is made of the same report, and costs one for the pools.
      - V(bundles) costs two, for the bundles and the applications; V(applications) needs the same two, that of V(app_pools) and that of
        V(gateway_clusters).
      - V(global_desktops) costs one for the list, one for each global desktop, and one for the pools; V(groups) costs one for the groups,
        one for the bundles, and what the global desktops cost but the pools, for these tell their groups.
    type: list
    elements: str
    choices: [gateway_clusters, templates, app_pools, pools, applications, bundles, users, desktops, assignments, groups, global_desktops]
    default: [gateway_clusters, templates, app_pools, pools, applications, bundles, users, desktops, assignments, groups, global_desktops]
  wait_timeout:
    description: Seconds to wait for the users report at most.
    type: int
    default: 900
notes:
  - RV(tenant) and RV(facts), saved as a YAML file with these two keys, are a twin of the tenant for C(euc-simulator serve --tenant FILE), and
    C(euc-simulator rehearse) plays a playbook on it. The guide is C(docs/rehearsal.md) of the collection.
seealso:
  - module: euc.fleet.workspot_pool
  - module: euc.fleet.workspot_desktop
  - module: euc.fleet.workspot_user_info
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Export the tenant
  euc.fleet.workspot_tenant_info:
  register: export

- name: Export the pools and their desktops only
  euc.fleet.workspot_tenant_info:
    gather: [pools, desktops]
"""

RETURN = r"""
---
tenant:
  description: >-
    The configuration. Each key holds a list of objects, whose keys are options of the module that manages one such object. Of desktops, C(tags)
    and C(user) are those of M(euc.fleet.workspot_desktop_tags) and M(euc.fleet.workspot_assignment).
  returned: success
  type: dict
  contains:
    gateway_clusters: {description: Options of M(euc.fleet.workspot_gateway_cluster)., type: list, elements: dict, returned: when gathered}
    templates: {description: 'C(cloud), C(name) and C(state) of M(euc.fleet.workspot_template).', type: list, elements: dict, returned: when gathered}
    app_pools: {description: Options of M(euc.fleet.workspot_app_pool)., type: list, elements: dict, returned: when gathered}
    pools: {description: Options of M(euc.fleet.workspot_pool)., type: list, elements: dict, returned: when gathered}
    applications:
      description: Options of M(euc.fleet.workspot_application), without C(bundles), for bundles list their applications.
      type: list
      elements: dict
      returned: when gathered
    bundles: {description: 'C(name) and C(applications) of M(euc.fleet.workspot_bundle).', type: list, elements: dict, returned: when gathered}
    users: {description: Options of M(euc.fleet.workspot_user)., type: list, elements: dict, returned: when gathered}
    desktops:
      description: >-
        C(pool) and C(name) of M(euc.fleet.workspot_desktop), C(tags) if it has any, and C(user) if it is assigned. Whether it runs is no
        configuration.
      type: list
      elements: dict
      returned: when gathered
      sample: [{pool: Sales, name: SALES-001, tags: {department: sales}, user: ann@example.com}]
    assignments:
      description: C(user) and C(pool) of M(euc.fleet.workspot_assignment), for pools that are not persistent.
      type: list
      elements: dict
      returned: when gathered
    groups: {description: 'C(name), C(bundle) and C(global_desktops) of M(euc.fleet.workspot_group).', type: list, elements: dict, returned: when gathered}
    global_desktops:
      description: C(name) and C(pools) of M(euc.fleet.workspot_global_desktop), the pool that is tried first being the first.
      type: list
      elements: dict
      returned: when gathered
facts:
  description: >-
    What else is known of these objects, by the same keys, and called as they are in RV(tenant): C(id), the real name as C(called) where an id
    stands for it, and what their info modules return besides. It holds what RV(tenant) had to leave out, such as a failed desktop, and
    C(clouds) with the templates. None of it can be asked for; a twin of the tenant needs it.
  returned: success
  type: dict
  sample: {pools: [{name: Sales, id: 8c1f9d3a-0d5c-5c0b-9d38-6b8a3f5f0f0e, cloud: Google Cloud, pool_type: Persistent, region: europe-west1}]}
left_out:
  description: For each kind the options that no call of the API shows, so that the export cannot hold them.
  returned: success
  type: dict
  sample: {bundles: [], app_pools: [auto_create_on_delete, load_balancing_method]}
unmanageable:
  description: Sentences about objects that are there and that the API, and hence the collection, cannot manage in full, or at all.
  returned: success
  type: list
  elements: str
  sample: ["Groups 'Designers', 'Everybody': no call creates or deletes a group, or takes its bundle away"]
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Deadline
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.export import KINDS, export

SPEC = ModuleSpec(
    {
        "gather": {"type": "list", "elements": "str", "choices": list(KINDS), "default": list(KINDS)},
        "wait_timeout": {"type": "int", "default": 900},
    },
    connect,
    shared=(CONNECTION,),
    reads_only=True,
)


def run(ctx):
    client = ctx.client
    return {"changed": False, **export(client, ctx.params["gather"], Deadline(client.clock, ctx.params["wait_timeout"]))}


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
