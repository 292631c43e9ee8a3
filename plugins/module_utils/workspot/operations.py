# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asynchronous operations of Workspot Control. Source: workspot-behaviour.md, section 3.1."""

from __future__ import annotations

from ..core.address import is_addressable
from ..core.errors import NotFound
from ..core.settle import IN_PROGRESS, LONGEST_INTERVAL, SUCCEEDED
from ..core.wait import duration, intervals

FAILED = "failed"


def id_from(body):
    """The operation id in an answer's statusURL, in whatever case the key is written. Its host is ignored: the token goes nowhere else."""
    if not isinstance(body, dict):
        return None
    url = next((value for key, value in body.items() if key.casefold() == "statusurl"), None)
    id = str(url).rstrip("/").rpartition("/")[2].partition("?")[0] if url else ""
    return id if is_addressable(id) else None


def error_words(info):
    """(token, text) of an error object; the API also writes the text "null" for nothing."""
    if not isinstance(info, dict):
        return None, None
    return tuple(str(info[key]) if info.get(key) not in (None, "null", "") else None for key in ("error", "description"))


class Status:
    """An operation as the API tells it: ``state``, ``details`` (dict or None), ``started`` and ``ended`` (ISO 8601), error ``token`` and ``text``.

    Any word but InProgress ends an operation, and any but Succeeded has failed it.
    """

    def __init__(self, operation_id, body, redact=str):
        word = str(body.get("status") or "").casefold()
        self.id = operation_id
        self.state = {"inprogress": IN_PROGRESS, "succeeded": SUCCEEDED}.get(word, FAILED)
        self.details = body.get("details") if isinstance(body.get("details"), dict) else None
        self.started, self.ended = body.get("startTime"), body.get("endTime")
        self.token, self.text = (redact(words) if words else None for words in error_words(body.get("errorInfo")))
        if self.state == FAILED and not (self.token or self.text):
            self.text = f"status {body.get('status')}"

    def describe(self):
        return {
            "id": self.id,
            "status": self.state,
            "details": self.details,
            "error": self.token,
            "text": self.text,
            "started": self.started,
            "ended": self.ended,
        }

    @property
    def words(self):
        return ": ".join(word for word in (self.token, self.text) if word).rstrip(".")


def _known(status, operation_id):
    if status is None:
        raise NotFound(
            f"Workspot Control does not know operation '{operation_id}'; a restart loses operations, and an id is what a task returned as operation",
            operation=operation_id,
        )
    return status


def follow(client, operation_ids, deadline):
    """The Statuses of operations, in the order given, as they stand when all have ended or the deadline has come.

    Raises NotFound for an id that the server does not know.
    """
    statuses = {}
    for pause in intervals(client.poll_interval, LONGEST_INTERVAL):
        for operation_id in operation_ids:
            if operation_id not in statuses or statuses[operation_id].state == IN_PROGRESS:
                with client.waiting():
                    statuses[operation_id] = _known(client.operation(operation_id), operation_id)
        running = sum(status.state == IN_PROGRESS for status in statuses.values())
        if not running or deadline.expired():
            return [statuses[operation_id] for operation_id in operation_ids]
        client.progress(f"waiting for {running} of {len(statuses)} operations ({duration(deadline.elapsed())} so far)")
        client.clock.sleep(min(pause, max(deadline.remaining(), 0.1)))
