# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout can do to a desktop: which noun does it, with which options, and what that means to whoever uses the desktop."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from ..core.errors import InvalidInput, Refused
from ..core.reconcile import Noun
from .kinds import filled
from .resources.assignment import ASSIGNMENT_NOUN
from .resources.desktop import DESKTOP_NOUN
from .resources.desktop_action import DESKTOP_ACTION
from .resources.desktop_move import DESKTOP_MOVE
from .resources.desktop_power import DESKTOP_POWER
from .resources.desktop_retention import DESKTOP_RETENTION
from .resources.desktop_tags import DESKTOP_TAGS
from .resources.user_action import USER_ACTION

# What an upgraded desktop joins, as the single module takes it.
DOMAIN = {name: spec for name, spec in DESKTOP_MOVE.options.items() if name.startswith("domain")}


@dataclasses.dataclass(frozen=True)
class Kind:
    """An action. ``options`` makes the noun's options of (task, desktop, forced). ``disturbs`` whoever has a session; ``down``: the desktop
    cannot be used for a while, and if it ``returns``, can be afterwards; ``for_sessions``: only where somebody has one; ``warned``: who has one
    may be told before; ``for_whom``: not if somebody else has the desktop by then. ``takes`` are the options of the task that go with it,
    ``needs`` those of which one must be given. ``reads`` are those right before the act, and ``asks`` tells that its operation is read at each
    look, for the forecast."""

    noun: Noun
    options: Callable
    disturbs: bool = False
    down: bool = False
    returns: bool = False
    for_sessions: bool = False
    warned: bool = False
    for_whom: bool = False
    reads: int = 0
    asks: bool = False
    takes: tuple = ()
    needs: tuple = ()


def _action(task, desktop, forced):
    return {"action": task["action"], "session_policy": "force" if forced else "skip"}


def _user(task, desktop, forced):
    if not desktop["user"]:
        raise Refused("it is assigned to nobody")
    return {"user": desktop["user"], "desktop": desktop["id"]}


KINDS = {
    "reboot": Kind(DESKTOP_ACTION, _action, disturbs=True, down=True, returns=True, reads=1),
    "redeploy": Kind(DESKTOP_ACTION, _action, disturbs=True, down=True, returns=True, for_whom=True, reads=1),
    "pause": Kind(
        DESKTOP_POWER, lambda task, desktop, forced: {"state": "paused", "force": forced}, disturbs=True, down=True, reads=1, asks=True
    ),
    "resume": Kind(DESKTOP_POWER, lambda task, desktop, forced: {"state": "running"}, asks=True),
    "delete": Kind(
        DESKTOP_NOUN,
        lambda task, desktop, forced: {"state": "absent", "force": task["force"]},
        disturbs=True,
        down=True,
        for_whom=True,
        reads=3,
        takes=("force",),
    ),
    # A moved desktop has another id there, so that it is found again by its name only.
    "move": Kind(
        DESKTOP_MOVE,
        lambda task, desktop, forced: {"name": desktop["name"], "target_pool": task["target_pool"]},
        disturbs=True,
        down=True,
        reads=1,
        asks=True,
        needs=("target_pool",),
    ),
    "upgrade": Kind(
        DESKTOP_MOVE,
        lambda task, desktop, forced: {
            **{name: task[name] for name in DOMAIN},
            "name": desktop["name"],
            "target_pool": task["target_pool"],
            "method": "upgrade",
        },
        disturbs=True,
        down=True,
        reads=1,
        asks=True,
        takes=tuple(DOMAIN),
        needs=("target_pool",),
    ),
    "retain": Kind(
        DESKTOP_RETENTION,
        lambda task, desktop, forced: {"days": task["days"], "forever": task["forever"]},
        for_whom=True,
        needs=("days", "forever"),
    ),
    "unassign": Kind(
        ASSIGNMENT_NOUN,
        lambda task, desktop, forced: {**_user(task, desktop, forced), "state": "absent", "force": forced},
        disturbs=True,
        down=True,
        for_whom=True,
        reads=2,
    ),
    "message": Kind(
        USER_ACTION,
        lambda task, desktop, forced: {**_user(task, desktop, forced), "action": "message", "text": task["text"]},
        for_sessions=True,
        asks=True,
        needs=("text",),
    ),
    "logoff": Kind(
        USER_ACTION,
        lambda task, desktop, forced: {**_user(task, desktop, forced), "action": "logoff"},
        for_sessions=True,
        warned=True,
        for_whom=True,
        asks=True,
    ),
    "tag": Kind(DESKTOP_TAGS, lambda task, desktop, forced: {"tags": task["tags"]}, needs=("tags",)),
}
_OWN = ("target_pool", "days", "forever", "tags", "force", *DOMAIN)


def check(task):
    """Raise InvalidInput for options that do not go with the action, or that it lacks."""
    action, kind = task["action"], KINDS[task["action"]]
    for name in _OWN:
        if task[name] and name not in (*kind.takes, *kind.needs):
            raise InvalidInput(f"{name} does not go with action: {action}")
    if kind.needs and not any(task[name] for name in kind.needs):
        raise InvalidInput(f"action: {action} needs {' or '.join(kind.needs)}")
    if task["text"] and not (kind.disturbs or kind.warned or "text" in kind.needs):
        raise InvalidInput(f"text does not go with action: {action}, which disturbs nobody")
    if task["session_policy"] == "force" and action in ("move", "upgrade"):
        raise InvalidInput(f"action: {action} with session_policy: force: the API cannot {action} a desktop that is in use")
    sample = {"id": "sample", "name": "sample", "user": "sample@example.com"}
    kind.noun.check(options_for(task, {"id": "pool"}, sample))


def options_for(task, pool, desktop, forced=False):
    """The options that the single module would be given for this desktop."""
    kind = KINDS[task["action"]]
    given = {"pool": pool["id"], "name": desktop["id"], **kind.options(task, desktop, forced)}
    return filled(kind.noun, **given)
