# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plugins that read a tenant inside Ansible have in common."""

from __future__ import annotations

import difflib

from ansible.errors import AnsibleError
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import Context, ModuleSpec, perform
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect

READING = ModuleSpec({}, connect, shared=(CONNECTION,), reads_only=True)


def read(plugin, run, progress=None):
    """What an info module with this ``run(ctx)`` and the plugin's connection options would return. Raises AnsibleError with its sentence."""
    options = {name: plugin.get_option(name) for name in CONNECTION["options"]}
    result = perform(run, Context(READING, options, progress=progress))
    if result.get("failed"):
        raise AnsibleError(result["msg"])
    return result


def refuse_unknown(plugin, given, error=AnsibleError):
    """Raise ``error`` for a name among ``given`` that is none of the plugin's options: Ansible passes over those in silence."""
    known = list(plugin.get_options())
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            raise error(f"There is no option '{name}'" + (f"; did you mean '{near[0]}'?" if near else ""))
