# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a task takes in a play of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import requests
import yaml
from rows import Row, calls_of
from sizes import HANDFUL, size

ROOT = Path(__file__).resolve().parent.parent.parent
# Where the tests' own tools and this collection are found.
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / ".venv" / "collections")]
BIN = Path(sys.executable).parent
LOGIN = {"grant_type": "password", "username": "admin@example.com", "password": "sim-password"}
ENVIRONMENT = {
    "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv" / "collections"),
    "ANSIBLE_LOCALHOST_WARNING": "false",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
    "WORKSPOT_CLIENT_ID": "sim-client",
    "WORKSPOT_CLIENT_SECRET": "sim-secret",
    "WORKSPOT_USERNAME": LOGIN["username"],
    "WORKSPOT_PASSWORD": LOGIN["password"],
    "WORKSPOT_READS_PER_MINUTE": "0",
    "WORKSPOT_WRITES_PER_MINUTE": "0",
}
NOTHING = {"ansible.builtin.debug": {"msg": "x"}}
PART = size(20, 1)  # items; the slow ways are measured on a part
TURNS = size(3, 1)  # the best of which counts where little is measured


class Plays:
    """Plays against a simulator. Of loops, what a play takes that has nothing to do is taken off; the loop's own cost is not.

    A single task is told with its whole play: it is so short that the difference of two plays would be noise.
    """

    def __init__(self, simulator, folder):
        self.simulator, self._book = simulator, Path(folder) / "book.yml"
        self._environment = os.environ | ENVIRONMENT | {"WORKSPOT_URL": simulator.url, "EUC_FLEET_STATE_DIR": str(folder)}
        # A handful takes hardly longer than nothing.
        self._empty = 0 if HANDFUL else min(self._seconds(NOTHING, [1]) for _turn in range(TURNS))

    def row(self, name, contestant, task, items, note=""):
        """The task, done for each of the items."""
        took = []
        for _turn in range(TURNS if len(items) == 1 else 1):
            self.simulator.forget()
            took.append(self._seconds(task, items))
        seconds = min(took) - (self._empty if len(items) > 1 else 0)
        if seconds <= 0:
            raise RuntimeError(f"{name}: {contestant} took no longer than a play that does nothing; the machine is too busy to measure")
        return Row(name, contestant, len(items), seconds, calls_of(self.simulator), note=note)

    def _seconds(self, task, items):
        self._book.write_text(
            yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": [{"name": "Task", **task, "loop": items}]}])
        )
        started = time.monotonic()
        subprocess.run([BIN / "ansible-playbook", self._book], env=self._environment, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - started


class Hand:
    """What one knows who writes the calls by hand: login and ids, which cost ansible.builtin.uri nothing here."""

    def __init__(self, url):
        self.base, self.session = f"{url}/v1.0", requests.Session()
        answer = self.session.post(f"{url}/oauth/token", auth=("sim-client", "sim-secret"), data=LOGIN, timeout=60)
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def get(self, path):
        return self.session.get(f"{self.base}/{path}", timeout=60).json()

    def pools(self):
        return [pool["id"] for pool in self.get("pools")["desktopPools"]]

    def desktops(self, pool):
        return [desktop["id"] for desktop in self.get(f"pools/{pool}/desktops")["desktops"]]

    def uri(self, path, **options):
        """A task for a path that may speak of ``item``."""
        headers = {"Authorization": self.session.headers["Authorization"]}
        return {"ansible.builtin.uri": {"url": f"{self.base}/{path}", "headers": headers, **options}}
