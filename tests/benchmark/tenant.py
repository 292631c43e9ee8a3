# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""workspot_tenant and workspot_rollout on large tenants, beside scripts and loops of ansible.builtin.uri that make the same calls."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import tempfile
from pathlib import Path

import contestants
from euc_simulator.generate import generate
from euc_simulator.testing import Simulator
from plays import PART, Hand, Plays
from rows import Row, beside, calls_of, for_all
from sizes import size

DESKTOPS, POOLS, USERS = size((10_000, 100, 5_000), (12, 3, 6))
TAGGED = size(1000, 4)
ROLLED, ROLLED_POOLS = size((1000, 20), (8, 4))
WRITERS, WRITTEN = size((10, 200), (2, 16))
# Simulated seconds in a real one. Where a pace is measured it is low, for computing takes real time.
SPEED = size(10, 60)
READS, WRITES = 20, 15  # a minute, as published
# The simulator enforces them, but for a handful, since at that speed a slow machine would seem to exceed them.
ENFORCED = size(f"{READS}/{WRITES}", "0/0")
# How long Control takes for the report of users; of a handful it is there at the first look, however slow the machine is.
REPORT = size(30, 1)
UNPACED = {"reads_per_minute": 0, "writes_per_minute": 0}
PACED = {"reads_per_minute": READS, "writes_per_minute": WRITES}


@contextlib.contextmanager
def contest(tenant, **options):
    with Simulator(tenant, speed=SPEED, **options) as simulator, tempfile.TemporaryDirectory() as folder:
        yield Contest(simulator, Path(folder))


class Contest:
    """Takes the time of contestants, one after another, on one tenant."""

    def __init__(self, simulator, folder):
        self.simulator, self.folder = simulator, folder

    def start(self, module, options, check=False, name="options"):
        file = self.folder / f"{name}.json"
        file.write_text(json.dumps(options))
        return self._start(contestants.ours, module, str(file), check)

    def ours(self, name, module, items, options, check=False, factor=1):
        self.simulator.forget()
        seconds = contestants.seconds_of(self.start(module, options, check))
        return Row(name, module, items, seconds * factor, calls_of(self.simulator))

    def script(self, name, items, contestant, *arguments, factor=1, note="the same calls"):
        self.simulator.forget()
        seconds = contestants.seconds_of(self._start(contestant, *arguments))
        return Row(name, "requests script", items, seconds * factor, calls_of(self.simulator), note=note)

    def uri_listings(self, name, items):
        """The pools' listings in a loop of ansible.builtin.uri, without a look at what they say."""
        hand = Hand(self.simulator.url)
        pools = hand.pools()
        plays, task = Plays(self.simulator, self.folder), hand.uri("pools/{{ item }}/desktops")
        row = plays.row(name, "ansible.builtin.uri", task, pools[:PART], "one listing a pool")
        return dataclasses.replace(for_all(row, len(pools)), items=items)

    def _start(self, contestant, *arguments):
        return contestants.start(contestant, self.simulator.url, *arguments, folder=self.folder, speed=SPEED)


def desired_state(tenant):
    """A tenant file as what workspot_tenant would be asked for."""
    users = [{key: user[key] for key in ("email", "first_name", "last_name", "cost_center") if user.get(key)} for user in tenant["users"]]
    desktops = [{key: desktop[key] for key in ("name", "pool", "tags", "user") if desktop.get(key)} for desktop in tenant["desktops"]]
    return {"pools": [{"name": pool["name"]} for pool in tenant["pools"]], "users": users, "desktops": desktops}


def sales(count):
    """A tenant of one pool, and the state in which each of its desktops has a tag."""
    names = [f"SALES-{number:04}" for number in range(count)]
    tenant = {
        "pools": [{"name": "Sales", "cloud": "Azure Cloud", "pool_type": "Persistent"}],
        "desktops": [{"name": name, "pool": "Sales"} for name in names],
    }
    return tenant, [{"pool": "Sales", "name": name, "tags": {"team": "a"}} for name in names]


