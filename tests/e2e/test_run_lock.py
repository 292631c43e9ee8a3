# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of two real runs of Ansible for one customer the second is told to wait; one that was killed is in nobody's way."""

from __future__ import annotations

import os
import signal
import subprocess
import time

BOOK = """
- hosts: localhost
  gather_facts: false
  tasks:
    - euc.fleet.workspot_run_lock:
        purpose: "{{ purpose }}"
    - ansible.builtin.copy: {content: "", dest: "{{ playbook_dir }}/locked", mode: "0600"}
    - ansible.builtin.pause: {seconds: "{{ pause }}"}
"""


def test_one_run_at_a_time(command, environment, tmp_path):
    (tmp_path / "book.yml").write_text(BOOK)
    first = subprocess.Popen(
        ["ansible-playbook", "book.yml", "-e", '{"purpose": "the reboots of the night", "pause": 300}'],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while not (tmp_path / "locked").exists():
            assert first.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        second = "ansible-playbook", "book.yml", "-e", '{"purpose": "a rollout", "pause": 0}'
        refused = command(*second)
        assert refused.returncode == 2
        words = " ".join(refused.stdout.split())
        assert f"Will not begin a rollout: the reboots of the night is working for the same customer (process {first.pid}" in words
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        assert command(*second).returncode == 0
    finally:
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)
        first.communicate()
