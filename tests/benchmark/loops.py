# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task, and loops of it: the tags of desktops that have them already, in our two ways and by hand."""

from __future__ import annotations

import tempfile

import contestants
from euc_simulator.testing import Simulator
from plays import PART, TURNS, Hand, Plays
from rows import Row, beside, calls_of, for_all
from sizes import size

COUNTS = size((1, 100, 1000), (1, 3))
TENANT = {
    "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
    "desktops": [{"name": f"SALES-{number:04}", "pool": "Sales", "tags": {"team": "a"}} for number in range(1, max(COUNTS) + 1)],
}


def tags(in_process):
    return {
        "euc.fleet.workspot_desktop_tags": {"pool": "Sales", "name": "SALES-{{ '%04d' % item }}", "tags": {"team": "a"}},
        "vars": {"euc_fleet_in_process": in_process},
    }


def rows():
    with Simulator(TENANT, speed=1) as simulator, tempfile.TemporaryDirectory() as folder:
        plays, hand = Plays(simulator, folder), Hand(simulator.url)
        pool = hand.pools()[0]
        uri = hand.uri(f"pools/{pool}/desktops/{hand.desktops(pool)[0]}")
        for count in COUNTS:
            name = "A single task with its play" if count == 1 else f"A loop of {count:,} items"
            part = list(range(1, min(count, PART) + 1))
            slow = [
                plays.row(name, "the same as a normal module", tags(False), part),
                plays.row(name, "ansible.builtin.uri", uri, part, "one GET an item"),
            ]
            yield from beside(
                plays.row(name, "workspot_desktop_tags", tags(True), list(range(1, count + 1))),
                *(for_all(row, count) for row in slow),
                _script(simulator, name, count, folder),
            )


def _script(simulator, name, count, folder):
    took = []
    for _turn in range(TURNS):
        simulator.forget()
        took.append(contestants.seconds_of(contestants.start(contestants.listings, simulator.url, folder=folder)))
    return Row(name, "requests script", count, min(took), calls_of(simulator), note="the same calls and no play")
