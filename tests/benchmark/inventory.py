# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of 10,000 desktops in 100 pools: ansible-inventory with our plugin, beside a bare script that makes the same calls, and beside
ansible-inventory with the very same hosts from a file that is ready.

What is promised is 1.5 times the bare calls and 2 s on top of what Ansible itself takes for so many hosts; and no request with a warm cache.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from euc_simulator.generate import generate
from euc_simulator.testing import Simulator

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
DESKTOPS, POOLS = 10_000, 100
# The server's time for an answer, in seconds: none at all, and what a call over the Internet takes at least.
LATENCIES = (0, 0.2)
BARE = """
import os, requests
url, session = os.environ["WORKSPOT_URL"], requests.Session()
who = (os.environ["WORKSPOT_CLIENT_ID"], os.environ["WORKSPOT_CLIENT_SECRET"])
form = {"grant_type": "password", "username": os.environ["WORKSPOT_USERNAME"], "password": os.environ["WORKSPOT_PASSWORD"]}
token = session.post(url + "/oauth/token", auth=who, data=form).json()["access_token"]
session.headers["Authorization"] = "Bearer " + token
for pool in session.get(url + "/v1.0/pools").json()["desktopPools"]:
    session.get(f"{url}/v1.0/pools/{pool['id']}/desktops").json()["desktops"]
"""
PLAIN = {"plugin": "euc.fleet.workspot"}
CACHED = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile"}
CONSTRUCTED = {
    "filters": [{"exclude": "workspot_status == 'Failed'"}],
    "group_by": ["pool", "status", "tag"],
    "keyed_groups": [{"key": "workspot_tags.ring", "prefix": "ring"}],
    "groups": {"in_session": "workspot_status in ['Connected', 'Disconnected']"},
    "compose": {"ansible_host": "workspot_ip_address"},
}


def measure(environment):
    """Print the table. ``environment`` has what every command needs but the address."""
    for latency in LATENCIES:
        with Simulator(generate(DESKTOPS, POOLS, DESKTOPS), speed=60) as simulator, tempfile.TemporaryDirectory() as folder:
            if latency:
                simulator.fault("slow", method="GET", path="pools", times=10**9, seconds=latency)
            _compare(simulator, Path(folder), environment | {"WORKSPOT_URL": simulator.url, "EUC_FLEET_STATE_DIR": folder}, latency)


def _compare(simulator, folder, environment, latency):
    def timed(*command):
        simulator.forget()
        started, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        took = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used
        spent = simulator.counters()
        return took, spent["tokens"] + spent["reads"], done.stdout

    def listed(**options):
        file = folder / "bench.workspot.yml"
        file.write_text(yaml.safe_dump(PLAIN | options))
        return timed(BIN / "ansible-inventory", "-i", file, "--list")

    what = f"{DESKTOPS} desktops in {POOLS} pools, {latency} s an answer"
    print(f"\n{what:48}{'s':>8}{'CPU s':>8}{'requests':>10}{'s over Ansible alone':>22}{'CPU s over it':>15}")
    bare, requests, _output = timed(sys.executable, "-c", BARE)
    _row("the bare calls", bare, requests)
    ours, requests, output = listed()
    alone = timed(BIN / "ansible-inventory", "-i", _ready(folder, json.loads(output)), "--list")[0]
    _row("Ansible alone, the same hosts from a script", alone, 0)
    _row("euc.fleet.workspot", ours, requests, alone)
    cache = CACHED | {"cache_connection": str(folder / "cache")}
    listed(**cache)
    _row("from the cache", *listed(**cache)[:2], alone)
    _row("from the cache, filtered, grouped and composed", *listed(**cache, **CONSTRUCTED)[:2], alone)
    print(f"1.5 times the bare calls and 2 s are {1.5 * bare[0] + 2:.1f} s; ours took {ours[0]:.1f} s, Ansible alone {alone[0]:.1f} s")


def _ready(folder, inventory):
    """A script that prints the inventory that was listed, without the marks of texts that are not to be evaluated."""
    hosts = {name: {key: _unmarked(value) for key, value in values.items()} for name, values in inventory["_meta"]["hostvars"].items()}
    (folder / "ready.json").write_text(json.dumps({"_meta": {"hostvars": hosts}, "all": {"hosts": list(hosts)}}))
    script = folder / "ready.sh"
    script.write_text(f"#!/bin/sh\nexec cat '{folder}/ready.json'\n")
    script.chmod(0o700)
    return script


def _unmarked(value):
    if isinstance(value, dict):
        return value["__ansible_unsafe"] if "__ansible_unsafe" in value else {key: _unmarked(item) for key, item in value.items()}
    return value


def _row(name, took, requests, alone=None):
    over = "".join(f"{mine - theirs:>{width}.2f}" for mine, theirs, width in zip(took, alone, (22, 15))) if alone else ""
    print(f"{name:48}{took[0]:>8.2f}{took[1]:>8.2f}{requests:>10}{over}")


if __name__ == "__main__":
    from run import ENVIRONMENT

    measure(os.environ | ENVIRONMENT)
