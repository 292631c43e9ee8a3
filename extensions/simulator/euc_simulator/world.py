# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that one running simulator holds, and what can be done to all of it at once."""

from . import tenant
from .citrix.plane import CitrixPlane
from .clock import Clock, Timeline, iso
from .contract import NO_CONTRACT, Contract
from .faults import Faults
from .ids import Ids
from .log import Journal
from .ras.plane import RasPlane
from .switches import Switches
from .wire import Call, Reply
from .workspot.plane import WorkspotPlane
from .workspot.twin import unfolded

# The control planes, in the order in which they are asked whether a path is theirs. Workspot takes what is left over.
PLANES = (RasPlane, CitrixPlane, WorkspotPlane)


class World:
    def __init__(self, data: dict | None = None, *, speed: float = 60.0, seed: int = 0, switches: dict | None = None,
                 contracts: tuple = ()):
        self.clock = Clock(speed)
        self.seed = seed
        self.contract = Contract(*contracts) if contracts else NO_CONTRACT
        self._own_switches = switches or {}
        self.reset(data or {})

    def reset(self, data: dict) -> None:
        """Begin anew with a tenant: nothing of the old one stays but the clock. A bad tenant changes nothing."""
        before = dict(self.__dict__)
        try:
            self._begin(data)
        except Exception:
            self.__dict__ = before
            raise

    def _begin(self, data: dict) -> None:
        data = unfolded(data)
        tenant.check_keys(data, PLANES)
        self.timeline = Timeline(self.clock)
        # What the command line set is stronger than the file.
        self.switches = Switches(data.get("simulator") or {}, self._own_switches)
        self.ids = Ids(self.seed)
        self.journal = Journal()
        self.faults = Faults()
        self.violations: list[dict] = []
        self._away_until = 0.0
        self.planes = [plane(self) for plane in PLANES]
        for plane in self.planes:
            plane.load(data)

    def dump(self) -> dict:
        """The tenant as a file would hold it."""
        data = {"simulator": self.switches.changed()} if self.switches.changed() else {}
        for plane in self.planes:
            data.update(plane.dump())
        return data

    def change(self, data: dict) -> None:
        """Part of a tenant over the present one, as if an administrator had changed it elsewhere. A bad change changes nothing."""
        tenant.check_keys(data, PLANES, "change")
        # What is wrong with an item may follow from those before it, so all of them are tried on a copy first.
        World(self.dump(), seed=self.seed)._change(data)
        self._change(data)

    def _change(self, data: dict) -> None:
        if "simulator" in data:
            self.switches.change(data["simulator"])
        for plane in self.planes:
            plane.change({key: data[key] for key in plane.KEYS if key in data})

    def note_violation(self, call: Call, where: str, message: str) -> None:
        """where: `request` or `answer`."""
        self.violations.append({"time": iso(self.timeline.now), "operation_id": call.endpoint.operation_id, "where": where, "message": message})

    def plane_of(self, call: Call):
        return next(plane for plane in self.planes if plane.claims(call))

    # ---- Control gone (behaviour notes, section 2: updates of Control)

    def restart(self, seconds: float, work: str) -> None:
        """Control is away for so many simulated seconds, and operations running now never complete.

        work: `stops` = what they were doing stops as well; `finishes` = the cloud finishes it, only the operation hangs.
        """
        self._away_until = self.timeline.now + seconds
        for plane in self.planes:
            plane.abandon_operations(work)

    @property
    def away(self) -> bool:
        return self.timeline.now < self._away_until

    def lose_operation_of(self, reply: Reply) -> None:
        for plane in self.planes:
            plane.lose_operation_of(reply)
