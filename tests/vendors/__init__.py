# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The systems behind the collection, as the tests reach them: one file each that holds its VENDOR, and nothing else to edit for another one."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
PLUGINS = "ansible_collections.euc.fleet.plugins"
# Secrets that tests look for begin so, and have signs behind it that JSON, URLs and shells write in another way: whoever masks only the text
# itself would let such a one through, and the beginning shows it.
CANARY = "canary"
ODD = "\"q' %41\\s&+/="


@dataclasses.dataclass(frozen=True)
class Vendor:
    """One system.

    ``name`` is the prefix of its modules and of its environment variables, the name of its package in module_utils, its action group, its
    documentation fragment and its key in a tenant file. ``contract``, ``scenarios`` and ``tenant`` are files below tests/.

    ``reach`` makes the options that name a simulator out of its address, ``login`` are those of its default administrator. With ``tls`` the
    simulator speaks HTTPS. ``canaries`` are secrets for a test to look for, by option, and ``admitting(tenant)`` is the tenant that accepts
    them. ``calls_path`` matches the paths of all its calls; ``sign_ins`` are operations that log in or out, and no work; ``acting`` are GETs
    that act. ``write`` is where a call that writes stands (file below module_utils/NAME, constant), and the values for its path.

    ``renews_for_writes`` tells that a write is sent again with a new token after a 401. ``nouns`` tell with which operations the fields of
    a noun go out and come back; ``whole`` that each operation of the contract is reached by some module.
    """

    name: str
    title: str
    contract: str
    scenarios: str
    tenant: str
    reach: Callable
    login: Mapping
    canaries: Mapping
    admitting: Callable
    calls_path: str
    sign_ins: tuple
    write: tuple
    acting: tuple = ()
    tls: bool = False
    renews_for_writes: bool = True
    nouns: Mapping = dataclasses.field(default_factory=dict)
    whole: bool = True

    def __str__(self):
        return self.name

    @property
    def contract_path(self):
        return TESTS / "contracts" / self.contract

    @property
    def client(self):
        """Its module_utils/NAME/client.py."""
        return self.code("client")

    @property
    def call_kind(self):
        """The class of its calls, which stands in client.py or in a file of its own."""
        return self.code("calls" if "calls" in self.files() else "client").Call

    def shell(self, simulator):
        """The variables of a shell in which its modules reach that simulator as its default administrator."""
        options = {**self.reach(simulator.url), **self.login, **({"ca_path": simulator.ca_path} if simulator.ca_path else {})}
        return {f"{self.name}_{option}".upper(): str(value) for option, value in options.items()}

    def code(self, file):
        return importlib.import_module(f"{PLUGINS}.module_utils.{self.name}.{file.replace('/', '.')}")

    def files(self):
        """Its files below module_utils, as ``code`` takes them."""
        folder = TESTS.parent / "plugins" / "module_utils" / self.name
        return [path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.py"))]


@functools.cache
def vendors():
    """All vendors by name, Workspot Control first."""
    found = [importlib.import_module(f"{__name__}.{file.name}").VENDOR for file in pkgutil.iter_modules(__path__)]
    return {vendor.name: vendor for vendor in sorted(found, key=lambda vendor: (vendor.name != "workspot", vendor.name))}


def vendor_of(module):
    return vendors()[module.partition("_")[0]]
