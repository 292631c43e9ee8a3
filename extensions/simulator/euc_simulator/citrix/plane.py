# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Citrix Workspace as a control plane: who may call, and which handler serves the call."""

from dataclasses import replace

from .. import wire
from ..wire import Call, Refusal, Reply
from . import discovery, launches, oauth, resources, sessions
from .file import CitrixFile
from .workspace import Workspace, oauth_refusal

HANDLERS = (discovery, oauth, resources, launches, sessions)
# Where discovery and all that it names lie: the contract's prefix, and that of before August 2025.
_PREFIX, _OLD_PREFIX = "/citrixapi/", "/api/"
_PATHS = (_PREFIX, f"{_OLD_PREFIX}discovery/", f"{_OLD_PREFIX}store/", "/core/")


def _endpoints() -> list[wire.Endpoint]:
    """All operations, each under both prefixes."""
    found = wire.endpoints_of(*HANDLERS)
    return found + [replace(endpoint, template=endpoint.template.replace(_PREFIX, _OLD_PREFIX, 1)) for endpoint in found]


class CitrixPlane:
    """One workspace. Without the section `citrix` in the tenant there is none, and no path is claimed."""

    KEYS = ("citrix",)
    endpoints = _endpoints()

    def __init__(self, world):
        self._world = world
        self._workspace = Workspace(world)
        self._file = CitrixFile(self._workspace)
        self._is_there = False

    def load(self, data: dict) -> None:
        self.change(data)

    def change(self, data: dict) -> None:
        if "citrix" in data:
            self._is_there = True
            self._file.change(data["citrix"] or {})

    def dump(self) -> dict:
        return {"citrix": self._file.dump()} if self._is_there else {}

    def claims(self, call: Call) -> bool:
        return self._is_there and call.raw_path.startswith(_PATHS)

    def answer(self, call: Call) -> Reply:
        try:
            return self._answer(call)
        except Refusal as refusal:
            refusal.reply.headers["Citrix-Error-Source"] = "Store"
            return refusal.reply

    def _answer(self, call: Call) -> Reply:
        workspace, endpoint = self._workspace, call.endpoint
        asked = call.raw_path
        if asked.startswith(_OLD_PREFIX):
            # The contract knows the new prefix only.
            call.raw_path = asked.replace(_OLD_PREFIX, _PREFIX, 1)
        if endpoint is None or not asked.startswith(("/core/", f"/{workspace.switches.citrix_prefix}/")):
            raise Refusal(404, "not_found", f"Nothing answers {call.method} {asked}.")
        if call.raw_path.startswith(_PREFIX) and endpoint.operation_id != "redeemLaunchTicket":
            self._refuse_unknown_application(call)
        if not endpoint.public and not workspace.accepts(call.bearer):
            raise oauth_refusal(workspace.switches.citrix_token_refusal, "invalid_grant", "Access token is invalid.")
        if problem := self._world.contract.request_problem(call):
            self._world.note_violation(call, "request", problem)
            raise oauth_refusal(400, "contract_violation", problem)
        return endpoint.handler(workspace, call)

    def _refuse_unknown_application(self, call: Call) -> None:
        given = call.headers.get("citrix-applicationid") or call.query.get("ApplicationId")
        if given != self._workspace.sign_in.application_id:
            raise oauth_refusal(400, "invalid_application", "The application id is missing or unknown.")

    # ---- What faults need

    def throttled(self, call: Call, seconds: int) -> Reply:
        self._world.journal.note_throttled()
        return Reply(429, {"error": "too_many_requests", "error_description": f"Wait {seconds} seconds."}, headers={"Retry-After": str(seconds)})

    def revoke(self, call: Call) -> None:
        self._workspace.access_tokens.pop(call.bearer, None)

    def abandon_operations(self, work: str) -> None:
        """There are no operations here."""

    def lose_operation_of(self, reply: Reply) -> None:
        """There are no operations here."""

    def spell(self, reply: Reply) -> Reply:
        return reply
