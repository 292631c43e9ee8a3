# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workspot Control as a control plane: who may call, how often, and which handler serves the call."""

import math

from .. import wire
from ..wire import Call, Refusal, Reply
from . import (
    app_pools,
    applications,
    assignments,
    auth,
    bundles,
    desktops,
    downloads,
    gateway_hosts,
    gateways,
    global_desktops,
    groups,
    licenses,
    moves,
    operations,
    policies,
    pools,
    power,
    repair,
    reports,
    retention,
    sessions,
    siem,
    stale_devices,
    subscriptions,
    tags,
    templates,
    users,
)
from .control import Control
from .errors import no_such_call
from .file import KEYS, TenantFile

# Every module with handlers. This is the one place where a new one is named.
HANDLERS = (auth, pools, desktops, power, repair, moves, retention, tags, users, assignments, sessions, groups, bundles, applications, app_pools,
            subscriptions, templates, gateways, gateway_hosts, global_desktops, policies, licenses, reports, stale_devices, downloads, operations,
            siem)


class WorkspotPlane:
    KEYS = KEYS
    endpoints = wire.endpoints_of(*HANDLERS)

    def __init__(self, world):
        self._world = world
        self._control = Control(world)
        file = TenantFile(self._control)
        self.load, self.dump, self.change = file.load, file.dump, file.change

    def claims(self, call: Call) -> bool:
        """Whatever no other plane wants: this one answers every path (behaviour notes, 1.4)."""
        return True

    def answer(self, call: Call) -> Reply:
        try:
            return self._answer(call)
        except Refusal as refusal:
            return refusal.reply

    def _answer(self, call: Call) -> Reply:
        control, endpoint = self._control, call.endpoint
        if not (endpoint and endpoint.public):
            auth.require_token(control, call)
        if endpoint is None or endpoint.category:
            self._refuse_wrong_region()
            self._refuse_too_many(call)
        if endpoint is None:
            raise no_such_call(call)
        if problem := self._world.contract.request_problem(call):
            self._world.note_violation(call, "request", problem)
            raise Refusal(400, "contractViolation", problem)
        reply = endpoint.handler(control, call)
        if endpoint.category == "write":
            control.events.note_write(endpoint.operation_id, call.path, control.admin.username)
        return reply

    def _refuse_wrong_region(self) -> None:
        if self._control.switches.region == "wrong":
            raise Refusal(403, "Forbidden", "Access is denied.")

    def _refuse_too_many(self, call: Call) -> None:
        category = call.endpoint.category if call.endpoint else "read" if call.method in ("GET", "HEAD") else "write"
        if category == "token":
            if not self._control.switches.throttle_counts_tokens:
                return
            category = "write"
        wait = self._control.throttle.refuse(category)
        if wait is not None:
            raise _Throttled(self.throttled(call, max(1, math.ceil(wait))))

    # ---- What faults need

    def throttled(self, call: Call, seconds: int) -> Reply:
        """The answer to a call that came too soon; seconds are those on the client's own watch."""
        self._world.journal.note_throttled()
        return Reply(self._control.switches.throttle_style,
                     {"X-Retry-After-Secs": seconds, "description": "RateLimitExceeded", "error": "TooManyRequests"})

    def revoke(self, call: Call) -> None:
        self._control.tokens.revoke(call.bearer)

    def abandon_operations(self, work: str) -> None:
        self._control.operations.abandon(stopped=work == "stops")
        if work == "stops":
            self._control.builder.stop()

    def lose_operation_of(self, reply: Reply) -> None:
        self._control.operations.forget(operations.id_in(reply))

    def spell(self, reply: Reply) -> Reply:
        """Vendor's spellings are applied last, so that the contract is checked in the contract's own."""
        return operations.spell(self._control, reply)


class _Throttled(Refusal):
    def __init__(self, reply: Reply):
        super().__init__(reply.status, "TooManyRequests", "throttled")
        self.reply = reply
