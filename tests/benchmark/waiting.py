# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that it takes to build twenty desktops of one pool and to see them ready. Waits are leapt over, so only calls are compared.

Control builds one desktop after another. It is made to accept all twenty at once here; how a task waits for a place is another matter.
"""

from __future__ import annotations

from euc_simulator.testing import Simulator
from plays import Hand
from rows import Row, beside, calls_of

DESKTOPS = 20
TENANT = {"pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}]}
NAMES = [f"SALES-{number:03}" for number in range(DESKTOPS)]
NAME = f"Calls to build {DESKTOPS} desktops of one pool and wait"
OFTEN, SELDOM = 5, 30  # seconds between looks: Ansible's default, and our longest


def rows():
    return beside(
        ours(),
        by_hand("uri, until in a loop", in_turn, OFTEN),
        by_hand("uri, until in a loop", in_turn, SELDOM),
        by_hand("uri, until side by side", side_by_side, SELDOM),
        by="calls",
    )


def ours():
    from scenarios import Stage

    # At the speed of real time, computing takes none of the time between two looks.
    with Stage(TENANT, speed=1, provisioning_cap=DESKTOPS) as stage:
        started = stage.simulator.now()
        result = stage.run("workspot_tenant", desktops=[{"pool": "Sales", "name": name} for name in NAMES])
        assert not result.get("failed"), result["msg"]
        return Row(
            NAME, "workspot_tenant", DESKTOPS, stage.simulator.now() - started, calls_of(stage.simulator), note="the clock's seconds"
        )


def by_hand(contestant, wait, interval):
    """The calls that tasks of ansible.builtin.uri would send, one POST a desktop and then looks until each operation has ended."""
    with Simulator(TENANT, speed=0, provisioning_cap=DESKTOPS, token_life_seconds=10**6) as simulator:
        hand, started = Hand(simulator.url), simulator.now()
        pool = hand.pools()[0]
        answers = [
            hand.session.post(f"{hand.base}/pools/{pool}/desktops", json={"computerName": name}, timeout=60).json() for name in NAMES
        ]
        wait(simulator, hand, [answer["statusURL"].rpartition("/")[2] for answer in answers], interval)
        seconds, calls = simulator.now() - started, calls_of(simulator)
    return Row(NAME, f"{contestant}, {interval} s", DESKTOPS, seconds, calls, note="ratio of calls")


def in_turn(simulator, hand, operations, interval):
    """A task that loops over the operations: Ansible goes to the next one when the one before has ended."""
    for operation in operations:
        while _runs(hand, operation):
            simulator.advance(interval)


def side_by_side(simulator, hand, operations, interval):
    """A task or a playbook for each operation, all at the same time."""
    while operations := [operation for operation in operations if _runs(hand, operation)]:
        simulator.advance(interval)


def _runs(hand, operation):
    return hand.get(f"operation/{operation}")["status"] == "InProgress"
