# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A refresh token that was replaced reaches the play and nobody else, whether the task succeeded or failed, whichever way the module ran."""

from __future__ import annotations

import json

import pytest
from euc_simulator.testing import Simulator

PLAY = """
- hosts: localhost
  gather_facts: false
  vars:
    euc_fleet_in_process: {in_process}
  tasks:
    - name: Find it
      euc.fleet.citrix_workspace_resource_info:
        refresh_token: sim-refresh-token
      register: found

    - name: Fail after the renewal
      euc.fleet.citrix_workspace_launch:
        name: Nothing
        refresh_token: "{{{{ found.refresh_token }}}}"
      register: failing
      ignore_errors: true

    - name: Ask for a secret
      euc.fleet.citrix_workspace_launch:
        name: Calculator
        method: ticket
        return_secrets: true
        refresh_token: "{{{{ failing.refresh_token }}}}"
      register: launched

    - name: Keep what the play got where only the test looks
      ansible.builtin.copy:
        content: "{{{{ [found.refresh_token, failing.refresh_token, launched.refresh_token, launched.receiver_uri] | to_json }}}}"
        dest: "{kept}"
        mode: "0600"
      no_log: true
"""


@pytest.mark.parametrize("in_process", [True, False])
def test_a_replaced_token_is_returned_and_never_shown(command, tmp_path, in_process):
    kept = tmp_path / "kept.json"
    (tmp_path / "play.yml").write_text(PLAY.format(in_process=str(in_process).lower(), kept=kept))
    tenant = {"citrix": {"resources": [{"name": "Calculator"}]}}
    with Simulator(tenant, speed=600, citrix_refresh_tokens="rotate", citrix_token_life_seconds=100_000) as simulator:
        shell = {
            "CITRIX_WORKSPACE_URL": simulator.url,
            "CITRIX_APPLICATION_ID": "sim-application",
            "CITRIX_CLIENT_ID": "sim-citrix-client",
            "ANSIBLE_REMOTE_TMP": str(tmp_path / "ansible"),
        }
        done = command("ansible-playbook", "-vvvv", "--diff", "play.yml", **shell)
    shown = done.stdout + done.stderr
    assert done.returncode == 0, shown
    secrets = json.loads(kept.read_text())
    assert len(set(secrets)) == 4
    assert [secret for secret in secrets if secret in shown or secret.rpartition("/")[2] in shown] == []
    # Why the task failed is told although its result is hidden.
    assert "citrix_workspace_launch: There is no resource 'Nothing'" in " ".join(shown.split())


def test_a_task_that_could_replace_a_token_does_not_run_apart(command, tmp_path):
    play = "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - euc.fleet.citrix_workspace_resource_info:\n        refresh_token: sim-refresh-token\n"
    (tmp_path / "play.yml").write_text(play + "      async: 60\n")
    done = command("ansible-playbook", "play.yml", CITRIX_WORKSPACE_URL="http://127.0.0.1:9", CITRIX_APPLICATION_ID="x")
    shown = done.stdout + done.stderr
    assert done.returncode == 2 and "may return a secret" in shown and "invalid_input" in shown
