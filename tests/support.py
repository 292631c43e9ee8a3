# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests share: running a module's run(ctx) against a simulator over real HTTP, without a play around it."""

from __future__ import annotations

import functools
import importlib
import os
from pathlib import Path

import yaml
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from vendors import PLUGINS, vendor_of, vendors

ROOT = Path(__file__).resolve().parent.parent


def load(module):
    """A module of the collection by its short name."""
    return importlib.import_module(f"{PLUGINS}.modules.{module}")


def examples(module):
    """The tasks of a module's EXAMPLES: (the short name of the module that one is about, its options, the whole task)."""
    for task in yaml.safe_load(load(module).EXAMPLES):
        (action,) = [key for key in task if key.startswith("euc.fleet.")]
        yield action.removeprefix("euc.fleet."), task[action] or {}, task


def needs_a_play(options):
    """Whether there are values that only a play can fill in."""
    return "{{" in str(options)


def module_names(prefix=""):
    return sorted(path.stem for path in (ROOT / "plugins" / "modules").glob(f"{prefix}*.py"))


def forget_connections():
    """What a new process starts with: no session, no token, no snapshot."""
    for vendor in vendors().values():
        vendor.client._shared.cache_clear()


def run_module(module, url, *, check=False, fresh=True, progress=None, **options):
    """The result of one task, as the in-process way computes it; ``fresh`` makes it a process of its own as far as caches go."""
    runner = importlib.import_module(f"{PLUGINS}.module_utils.core.runner")
    if fresh:
        forget_connections()
    code, vendor = load(module), vendor_of(module)
    checked = ModuleArgumentSpecValidator(**code.SPEC.arguments()).validate({**vendor.reach(url), **vendor.login, **options})
    if checked.error_messages:
        return {"failed": True, "changed": False, "msg": checked.errors.msg}
    context = runner.Context(code.SPEC, checked.validated_parameters, check_mode=check, diff_mode=True, run_process=os.getppid(), progress=progress)
    return runner.perform(code.run, context)


def parsed(text):
    """What a YAML text or file says, by the fast parser where there is one: tests read a lot of it."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def documentation(module):
    """DOCUMENTATION of a module merged with its fragments, as Ansible does it: what the module itself says wins."""
    own = parsed(load(module).DOCUMENTATION)
    merged = {"options": {}, "attributes": {}}
    for name in (*own.get("extends_documentation_fragment", ()), None):
        part = fragment(name) if name else own
        for section, entries in merged.items():
            for key, value in (part.get(section) or {}).items():
                entries[key] = {**entries.get(key, {}), **value}
    return {**own, **merged}


@functools.cache
def fragment(name):
    """A documentation fragment by its full name, `euc.fleet.FILE` or `euc.fleet.FILE.VARIABLE`."""
    file, variable = f"{name}.documentation".removeprefix("euc.fleet.").split(".")[:2]
    return parsed(getattr(importlib.import_module(f"{PLUGINS}.doc_fragments.{file}").ModuleDocFragment, variable.upper()))
