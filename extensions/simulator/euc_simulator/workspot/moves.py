# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Move and upgrade: a desktop is copied into another pool and its source deleted (behaviour notes, 4.10).

Stages, as parts of the whole time: the source is shut down at once; the copy appears in the target pool at 0.4; the user
is handed over at 0.8; at 1 the source is deleted. Switch `move_fails` breaks it off in between:

    early  the source is started again; nothing is left to do
    late   the copy is gone and the source is down: a reboot or a cancel brings it back
    last   the copy has the user already and the source is down: only a cancel brings it back
"""

from dataclasses import dataclass, field

from ..wire import Call, Refusal, Reply, serves
from . import power
from .clouds import AZURE, require_cloud
from .control import BUILDING, READY, STARTED, Control, Desktop, Pool
from .desktops import require_persistent
from .errors import invalid, wrong_state
from .operations import Operation, OperationFailure, accepted
from .repair import require_domain

_FAILS_AT = {"early": 0.2, "late": 0.6, "last": 0.9}


@dataclass(eq=False)
class Move:
    control: Control
    source: Desktop
    target: Pool
    name: str  # of the copy
    seconds: float
    command: str  # moved or upgraded
    keeps_dns_name: bool
    operation: Operation = field(init=False)
    copy: Desktop | None = None
    handed_over: bool = False  # the user has the copy
    failed: bool = False
    breaks_off: str = "no"

    def begin(self) -> Operation:
        self.operation, self.breaks_off = self.control.operations.begin(), self.control.switches.move_fails
        try:
            self.control.builder.require_slot()
        except OperationFailure as failure:
            self.control.operations.end(self.operation, error_info=failure.error_info)
            return self.operation
        self.source.move = self
        self.control.builder.moves.append(self)
        self.source.paused = False
        self.control.pass_through(self.source, (0, self.control.switches.moving_status))
        stages = [(0.4, self._copy), (0.8, self._hand_over), (1, self._finish)]
        if self.breaks_off != "no":
            stages.append((_FAILS_AT[self.breaks_off], lambda: self._fail("The desktop could not be copied.")))
        for part, stage in stages:
            self.control.timeline.after(part * self.seconds, lambda stage=stage: self._go_on(stage))
        return self.operation

    @property
    def runs(self) -> bool:
        return not (self.failed or self.operation.stopped)

    def _go_on(self, stage) -> None:
        if not self.runs:
            self._leave_queue()
        elif any(desktop and desktop.id not in self.control.desktops for desktop in (self.source, self.copy)):
            self._fail("The desktop is gone.")
        else:
            stage()

    def _copy(self) -> None:
        self.copy = self.control.add_desktop(self.target, self.name, BUILDING)
        self.copy.move = self
        if self.keeps_dns_name:
            self.copy.fqdn = self.source.fqdn
        if self.control.switches.move_keeps_tags:
            self.copy.tags = dict(self.source.tags)

    def _hand_over(self) -> None:
        self.copy.email, self.source.email = self.source.email, ""
        self.handed_over = True
        self.control.give_address(self.copy)
        self.copy.status = STARTED

    def _finish(self) -> None:
        self._leave_queue()
        self.source.move = self.copy.move = None
        self.control.start_deleting(self.source, replace=False)  # it is not missed
        power.start(self.control, self.copy)
        self.control.operations.end(self.operation)

    def _fail(self, description: str) -> None:
        self._leave_queue()
        self.failed = True
        self.control.operations.end(self.operation, error_info={"error": f"desktopNot{self.command.title()}", "description": description})
        if self.copy and not self.handed_over:
            self.copy.move = None  # so that the source still has it
            self.control.remove_desktop(self.copy)
            self.copy = None
        if self.breaks_off == "early":
            self.undo()

    def _leave_queue(self) -> None:
        if self in self.control.builder.moves:
            self.control.builder.moves.remove(self)

    def refuse(self, call: Call) -> None:
        """What a desktop that is being moved, or whose move has failed, must not be asked for."""
        if self.runs:
            raise Refusal(400, "invalidState", f"Desktop {self.name} is being {self.command}.")
        if call.endpoint.operation_id.startswith(("cancel", "deleteDesktop")):
            return
        if self.handed_over or not call.endpoint.operation_id.startswith("rebootDesktop"):
            raise Refusal(400, "invalidState", f"Desktop {self.name} could not be {self.command}, which must be undone first.")

    def forget(self) -> None:
        """The move is history; what it has left behind stays as it is, but for a copy that nobody has."""
        self.source.move = None
        if self.copy:
            self.copy.move = None
            if not self.handed_over:
                self.control.remove_desktop(self.copy)

    def undo(self) -> None:
        """Bring the source back into its own pool, with its user."""
        self._leave_queue()
        self.failed = True
        if self.copy and self.handed_over:
            self.source.email, self.handed_over = self.copy.email, False
        self.forget()
        if self.source.id in self.control.desktops:
            power.start(self.control, self.source)


@serves("moveDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/moveDesktop", clouds=(AZURE,))
def move(control: Control, call: Call) -> Reply:
    desktop, body = control.desktop_of(call), call.json()
    target = _target(control, call, desktop, body, "moved")
    if not body.get("assignedUser") or str(body["assignedUser"]).lower() != desktop.email.lower():
        raise invalid(f"assignedUser is not the user of desktop {desktop.name}.")
    for key, words in (("region", "region"), ("vm_type", "VM type")):
        if desktop.pool.details.get(key) != target.details.get(key):
            raise Refusal(400, "notSupported", f"Pools {desktop.pool.name} and {target.name} differ in their {words}.")
    _refuse_twin(target, desktop.name)
    operation = Move(control, desktop, target, desktop.name, control.switches.moving_seconds, "moved", True).begin()
    return accepted(control, call, operation)


@serves("upgradeDesktopUsingPOST", "POST /v1.0/desktops/{desktopId}/upgradeDesktop", clouds=(AZURE,))
def upgrade(control: Control, call: Call) -> Reply:
    """Into a pool of any region; the name is kept, given, or made from the target pool's prefix."""
    desktop, body = control.desktop_without_pool(call), call.json()
    target = _target(control, call, desktop, body, "upgraded")
    retain, name = body.get("retainName"), body.get("computerName")
    if retain not in (None, "true", "false") or (retain is None and not name):
        raise invalid("retainName is true or false, as text.")
    if retain == "true" and name:
        raise invalid("With retainName true no computerName can be given.")
    require_domain(control, body)
    name = desktop.name if retain == "true" else name or next(target.free_names())
    _refuse_twin(target, name)
    operation = Move(control, desktop, target, name, control.switches.upgrading_seconds, "upgraded", name == desktop.name).begin()
    return accepted(control, call, operation)


