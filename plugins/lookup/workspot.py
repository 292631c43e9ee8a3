# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: workspot
short_description: Look up an object of Workspot Control
version_added: 1.0.0
description:
  - Finds objects of Workspot Control by kind and name, and returns each as the info module of that kind does, or only its id.
  - All lookups of one task, and the items of its loop, share one login and read each listing once.
options:
  _terms:
    description: Names or ids; users have e-mail addresses.
    type: list
    elements: str
    required: true
  kind:
    description: What they are names of.
    type: str
    required: true
    choices: [app_pool, application, bundle, cloud, desktop, gateway_cluster, global_desktop, group, pool, template, user]
  pool:
    description: Name or id of the pool of desktops. Without it, the desktops of all pools are read, one read each.
    type: str
  cloud:
    description: Name of the cloud of templates, which are found nowhere else.
    type: str
  only_id:
    description: Whether to return the id alone. Templates have none.
    type: bool
    default: false
  default:
    description:
      - What to return for a name that is not there. Without it, such a name is an error that tells the nearest ones.
      - A pool or cloud that is not there is an error in any case.
    type: raw
notes:
  - Unlike the names of modules, C(module_defaults) do not reach a lookup; give the connection in the environment or as keywords.
  - Names are found as modules find them, by id or exact name; two objects of one name are an error that lists both.
  - Each task runs in a process of its own and reads for itself. Keep with M(ansible.builtin.set_fact) what several tasks need.
seealso:
  - module: euc.fleet.workspot_pool_info
  - module: euc.fleet.workspot_desktop_info
  - plugin: euc.fleet.workspot
    plugin_type: inventory
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.workspot.plugin
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Show the region of a pool
  ansible.builtin.debug:
    msg: "{{ lookup('euc.fleet.workspot', 'Sales', kind='pool').region }}"

- name: Show the ids of two desktops
  ansible.builtin.debug:
    msg: "{{ query('euc.fleet.workspot', 'SALES-001', 'SALES-002', kind='desktop', pool='Sales', only_id=true) }}"

- name: Create a user who is not there
  euc.fleet.workspot_user:
    email: eve@example.com
    first_name: Eve
    last_name: Evans
  when: not lookup('euc.fleet.workspot', 'eve@example.com', kind='user', default=false)

- name: Show a template, with a connection of its own
  ansible.builtin.debug:
    msg: "{{ lookup('euc.fleet.workspot', 'base', kind='template', cloud='Google', **connection).status }}"
  vars:
    connection:
      region: us
      request_timeout: 30
"""

RETURN = r"""
---
_raw:
  description: The objects in the order of their names, as the info module of the kind returns them; or their ids.
  type: list
  elements: raw
"""

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.euc.fleet.plugins.module_utils.workspot.lookup import KINDS, look_up
from ansible_collections.euc.fleet.plugins.plugin_utils.reading import read, refuse_unknown


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        self.set_options(var_options=variables, direct=kwargs)
        # A loop written as `with_` gives it a word of Ansible's own.
        refuse_unknown(self, kwargs.keys() - {"wantlist"})
        kind, default = self.get_option("kind"), self.get_option("default")
        within = KINDS[kind].within
        for option in ("pool", "cloud"):
            if self.get_option(option) and option != within:
                raise AnsibleError(f"'{option}' says nothing about a {kind}")
        if not all(isinstance(term, str) and term for term in terms):
            raise AnsibleError(f"Names are texts that are not empty, not {terms}")

        def run(ctx):
            place = within and self.get_option(within)
            options = {"optional": default is not None, "only_id": self.get_option("only_id")}
            return {"found": [look_up(ctx.client, kind, term, place, **options) for term in terms]}

        return [default if item is None else wrap_var(item) for item in read(self, run)["found"]]
