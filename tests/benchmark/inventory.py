# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of 10,000 desktops in 100 pools: ansible-inventory with our plugin, beside a bare script that makes the same calls, and beside
ansible-inventory with the very same hosts from a file that is ready.

What is promised is 1.5 times the bare calls and 2 s on top of what Ansible itself takes for so many hosts; and no request with a warm cache.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import contestants
import yaml
from euc_simulator.generate import generate
from euc_simulator.testing import Simulator
from plays import BIN, ENVIRONMENT
from rows import Row, beside, calls_of
from sizes import size

DESKTOPS, POOLS = size((10_000, 100), (6, 3))
# The server's time for an answer, in seconds: none at all, and what a call over the Internet takes at least.
LATENCIES = size((0, 0.2), (0,))
PLAIN = {"plugin": "euc.fleet.workspot"}
CACHED = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile"}
CONSTRUCTED = {
    "filters": [{"exclude": "workspot_status == 'Failed'"}],
    "group_by": ["pool", "status", "tag"],
    "keyed_groups": [{"key": "workspot_tags.ring", "prefix": "ring"}],
    "groups": {"in_session": "workspot_status in ['Connected', 'Disconnected']"},
    "compose": {"ansible_host": "workspot_ip_address"},
}


def rows():
    """The cache is measured once, beside calls without a delay, for it makes none."""
    for latency in LATENCIES:
        with Simulator(generate(DESKTOPS, POOLS, DESKTOPS), speed=1) as simulator, tempfile.TemporaryDirectory() as folder:
            if latency:
                simulator.fault("slow", method="GET", path="pools", times=10**9, seconds=latency)
            yield from _compare(Bench(simulator, Path(folder)), latency)


def _compare(bench, latency):
    name = f"Inventory of {DESKTOPS:,} desktops, {latency} s an answer"
    script = bench.row(
        name, "requests script", sys.executable, contestants.__file__, "listings", json.dumps([bench.url]), note="the same calls"
    )
    ours = bench.listed(name)
    alone = bench.row(name, "Ansible alone", BIN / "ansible-inventory", "-i", bench.ready(), "--list", note="the same hosts from a file")
    yield from beside(ours, script, alone)
    if not latency:
        for name, options in (
            (f"Inventory of {DESKTOPS:,} desktops from the cache", {}),
            ("That inventory from the cache, filtered, grouped and composed", CONSTRUCTED),
        ):
            cache = CACHED | {"cache_connection": str(bench.folder / "cache")}
            bench.listed(name, **cache)
            yield from beside(
                bench.listed(name, **cache, **options), dataclasses.replace(script, name=name), dataclasses.replace(alone, name=name)
            )


class Bench:
    """Whole commands, interpreter and all, and the calls that they make."""

    def __init__(self, simulator, folder):
        self.url, self.folder, self._simulator = simulator.url, folder, simulator
        self._environment = os.environ | ENVIRONMENT | {"WORKSPOT_URL": simulator.url, "EUC_FLEET_STATE_DIR": str(folder)}

    def row(self, name, contestant, *command, note=""):
        self._simulator.forget()
        started = time.monotonic()
        self._output = subprocess.run(command, env=self._environment, check=True, stdout=subprocess.PIPE).stdout
        return Row(name, contestant, DESKTOPS, time.monotonic() - started, calls_of(self._simulator), note=note)

    def listed(self, name, **options):
        file = self.folder / "bench.workspot.yml"
        file.write_text(yaml.safe_dump(PLAIN | options))
        return self.row(name, "euc.fleet.workspot", BIN / "ansible-inventory", "-i", file, "--list")

    def ready(self):
        """A script that prints the inventory that was listed last, without the marks of texts that are not to be evaluated."""
        listed = json.loads(self._output)["_meta"]["hostvars"]
        hosts = {name: {key: _unmarked(value) for key, value in values.items()} for name, values in listed.items()}
        (self.folder / "ready.json").write_text(json.dumps({"_meta": {"hostvars": hosts}, "all": {"hosts": list(hosts)}}))
        script = self.folder / "ready.sh"
        script.write_text(f"#!/bin/sh\nexec cat '{self.folder}/ready.json'\n")
        script.chmod(0o700)
        return script


def _unmarked(value):
    if isinstance(value, dict):
        return value["__ansible_unsafe"] if "__ansible_unsafe" in value else {key: _unmarked(item) for key, item in value.items()}
    return value
