# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of reports, word for word, in real plays."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
import yaml
from report_samples import drift
from support import ROOT

EXAMPLES = {
    "documentation": yaml.safe_load((ROOT / "plugins" / "filter" / "report.yml").read_text(encoding="utf-8"))["EXAMPLES"],
    "guide": (ROOT / "docs" / "reports.md").read_text(encoding="utf-8").split("```yaml\n")[1].partition("```")[0],
}


@pytest.fixture
def run(command, tmp_path):
    """Run the tasks of an example on a result."""

    def run(tasks, compared):
        (tmp_path / "tasks.yml").write_text(tasks)
        (tmp_path / "vars.json").write_text(json.dumps({"compared": compared, "folder": str(tmp_path)}))
        play = {"hosts": "localhost", "gather_facts": False, "tasks": [{"ansible.builtin.import_tasks": "tasks.yml"}]}
        (tmp_path / "play.yml").write_text(yaml.safe_dump([play]))
        return command("ansible-playbook", "play.yml", "-e", "@vars.json")

    return run


@pytest.mark.parametrize("tasks", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_run(run, tasks, tmp_path):
    harmless = drift()
    harmless["drift"] = {"added": harmless["drift"]["added"], "unmanaged": [{"kind": "desktops", "name": "Lab/LAB-001"}]}
    done = run(tasks, harmless)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Drift of Example Ltd" in (tmp_path / "drift.html").read_text()
    assert ET.parse(tmp_path / "drift.xml").getroot().get("failures") == "3"


@pytest.mark.parametrize("tasks", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_fail_on_what_matters(run, tasks):
    done = run(tasks, drift())
    assert done.returncode == 2, done.stdout + done.stderr
    assert "14 differences: 4 high" in done.stdout
