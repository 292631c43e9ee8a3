# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of scenarios, one a vendor, and a stage to play them on: a simulated tenant and a control machine of its own."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import importlib
import os
import shutil
import tempfile
import time
import unittest.mock

import support
from vendors import citrix, vendor_of, vendors

# Simulated seconds in a real one. A build that is not leapt over takes 0.2 s, and a stall of a busy test machine is still far below every time limit.
SPEED = 1200
PATIENCE = {"wait_timeout": 20_000, "retry_timeout": 20_000}
# What a tenant is asked to look like in the end; ids and addresses follow from names, or do not matter. Of the other vendors' parts of a
# tenant everything is, under names such as `ras.workspaces`.
COMPARED = (
    *("pools", "desktops", "users", "app_pools", "applications", "bundles", "groups"),
    *(
        "clouds",
        "templates",
        "gateway_clusters",
        "global_desktops",
        "stale_devices",
        "custom_images",
        "gateways",
        "users_of_global_desktops",
    ),
)
IGNORED = ("id", "ip_address", "private_ip_address", "last_reboot_date", "last_updated_date")


def _read(name):
    with open(support.ROOT / "tests" / name, encoding="utf-8") as file:
        return support.parsed(file.read().replace("<tests>", str(support.ROOT / "tests")))


def _whole_tenant():
    """The tenants of all vendors in one, for each has keys of its own; the switches are all under `simulator`."""
    parts = [_read(vendor.tenant) for vendor in vendors().values()]
    switches = {name: value for part in parts for name, value in part.get("simulator", {}).items()}
    return {**{key: value for part in parts for key, value in part.items()}, "simulator": switches}


TENANT = _whole_tenant()


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One entry of the table; see there."""

    module: str
    name: str
    options: dict
    before: dict = dataclasses.field(default_factory=dict)
    first: dict = dataclasses.field(default_factory=dict)
    always: bool = False
    writes: tuple = ()
    ends: dict = dataclasses.field(default_factory=dict)
    changed: bool = False

    def __str__(self):
        return f"{self.module}: {self.name}"

    @property
    def changes(self):
        """Whether the first run counts as a change."""
        return self.changed or bool(self.writes)

    @property
    def is_state(self):
        """Whether the module leads something to a state, or acts, and tells the steps; others read, or save a file."""
        return "\nchanges:" in support.load(self.module).RETURN and "dest" not in self.options


def _acts_always(module):
    return support.documentation(module)["attributes"]["idempotent"]["support"] == "none"


SCENARIOS = [
    Scenario(module, **{"always": _acts_always(module) or "dest" in entry["options"], **entry})
    for vendor in vendors().values()
    for module, entries in _read(vendor.scenarios).items()
    for entry in entries
]
STATE_SCENARIOS = [scenario for scenario in SCENARIOS if scenario.is_state and scenario.writes]


class Leaps:
    """What a module's clock takes for ``time``: a wait is over at once, and both it and the tenant have grown older by that much."""

    def __init__(self, simulator, speed):
        self._simulator = simulator
        self._speed = speed
        self._leapt = 0.0

    def time(self):
        return time.time() + self._leapt

    def sleep(self, seconds):
        self._simulator.advance(seconds * self._speed)
        self._leapt += seconds


