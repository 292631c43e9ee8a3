# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contestants that are processes of their own. Each tells its time without the start of the interpreter."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import requests
from plays import Hand


def ours(url, module, options_file, check):
    """One task of ours as Ansible's worker runs it."""
    import support

    options = json.loads(Path(options_file).read_text())
    support.load(module)
    started = time.monotonic()
    result = support.run_module(module, url, check=check, **options)
    assert not result.get("failed"), result["msg"]
    return time.monotonic() - started


def listings(url):
    """The desktops of all pools."""
    started = time.monotonic()
    hand = Hand(url)
    for pool in hand.pools():
        hand.desktops(pool)
    return time.monotonic() - started


def tenant(url, reads_per_minute, speed):
    """Listings and users report; with a limit at an even pace, which is the least that keeps within it."""
    pause = 60 / reads_per_minute / speed if reads_per_minute else 0
    started, reads = time.monotonic(), itertools.count()
    hand = Hand(url)

    def get(path):
        time.sleep(max(0.0, started + next(reads) * pause - time.monotonic()))
        return hand.get(path)

    for pool in get("pools")["desktopPools"]:
        get(f"pools/{pool['id']}/desktops")
    operation = get("reports/users")["statusURL"].rpartition("/")[2]
    # The same calls means the same looks at the report: after five seconds, and then after half as much again each time.
    for number in itertools.count():
        time.sleep(min(5 * 1.5**number, 30) / speed)
        status = get(f"operation/{operation}")
        if status["status"] != "InProgress":
            break
    link = next(value for value in status["details"].values() if str(value).startswith("http"))
    requests.get(link, timeout=60).json()
    return time.monotonic() - started


def tags(url, value):
    """One tag for every desktop."""
    started = time.monotonic()
    hand = Hand(url)
    for pool in hand.pools():
        for desktop in hand.desktops(pool):
            body = {"desktopId": desktop, "poolId": pool, "tags": [{"name": "team", "value": value}]}
            hand.session.post(f"{hand.base}/pools/{pool}/desktops/{desktop}/tags", json=body, timeout=60).raise_for_status()
    return time.monotonic() - started


def start(contestant, *arguments, folder, speed=1):
    environment = os.environ | {"EUC_FLEET_STATE_DIR": str(folder), "EUC_FLEET_CLOCK_SPEED": str(speed)}
    command = [sys.executable, __file__, contestant.__name__, json.dumps(arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def seconds_of(process):
    output, _errors = process.communicate()
    assert process.returncode == 0
    return json.loads(output)


if __name__ == "__main__":
    contestants = {contestant.__name__: contestant for contestant in (ours, listings, tenant, tags)}
    print(contestants[sys.argv[1]](*json.loads(sys.argv[2])))
