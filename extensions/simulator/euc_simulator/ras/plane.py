# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web service of a farm as a control plane: who may call, and which handler serves the call."""

from .. import wire
from ..wire import Call, Refusal, Reply
from . import auth, enums, host_pools, hosts, sessions, settings, workspaces
from .errors import problem, refused
from .farm import Farm
from .file import FarmFile

HANDLERS = (auth, workspaces, host_pools, hosts, sessions, settings)


class RasPlane:
    """One farm. Without the section `ras` in the tenant there is none, and no path is claimed."""

    KEYS = ("ras",)
    endpoints = wire.endpoints_of(*HANDLERS)
    # Samples mix cases, so routing is taken to be case-insensitive (behaviour notes, 1.2).
    fold_case = True
    # The first word below /api; other planes may have calls below /api too.
    _words = {endpoint.segments[2].lower() for endpoint in endpoints}

    def __init__(self, world):
        self._world = world
        self._farm = Farm(world)
        self._file = FarmFile(self._farm)
        self._is_there = False

    def load(self, data: dict) -> None:
        self.change(data)

    def change(self, data: dict) -> None:
        if "ras" in data:
            self._is_there = True
            self._file.change(data["ras"] or {})

    def dump(self) -> dict:
        return {"ras": self._file.dump()} if self._is_there else {}

    def claims(self, call: Call) -> bool:
        segments = call.path.lower().split("/")
        is_ours = segments[1] == "api" and len(segments) > 2 and segments[2] in self._words
        return self._is_there and (is_ours or auth.TOKEN_HEADER in call.headers)

    def answer(self, call: Call) -> Reply:
        try:
            return self._answer(call)
        except Refusal as refusal:
            return refusal.reply

    def _answer(self, call: Call) -> Reply:
        farm, endpoint = self._farm, call.endpoint
        if not (endpoint and endpoint.public):
            auth.require_token(farm, call)
        if endpoint is None:
            raise problem(404, f"No call answers {call.method} {call.path}.")
        if "api-version=1.0" not in call.content_type.replace(" ", ""):
            raise refused("The media type names no known api-version.")
        if endpoint.category != "token" and farm.switches.ras_rights == "none":
            raise problem(403, "The administrator has no rights for this.")
        if trouble := self._world.contract.request_problem(call):
            self._world.note_violation(call, "request", trouble)
            raise refused(trouble)
        return endpoint.handler(farm, call)

    # ---- What faults need

    def throttled(self, call: Call, seconds: int) -> Reply:
        self._world.journal.note_throttled()
        return problem(429, f"Too many requests; try again in {seconds} seconds.").reply

    def revoke(self, call: Call) -> None:
        self._farm.sessions.pop(call.headers.get(auth.TOKEN_HEADER), None)

    def abandon_operations(self, work: str) -> None:
        """A farm hands out no operations; what Azure does goes on."""

    def lose_operation_of(self, reply: Reply) -> None:
        """Nor can one be lost."""

    def spell(self, reply: Reply) -> Reply:
        """Spellings are applied last, so that the contract is checked in its own: numbers, and authToken."""
        reply.data = enums.spelled(reply.data, self._farm.switches.ras_enums)
        if isinstance(reply.data, dict) and "authToken" in reply.data:
            reply.data = {self._farm.switches.ras_token_key if key == "authToken" else key: value for key, value in reply.data.items()}
        return reply
