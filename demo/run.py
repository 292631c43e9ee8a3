# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: a simulated tenant, a fleet file, and one playbook run three times - as a plan, for real, and once more.

Everything that is started here is stopped here. Needs nothing but what `make setup` installs.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
COLLECTIONS = HERE.parent / ".venv" / "collections"
# One real second is a minute here, so that a desktop which takes four minutes to build is there in four seconds.
SPEED = 60


def main() -> int:
    # Ended from outside, the demo still stops what it has started.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="euc-fleet-demo-") as folder:
        simulator, url = start_simulator(Path(folder))
        try:
            return three_runs(url, folder)
        finally:
            simulator.terminate()
            simulator.wait(10)


def start_simulator(folder: Path) -> tuple[subprocess.Popen, str]:
    say(f"A tenant to rehearse on: {HERE.name}/tenant.yml, with the real limits of 20 reads and 15 writes a minute, {SPEED} times faster")
    ready = folder / "ready.json"
    command = [BIN / "euc-simulator", "serve", "--tenant", HERE / "tenant.yml", "--speed", str(SPEED), "--ready-file", ready]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _attempt in range(200):
        if ready.exists():
            return process, json.loads(ready.read_text())["url"]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    raise SystemExit("the simulator did not start")


def three_runs(url: str, state: str) -> int:
    # A user's own connection must not get in the way.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("WORKSPOT_", "Workspot"))}
    environment = inherited | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_FORCE_COLOR": str(sys.stdout.isatty()),
        "EUC_FLEET_CLOCK_SPEED": str(SPEED),
        "EUC_FLEET_STATE_DIR": state,
        # The simulator's own administrator.
        "WORKSPOT_URL": url,
        "WORKSPOT_CLIENT_ID": "sim-client",
        "WORKSPOT_CLIENT_SECRET": "sim-secret",
        "WORKSPOT_USERNAME": "admin@example.com",
        "WORKSPOT_PASSWORD": "sim-password",
    }
    rows = []
    for title, options in (("The plan", ["--check", "--diff"]), ("The real run", ["--diff"]), ("Once more", [])):
        say(f"{title}: ansible-playbook {HERE.name}/apply.yml {' '.join(options)}")
        if "--check" in options:
            print("What builds on something that an earlier task creates is only announced here, with a warning.\n", flush=True)
        call(f"{url}/_simulator/counters", "DELETE")
        started = time.monotonic()
        failed, changed = play([BIN / "ansible-playbook", HERE / "apply.yml", *options], environment)
        if failed:
            return 1
        rows.append((title, changed, call(f"{url}/_simulator/counters"), time.monotonic() - started))
    say("What each run cost")
    print(f"{'':14}{'tasks changed':>15}{'reads':>7}{'writes':>8}{'logins':>8}{'throttled':>11}{'seconds':>9}   (simulated)")
    for title, changed, counters, seconds in rows:
        cost = f"{counters['reads']:>7}{counters['writes']:>8}{counters['tokens']:>8}{counters['throttled']:>11}"
        print(f"{title:14}{changed:>15}{cost}{seconds:>9.1f}   ({seconds * SPEED:.0f})")
    plan, real, again = (changed for _title, changed, _counters, _seconds in rows)
    if real == 0 or again or plan != real:
        print("\nThis is not what the demo promises: the plan's tasks change, the real run changes as many, and the third run none.")
        return 1
    print("\nThe third run found everything as asked and changed nothing.")
    return 0


def play(command: list, environment: dict) -> tuple[bool, int]:
    """Run a playbook and show it as it goes; returns whether it failed and how many tasks changed something."""
    changed = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            found = re.search(r"changed=(\d+)", line)
            changed = int(found.group(1)) if found else changed
    return process.returncode != 0, changed


def call(url: str, method: str = "GET") -> dict:
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
        return json.load(answer)


def say(text: str) -> None:
    print(f"\n### {text}\n", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\ninterrupted")
