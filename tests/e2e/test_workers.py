# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules need is imported once a run, by the process that forks the workers, and not in the worker of each task."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml

FLEET = "ansible_collections.euc.fleet.plugins"
NEEDED = ["requests", f"{FLEET}.action.in_process", *(f"{FLEET}.module_utils.{vendor}.client" for vendor in ("citrix", "ras", "workspot"))]


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_what_modules_need_is_imported_once_a_run(command, tmp_path, strategy):
    tasks = [{"euc.fleet.workspot_pool_info": {"name": name}} for name in ("Sales", "Engineering", "Sales")]
    (tmp_path / "book.yml").write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "strategy": strategy, "tasks": tasks}]))
    done = command("ansible-playbook", "book.yml", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0 and done.stdout.count("ok: [localhost]") == 3, done.stdout
    # Newer versions of ansible-core do not show what a worker says there, so 0 times are workers of theirs.
    imported = Counter(re.findall(r"^import time:.*\| *(\S+)$", done.stderr, re.MULTILINE))
    assert {name: imported[name] for name in NEEDED} == dict.fromkeys(NEEDED, 1)
