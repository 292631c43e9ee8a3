# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example runs, on a tenant that has what the examples name."""

from __future__ import annotations

import pytest
import yaml
from scenarios import Stage
from support import load, module_names

MODULES = module_names()


def runnable(module):
    """Name, module and options of the examples; one whose value only a play could fill in is checked elsewhere."""
    for task in yaml.safe_load(load(module).EXAMPLES):
        (action,) = [key for key in task if key.startswith("euc.fleet.")]
        if "{{" not in str(task[action]):
            yield task["name"], action.removeprefix("euc.fleet."), task[action] or {}


@pytest.mark.parametrize("module", MODULES)
def test_examples_run_one_after_the_other(module):
    with Stage.about(module) as stage:
        for name, action, options in runnable(module):
            options |= {name: f"{stage.files}/saved" for name in ("dest", "journal") if name in options}
            checked = stage.run(action, check=True, **options)
            result = stage.run(action, **options)
            assert not result.get("failed"), f"{name}: {result['msg']}"
            assert checked["changed"] == result["changed"]
            # An example that changes nothing would show that the tenant does not fit it, and would prove nothing.
            assert result["changed"] == (not load(action).SPEC.reads_only), name
