# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock of a run: it keeps others out as long as its process lives, and not a moment longer."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import Refused
from ansible_collections.euc.fleet.plugins.module_utils.core.runlock import RunLock, started
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Clock, Deadline


@contextlib.contextmanager
def living():
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def take(path, process, purpose="reboots", seconds=0):
    clock = Clock(speed=100)
    return RunLock(str(path), clock).take(process, purpose, Deadline(clock, seconds))


def test_one_run_at_a_time_and_twice_for_the_same(tmp_path):
    path = tmp_path / "run.json"
    with living() as other:
        lock = take(path, other.pid)
        assert (lock["purpose"], lock["pid"]) == ("reboots", other.pid)
        assert take(path, other.pid, "the same run's next role") == lock
        with pytest.raises(Refused, match=f"Will not begin a rollout: reboots is working .*process {other.pid}, since {lock['since'][:16]}"):
            take(path, os.getpid(), "a rollout")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_run_that_was_killed_has_no_lock(tmp_path):
    with living() as other:
        take(tmp_path / "run.json", other.pid)
    assert take(tmp_path / "run.json", os.getpid())["pid"] == os.getpid()


def test_nor_has_another_process_of_the_same_id(tmp_path):
    path = tmp_path / "run.json"
    with living() as other:
        take(path, other.pid)
        path.write_text(path.read_text().replace(started(other.pid), "1"))
        assert take(path, os.getpid())["pid"] == os.getpid()


@pytest.mark.parametrize("content", ["", '{"pid": 1', "[]", '{"pid": 1}'])
def test_a_file_cut_short_is_no_lock(tmp_path, content):
    path = tmp_path / "run.json"
    path.write_text(content)
    assert take(path, os.getpid())["pid"] == os.getpid()


def test_another_run_is_waited_for(tmp_path):
    with living() as other:
        take(tmp_path / "run.json", other.pid)
        with pytest.raises(Refused, match="it was waited for 10 s"):
            take(tmp_path / "run.json", os.getpid(), seconds=10)
        other.kill()
        other.wait()
        assert take(tmp_path / "run.json", os.getpid(), seconds=100)["pid"] == os.getpid()
