# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: workspot
short_description: Desktops of Workspot Control as hosts
version_added: 1.0.0
description:
  - Reads the pools of Workspot Control and the desktops of each, for one read and one more per pool, and makes a host of every desktop.
  - A host has the variables C(id), C(name), C(fqdn), C(pool), C(pool_id), C(status), C(user), C(ip_address) and C(tags), each with
    O(hostvars_prefix) before it. None of their values is ever evaluated as a template.
  - The configuration file is named C(workspot.yml) or ends in C(.workspot.yml); C(yaml) does as well.
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [euc.fleet.workspot]
  pools:
    description:
      - Names or ids of the pools to read. Without it, all are read.
      - This saves reads, where O(filters) only leaves hosts out.
    type: list
    elements: str
  hostnames:
    description:
      - What a host is called, best first. The first that a desktop has, and has for itself, is its name.
      - Each is one of V(name), V(fqdn), V(ip_address), V(user) and V(id), or a Jinja expression over the host's variables.
      - Whatever is no letter, digit, C(.), C(-), C(_), C(@) or C(:) has become an underscore.
      - A desktop that shares all of them with another one is called by the first, with its id behind it; a warning tells so.
    type: list
    elements: str
    default: [name, fqdn]
  hostvars_prefix:
    description:
      - Begins the names of all variables that a host has from Control, in expressions as well.
      - Without one, V(""), the names C(name) and C(tags) hide behind those that Ansible reserves.
    type: str
    default: workspot_
  filters:
    description:
      - What is a host and what is not. Each entry is tried in turn, and the first whose expression is true decides; a desktop that none decides
        about is a host.
      - An expression about something that a desktop does not have is not true; with O(strict), it ends the run.
    type: list
    elements: dict
    suboptions:
      include:
        description: Jinja expression over the host's variables. Where it is true, the desktop is a host.
        type: str
      exclude:
        description: Jinja expression over the host's variables. Where it is true, the desktop is no host.
        type: str
  group_by:
    description:
      - Groups to make, such as C(pool_Sales_EU), C(status_Ready), C(user_ann_example_com) and C(tag_ring_pilot).
      - Letters that a group's name cannot have become underscores.
    type: list
    elements: str
    choices: [pool, status, user, tag]
    default: []
notes:
  - The texts of connection options and of O(pools) in the file may be templates, with lookups and extra variables in them.
  - With O(cache), all desktops of the selected pools are kept; O(filters), names and groups are worked out anew each time. As long as the cache
    is good, nothing is asked of Control and no credentials are needed.
  - At the usual 20 reads a minute, a hundred pools take five minutes; a persistent O(cache_plugin) such as C(ansible.builtin.jsonfile) is worth
    its line.
seealso:
  - module: euc.fleet.workspot_desktop_info
  - plugin: euc.fleet.workspot
    plugin_type: lookup
extends_documentation_fragment:
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
  - euc.fleet.workspot
  - euc.fleet.workspot.plugin
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
# all.workspot.yml: every desktop, with credentials from WORKSPOT_* environment variables
plugin: euc.fleet.workspot

---
# sales.workspot.yml: some desktops, grouped
plugin: euc.fleet.workspot
client_id: "{{ lookup('ansible.builtin.env', 'WORKSPOT_CLIENT_ID') }}"
pools: [Sales, Support]
hostnames:
  - fqdn
  - workspot_name | lower
filters:
  - exclude: workspot_status in ['Deleting', 'Failed']
  - include: workspot_user
  - include: workspot_tags.owner == 'dora'
  - exclude: true
group_by: [pool, status, user, tag]
keyed_groups:
  - key: workspot_ip_address.split('.')[:3] | join('_')
    prefix: net
groups:
  unassigned: not workspot_user
