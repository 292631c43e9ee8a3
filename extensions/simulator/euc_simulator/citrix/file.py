# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Citrix part of the tenant file: the section `citrix`, with resources and sessions by name."""

from dataclasses import asdict, fields

from ..tenant import TenantError, refuse_unknown
from .workspace import Resource, Session, SignIn, Workspace

_SIGN_IN = tuple(field.name for field in fields(SignIn))
_LISTS = ("resources", "sessions")
_RESOURCE = (*(field.name for field in fields(Resource)), "absent")
_SESSION = ("id", "resource", "disconnected", "absent")


class CitrixFile:
    def __init__(self, workspace: Workspace):
        self._workspace = workspace

    def change(self, data: dict) -> None:
        """Over what is there; `absent: true` removes a resource or session."""
        refuse_unknown("citrix", data, (*_SIGN_IN, *_LISTS))
        for name in _SIGN_IN:
            if name in data:
                setattr(self._workspace.sign_in, name, data[name])
        if "refresh_token" in data:
            self._workspace.refresh_tokens = {data["refresh_token"]}
        for item in self._items(data, "resources"):
            self._set_resource(item)
        for item in self._items(data, "sessions"):
            self._set_session(item)

    def dump(self) -> dict:
        workspace = self._workspace
        return {
            **asdict(workspace.sign_in),
            "resources": [asdict(resource) for resource in workspace.resources.values()],
            "sessions": [asdict(session) for session in workspace.sessions.values()],
        }

    @staticmethod
    def _items(data: dict, key: str) -> list[dict]:
        items = data.get(key) or []
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise TenantError(f"{key} of citrix is a list of mappings.")
        return items

    def _set_resource(self, item: dict) -> None:
        """An id keeps two of one name apart."""
        refuse_unknown("resource of citrix", item, _RESOURCE)
        if not item.get("name"):
            raise TenantError("A resource of citrix needs a name.")
        resources = self._workspace.resources
        found = next((one for one in resources.values() if one.name == item["name"] and item.get("id") in (None, one.id)), None)
        values = {key: value for key, value in item.items() if key != "absent"}
        if item.get("absent"):
            resources.pop(found.id if found else None, None)
        elif found:
            for name, value in values.items():
                setattr(found, name, value)
        else:
            resource = Resource(**{"id": self._workspace.ids.make("resource", item["name"]), **values})
            resources[resource.id] = resource

    def _set_session(self, item: dict) -> None:
        refuse_unknown("session of citrix", item, _SESSION)
        if not item.get("resource"):
            raise TenantError("A session of citrix needs a resource.")
        sessions = self._workspace.sessions
        session_id = item.get("id") or self._workspace.ids.first("session", item["resource"])
        if item.get("absent"):
            sessions.pop(session_id, None)
        else:
            sessions[session_id] = Session(session_id, item["resource"], bool(item.get("disconnected")))
