# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make demo: plan, real run, nothing left to do, and everything stopped."""

from __future__ import annotations

import re
import sys
import time

from support import ROOT


def test_the_demo_keeps_its_promises(command):
    started = time.monotonic()
    done = command(sys.executable, ROOT / "demo" / "run.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - started < 90
    rows = re.findall(r"^(?:The plan|The real run|Once more)\s+((?:\d+\s+){5})", done.stdout, re.MULTILINE)
    changes, _reads, writes, _logins, throttled = zip(*[[int(number) for number in row.split()] for row in rows])
    assert changes == (5, 5, 0)
    assert writes == (0, 16, 0)
    assert throttled == (0, 0, 0)
    assert "would create desktop 'ENG-016' in pool 'Engineering': 1 write" in done.stdout
    assert "sim-secret" not in done.stdout + done.stderr and "sim-password" not in done.stdout + done.stderr


def test_the_demo_leaves_nothing_running(command):
    command(sys.executable, ROOT / "demo" / "run.py")
    processes = command("ps", "-eo", "args").stdout
    assert "demo/tenant.yml" not in processes