compose:
  ansible_host: workspot_ip_address
  ansible_connection: "'winrm'"
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/workspot
cache_timeout: 900
"""

import collections
import os
import re

from ansible.errors import AnsibleError, AnsibleParserError, AnsibleUndefinedVariable
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import duration
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import DESKTOP, list_desktops
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import find_pool, list_pools
from ansible_collections.euc.fleet.plugins.plugin_utils.constructing import Constructing
from ansible_collections.euc.fleet.plugins.plugin_utils.reading import read, refuse_unknown

VALUES = [field.name for field in DESKTOP.fields]
# More pools than the budget gives away at once are announced if they take longer than this, in seconds.
LONG = 15


class InventoryModule(BaseInventoryPlugin, Constructing, Cacheable):
    NAME = "euc.fleet.workspot"

    def verify_file(self, path):
        file = f".{os.path.basename(path)}"
        return super().verify_file(path) and file.endswith((".workspot.yml", ".workspot.yaml"))

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        self._check(config)
        try:
            desktops = self._desktops(config, path, cache)
            self._add_hosts([(desktop, self._variables(desktop)) for desktop in wrap_var(desktops)])
        except AnsibleParserError:
            raise
        except AnsibleError as error:
            raise AnsibleParserError(error.message) from None

    # ---- What there is

    def _desktops(self, config, path, cache):
        """The records of all desktops of the selected pools: from the cache, before anything else is looked at, or from Control."""
        if not self.get_option("cache"):
            return self._read(config, fresh=not cache)
        # Another selection is another answer.
        key = self.get_cache_key(f"{path} {self.get_option('pools')}")
        if cache:
            try:
                return self._cache[key]
            except KeyError:
                pass
        self._cache[key] = self._read(config, fresh=not cache)
        return self._cache[key]

    def _read(self, config, fresh):
        for name in (*CONNECTION["options"], "pools"):
            if self.templar.is_template(config.get(name)):
                self.set_option(name, self._filled_in(name, config[name]))

        def run(ctx):
            client = ctx.client
            records = (lambda *place: client.refresh(place)) if fresh else client.records
            pools = records(list_pools)
            if self.get_option("pools") is not None:
                chosen = [find_pool(client, wanted) for wanted in self.get_option("pools")]
                pools = {pool["id"]: pool for pool in chosen}.values()
            seconds = client.session.budget.seconds_for("read", len(pools))
            if seconds > LONG:
                ctx.progress(f"reading the desktops of {len(pools)} pools; the limit of reads makes that {duration(seconds)}")
            return {"desktops": [desktop for pool in pools for desktop in records(list_desktops, pool["id"])]}

        return read(self, run, progress=lambda text: self.display.display(f"[{self.NAME}] {text}", stderr=True))["desktops"]

    def _filled_in(self, name, value):
        """The value of an option from the file, where it is a template. What comes from the environment is none."""
        self.templar.available_variables = self._vars
        try:
            return self.templar.template(value)
        except AnsibleError as error:
            why = "" if CONNECTION["options"].get(name, {}).get("no_log") else f": {error.message}"
            raise AnsibleParserError(f"The template in option '{name}' could not be filled in{why}") from None

    # ---- What is made of it

    def _add_hosts(self, desktops):
        desktops = [(desktop, variables) for desktop, variables in desktops if self._is_host(variables)]
        candidates = [self._candidates(desktop, variables) for desktop, variables in desktops]
        names, shared = choose_names(candidates, [as_name(desktop["id"]) for desktop, _variables in desktops])
        if shared:
            more = f" and {len(shared) - 5} more" if len(shared) > 5 else ""
            self.display.warning(
                f"Several desktops are called {', '.join(shared[:5])}{more}; each of them is named by the next of 'hostnames', or by its id as well"
            )
        for name, (desktop, variables) in zip(names, desktops):
            self.inventory.add_host(name)
            # One by one they would each be tagged with the name of the inventory file, which takes longer than all the rest.
            self.inventory.get_host(name).vars.update(variables)
            self._add_to_groups(name, desktop)
            self.construct(name, variables)

    def _variables(self, desktop):
        prefix = self.get_option("hostvars_prefix")
        return {f"{prefix}{key}": desktop.get(key) for key in VALUES}

    def _candidates(self, desktop, variables):
        return [
            as_name(desktop.get(wanted) if wanted in VALUES else self._evaluated("hostnames", wanted, variables))
            for wanted in self.get_option("hostnames")
        ]

    def _is_host(self, variables):
        for entry in self.get_option("filters") or ():
            ((verdict, expression),) = entry.items()
            if expression is True or self._evaluated("filters", expression, variables):
                return verdict == "include"
        return True

    def _evaluated(self, option, expression, variables):
        """What an expression comes to; None if it is about something that is not there, unless that is forbidden."""
        try:
            return self._compose(expression, variables)
        except AnsibleUndefinedVariable as error:
            if not self.get_option("strict"):
                return None
            trouble = error
        except AnsibleError as error:
            trouble = error
        raise AnsibleParserError(f"The expression '{expression}' in '{option}' cannot be evaluated: {trouble.message}") from None

    def _add_to_groups(self, name, desktop):
        for kind in self.get_option("group_by"):
            for value in group_values(kind, desktop):
                group = self.inventory.add_group(self._sanitize_group_name(f"{kind}_{value}"))
                self.inventory.add_child(group, name)

    # ---- What may be asked for

    def _check(self, config):
        """Refuse what Ansible would pass over in silence: a misspelt filter would let hosts in."""
        refuse_unknown(self, config, AnsibleParserError)
        if not self.get_option("hostnames"):
            raise AnsibleParserError("'hostnames' is empty; name at least one, such as 'name'")
        for entry in self.get_option("filters") or ():
            if not isinstance(entry, dict) or len(entry) != 1 or not set(entry) <= {"include", "exclude"}:
                raise AnsibleParserError(f"Each entry of 'filters' is either 'include' or 'exclude' with an expression, not {entry}")
            if not all(isinstance(expression, (str, bool)) for expression in entry.values()):
                raise AnsibleParserError(f"An expression of 'filters' is a text, not {entry}")


def choose_names(candidates, ids):
    """One name for each desktop, and the names that were wanted by several.

    ``candidates`` has a list for each desktop, best first, all of one length, with None for what a desktop has not. Who gets a name does not
    depend on the order of desktops: where several want one, none of them gets it.
    """
    names, shared = [None] * len(ids), {}
    for column in zip(*candidates):
        wanted = collections.Counter(offer for offer, name in zip(column, names) if offer and not name)
        taken = set(names)
        shared.update(dict.fromkeys(offer for offer, times in wanted.items() if times > 1 or offer in taken))
        names = [name or (offer if wanted[offer] == 1 and offer not in taken else None) for offer, name in zip(column, names)]
    full = ["_".join(filter(None, [next(filter(None, offers), None), id])) for offers, id in zip(candidates, ids)]
    return [name or whole for name, whole in zip(names, full)], list(shared)


def as_name(value):
    """A text that is one host's name wherever Ansible takes names, patterns and templates; None for nothing."""
    return re.sub(r"[^\w.@:-]", "_", str(value)) if value else None


def group_values(kind, desktop):
    """What the groups of a kind are called to which a desktop belongs."""
    if kind == "tag":
        return [f"{name}_{value}" if value else name for name, value in desktop["tags"].items()]
    return [desktop[kind]] if desktop[kind] else []
