# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands whose outcome is a file: start, wait, and fetch it by its link. Source: workspot-behaviour.md, section 3.3."""

from __future__ import annotations

from ..core.errors import BadAnswer, OperationFailed, TimedOut
from ..core.files import check_destination, save
from ..core.plan import Change, Plan
from ..core.render import plan_line
from ..core.settle import IN_PROGRESS, SUCCEEDED
from ..core.wait import Deadline
from .operations import follow

# Options of every module that saves a file; mirrored by the doc fragment `download`.
DOWNLOAD = {
    "options": {
        "dest": {"type": "path", "required": True},
        "wait_timeout": {"type": "int", "default": 900},
        "poll_interval": {"type": "int", "default": 5},
    }
}
# No durations are published; the expectation that a plan's ETA is made of.
SECONDS = 30


def make_and_fetch(client, call, doing, deadline, body=None, **path):
    """Start the work, wait for its end, and return the content behind the link in its details."""
    operation = client.call(call, doing, body, **path).operation
    if not operation:
        raise BadAnswer(f"Could not {doing}: the answer names no operation")
    (status,) = follow(client, [operation], deadline)
    if status.state == IN_PROGRESS:
        raise TimedOut(f"Could not {doing} in time: it is not ready yet; allow more time with 'wait_timeout'", operation=operation)
    if status.state != SUCCEEDED:
        raise OperationFailed(f"Could not {doing}: {status.words}", operation=operation)
    return client.session.download(link_in(status.details), doing=f"fetch what came of it ({doing})")


def make_and_save(ctx, call, doing, body=None, **path):
    """The result of a module that saves a file: ``changed`` tells whether its content is new. Check mode asks for nothing, and has the ``cost``."""
    dest, client = ctx.params["dest"], ctx.client
    check_destination(dest)
    if ctx.check_mode:
        step = Change("save", "file", dest, doing, send=lambda: None, seconds=SECONDS)
        cost = client.cost(Plan([step]))
        ctx.progress(plan_line([step], cost))
        return {"changed": True, "dest": dest, "cost": cost}
    deadline = Deadline(client.clock, ctx.params["wait_timeout"] or DOWNLOAD["options"]["wait_timeout"]["default"])
    content = make_and_fetch(client, call, doing, deadline, body, **path)
    return {"changed": save(dest, content), "dest": dest}


def link_in(details):
    """The first http link in the details of an operation, whatever its key is called."""
    for value in (details or {}).values():
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            return value
    raise BadAnswer("The operation succeeded, and its details hold no download link")
