# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix: everything that can happen to a write, and the cases that follow for any scenarios. Every write is put under this one list."""

from __future__ import annotations

import collections
import dataclasses
import functools

from scenarios import SCENARIOS, Stage
from support import parsed
from vendors import vendors

# What somebody else does in the tenant, which is no business of any scenario.
MEANWHILE = {
    "users": [{"email": "walter@example.com"}],
    "desktops": [{"pool": "Kiosk", "name": "KIOSK-900", "tags": {"by": "walter"}}],
    "bundles": [{"name": "Of Walter"}],
}


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing that happens to a write: a fault of the simulator, its data, and the switches that belong to it.

    ``ran``: the write has run, whatever its answer looks like. ``harmless``: nobody notices, for the task repeats it by itself. ``options``
    are those of the disturbed run. ``sampled``: it differs from another fault in nothing that depends on what is written, or costs as much
    real time as it takes, so that one scenario of a module is enough. ``of_operations``: only of writes that begin an operation. ``spares``
    are writes that it cannot strike in a way that any client could mend.
    """

    name: str
    kind: str
    data: dict = dataclasses.field(default_factory=dict)
    switches: dict = dataclasses.field(default_factory=dict)
    ran: bool = False
    harmless: bool = False
    options: dict = dataclasses.field(default_factory=dict)
    sampled: bool = False
    of_operations: bool = False
    spares: tuple = ()

    def __str__(self):
        return self.name


TOKEN_REVOKED = Fault("token revoked", "revoke_token")
MEANTIME = Fault("an administrator works at the same moment", "concurrent", {"change": MEANWHILE}, ran=True, harmless=True)
# Each call for any desktop of a pool gives the user one more, and nothing makes it depend on what he has.
RIVAL = Fault("an administrator does the very same first", "rival", switches={"duplicate_names": "refuse"}, spares=("assignPoolUsingPOST",))
FAULTS = [
    Fault("dropped before it ran", "drop_before"),
    Fault("dropped after it ran", "drop_after", ran=True),
    Fault("500 instead of running", "status", {"status": 500}),
    Fault("502 instead of running", "status", {"status": 502}, sampled=True),
    Fault("503 instead of running", "status", {"status": 503}, sampled=True),
    Fault("500 after it ran", "status_after", {"status": 500}, ran=True),
    Fault("502 after it ran", "status_after", {"status": 502}, ran=True, sampled=True),
    Fault("503 after it ran", "status_after", {"status": 503}, ran=True, sampled=True),
    Fault("garbage after it ran", "garbage", ran=True),
    Fault("a sign-in page after it ran", "html", ran=True),
    Fault("answer cut off", "cut_body", ran=True),
    Fault("answered too late", "slow", {"seconds": 1.3}, ran=True, options={"request_timeout": 1}, sampled=True),
    Fault("throttled with 429", "throttle", {"seconds": 12}, {"throttle_style": 429}, harmless=True, sampled=True),
    Fault("throttled with 400", "throttle", {"seconds": 12}, {"throttle_style": 400}, harmless=True, sampled=True),
    Fault("throttled again and again", "throttle", {"seconds": 45, "times": 6}, harmless=True),
    TOKEN_REVOKED,
    Fault("its operation lost", "lose_operation", ran=True, of_operations=True),
    Fault("Control restarts instead", "restart", {"seconds": 300, "work": "finishes"}),
    MEANTIME,
    RIVAL,
]

# What may run once more after a lost answer, as the modules say: whoever sees a message twice is better off than who misses it. For the rest,
# what the second one does is what the first one did, and no read shows it, or not at once.
TWICE = {
    "sendMessageToUserUsingPOST",
    "messageRdsSession",
    "refreshGroupEntitlementsUsingPOST",
    "retainDesktopUsingPOST",
    "uploadCloudAppIconUsingPOST",
    "setGlobalDesktopGroupPoolsUsingPOST",
    "setGlobalDesktopPoolsUsingPOST",
    "addFavorite",
    "removeFavorite",
    "disconnectSessions",
}


@dataclasses.dataclass(frozen=True)
class Case:
    """A fault that strikes the write of this number in a scenario."""

    scenario: object
    number: int
    fault: Fault

    def __str__(self):
        return f"{self.scenario}, {self.number + 1}. {self.operation_id} {self.fault}"

    @property
    def operation_id(self):
        return self.scenario.writes[self.number]

    def arm(self, stage):
        if self.fault.switches:
            stage.simulator.switches(**self.fault.switches)
        skip = self.scenario.writes[: self.number].count(self.operation_id)
        stage.simulator.fault(self.fault.kind, operation_id=self.operation_id, skip=skip, **self.fault.data)

    def disarm(self, stage):
        """The disturbance is over; what was to be disturbed must have been."""
        times = self.fault.data.get("times", 1)
        assert [armed["struck"] for armed in stage.simulator.faults()] == [times], "the fault never struck, so nothing was tested"
        stage.simulator.clear_faults()

    def allowed(self):
        """How often the disturbed run may have made each write."""
        again = [self.operation_id] if self.fault.ran and self.operation_id in TWICE else []
        return collections.Counter([*self.scenario.writes, *again])


def cases(scenarios):
    """Each write of the scenarios under each fault that can strike it."""
    sample = {scenario.module: scenario for scenario in reversed(scenarios)}
    return [
        Case(scenario, number, fault)
        for scenario in scenarios
        for number in range(len(scenario.writes))
        for fault in FAULTS
        if strikes(fault, scenario.writes[number]) and (not fault.sampled or scenario is sample[scenario.module])
    ]


def strikes(fault, operation_id):
    return operation_id not in fault.spares and (not fault.of_operations or operation_id in begin_operations())


@functools.cache
def begin_operations():
    """The calls whose answer names an operation that goes on, as the contract has it."""
    with open(vendors()["workspot"].contract_path, encoding="utf-8") as file:
        document = parsed(file)
    return {
        call["operationId"]
        for calls in document["paths"].values()
        for call in calls.values()
        if isinstance(call, dict) and call.get("x-async")
    }


@dataclasses.dataclass(frozen=True)
class Undisturbed:
    """A run without trouble: the tenant in the end, the result, what it says it does, and the operations that it called."""

    tenant: dict
    result: dict
    doings: list
    requests: list


def undisturbed(scenario):
    return _undisturbed(SCENARIOS.index(scenario))


@functools.cache
def _undisturbed(index):
    scenario = SCENARIOS[index]
    with Stage.of(scenario) as (stage, options):
        result = stage.run(scenario.module, **options)
        assert not result.get("failed") and result["changed"], result["msg"]
        steps = result.get("changes") or result.get("plan") or ()
        requests = [entry["operation_id"] for entry in stage.simulator.log()]
        return Undisturbed(stage.rest(), result, [step["summary"].split(" (")[0] for step in steps], requests)


def ran(stage, by="operation_id"):
    """How often each write has run, whatever became of its answer; ``by`` a key of the simulator's log."""
    return collections.Counter(entry[by] for entry in stage.written() if entry["ran"])


def without_meanwhile(tenant, purged=()):
    """The tenant without what the administrator made, all of which must be there but for what is ``purged``."""
    rest = dict(tenant)
    for kind, items in MEANWHILE.items():
        names = {item.get("email") or item["name"] for item in items}
        rest[kind] = [item for item in tenant[kind] if (item.get("email") or item["name"]) not in names]
        assert len(tenant[kind]) - len(rest[kind]) == (0 if kind in purged else len(items))
    return rest


def assert_clear(result, doings=()):
    """A failure is one sentence for a person: what was tried, on what, what came back."""
    message = result["msg"]
    assert "\n" not in message and len(message) < 600
    assert not message.startswith("Defect") and "Traceback" not in message and " object at 0x" not in message
    assert not doings or any(doing in message for doing in doings), message
    assert result["error"]["kind"]