def _target(control: Control, call: Call, desktop: Desktop, body: dict, command: str) -> Pool:
    """The pool to go to, if this desktop may go there now."""
    if not body.get("targetPoolId"):
        raise invalid("targetPoolId is needed.")
    target = control.pool(body["targetPoolId"])
    require_cloud(target, call.endpoint)
    require_persistent(desktop, command)
    if not target.is_persistent or target is desktop.pool:
        raise invalid(f"Desktop {desktop.name} can be {command} into another persistent pool only.")
    if desktop.pool.dr_event or target.dr_event:
        raise Refusal(400, "invalidState", "A pool is in a disaster recovery event.")
    if desktop.has_session:
        raise Refusal(400, "desktopInUse", f"A user is signed in to desktop {desktop.name}.")
    if desktop.status not in (READY, STARTED, "Offline") and not desktop.paused:
        raise wrong_state(desktop, command)
    return target


def _refuse_twin(target: Pool, name: str) -> None:
    if any(desktop.name.lower() == name.lower() for desktop in target.desktops.values()):
        raise Refusal(400, "alreadyExists", f"Pool {target.name} has a desktop {name} already.")


def _cancel(control: Control, call: Call, desktop: Desktop, command: str) -> Reply:
    move = desktop.move
    if move is None or move.source is not desktop or move.command != command or move.runs:
        raise Refusal(400, "invalidState", f"Desktop {desktop.name} has no failure to undo: it was not {command}, or is being so.")
    return accepted(control, call, control.operations.run(control.switches.resuming_seconds, move.undo))


@serves("cancelMoveDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/cancelMoveDesktop", clouds=(AZURE,))
def cancel_move(control: Control, call: Call) -> Reply:
    return _cancel(control, call, control.desktop_of(call), "moved")


@serves("cancelUpgradeDesktopUsingPOST", "POST /v1.0/desktops/{desktopId}/cancelUpgradeDesktop", clouds=(AZURE,))
def cancel_upgrade(control: Control, call: Call) -> Reply:
    return _cancel(control, call, control.desktop_without_pool(call), "upgraded")
