# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes that answer at once with a status (behaviour notes, 3.2): a failed one is refused, or answered 200 with status Failed."""

from functools import wraps

from ..wire import Call, Refusal, Reply
from .operations import NO_ERROR


def answers_status(**extra):
    """For a handler whose answer has status, errorInfo and what `extra` computes from the call, such as clusterName=lambda call: ..."""

    def decorate(handler):
        @wraps(handler)
        def answering(control, call: Call) -> Reply:
            more = {key: compute(call) for key, compute in extra.items()}
            try:
                reply = handler(control, call)
            except Refusal as refusal:
                return _failed(control, refusal, {**more, "errorInfo": refusal.reply.data})
            return reply or Reply(200, {"status": "Succeeded", **more, "errorInfo": NO_ERROR})

        return answering

    return decorate


def answers_details(handler):
    """For a handler that returns the thing as it is now; of a failure nothing but the status is told."""

    @wraps(handler)
    def answering(control, call: Call) -> Reply:
        try:
            return Reply(200, {"status": "Succeeded", "details": handler(control, call)})
        except Refusal as refusal:
            return _failed(control, refusal, {})

    return answering


def _failed(control, refusal: Refusal, more: dict) -> Reply:
    if control.switches.write_failure == "refused" or refusal.reply.status not in (400, 404):
        raise refusal
    return Reply(200, {"status": "Failed", **more})
