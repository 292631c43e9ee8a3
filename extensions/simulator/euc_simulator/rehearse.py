# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`euc-simulator rehearse`: a playbook on the twin of a tenant, and what it asked for and changed there.

The twin lives in this process, so that nothing of it is left behind however the rehearsal ends.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .testing import Simulator

# What may hold a user's own connection; none of it goes with the playbook.
_CONNECTION = ("WORKSPOT_", "Workspot", "RAS_", "CITRIX_")
_NAMES = {"users": ("email",), "desktops": ("pool", "name"), "templates": ("subscription_name", "name")}


class CannotRehearse(Exception):
    """What a rehearsal needs besides a tenant is not there, in one sentence."""


def rehearse(tenant: Path, command: list[str], speed: float) -> int:
    """Play on the twin with `ansible-playbook` and these words; its exit status. The limits are those of the real API."""
    if speed <= 0:
        raise CannotRehearse("A rehearsal needs a clock that runs: speed is a number above 0.")
    player = _player()
    with tempfile.TemporaryDirectory(prefix="euc-rehearsal-") as folder, Simulator(tenant, speed=speed, throttle="20/15") as twin:
        before = twin.state()
        print(f"euc-simulator: twin of {tenant} at {twin.url}, {speed:g} times faster than real", flush=True)
        status = _play([player, *command], _environment(twin.url, before["admin"], speed, folder))
        _report(twin.log(), twin.counters())
        _compare(before, twin.state())
    return status


def _player() -> str:
    beside = Path(sys.executable).with_name("ansible-playbook")
    player = shutil.which("ansible-playbook") or (str(beside) if beside.exists() else None)
    if player is None:
        raise CannotRehearse("There is no ansible-playbook in PATH; install ansible-core.")
    return player


def _environment(url: str, admin: dict, speed: float, folder: str) -> dict:
    """A user's environment with the twin in place of the tenant, and budget and journal of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_CONNECTION)}
    # Other tasks may need a proxy; loopback is never reached through one.
    direct = ",".join(filter(None, (own.get("no_proxy") or own.get("NO_PROXY"), "127.0.0.1")))
    return own | {
        "no_proxy": direct,
        "NO_PROXY": direct,
        "WORKSPOT_URL": url,
        **{f"WORKSPOT_{name.upper()}": admin[name] for name in ("client_id", "client_secret", "username", "password")},
        # A playbook that names a tenant itself must not reach it.
        "EUC_FLEET_ONLY_URL": url,
        "EUC_FLEET_CLOCK_SPEED": f"{speed:g}",
        "EUC_FLEET_STATE_DIR": folder,
    }


def _play(command: list[str], environment: dict) -> int:
    """Asked to stop, the playbook is stopped as well, and what it did is told."""
    with subprocess.Popen(command, env=environment) as process:
        handlers = {number: signal.signal(number, lambda *_signal: process.terminate()) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            status = process.wait()
            return status if status >= 0 else 128 - status
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)


def _report(log: list[dict], counters: dict) -> None:
    print(f"\nWhat it asked for: {counters['reads']} reads, {counters['writes']} writes, {counters['tokens']} logins, {counters['throttled']} throttled")
    methods = {entry["operation_id"] or "unknown": entry["method"] for entry in log}
    for heading, chosen in (("reads", "GET"), ("writes", "POST DELETE")):
        calls = {name: count for name, count in counters["operations"].items() if methods[name] in chosen.split() and name != "issueToken"}
        for name, count in sorted(calls.items(), key=lambda call: (-call[1], call[0])):
            print(f"  {heading:6} {count:>5}  {name}")


def _compare(before: dict, after: dict) -> None:
    changes = list(_changes(before, after))
    print("\nWhat it changed:" if changes else "\nWhat it changed: nothing")
    for change in changes:
        print(f"  {change}")


def _changes(before: dict, after: dict):
    """A line for each thing that came, went, or is other than before."""
    for key in dict.fromkeys((*before, *after)):
        if not isinstance(before.get(key) or after.get(key), list):
            continue
        old, new = _by_name(key, before.get(key) or ()), _by_name(key, after.get(key) or ())
        for name in dict.fromkeys((*old, *new)):
            if name not in new:
                yield f"- {key} {name}"
            elif name not in old:
                yield f"+ {key} {name}: " + ", ".join(f"{field} {value}" for field, value in new[name].items() if field != "id")
            elif old[name] != new[name]:
                pairs = {field: (old[name].get(field), new[name].get(field)) for field in dict.fromkeys((*old[name], *new[name]))}
                yield f"~ {key} {name}: " + ", ".join(f"{field} {was} -> {now}" for field, (was, now) in pairs.items() if was != now)


def _by_name(key: str, items) -> dict:
    """Things by what they are called; one that shares its name by its id as well."""
    named: dict[str, dict] = {}
    for item in (item if isinstance(item, dict) else {"name": item} for item in items):
        name = "/".join(str(item.get(word, "")) for word in _NAMES.get(key, ("name",)))
        named[f"{name} ({item.get('id')})" if name in named else name] = item
    return named
