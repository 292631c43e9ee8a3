# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asynchronous operations (behaviour notes, 3.1 to 3.3)."""

from dataclasses import dataclass
from typing import Any

from ..clock import Timeline, iso
from ..wire import Call, Reply, serves
from .errors import not_found

# An absent text is the *string* "null" in the vendor's samples.
NO_ERROR = {"error": "null", "description": "null"}


class OperationFailure(Exception):
    """Raised by the work of an operation: how it ends instead of succeeding."""

    def __init__(self, error: str, description: str):
        super().__init__(description)
        self.error_info = {"error": error, "description": description}


@dataclass
class Operation:
    id: str
    started: float
    ended: float | None = None
    details: dict | None = None
    error_info: dict | None = None
    hangs: bool = False  # Control has lost sight of it: it stays InProgress for ever
    stopped: bool = False  # and its work is not done either

    @property
    def status(self) -> str:
        if self.ended is None:
            return "InProgress"
        return "Failed" if self.error_info else "Succeeded"

    def as_wire(self) -> dict:
        answer = {"status": self.status, "startTime": iso(self.started), "details": self.details,
                  "errorInfo": self.error_info or NO_ERROR}
        if self.ended is not None:
            answer["endTime"] = iso(self.ended)
        return answer


class Operations:
    def __init__(self, timeline: Timeline, ids):
        self._timeline = timeline
        self._ids = ids
        self._by_id: dict[str, Operation] = {}

    def begin(self) -> Operation:
        operation = Operation(self._ids.make("operation", ""), self._timeline.now)
        self._by_id[operation.id] = operation
        return operation

    def run(self, seconds: float, work) -> Operation:
        """An operation whose `work()` is done after so many seconds; it returns `details` or raises OperationFailure."""
        operation = self.begin()
        self._timeline.after(seconds, lambda: self.complete(operation, work))
        return operation

    def complete(self, operation: Operation, work) -> None:
        if operation.stopped:
            return
        try:
            self.end(operation, details=work())
        except OperationFailure as failure:
            self.end(operation, error_info=failure.error_info)

    def end(self, operation: Operation, details: Any = None, error_info: dict | None = None) -> None:
        if not operation.hangs and operation.ended is None:
            operation.ended, operation.details, operation.error_info = self._timeline.now, details, error_info

    def find(self, operation_id: str) -> Operation | None:
        return self._by_id.get(operation_id)

    def forget(self, operation_id: str | None) -> None:
        """Make an id unreadable; the work goes on."""
        self._by_id.pop(operation_id, None)

    def abandon(self, stopped: bool) -> None:
        for operation in self._by_id.values():
            if operation.ended is None:
                operation.hangs, operation.stopped = True, stopped


def accepted(control, call: Call, operation: Operation, status: int = 202) -> Reply:
    host = call.origin if control.switches.status_host == "self" else control.switches.status_host.rstrip("/")
    return Reply(status, {"statusURL": f"{host}/v1.0/operation/{operation.id}"})


def id_in(reply: Reply) -> str | None:
    """The id of the operation that a reply has started."""
    data = reply.data if isinstance(reply.data, dict) else {}
    return next((str(url).rsplit("/", 1)[-1] for key, url in data.items() if key.lower() == "statusurl"), None)


def spell(control, reply: Reply) -> Reply:
    if isinstance(reply.data, dict) and "statusURL" in reply.data:
        reply.data = {control.switches.status_key if key == "statusURL" else key: value for key, value in reply.data.items()}
    return reply


@serves("statusCheckUsingGET", "GET /v1.0/operation/{operationId}")
def check_status(control, call: Call) -> Reply:
    operation = control.operations.find(call.slots["operationId"])
    if operation is None:
        raise not_found(control, "Operation", call.slots["operationId"])
    return Reply(200, operation.as_wire())
