# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promises of workspot_rollout on generated tenants, while users sign in and out all the time."""

from __future__ import annotations

import importlib
import random
import uuid

from hypothesis import given
from hypothesis import strategies as st
from scenarios import Stage
from support import PLUGINS

USABLE = ("Online", "Ready", "Connected", "Disconnected")
REBOOT = "rebootDesktopUsingPOST"


@st.composite
def worlds(draw):
    """Two pools of desktops with and without sessions."""
    statuses = st.sampled_from(["Ready", "Ready", "Ready", "Connected", "Disconnected", "Offline"])
    desktops = [
        {
            "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{pool}-{number}")),
            "name": f"{pool}-{number}",
            "pool": pool,
            "user": f"{pool}{number}@example.com".lower(),
            "status": draw(statuses),
        }
        for pool in ("Sales", "Lab")
        for number in range(draw(st.integers(1, 7)))
    ]
    return {
        "simulator": {"token_life_seconds": 1_000_000_000},
        "pools": [{"name": pool, "cloud": "Azure Cloud", "pool_type": "Persistent"} for pool in ("Sales", "Lab")],
        "users": [{"email": desktop["user"]} for desktop in desktops],
        "desktops": desktops,
    }


rollouts = st.fixed_dictionaries(
    {
        "session_policy": st.sampled_from(["skip", "skip", "wait"]),
        "max_outstanding": st.integers(1, 4),
        "guard": st.fixed_dictionaries({"min_available": st.integers(0, 3)}),
        "waves": st.fixed_dictionaries({"canary": st.integers(0, 2), "size": st.integers(1, 5)}),
        "spacing": st.sampled_from([0, 0, 20]),
    }
)


class Restless:
    """People who sign in and out whenever the rollout rests, and an onlooker who notes what it has done until then."""

    def __init__(self, stage, seed, least):
        self.simulator = stage.simulator
        self.random = random.Random(seed)
        self.least = least
        self.most_outstanding = 0
        self.rebooted, self.wrong = [], []
        self._usable = self._look()

    def _look(self):
        self.desktops = {desktop["id"]: desktop for desktop in self.simulator.state()["desktops"]}
        self.in_session = {id for id, desktop in self.desktops.items() if desktop["status"] in ("Connected", "Disconnected")}
        counts = {}
        for desktop in self.desktops.values():
            counts[desktop["pool"]] = counts.get(desktop["pool"], 0) + (desktop["status"] in USABLE)
        return counts

    def check(self):
        """What has happened since the last time: until now nobody has signed in or out."""
        before, usable_before, before_desktops = self.in_session, self._usable, self.desktops
        acted = [entry["path"].split("/")[-2] for entry in self.simulator.log() if entry["operation_id"] == REBOOT]
        self.simulator.forget()
        self._usable = self._look()
        self.rebooted += acted
        self.wrong += [f"{id} had a session" for id in acted if id in before]
        for pool, usable in self._usable.items():
            lost = [id for id in acted if before_desktops[id]["pool"] == pool and before_desktops[id]["status"] in USABLE]
            if lost and usable < self.least:
                self.wrong.append(f"{pool} has {usable} of {usable_before[pool]} left")
        self.most_outstanding = max(self.most_outstanding, sum(one["status"] == "Rebooting" for one in self.desktops.values()))

    def stir(self):
        self.check()
        for desktop in self.desktops.values():
            if desktop["status"] in USABLE and self.random.random() < 0.2:
                status = "Ready" if desktop["id"] in self.in_session else "Connected"
                self.simulator.change(desktops=[{"pool": desktop["pool"], "name": desktop["name"], "status": status}])
        self._usable = self._look()


@given(worlds(), rollouts, st.integers(0, 10**6))
def test_nobody_is_disturbed_and_no_pool_runs_dry(tenant, options, seed):
    with Stage(tenant, speed=1) as stage:
        people = Restless(stage, seed, options["guard"]["min_available"])
        clock = importlib.import_module(f"{PLUGINS}.module_utils.core.wait").time
        sleep = clock.sleep

        def restless_sleep(seconds):
            people.check()
            sleep(seconds)
            people.stir()

        clock.sleep = restless_sleep
        result = stage.run(
            "workspot_rollout",
            select={"pools": ["Sales", "Lab"]},
            action="reboot",
            **options,
            wait_timeout=600,
            reads_per_minute=0,
            writes_per_minute=0,
        )
        people.check()
    assert people.wrong == []
    assert people.most_outstanding <= options["max_outstanding"]
    assert len(people.rebooted) == len(set(people.rebooted))
    assert not result["msg"].startswith("Defect") if result.get("failed") else not result["stopped_because"]
    ended = [item["status"] for item in result["results"]]
    assert len(ended) == len(tenant["desktops"]) and ended.count("failed") == 0, result["results"]
    assert ended.count("done") == len(people.rebooted)
