# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make bench: ours beside the alternatives, in one run, on one simulator. Times depend on the machine; ratios and call counts do not.

Each line of the first table is a play of its own; the time of an empty loop of the same length is taken off, so that what is left is the work.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import inventory
import requests
import tenant
import yaml
from euc_simulator.testing import Simulator

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
ITEMS = 200
PEER_ITEMS = 20  # the slow ways are measured on a part and told per item
TENANT = {
    "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
    "desktops": [{"name": f"SALES-{number:03}", "pool": "Sales", "tags": {"team": "a"}} for number in range(1, ITEMS + 1)],
}
ENVIRONMENT = {
    "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv" / "collections"),
    "ANSIBLE_LOCALHOST_WARNING": "false",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
    "EUC_FLEET_CLOCK_SPEED": "60",
    "WORKSPOT_CLIENT_ID": "sim-client",
    "WORKSPOT_CLIENT_SECRET": "sim-secret",
    "WORKSPOT_USERNAME": "admin@example.com",
    "WORKSPOT_PASSWORD": "sim-password",
    "WORKSPOT_READS_PER_MINUTE": "0",
    "WORKSPOT_WRITES_PER_MINUTE": "0",
}


def tags_task(in_process):
    return {
        "name": "Tags",
        "euc.fleet.workspot_desktop_tags": {"pool": "Sales", "name": "SALES-{{ '%03d' % item }}", "tags": {"team": "a"}},
        "vars": {"euc_fleet_in_process": in_process},
    }


def uri_task(url):
    """What one writes without a module: read the pool's desktops, to compare. Login and the pool's id are given for nothing."""
    return {
        "name": "Tags by hand",
        "ansible.builtin.uri": {
            "url": url,
            "headers": {"Authorization": "Bearer {{ lookup('env', 'BENCH_TOKEN') }}"},
        },
    }


def play(task, items, environment, folder):
    """Wall seconds of a play that loops one task."""
    book = Path(folder) / "book.yml"
    loop = {**task, "loop": f"{{{{ range(1, {items + 1}) | list }}}}"}
    book.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": [loop]}]))
    started = time.monotonic()
    subprocess.run([BIN / "ansible-playbook", book], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def main():
    with Simulator(TENANT, speed=60) as simulator, tempfile.TemporaryDirectory() as folder:
        token = token_of(simulator)
        environment = os.environ | ENVIRONMENT | {"EUC_FLEET_STATE_DIR": folder, "WORKSPOT_URL": simulator.url, "BENCH_TOKEN": token}
        nothing = {"name": "Nothing", "ansible.builtin.debug": {"msg": "x"}}
        empty = {items: min(play(nothing, items, environment, folder) for _turn in range(2)) for items in (PEER_ITEMS, ITEMS)}
        print(f"{'':44}{'items':>7}{'s':>8}{'ms/item':>9}{'logins':>8}{'reads':>7}{'writes':>8}{'times ours':>12}")
        ours = None
        for name, task, items in (
            ("workspot_desktop_tags, in process", tags_task(True), ITEMS),
            ("the same as a normal module", tags_task(False), PEER_ITEMS),
            (
                "ansible.builtin.uri, one GET an item",
                uri_task(f"{simulator.url}/v1.0/pools/{pool_id(simulator, token)}/desktops"),
                PEER_ITEMS,
            ),
        ):
            simulator.forget()
            seconds = play(task, items, environment, folder)
            spent = simulator.counters()
            per_item = max(seconds - empty[items], 0.001) / items * 1000
            ours = ours or per_item
            print(
                f"{name:44}{items:>7}{seconds:>8.2f}{per_item:>9.1f}{spent['tokens']:>8}{spent['reads']:>7}{spent['writes']:>8}{per_item / ours:>12.0f}"
            )
        print(
            f"An empty play of {ITEMS} items took {empty[ITEMS]:.2f} s, one of {PEER_ITEMS} {empty[PEER_ITEMS]:.2f} s; both are taken off."
        )
    inventory.measure(os.environ | ENVIRONMENT)


def pool_id(simulator, token):
    answer = requests.get(simulator.url + "/v1.0/pools", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    return answer.json()["desktopPools"][0]["id"]


def token_of(simulator):
    answer = requests.post(
        simulator.url + "/oauth/token",
        auth=("sim-client", "sim-secret"),
        data={"grant_type": "password", "username": "admin@example.com", "password": "sim-password"},
        timeout=10,
    )
    return answer.json()["access_token"]


if __name__ == "__main__":
    main()
    tenant.main()
