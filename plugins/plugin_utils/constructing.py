# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's own composed variables and groups, for thousands of hosts."""

from __future__ import annotations

import functools

import jinja2.meta
from ansible.plugins.inventory import Constructable

# With these an expression can see any variable.
SEEING_ALL = {"lookup", "query", "q"}


class Constructing(Constructable):
    """Constructable with a memory. It compiles an expression anew for every host; here, hosts that agree in all variables that an expression
    names get what the first of them got."""

    def construct(self, host, variables):
        """Give a host its composed variables and groups."""
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, host, strict=strict)
        variables = self._all_variables(host, variables)
        for name, condition in (self.get_option("groups") or {}).items():
            self._group(self._add_host_to_composed_groups, {name: condition}, f"{{{{ {condition} }}}}", host, variables)
        for entry in self.get_option("keyed_groups") or ():
            text = f"{{{{ {entry.get('key')} }}}} {entry.get('parent_group')}" if isinstance(entry, dict) else ""
            self._group(self._add_host_to_keyed_groups, [entry], text, host, self._all_variables(host, variables))

    def _all_variables(self, host, variables):
        return {**variables, **self.inventory.get_host(host).get_vars()}

    def _compose(self, template, variables, *more):
        value = variables.get(template) if isinstance(template, str) else None
        if value and isinstance(value, str) and template not in self._vars:
            return value  # a name alone
        key = self._alike(template, f"{{{{ {template} }}}}", variables)
        if key not in self._memory:
            self._memory[key] = _outcome(super()._compose, template, variables, *more)
        result, error = self._memory[key]
        if error:
            raise error.with_traceback(None)
        return result

    def _group(self, add, entry, text, host, variables):
        key = self._alike(str(entry), text, variables)
        if key in self._memory:
            for method, arguments in self._memory[key]:
                getattr(self.inventory, method)(*(argument or host for argument in arguments))
            return
        inventory, self.inventory = self.inventory, _Recorder(self.inventory, host)
        try:
            add(entry, variables, host, strict=self.get_option("strict"), fetch_hostvars=False)
            self._memory[key] = self.inventory.calls
        finally:
            self.inventory = inventory

    @functools.cached_property
    def _memory(self):
        """What came of an expression for the hosts that are alike to it: (result, error), or calls of the inventory."""
        return {}

    def _alike(self, entry, text, variables):
        """A key that hosts share which an entry cannot tell apart."""
        names = _names_in(text)
        if names is None or names & SEEING_ALL:
            names = variables
        return entry, tuple((name, repr(variables[name])) for name in names if name in variables)


class _Recorder:
    """An inventory that keeps what is asked of it, with None in the host's place."""

    def __init__(self, inventory, host):
        self.calls = []
        self._inventory = inventory
        self._host = host

    def __getattr__(self, method):
        def call(*arguments):
            self.calls.append((method, [None if argument is self._host else argument for argument in arguments]))
            return getattr(self._inventory, method)(*arguments)

        return call


def _outcome(function, *arguments):
    try:
        return function(*arguments), None
    except Exception as error:
        return None, error


@functools.cache
def _names_in(text):
    """Names of the variables in a template; None if it is none, which Ansible will tell."""
    try:
        return frozenset(jinja2.meta.find_undeclared_variables(jinja2.Environment(autoescape=False).parse(text)))
    except jinja2.TemplateSyntaxError:
        return None
