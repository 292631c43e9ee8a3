# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The farm's part of the tenant file, under `ras`: read it, over what there is, and give it back."""

from dataclasses import asdict

from ..tenant import TenantError, refuse_unknown
from .enums import AGENT_STATE, BROKEN_REASON, SESSION_STATE, SESSION_TYPE, number, word
from .farm import KINDS, Farm, Item
from .workspaces import provision

_PLAIN = ("admin", "farm")
_WORDS = {"agent_state": AGENT_STATE, "broken_reason": BROKEN_REASON, "state": SESSION_STATE, "type": SESSION_TYPE}


class FarmFile:
    def __init__(self, farm: Farm):
        self._farm = farm

    def dump(self) -> dict:
        farm = self._farm
        data = {"admin": asdict(farm.admin), "farm": {"name": farm.name, "settings_pending": farm.settings_pending}}
        for key, items in farm.items.items():
            if items:
                data[key] = [_dumped(item) for item in items.values()]
        return data

    def change(self, data: dict) -> None:
        farm = self._farm
        refuse_unknown("ras", data, (*_PLAIN, *KINDS))
        if "admin" in data:
            refuse_unknown("ras.admin", data["admin"], asdict(farm.admin))
            vars(farm.admin).update({key: str(value) for key, value in data["admin"].items()})
        if "farm" in data:
            refuse_unknown("ras.farm", data["farm"], ("name", "settings_pending"))
            vars(farm).update(data["farm"])
        for key in KINDS:
            for given in data.get(key) or ():
                self._put(key, given)
        if not farm.items["sites"]:
            farm.add("sites", {"name": "Main", "licensing_site": True})

    def _put(self, key: str, given: dict) -> None:
        """One item over the one of that name, or a new one; `absent: true` removes it."""
        farm, kind = self._farm, KINDS[key]
        refuse_unknown(f"a {kind.noun} of ras", given, ("id", "absent", *kind.defaults))
        title = given.get(kind.name)
        if not title:
            raise TenantError(f"A {kind.noun} of ras needs its {kind.name}.")
        values = {name: word(_WORDS[name], number(_WORDS[name], value)) if name in _WORDS else value for name, value in given.items()}
        item = self._same(key, values)
        if values.pop("absent", False):
            if item:
                farm.remove(item)
            return
        id_ = values.pop("id", None)
        if item:
            item.values.update(values)
            return
        item = farm.add(key, values, id_)
        if key == "rd_sessions":
            self._seat(item)
        elif key == "workspaces" and item.agent_state == "Provisioning":
            provision(farm, item)

    def _same(self, key: str, values: dict) -> Item | None:
        """Items are told apart by their names; namesakes by their numbers, and sessions by their hosts."""
        name = KINDS[key].name
        fitting = [item for item in self._farm.items[key].values() if item.title == values[name]]
        for other in ("id", "host", "session_id"):
            if other in values and fitting:
                fitting = [item for item in fitting if getattr(item, other) == values[other]]
        return fitting[0] if fitting else None

    def _seat(self, item: Item) -> None:
        if self._farm.titled("rds_hosts", item.host) is None:
            raise TenantError(f"Host {item.host!r} of the session of {item.user} is not among rds_hosts.")
        if item.session_id is None:
            taken = [other.session_id for other in self._farm.all("rd_sessions") if other.host == item.host and other is not item]
            item.values["session_id"] = max(taken, default=0) + 1


def _dumped(item: Item) -> dict:
    return {"id": item.id, **{name: value for name, value in item.values.items() if name != "_work"}}
