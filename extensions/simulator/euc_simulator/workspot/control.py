# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of one Workspot tenant and the moves that several commands share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from ..clock import Happening
from ..throttle import Throttle
from ..wire import Call
from .auth import Admin, Tokens
from .clouds import require_cloud
from .errors import not_found
from .operations import Operations
from .provisioning import Builder

# Status words (behaviour notes, 4.1). Two of them have two spellings; files may hold either.
BUILDING, STARTED, READY, REBOOTING = "Provisioning", "Online", "Ready", "Rebooting"
SUSPENDED, DELETING, FAILED = "Suspended", "Deleting", "Failed"
BROKEN = (FAILED, "Error")
SIGNED_IN = ("Connected", "Connect", "Disconnected", "Disconnect")


@dataclass(slots=True, eq=False)
class Desktop:
    id: str
    name: str
    pool: "Pool"
    status: str
    email: str = ""  # of the assigned user
    tags: dict = field(default_factory=dict)
    ip_address: str = ""
    fqdn: str = ""
    listed_from: float = 0.0  # moment; see switch listing_lag_seconds
    paused: bool = False
    awake_until: float = 0.0  # moment; a resume with a duration forbids a pause until then
    reserved: bool = False  # promised to a user by a running operation
    coming: list[Happening] = field(default_factory=list)  # status changes under way

    @property
    def is_free(self) -> bool:
        return not (self.email or self.reserved or self.status in (BUILDING, SUSPENDED, DELETING, *BROKEN))


@dataclass(eq=False)
class Pool:
    id: str
    name: str
    cloud: str = "Azure Cloud"
    pool_type: str = "Persistent"
    create_desktop_on_delete: bool = False
    desktops_on_unassign: str = "suspend"  # or return; no API reads or writes it
    pause_resume_supported: bool = True  # a trait of the template
    desktop_name_prefix: str = ""
    desktop_name_suffix_length: int = 3
    details: dict = field(default_factory=dict)  # other fields that can be read, snake_case
    settings: dict = field(default_factory=dict)  # fields that can only be written, snake_case
    desktops: dict = field(default_factory=dict)  # by id

    @property
    def is_persistent(self) -> bool:
        return self.pool_type.lower().startswith("persistent")

    @property
    def prefix(self) -> str:
        """What its desktops are called before the hyphen; Control takes it from the UI, we from pool or desktops."""
        if not self.desktop_name_prefix:
            numbered = (re.fullmatch(r"(.+)-(\d+)", desktop.name) for desktop in self.desktops.values())
            match = next(filter(None, numbered), None)
            self.desktop_name_prefix = match[1] if match else re.sub(r"[^A-Za-z0-9]", "", self.name)[:11] or "pool"
            if match:
                self.desktop_name_suffix_length = len(match[2])
        return self.desktop_name_prefix

    def free_names(self) -> Iterator[str]:
        """Prefix, hyphen and the free numbers, lowest first."""
        prefix, taken = self.prefix, {desktop.name.lower() for desktop in self.desktops.values()}
        names = (f"{prefix}-{number:0{self.desktop_name_suffix_length}}" for number in count(1))
        return (name for name in names if name.lower() not in taken)


@dataclass(eq=False)
class User:
    id: str
    email: str
    first_name: str = ""
    last_name: str = ""
    cost_center: str = ""
    role: str = "User"
    groups: list = field(default_factory=list)
    last_login: str = ""
    pools: list = field(default_factory=list)  # non-persistent Pools that the user may use


class Control:
    def __init__(self, world):
        self.world = world
        self.timeline = world.timeline
        self.switches = world.switches
        self.ids = world.ids
        self.throttle = Throttle(self.timeline, self.switches)
        self.operations = Operations(self.timeline, self.ids)
        self.builder = Builder(self)
        self.admin = Admin()
        self.tokens = Tokens(self)
        self.reports: dict = {}
        self.pools: dict[str, Pool] = {}
        self.desktops: dict[str, Desktop] = {}
        self.users: dict[str, User] = {}  # by e-mail in lower case
        self.policies: dict[str, list[str]] = {}
        self.licenses: list[dict] = []
        self.directory: str | list = "any"

    # ---- Finding

    def pool(self, pool_id) -> Pool:
        if pool_id not in self.pools:
            raise not_found(self, "Pool", pool_id)
        return self.pools[pool_id]

    def pool_named(self, name) -> Pool | None:
        return next((pool for pool in self.pools.values() if pool.name == name), None)

    def desktop(self, desktop_id) -> Desktop:
        if desktop_id not in self.desktops:
            raise not_found(self, "Desktop", desktop_id)
        return self.desktops[desktop_id]

    def pool_of(self, call: Call) -> Pool:
        """The pool in the path, if its cloud has this call."""
        pool = self.pool(call.slots["poolId"])
        require_cloud(pool, call.endpoint)
        return pool

    def desktop_of(self, call: Call) -> Desktop:
        pool = self.pool_of(call)
        if call.slots["desktopId"] not in pool.desktops:
            raise not_found(self, "Desktop", call.slots["desktopId"])
        return pool.desktops[call.slots["desktopId"]]

    def user(self, email) -> User:
        if str(email).lower() not in self.users:
            raise not_found(self, "User", email)
        return self.users[str(email).lower()]

    def desktops_of_user(self, user: User) -> list[Desktop]:
        return [desktop for desktop in self.desktops.values() if desktop.email.lower() == user.email.lower()]

    def in_directory(self, email: str) -> bool:
        return self.directory == "any" or email.lower() in (str(known).lower() for known in self.directory)

    # ---- Changing

    def add_desktop(self, pool: Pool, name: str, status: str, desktop_id: str | None = None) -> Desktop:
        made = self.ids.make("desktop", f"{pool.name}/{name}")
        desktop = Desktop(desktop_id or made, name, pool, status, fqdn=f"{name.lower()}.example.com")
        self.desktops[desktop.id] = pool.desktops[desktop.id] = desktop
        return desktop

    def new_desktop(self, pool: Pool, name: str | None = None) -> Desktop:
        """A desktop that is still to be built."""
        desktop = self.add_desktop(pool, name or next(pool.free_names()), BUILDING)
        desktop.listed_from = self.timeline.now + self.switches.listing_lag_seconds
        return desktop

    def give_address(self, desktop: Desktop) -> None:
        """An address that follows from the desktop's id."""
        number = int(desktop.id.replace("-", "")[-6:], 16)
        desktop.ip_address = desktop.ip_address or f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def remove_desktop(self, desktop: Desktop) -> None:
        self.builder.cancel(desktop)
        for happening in desktop.coming:
            happening.cancel()
        self.desktops.pop(desktop.id, None)
        desktop.pool.desktops.pop(desktop.id, None)

    def pass_through(self, desktop: Desktop, *steps: tuple[float, str]) -> None:
        """Let a desktop take status after status, each so many seconds from now; replaces what was under way."""
        for happening in desktop.coming:
            happening.cancel()
        desktop.coming = []
        for seconds, status in steps:
            if seconds:
                desktop.coming.append(self.timeline.after(seconds, lambda status=status: setattr(desktop, "status", status)))
            else:
                desktop.status = status

    def release(self, desktop: Desktop) -> None:
        """Take the user away; the pool's setting says what becomes of the desktop (4.4)."""
        desktop.email = ""
        alive = desktop.status not in (BUILDING, DELETING, *BROKEN)
        if alive and desktop.pool.is_persistent and desktop.pool.desktops_on_unassign == "suspend":
            desktop.paused = False
            self.pass_through(desktop, (0, SUSPENDED))
