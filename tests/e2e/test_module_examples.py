# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of modules whose values only a play can fill in, as they are written, in one play."""

from __future__ import annotations

import pytest
import yaml
from euc_simulator.testing import Simulator
from scenarios import TENANT
from support import examples, module_names, needs_a_play
from vendors import vendors

# What comes after a task, by its name: what a person does then, and what must be so.
AFTER = {
    "Make the address to sign in at": {
        "name": "Sign in, with a browser that is sent back with a code",
        "ansible.builtin.uri": {"url": "{{ sign_in.authorize_url }}", "follow_redirects": "none", "status_code": 302},
        "register": "browser",
    },
    "Wait for those that were started; one that was there already has no operation": {
        "name": "They have succeeded",
        "ansible.builtin.assert": {"that": "outcome.operations | map(attribute='status') == ['succeeded'] * 2"},
    },
}
VARIABLES = {"code": "{{ browser.location | regex_search('[?&]code=([^&]+)', '\\1') | first }}"}


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600) as simulator:
        yield simulator


def test_they_run_one_after_the_other(command, simulator, tmp_path):
    tasks = []
    for module in module_names():
        whole = list(examples(module))
        if any(needs_a_play(options) for _action, options, _task in whole):
            for _action, _options, task in whole:
                tasks += [task, AFTER[task["name"]]] if task["name"] in AFTER else [task]
    play = {"hosts": "localhost", "gather_facts": False, "vars": VARIABLES, "tasks": tasks}
    (tmp_path / "play.yml").write_text(yaml.safe_dump([play], sort_keys=False).replace("/tmp/usage.json", str(tmp_path / "usage.json")))
    citrix = {**vendors()["citrix"].reach(simulator.url), **vendors()["citrix"].login}
    done = command("ansible-playbook", "-v", "play.yml", **{f"CITRIX_{name.upper()}": value for name, value in citrix.items()})
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"ok={len(tasks)} " in done.stdout and (tmp_path / "usage.json").is_file()
    ready = {desktop["name"] for desktop in simulator.state()["desktops"] if desktop["status"] in ("Ready", "Online")}
    assert {"SALES-101", "SALES-102"} <= ready
    assert simulator.counters()["operations"]["token"] == 2