class Stage:
    """``with Stage() as stage``: run modules, break things, look at what is left. Switches of the simulator are keyword arguments.

    Waits are leapt over. With ``leaps=False`` they take their time, as tests need that have processes beside this one: what one process
    has leapt over is still to come for the others.
    """

    def __init__(self, tenant=TENANT, *, speed=SPEED, leaps=True, **options):
        from euc_simulator.testing import Simulator

        self.simulator = Simulator(tenant, speed=speed, **options)
        self._speed = speed or SPEED  # of the modules; a tenant whose clock stands still is still waited for
        self._leaps = leaps
        self._exits = contextlib.ExitStack()

    def __enter__(self):
        self._exits.enter_context(self.simulator)
        self.machine = tempfile.mkdtemp(prefix="euc-fleet-stage-")
        self._exits.callback(shutil.rmtree, self.machine)
        # So deep that what would leave a folder is still found below `machine`.
        self.folder, self.files = (os.path.join(self.machine, "home", "user", name) for name in ("state", "files"))
        for folder in (self.folder, self.files):
            os.makedirs(folder)
        environment = {"EUC_FLEET_STATE_DIR": self.folder, "EUC_FLEET_CLOCK_SPEED": str(self._speed)}
        if self.simulator.ca_path:
            environment |= {f"{name.upper()}_CA_PATH": self.simulator.ca_path for name in vendors()}
        self._exits.enter_context(unittest.mock.patch.dict(os.environ, environment))
        if self._leaps:
            wait = importlib.import_module(f"{support.PLUGINS}.module_utils.core.wait")
            self._exits.enter_context(unittest.mock.patch.object(wait, "time", Leaps(self.simulator, self._speed)))
        return self

    def __exit__(self, *problem):
        support.forget_connections()
        return self._exits.__exit__(*problem)

    @classmethod
    def about(cls, module, tenant=TENANT, **options):
        """A stage whose simulator is to be reached as the module's vendor is."""
        return cls(tenant, tls=vendor_of(module).tls, **options)

    @classmethod
    @contextlib.contextmanager
    def of(cls, scenario, **options):
        """A stage set for a scenario, and the options of its task."""
        with cls.about(scenario.module, **options) as stage:
            yield stage, stage.prepare(scenario)

    def prepare(self, scenario, **connection):
        """Do what comes before the scenario's task, and return the task's options."""
        if scenario.before:
            self.simulator.change(**scenario.before)
        options = self.fill_in(scenario)
        for module, given in scenario.first.items():
            result = self.run(module, **given, **connection)
            options = {name: [result["operation"]] if value == ["<operation>"] else value for name, value in options.items()}
        self.simulator.forget()
        return options

    def fill_in(self, scenario):
        """The scenario's options with today's dates and a place for files."""
        today = datetime.date.today()
        blanks = {
            "<file>": os.path.join(self.files, "saved"),
            "<today>": str(today),
            "<a week ago>": str(today - datetime.timedelta(days=7)),
        }
        if scenario.options.get("code") == "<code>":
            blanks["<code>"] = citrix.sign_in(self.simulator.url, scenario.options["redirect_uri"], scenario.options["code_verifier"])
        return {name: blanks.get(value, value) if isinstance(value, str) else value for name, value in scenario.options.items()}

    def run(self, module, check=False, fresh=True, **options):
        """The result of one task, in a new process as far as caches go unless not ``fresh``."""
        known = support.load(module).SPEC.arguments()["argument_spec"]
        return support.run_module(
            module,
            self.simulator.url,
            check=check,
            fresh=fresh,
            **{**{name: value for name, value in PATIENCE.items() if name in known}, **options},
        )

    def written(self):
        """The simulator's log of the writes that have arrived, whatever became of them."""
        sign_ins = {operation_id for vendor in vendors().values() for operation_id in vendor.sign_ins}
        acting = {operation_id for vendor in vendors().values() for operation_id in vendor.acting}
        return [
            entry
            for entry in self.simulator.log()
            if (entry["method"] not in ("GET", "HEAD") or entry["operation_id"] in acting) and entry["operation_id"] not in sign_ins
        ]

    def writes(self):
        """The operation ids of the writes that have arrived since the last call of this function."""
        arrived = [entry["operation_id"] for entry in self.written()]
        self.simulator.forget()
        return arrived

    def rest(self):
        """The tenant when everything under way has come to its end: what a later look would find."""
        self.simulator.clear_faults()
        self.simulator.advance(100_000)
        return tenant_of(self.simulator.state())


def tenant_of(state):
    """A simulator's state in an order of its own, without what may differ between two tenants that are alike."""
    state = {**state, **_parts(state)}
    kept = {kind: [_comparable(item) for item in state.get(kind, ())] for kind in COMPARED}
    kept |= {kind: [_comparable(item) for item in items] for kind, items in _neighbours(state)}
    return {kind: sorted(items, key=lambda item: sorted(map(str, item.items()))) for kind, items in kept.items()}


def _parts(state):
    """What the tenant file has inside of other things."""
    regions = [(cluster, region) for cluster in state.get("gateway_clusters", ()) for region in cluster["regional_clusters"]]
    return {
        "custom_images": [
            {"cloud": cloud["name"], **image} for cloud in state.get("clouds", ()) for image in cloud.get("custom_images", ())
        ],
        "gateway_clusters": [{**cluster, "status": region["status"]} for cluster, region in regions],
        "gateways": [{"cluster": cluster["name"], **host} for cluster, region in regions for host in region["hosts"]],
        "users_of_global_desktops": [
            {"name": desktop["name"], **user} for desktop in state.get("global_desktops", ()) for user in desktop.get("users", ())
        ],
    }


def _neighbours(state):
    """Kinds and items of the vendors that keep what they have under a key of their own; what is no list is the one of its kind."""
    for name in vendors():
        for kind, value in state.get(name, {}).items():
            items = value if isinstance(value, list) else [value]
            yield f"{name}.{kind}", [item if isinstance(item, dict) else {"value": item} for item in items]


def _comparable(value):
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items() if key not in IGNORED}
    return [_comparable(item) for item in value] if isinstance(value, list) else value


def problems(ends, tenant):
    """Where a tenant is not as a scenario's ``ends`` say; empty if it is."""
    found = []
    for kind, items in ends.items():
        for item in items:
            wanted = dict(item)
            number = 0 if wanted.pop("absent", False) else 1
            fitting = [one for one in tenant.get(kind, ()) if all(one.get(key) == value for key, value in wanted.items())]
            if len(fitting) != number:
                found.append(f"{len(fitting)} {kind} fit {wanted}, not {number}")
    return found
