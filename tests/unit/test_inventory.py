# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inventory makes of names, and of expressions: the same as Ansible's own Constructable, only not once for every host."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible_collections.euc.fleet.plugins.inventory.workspot import as_name, choose_names
from ansible_collections.euc.fleet.plugins.plugin_utils.constructing import Constructing


@pytest.mark.parametrize(
    "candidates, names, shared",
    [
        ([["a", "1"], ["b", "2"]], ["a", "b"], []),
        ([[None, "1"], ["b", None]], ["1", "b"], []),
        # Neither of two keeps what both want, whichever comes first.
        ([["a", "1"], ["a", "2"]], ["1", "2"], ["a"]),
        ([["a", "1"], ["a", None]], ["1", "a_y"], ["a"]),
        ([["a", "1"], ["a", "1"]], ["a_x", "a_y"], ["a", "1"]),
        # What is taken stays with whom it belongs to.
        ([["a", None], [None, "a"]], ["a", "a_y"], ["a"]),
        ([[None, None], ["b", None]], ["x", "b"], []),
        ([["same"], ["same"]], ["same_x", "same_y"], ["same"]),
    ],
)
def test_every_desktop_has_a_name_of_its_own(candidates, names, shared):
    assert choose_names(candidates, ["x", "y"]) == (names, shared)
    backwards, _shared = choose_names(candidates[::-1], ["y", "x"])
    assert backwards == names[::-1]


@pytest.mark.parametrize(
    "value, name",
    [("SALES-001", "SALES-001"), ("a b\n{{ 1 }}", "a_b____1___"), ("10.1.2.3", "10.1.2.3"), ("é@x.de", "é@x.de"), ("", None), (None, None), (7, "7")],
)
def test_a_name_is_one_harmless_word(value, name):
    assert as_name(value) == name


OPTIONS = {
    "strict": False,
    "use_extra_vars": False,
    "leading_separator": True,
    "compose": {
        "plain": "status",
        "joined": "pool ~ '/' ~ name",
        "fixed": "'word'",
        "of_none": "user",
        "missing": "tags.nothing",
        "nonsense": "a ~~ b",
        "seen": "query('vars', 'name') | first",
    },
    "groups": {
        "ready": "status == 'Ready'",
        "by_name": "inventory_hostname == 'h3'",
        "by_composed": "joined is search('^A B/')",
        "by group": "'ready' in group_names",
        "never": "nothing.there == 1",
    },
    "keyed_groups": [
        {"key": "pool", "prefix": "pool"},
        {"key": "tags", "prefix": "tag", "parent_group": "of_{{ pool }}"},
        {"key": "user", "prefix": "user", "default_value": "nobody"},
        {"key": "status", "separator": "", "prefix": "is"},
        {"key": "nothing.there", "prefix": "never"},
    ],
}
HOSTS = {
    f"h{number}": {
        "name": f"h{number}",
        "pool": ("A B", "C")[number % 2],
        "status": ("Ready", "Offline", "Ready")[number % 3],
        "user": None if number % 4 else "ann@example.com",
        "tags": {"ring": str(number % 3), "empty": ""} if number % 5 else {},
    }
    for number in range(20)
}


class Plain(BaseInventoryPlugin, Constructable):
    """As the plugins of other collections do it."""

    def construct(self, host, variables):
        options = (self.get_option(name) for name in ("compose", "groups", "keyed_groups"))
        steps = self._set_composite_vars, self._add_host_to_composed_groups, self._add_host_to_keyed_groups
        for step, option in zip(steps, options):
            step(option, variables, host, strict=self.get_option("strict"))


class Remembering(BaseInventoryPlugin, Constructing):
    pass


def inventory_of(kind, **options):
    plugin = kind()
    plugin.parse(InventoryData(), DataLoader(), "nowhere")
    trusted = trusting({**OPTIONS, **options})
    plugin.get_option = lambda name: trusted[name]
    for host, variables in HOSTS.items():
        plugin.inventory.add_host(host)
        plugin.inventory.hosts[host].vars.update(variables)
        plugin.construct(host, variables)
    hosts = {host.name: host.get_vars() for host in plugin.inventory.hosts.values()}
    groups = {name: ([h.name for h in group.hosts], [g.name for g in group.child_groups]) for name, group in plugin.inventory.groups.items()}
    return hosts, groups


def trusting(data):
    """The data as if it came from a file: newer versions of ansible-core evaluate nothing else."""
    try:
        from ansible.template import trust_as_template
    except ImportError:
        return data
    if isinstance(data, dict):
        return {key: trusting(item) for key, item in data.items()}
    if isinstance(data, list):
        return [trusting(item) for item in data]
    return trust_as_template(data) if isinstance(data, str) else data


def test_the_memory_changes_nothing():
    plain, remembered = inventory_of(Plain), inventory_of(Remembering)
    assert remembered == plain
    assert plain[1]["ready"] and plain[1]["of_A_B"], "nothing was grouped"


def test_what_cannot_be_evaluated_is_told():
    with pytest.raises(AnsibleError, match="h0"):
        inventory_of(Remembering, strict=True)
