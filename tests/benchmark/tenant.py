# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""workspot_tenant beside a bare script that makes the same calls, beside ansible.builtin.uri in a loop, and beside nine others of its kind.

Each contestant is a process of its own that tells its own time without the start of the interpreter, and its peak memory.
"""

from __future__ import annotations

import datetime
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
import yaml
from euc_simulator.generate import generate
from euc_simulator.testing import Simulator

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
DESKTOPS, POOLS, USERS = 10_000, 100, 5_000
TAGGED = 1000
# Simulated seconds in a real one. Where a pace is measured it is low, for computing takes real time.
SPEED = 10
LIMITS = (20, 15)  # reads and writes a minute, as published
LOGIN = {"grant_type": "password", "username": "admin@example.com", "password": "sim-password"}


def desired_state(tenant):
    """A tenant file as what workspot_tenant would be asked for."""
    users = [{key: user[key] for key in ("email", "first_name", "last_name", "cost_center") if user.get(key)} for user in tenant["users"]]
    desktops = [{key: desktop[key] for key in ("name", "pool", "tags", "user") if desktop.get(key)} for desktop in tenant["desktops"]]
    return {"pools": [{"name": pool["name"]} for pool in tenant["pools"]], "users": users, "desktops": desktops}


# ---- The contestants


def ours(url, path, check, limits):
    sys.path[:0] = [str(ROOT / ".venv" / "collections"), str(ROOT / "tests")]
    import support

    state = json.loads(Path(path).read_text())
    support.load("workspot_tenant")
    pace = {"reads_per_minute": limits[0], "writes_per_minute": limits[1]}
    started = time.monotonic()
    result = support.run_module("workspot_tenant", url, check=check, **state, **pace)
    assert not result.get("failed"), result["msg"]
    return time.monotonic() - started, result["api"]["reads"]


def bare(url, limits):
    """Listings and users report by hand; with limits it takes an even pace, which is the least that keeps within them."""
    pause = 60 / limits[0] / SPEED if limits[0] else 0
    session, started, reads = requests.Session(), time.monotonic(), 0
    token = session.post(f"{url}/oauth/token", auth=("sim-client", "sim-secret"), data=LOGIN, timeout=60).json()["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"

    def get(path):
        nonlocal reads
        time.sleep(max(0.0, started + reads * pause - time.monotonic()))
        reads += 1
        return session.get(f"{url}/v1.0/{path}", timeout=60).json()

    for pool in get("pools")["desktopPools"]:
        get(f"pools/{pool['id']}/desktops")
    operation = get("reports/users")["statusURL"].rpartition("/")[2]
    # The same calls means the same looks at the report: after five seconds, and then after half as much again each time.
    for number in itertools.count():
        time.sleep(min(5 * 1.5**number, 30) / SPEED)
        status = get(f"operation/{operation}")
        if status["status"] != "InProgress":
            break
    link = next(value for value in status["details"].values() if str(value).startswith("http"))
    requests.get(link, timeout=60).json()
    return time.monotonic() - started, reads


def contest(name, *arguments, state_dir):
    """Start a contestant; wait with `result_of`."""
    environment = os.environ | {"EUC_FLEET_STATE_DIR": str(state_dir), "EUC_FLEET_CLOCK_SPEED": str(SPEED)}
    return subprocess.Popen(
        [PYTHON, __file__, name, json.dumps(arguments)], env=environment, stdout=subprocess.PIPE, text=True
    )


def result_of(process):
    output, _errors = process.communicate()
    assert process.returncode == 0
    return json.loads(output)


# ---- The rounds


def large_tenant():
    tenant = generate(desktops=DESKTOPS, pools=POOLS, users=USERS)
    with Simulator(tenant, speed=SPEED) as simulator, tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state.json"
        state.write_text(json.dumps(desired_state(tenant)))
        print(f"\nA converged tenant: {DESKTOPS} desktops in {POOLS} pools, {USERS} users, checked")
        for title, limits in (("no limits", (0, 0)), (f"{LIMITS[0]} reads a minute", LIMITS)):
            theirs = result_of(contest("bare", simulator.url, limits, state_dir=folder))
            mine = result_of(contest("ours", simulator.url, str(state), True, limits, state_dir=folder))
            factor = 1 if limits == (0, 0) else SPEED
            print(
                f"  {title:22} ours {mine['seconds'] * factor:8.1f} s, {mine['calls']} reads, {mine['memory_mb']} MB; bare calls "
                f"{theirs['seconds'] * factor:8.1f} s, {theirs['calls']} reads; ratio {mine['seconds'] / theirs['seconds']:.2f}"
            )


def many_tags():
    pool = {"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}
    names = [f"SALES-{number:04}" for number in range(TAGGED)]
    tenant = {"pools": [pool], "desktops": [{"name": name, "pool": "Sales"} for name in names]}
    with Simulator(tenant, speed=SPEED) as simulator, tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state.json"
        state.write_text(json.dumps({"desktops": [{"pool": "Sales", "name": name, "tags": {"team": "a"}} for name in names]}))
        print(f"\n{TAGGED} desktops to tag, no limits")
        per_item = uri_seconds_per_item(simulator, folder)
        for title in ("to be tagged", "tagged already"):
            mine = result_of(contest("ours", simulator.url, str(state), False, (0, 0), state_dir=folder))
            print(
                f"  {title:22} ours {mine['seconds']:8.1f} s; ansible.builtin.uri in a loop {per_item * TAGGED:8.1f} s "
                f"(from {per_item:.2f} s an item, measured on 20, one call each); {per_item * TAGGED / mine['seconds']:.0f} times ours"
            )


def uri_seconds_per_item(simulator, folder):
    """One POST an item, for which login, ids and what is there already are given for nothing; the empty loop is taken off."""
    token = requests.post(f"{simulator.url}/oauth/token", auth=("sim-client", "sim-secret"), data=LOGIN, timeout=60).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    pool = requests.get(f"{simulator.url}/v1.0/pools", headers=headers, timeout=60).json()["desktopPools"][0]["id"]
    desktops = requests.get(f"{simulator.url}/v1.0/pools/{pool}/desktops", headers=headers, timeout=60).json()["desktops"]
    body = {"desktopId": "{{ item }}", "poolId": pool, "tags": [{"name": "team", "value": "b"}]}
    task = {
        "ansible.builtin.uri": {
            "url": f"{simulator.url}/v1.0/pools/{pool}/desktops/{{{{ item }}}}/tags",
            "method": "POST",
            "body_format": "json",
            "body": body,
            "headers": headers,
            "status_code": [200, 202],
        }
    }
    ids = [desktop["id"] for desktop in desktops[-20:]]
    return (play(task, ids, folder) - play({"ansible.builtin.debug": {"msg": "x"}}, ids, folder)) / len(ids)


def play(task, items, folder):
    book = Path(folder) / "book.yml"
    book.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": [{"name": "Task", **task, "loop": items}]}]))
    started = time.monotonic()
    environment = os.environ | {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
    subprocess.run([Path(PYTHON).parent / "ansible-playbook", book], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def ten_at_once():
    """Two hundred writes in ten processes, within the limits that the simulator enforces."""
    pool = {"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}
    names = [f"SALES-{number:03}" for number in range(200)]
    tenant = {"pools": [pool], "desktops": [{"name": name, "pool": "Sales"} for name in names]}
    with Simulator(tenant, speed=SPEED, throttle=f"{LIMITS[0]}/{LIMITS[1]}") as simulator, tempfile.TemporaryDirectory() as folder:
        processes = []
        for number in range(10):
            state = Path(folder) / f"state-{number}.json"
            desktops = [{"pool": "Sales", "name": name, "tags": {"team": "a"}} for name in names[number::10]]
            state.write_text(json.dumps({"desktops": desktops}))
            processes.append(contest("ours", simulator.url, str(state), False, LIMITS, state_dir=folder))
        for process in processes:
            result_of(process)
        log = [entry for entry in simulator.log() if entry["method"] == "POST" and entry["operation_id"] != "issueToken"]
        moments = [datetime.datetime.fromisoformat(entry["time"].replace("Z", "+00:00")) for entry in log]
        taken = (max(moments) - min(moments)).total_seconds()
        # The first fifteen need no waiting, and so does the last of each minute's.
        least = (len(moments) - 1) // LIMITS[1] * 60
        print(
            f"\n{len(moments)} writes by ten processes at {LIMITS[1]} a minute: {taken:.0f} s, physical minimum {least} s; "
            f"ratio {taken / least:.3f}, none failed"
        )


def main():
    large_tenant()
    many_tags()
    ten_at_once()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        seconds, calls = {"ours": ours, "bare": bare}[sys.argv[1]](*json.loads(sys.argv[2]))
        print(json.dumps({"seconds": seconds, "calls": calls, "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
    else:
        main()
