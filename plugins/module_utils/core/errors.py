# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors that end a task: each is one sentence a user can act on, and renders itself to one result."""

from __future__ import annotations

import os
import traceback

# What code runs into that reads an answer of another shape than the contract's.
MISREAD = (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError, RecursionError)


class FleetError(Exception):
    """What was tried, on what, what came back, and what to do next.

    ``facts`` are machine-readable additions for the result's ``error`` dictionary (``status``, ``token``, ``operation`` ...).
    ``partial`` is merged into the result itself, so that work done before the failure is never lost.
    """

    kind = "error"

    def __init__(self, message, **facts):
        super().__init__(message)
        self.facts = {name: value for name, value in facts.items() if value is not None}
        self.partial = {}

    def advise(self, advice):
        """Let the sentence end with one more thing to do next."""
        self.args = (f"{self}; {advice}",)

    def result(self):
        """The failed task's result; ``changed`` is true only if ``partial`` says so."""
        return {"failed": True, "changed": False, "msg": str(self), "error": {"kind": self.kind, **self.facts}, **self.partial}


class InvalidInput(FleetError):
    """An option is wrong; nothing was sent."""

    kind = "invalid_input"


class NotFound(InvalidInput):
    """A name or id that the tenant does not have. ``creatable``: another task may be about to create it; ``near`` are names that may be meant."""

    kind = "not_found"

    def __init__(self, message, *, creatable=False, near=(), **facts):
        super().__init__(message, **facts)
        self.creatable = creatable
        self.near = near


class Ambiguous(InvalidInput):
    """A name that fits more than one object."""

    kind = "ambiguous"


class Refused(FleetError):
    """The plan asks for something that the API cannot do or that a rail forbids; nothing was sent.

    ``differing`` tells what is there otherwise than asked for, if that is known: fields with ``before`` and ``after``.
    """

    kind = "refused"


class WriteInCheckMode(FleetError):
    """The transport stopped a write of a task that only reads. A defect of this collection, never of the user."""

    kind = "write_in_check_mode"


class LoginFailed(FleetError):
    """No token, or a token that is not accepted."""

    kind = "login_failed"


class Unreachable(FleetError):
    """Nothing was sent: no connection, no trusted certificate, no name."""

    kind = "unreachable"


class ApiError(FleetError):
    """The server understood the call and said no. ``facts``: status, token, text."""

    kind = "api_error"


class BadAnswer(FleetError):
    """A read got no usable answer: 5xx, a cut or foreign body, a dropped connection."""

    kind = "bad_answer"


def misread(error):
    """What code ran into that read an answer. Whether the answer is wrong or the code cannot be told, so the place is."""
    return BadAnswer(
        f"An answer has another shape than the API's contract says ({_place(error)}); check the address, and report this line if it is right"
    )


def defect(error):
    """What code ran into by itself."""
    return FleetError(f"Defect in euc.fleet: {_place(error)}; please report it with this line")


def _place(error):
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {os.path.basename(place.filename)}, line {place.lineno}"


class Throttled(FleetError):
    """The customer's request budget would not free a place before the deadline."""

    kind = "throttled"


class OutcomeUnknown(FleetError):
    """A write was sent, and whether it ran cannot be told from the answer. ``what`` came back instead of a usable one."""

    kind = "outcome_unknown"

    def __init__(self, message, *, what=None, **facts):
        super().__init__(message, **facts)
        self.what = what


class OperationFailed(FleetError):
    """An asynchronous command was accepted and then failed."""

    kind = "operation_failed"


class TimedOut(FleetError):
    """A wait reached its limit; the work may still be going on."""

    kind = "timed_out"
