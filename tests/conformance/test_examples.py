# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example runs, on a tenant that has what the examples name; those with values that only a play can fill in run in tests/e2e/test_module_examples.py."""

from __future__ import annotations

import pytest
from scenarios import Stage
from support import examples, load, module_names, needs_a_play

MODULES = module_names()


@pytest.mark.parametrize("module", MODULES)
def test_examples_run_one_after_the_other(module):
    with Stage.about(module) as stage:
        for action, options, task in examples(module):
            if needs_a_play(options):
                continue
            name = task["name"]
            options |= {name: f"{stage.files}/saved" for name in ("dest", "journal") if name in options}
            checked = stage.run(action, check=True, **options)
            result = stage.run(action, **options)
            assert not result.get("failed"), f"{name}: {result['msg']}"
            assert checked["changed"] == result["changed"]
            # An example that changes nothing would show that the tenant does not fit it, and would prove nothing.
            assert result["changed"] == (not load(action).SPEC.reads_only), name
