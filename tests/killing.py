# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a task in a process of its own, and killing that at a chosen moment."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time

from scenarios import Stage
from support import ROOT

# How long an answer is held back, in real seconds: long enough to kill the task before it comes.
SLOW = 1.5
# One task in a process of its own, the collection found as tests/conftest.py finds it.
TASK = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
import support
module, url, options = json.loads(sys.argv[2])
print(json.dumps(support.run_module(module, url, **options), default=str))
"""


def start(stage, module, options):
    paths = json.dumps([os.environ["ANSIBLE_COLLECTIONS_PATH"], str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-c", TASK, paths, json.dumps([module, stage.simulator.url, options])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def seed():
    """What makes this run's random moments; printed, so that a failure tells it, and EUC_FLEET_SEED makes them again."""
    number = int(os.environ.get("EUC_FLEET_SEED") or random.randrange(10**6))
    print(f"EUC_FLEET_SEED={number}")
    return number


def kill_when(process, happened, within=30, may_end=False):
    """SIGKILL as soon as something has happened, which takes so many real seconds at most. Returns whether it died by that: one that
    ``may_end`` before is left alone."""
    deadline = time.monotonic() + within
    while not happened():
        if may_end and process.poll() == 0:
            process.communicate()
            return False
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "what the test waits for did not happen"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    return True


def arrived(stage, operation_id, times=1):
    return lambda: stage.simulator.counters()["operations"].get(operation_id, 0) >= times


@contextlib.contextmanager
def killed_at_a_request(scenario, last):
    """A stage on which a run was killed at a random request up to the number ``last``, and the options of its task. A wait does not always
    take as many polls: a run that has ended before begins anew, to be killed earlier."""
    chance, moment, died = random.Random(f"{seed()} {scenario}"), last + 1, False
    while not died:
        moment = chance.randint(2, moment - 1)
        with Stage.of(scenario, leaps=False) as (stage, options):
            stage.simulator.fault("slow", skip=moment - 1, seconds=SLOW)
            process = start(stage, scenario.module, options)
            died = kill_when(process, lambda stage=stage, moment=moment: len(stage.simulator.log()) >= moment, may_end=True)
            if died:
                yield stage, options
