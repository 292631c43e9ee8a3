# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for AVD workspaces to be in good states: the health gate behind ras_avd_workspace_wait."""

from __future__ import annotations

from ...core.errors import BadAnswer, OperationFailed, Throttled, TimedOut, Unreachable
from ...core.wait import Deadline, duration
from ..common import describe
from ..enums import AGENT_STATE, DISCONNECTED, FAILED, HEALTH
from .workspaces import SELECTION, chosen, place_of

OPTIONS = {
    **SELECTION,
    "states": {"type": "list", "elements": "str"},
    "fail_states": {"type": "list", "elements": "str"},
    "min_count": {"type": "int", "default": 1},
    "wait_timeout": {"type": "int", "default": 600},
    "wait_interval": {"type": "int", "default": 15},
}
OK_STATES = (0,)
# A farm loses sight of a workspace for a moment and finds it again.
FAIL_STATES = tuple(code for code in HEALTH[FAILED] if code != DISCONNECTED)


class Gate:
    """Which states are good, which end the wait, and how many workspaces there must be."""

    def __init__(self, options):
        self._options = options
        self._good = self._codes("states", OK_STATES)
        self._bad = set(self._codes("fail_states", FAIL_STATES)) - set(self._good)

    def _codes(self, option, default):
        given = self._options[option]
        return default if given is None else [AGENT_STATE.parse(option, value) for value in given]

    def judge(self, workspaces):
        """(those that are not in a good state, those of them that will not get there, how many are missing)."""
        pending = [workspace for workspace in workspaces if workspace["agent_state"]["code"] not in self._good]
        hopeless = [workspace for workspace in pending if workspace["agent_state"]["code"] in self._bad]
        return pending, hopeless, max(self._options["min_count"] - len(workspaces), 0)


def wait(ctx):
    """Read until all chosen workspaces are in good states. In check mode once, and whatever they are in.

    Returns ``workspaces``, ``pending``, ``elapsed`` (seconds), ``attempts``. Raises OperationFailed for a state that will not pass, and
    TimedOut; both have the result so far in ``partial``.
    """
    options, gate = ctx.params, Gate(ctx.params)
    client, deadline = ctx.client, Deadline(ctx.client.clock, ctx.params["wait_timeout"])
    attempts, trouble, workspaces, pending, missing = 0, None, [], [], options["min_count"]
    while True:
        attempts += 1
        try:
            with client.waiting(deadline):
                client.refresh(place_of(options))
        except (BadAnswer, Unreachable, Throttled) as error:
            if not workspaces and attempts == 1:
                raise
            trouble = error
        else:
            trouble, workspaces = None, chosen(client, options)
        pending, hopeless, missing = gate.judge(workspaces)
        report = {"workspaces": workspaces, "pending": pending, "elapsed": round(deadline.elapsed()), "attempts": attempts}
        if ctx.check_mode:
            return {**report, "would_wait": bool(pending or missing)}
        if not (trouble or pending or missing):
            return report
        if hopeless:
            raise _with(report, OperationFailed(f"AVD workspaces will not get ready: {_names(hopeless)}; mend the cause and run again"))
        if deadline.expired():
            raise _with(report, TimedOut(_timed_out(options, pending, missing, trouble)))
        client.progress(f"waiting for AVD workspaces: {_names(pending) or f'{missing} missing'} ({duration(deadline.elapsed())} so far)")
        client.clock.sleep(min(options["wait_interval"], max(deadline.remaining(), 0.1)))


def _names(workspaces):
    shown = ", ".join(describe(workspace) for workspace in workspaces[:5])
    return shown + (f" and {len(workspaces) - 5} more" if len(workspaces) > 5 else "")


def _timed_out(options, pending, missing, trouble):
    reasons = [_names(pending)] if pending else []
    if missing:
        found = options["min_count"] - missing
        reasons.append(f"{found} of at least {options['min_count']} are there")
    if trouble:
        reasons.append(f"the last look failed ({trouble})")
    return f"AVD workspaces did not get ready within {duration(options['wait_timeout'])}: {'; '.join(reasons)}; raise 'wait_timeout' or mend the cause"


def _with(report, error):
    error.partial = report
    return error