def converged_tenant():
    tenant = generate(desktops=DESKTOPS, pools=POOLS, users=USERS)
    state, items = desired_state(tenant), DESKTOPS + POOLS + USERS
    with contest(tenant, report_seconds=REPORT) as bench:
        name = f"Check of a converged tenant of {DESKTOPS:,} desktops"
        yield from beside(
            bench.ours(name, "workspot_tenant", items, {**state, **UNPACED}, check=True),
            bench.script(name, items, contestants.tenant, 0, SPEED),
            bench.uri_listings(name, items),
        )
        name = f"Check of that tenant at {READS} reads a minute"
        yield from beside(
            bench.ours(name, "workspot_tenant", items, {**state, **PACED}, check=True, factor=SPEED),
            bench.script(name, items, contestants.tenant, READS, SPEED, factor=SPEED),
        )


def many_tags():
    tenant, desktops = sales(TAGGED)
    with contest(tenant) as bench:
        name = f"{TAGGED:,} desktops to tag"
        hand = Hand(bench.simulator.url)
        pool = hand.pools()[0]
        body = {"desktopId": "{{ item }}", "poolId": pool, "tags": [{"name": "team", "value": "c"}]}
        task = hand.uri(f"pools/{pool}/desktops/{{{{ item }}}}/tags", method="POST", body_format="json", body=body, status_code=[200, 202])
        uri = Plays(bench.simulator, bench.folder).row(name, "ansible.builtin.uri", task, hand.desktops(pool)[:PART], "one POST an item")
        uri = for_all(uri, TAGGED)
        script = bench.script(name, TAGGED, contestants.tags, "b", note="")
        yield from beside(bench.ours(name, "workspot_tenant", TAGGED, {"desktops": desktops, **UNPACED}), script, uri)
        again = f"{TAGGED:,} desktops tagged already"
        yield from beside(
            bench.ours(again, "workspot_tenant", TAGGED, {"desktops": desktops, **UNPACED}),
            bench.script(again, TAGGED, contestants.listings),
        )


def many_writers():
    """Within the limits that the simulator enforces."""
    tenant, desktops = sales(WRITTEN)
    with contest(tenant, throttle=ENFORCED) as bench:
        started = [
            bench.start("workspot_tenant", {"desktops": desktops[number::WRITERS], **PACED}, name=f"part-{number}")
            for number in range(WRITERS)
        ]
        for process in started:
            contestants.seconds_of(process)
        log = [entry for entry in bench.simulator.log() if entry["method"] == "POST" and entry["operation_id"] != "issueToken"]
        moments = [datetime.datetime.fromisoformat(entry["time"].replace("Z", "+00:00")) for entry in log]
        taken = (max(moments) - min(moments)).total_seconds()
        # The first fifteen need no waiting, and so does the last of each minute's.
        least = (len(moments) - 1) // WRITES * 60
        name = f"{WRITTEN} writes by {WRITERS} processes at {WRITES} a minute"
        note = "from the first write to the last"
        return beside(
            Row(name, "workspot_tenant", WRITTEN, taken, calls_of(bench.simulator), note=note),
            Row(name, "the physical minimum", WRITTEN, least, len(moments), note="computed"),
        )


def rollout():
    tenant = generate(desktops=ROLLED, pools=ROLLED_POOLS, users=0)
    options = {
        "select": {"names": ["*"]},
        "action": "reboot",
        "session_sources": "status",
        "waves": {"canary": 5, "percent": 20},
        **UNPACED,
    }
    with contest(tenant) as bench:
        name = f"Plan of a rollout over {ROLLED:,} desktops"
        return beside(
            bench.ours(name, "workspot_rollout", ROLLED, options, check=True),
            bench.script(name, ROLLED, contestants.listings, note="listings only"),
            bench.uri_listings(name, ROLLED),
        )


def rows():
    yield from converged_tenant()
    yield from many_tags()
    yield from many_writers()
    yield from rollout()
