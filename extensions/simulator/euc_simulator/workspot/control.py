# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of one Workspot tenant and the moves that several commands share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from ..clock import Happening, iso
from ..ids import number_from
from ..throttle import Throttle
from ..wire import Call
from .auth import Admin, Tokens
from .clouds import AZURE, cloud_of, require_cloud
from .errors import not_found
from .events import DESKTOP, USER, Events
from .operations import Operations
from .provisioning import Builder
from .things import Application, AppPool, Bundle, GatewayCluster, GlobalDesktop, Group, StaleDevice, Subscription, Template, named

if TYPE_CHECKING:
    from .moves import Move
    from .siem import EventRequest

# Status words (behaviour notes, 4.1). Two of them have two spellings; files may hold either.
BUILDING, STARTED, READY, REBOOTING, REDEPLOYING = "Provisioning", "Online", "Ready", "Rebooting", "Redeploy"
SUSPENDED, DELETING, FAILED = "Suspended", "Deleting", "Failed"
BROKEN = (FAILED, "Error")
DAY = 86400
CONNECTED = ("Connected", "Connect")
SIGNED_IN = (*CONNECTED, "Disconnected", "Disconnect")


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
    session_since: float = 0.0  # moment
    retention_days: int | None = None  # how long to keep it once it is suspended; 0 = for good
    expiry: Happening | None = None  # its deletion, once it is suspended
    move: "Move | None" = None  # under way or failed

    @property
    def has_session(self) -> bool:
        return self.status in SIGNED_IN

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
    dr_event: bool = False  # whether it is in a Regional DR event
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
        self.events = Events(self.timeline, self.switches)
        self.event_requests: dict[str, EventRequest] = {}  # by token
        self.builder = Builder(self)
        self.admin = Admin()
        self.tokens = Tokens(self)
        self.downloads: dict[str, bytes] = {}
        self.pools: dict[str, Pool] = {}
        self.desktops: dict[str, Desktop] = {}
        self.users: dict[str, User] = {}  # by e-mail in lower case
        self.policies: dict[str, list[str]] = {}
        self.licenses: list[dict] = []
        self.directory: str | list = "any"
        # By id, as all that follows.
        self.subscriptions: dict[str, Subscription] = {}
        self.templates: dict[str, Template] = {}
        self.gateway_clusters: dict[str, GatewayCluster] = {}
        self.identity_providers: list[str] = []
        self.app_pools: dict[str, AppPool] = {}
        self.applications: dict[str, Application] = {}
        self.bundles: dict[str, Bundle] = {}
        self.groups: dict[str, Group] = {}
        self.global_desktops: dict[str, GlobalDesktop] = {}
        self.stale_devices: dict[str, StaleDevice] = {}

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
        """The desktop in the path, if its cloud has this call and no move forbids it."""
        pool = self.pool_of(call)
        if call.slots["desktopId"] not in pool.desktops:
            raise not_found(self, "Desktop", call.slots["desktopId"])
        desktop = pool.desktops[call.slots["desktopId"]]
        if desktop.move and call.method != "GET":
            desktop.move.refuse(call)
        return desktop

    def desktop_without_pool(self, call: Call) -> Desktop:
        """The same for a path that does not name the pool."""
        call.slots["poolId"] = self.desktop(call.slots["desktopId"]).pool.id
        return self.desktop_of(call)

    def find(self, noun: str, things: dict, thing_id):
        """One of `things`, which are by id."""
        if thing_id not in things:
            raise not_found(self, noun, thing_id)
        return things[thing_id]

    def find_named(self, noun: str, things: dict, name):
        if (thing := named(things, name)) is None:
            raise not_found(self, noun, name)
        return thing

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
        desktop.ip_address = desktop.ip_address or self.address_from(desktop.id)

    @staticmethod
    def address_from(thing_id: str) -> str:
        """An address that follows from an id."""
        number = number_from(thing_id)
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def remove_user(self, user: User) -> None:
        del self.users[user.email.lower()]
        for desktop in self.global_desktops.values():
            desktop.users.pop(user.email.lower(), None)

    def remove_application(self, application: Application) -> None:
        del self.applications[application.id]
        for bundle in self.bundles.values():
            if application in bundle.applications:
                bundle.applications.remove(application)

    def remove_bundle(self, bundle: Bundle) -> None:
        del self.bundles[bundle.id]
        for group in self.groups.values():
            if group.bundle is bundle:
                group.bundle = None

    def start_deleting(self, desktop: Desktop, replace: bool = True) -> None:
        """replace: a pool with auto-create builds another one."""
        self.builder.cancel(desktop)
        self.pass_through(desktop, (0, DELETING))

        def gone() -> None:
            self.remove_desktop(desktop)
            if self.switches.entra_only and cloud_of(desktop.pool) == AZURE:
                self._leave_device(desktop)
            if replace and desktop.pool.create_desktop_on_delete:
                self.builder.build(self.new_desktop(desktop.pool))

        desktop.coming = [self.timeline.after(self.switches.deleting_seconds, gone)]

    def _leave_device(self, desktop: Desktop) -> None:
        now = iso(self.timeline.now)
        device = StaleDevice(self.ids.make("stale device", desktop.id), desktop.name, {
            "desktop_deleted_dtm": now, "control_detected_dtm": now, "desktop_id": desktop.id, "desktop_name": desktop.name,
            "pool_id": desktop.pool.id, "pool_name": desktop.pool.name,
            **{key: self.ids.make(key, desktop.id) for key in ("entra_device_id", "entra_object_id", "intune_device_id")}})  # fmt: skip
        self.stale_devices[device.id] = device

    def remove_desktop(self, desktop: Desktop) -> None:
        self.builder.cancel(desktop)
        for happening in [*desktop.coming, *([desktop.expiry] if desktop.expiry else ())]:
            happening.cancel()
        if desktop.move and not desktop.move.runs:
            desktop.move.forget()
        self.desktops.pop(desktop.id, None)
        desktop.pool.desktops.pop(desktop.id, None)

    def pass_through(self, desktop: Desktop, *steps: tuple[float, str]) -> None:
        """Let a desktop take status after status, each so many seconds from now; replaces what was under way."""
        for happening in desktop.coming:
            happening.cancel()
        desktop.coming = []
        had_session = desktop.has_session
        for seconds, status in steps:
            if seconds:
                desktop.coming.append(self.timeline.after(seconds, lambda status=status: self.enter(desktop, status)))
            else:
                self.enter(desktop, status)
        if desktop.has_session and not had_session:
            desktop.session_since = self.timeline.now
        if desktop.retention_days is not None:
            self.start_retention(desktop)

    def enter(self, desktop: Desktop, status: str) -> None:
        """The one way to another status: some of them are events."""
        before, desktop.status = desktop.status, status
        about = {"device": desktop.name, "username": desktop.email, "email": desktop.email}
        if status in BROKEN and before not in BROKEN:
            self.events.note(DESKTOP, "Desktop Failed", f"Desktop {desktop.name} of pool {desktop.pool.name} has failed.", severity="Error", **about)
        elif desktop.has_session and before not in SIGNED_IN:
            self.events.note(USER, "Sign In", f"{desktop.email or 'A user'} has signed in to desktop {desktop.name}.", **about)

    def start_retention(self, desktop: Desktop) -> None:
        """Let the days run from now if the desktop is suspended; else stop them."""
        if desktop.expiry:
            desktop.expiry.cancel()
            desktop.expiry = None
        if desktop.status == SUSPENDED and desktop.retention_days:
            desktop.expiry = self.timeline.after(desktop.retention_days * DAY, lambda: self.start_deleting(desktop))

    def release(self, desktop: Desktop) -> None:
        """Take the user away; the pool's setting says what becomes of the desktop (4.4)."""
        desktop.email = ""
        alive = desktop.status not in (BUILDING, DELETING, *BROKEN)
        if alive and desktop.pool.is_persistent and desktop.pool.desktops_on_unassign == "suspend":
            desktop.paused = False
            self.pass_through(desktop, (0, SUSPENDED))
