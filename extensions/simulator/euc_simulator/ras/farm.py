# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a farm holds, in the words of the tenant file; handlers turn them into the wire's."""

from dataclasses import dataclass, field

from ..clock import iso
from ..wire import Call, Reply
from .enums import AGENT_STATE, number
from .errors import MEDIA_TYPE, not_found, refused


@dataclass
class Admin:
    username: str = "ras-admin@example.com"
    password: str = "sim-password"


@dataclass(frozen=True)
class Kind:
    """One list of the tenant file. ``name`` is the key that names an item, ``defaults`` are all its keys but the id, ``server_type`` its number on the wire."""

    key: str
    noun: str
    server_type: int
    defaults: dict
    name: str = "name"


_STATE = {"site_id": 1, "agent_state": "OK"}
_AZURE = {"provider_id": 1, "enabled": True, "friendly_name": "", "description": "", "resource_group": "rg-euc", "location": "westeurope",
          "broken_reason": "Ignore"}
KINDS = {kind.key: kind for kind in (
    Kind("sites", "site", 9, {"name": "", "licensing_site": False, "agent_state": "OK"}),
    Kind("workspaces", "workspace", 64, {"name": "", **_STATE, **_AZURE, "linked": True}),  # not linked: only Azure has it
    Kind("host_pools", "host pool", 65, {"name": "", **_STATE, **_AZURE, "workspace": None, "pool_type": 0, "limit_hosts": 50, "template_id": None}),
    Kind("rds_hosts", "host", 1, {"server": "", **_STATE, "enabled": True, "description": "", "max_sessions": 250}, name="server"),
    Kind("rd_sessions", "session", 0, {"host": "", "session_id": None, "user": "", "state": "Active", "type": "Desktop", "ip": "192.0.2.10"}, name="user"),
)}  # fmt: skip


@dataclass(eq=False)
class Item:
    """One thing of a farm: its number, and what the tenant file says of it."""

    id: int
    kind: Kind
    values: dict

    def __getattr__(self, name: str):
        try:
            return self.__dict__["values"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def title(self) -> str:
        return self.values[self.kind.name]

    @property
    def state(self) -> int:
        return number(AGENT_STATE, self.values["agent_state"])


@dataclass
class Farm:
    """``settings_pending``: whether changed settings wait to be applied."""

    world: object
    admin: Admin = field(default_factory=Admin)
    name: str = "Farm"
    settings_pending: bool = False
    sessions: dict = field(default_factory=dict)  # of administrators: token -> moment of last use
    items: dict = field(default_factory=lambda: {key: {} for key in KINDS})  # key -> id -> Item
    _last_id: int = 0

    @property
    def switches(self):
        return self.world.switches

    @property
    def timeline(self):
        return self.world.timeline

    def add(self, key: str, values: dict, number: int | None = None) -> Item:
        number = number or self._last_id + 1
        self._last_id = max(self._last_id, number)
        item = Item(number, KINDS[key], {**KINDS[key].defaults, **values})
        self.items[key][number] = item
        return item

    def remove(self, item: Item) -> None:
        self.items[item.kind.key].pop(item.id, None)

    def all(self, key: str) -> list[Item]:
        return [item for item in self.items[key].values() if item.values.get("linked", True)]

    def item(self, key: str, call: Call, slot: str = "id") -> Item:
        """The thing that a path is about."""
        number = call.slots[slot]
        found = self.items[key].get(int(number)) if number.isdigit() else None
        if found is None or not found.values.get("linked", True):
            raise not_found(self, KINDS[key].noun, number)
        return found

    def titled(self, key: str, title: str) -> Item | None:
        return next((item for item in self.items[key].values() if item.title == title), None)

    def chosen(self, key: str, call: Call, name: str = "name") -> list[Item]:
        """What a listing call asks for by site and name. Names of parameters are read in any case (behaviour notes, 1.2)."""
        query = {key.lower(): value for key, value in call.query.items()}
        items = self.all(key)
        if "siteid" in query:
            items = [item for item in items if str(item.values.get("site_id", item.id)) == query["siteid"]]
        if name in query:
            wanted = query[name].lower()
            part = self.switches.ras_name_filter == "part"
            items = [item for item in items if (wanted in item.title.lower() if part else wanted == item.title.lower())]
        return items

    def stage(self) -> None:
        """Note that settings were changed and not yet applied."""
        self.settings_pending = True

    def work(self, item: Item, meanwhile: str, seconds: float, end) -> None:
        """Let something happen to a thing that takes its time; another piece of work that is under way on it is given up."""
        item.values["agent_state"] = meanwhile
        mark = item.values["_work"] = object()

        def happen() -> None:
            if item.values.get("_work") is mark:
                del item.values["_work"]
                end()

        self.timeline.after(seconds, happen)


def answer(data=None, status: int = 200) -> Reply:
    return Reply(status, data, content_type=MEDIA_TYPE)


def accepted(farm: Farm) -> Reply:
    """The answer to a write that has nothing to tell; which one is not published."""
    return answer("OK") if farm.switches.ras_write_status == 200 else answer(status=204)


def history() -> dict:
    """Who made and changed a thing, which nobody here keeps."""
    return {"adminCreate": "admin", "adminLastMod": "admin", "timeCreate": iso(0), "timeLastMod": iso(0)}


def required(body: dict, *names: str) -> None:
    missing = [name for name in names if body.get(name) in (None, "")]
    if missing:
        raise refused(f"{', '.join(missing)} must be given.")
