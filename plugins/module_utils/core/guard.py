# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rails for plans over many objects: a whole plan is judged before its first write. Pure; nothing here talks to a server."""

from __future__ import annotations

import dataclasses

from .errors import InvalidInput

# Options of every module that plans over many objects; mirrored by the doc fragment `guard`.
GUARD = {
    "options": {
        "guard": {
            "type": "dict",
            "options": {
                "max_changes": {"type": "int"},
                "max_destructive": {"type": "int"},
                "max_percent": {"type": "int"},
                "min_available": {"type": "int"},
                "confirm": {"type": "bool", "default": False},
            },
        }
    }
}


@dataclasses.dataclass
class Population:
    """Objects that stand in for one another, such as the desktops of a pool: how many there are, how many the plan takes away, and for
    desktops how many can be used before and after it."""

    name: str
    total: int
    taken: int
    available: int | None = None
    left: int | None = None


def check(guard):
    """Raise InvalidInput for limits that make no sense."""
    for name, limit in (guard or {}).items():
        if name != "confirm" and limit is not None and (limit < 0 or (name == "max_percent" and limit > 100)):
            raise InvalidInput(f"guard.{name} is a number from 0{' to 100' if name == 'max_percent' else ''}, not {limit}")


def objections(guard, writes, populations=()):
    """The sentences that speak against a plan with these writes; none if it may be carried out."""
    guard = guard or {}
    destructive = [change for change in writes if change.destructive]
    return [
        *_too_many(len(writes), guard.get("max_changes"), "changes", "max_changes"),
        *_too_many(len(destructive), guard.get("max_destructive"), "changes that cannot be undone", "max_destructive"),
        *_too_large_a_share(guard.get("max_percent"), populations),
        *_too_few_left(guard.get("min_available"), populations),
        *_unconfirmed(guard.get("confirm"), destructive),
    ]


def _too_many(count, limit, what, name):
    if limit is not None and count > limit:
        yield f"the plan has {count} {what}, and guard.{name} allows {limit}"


def _too_large_a_share(limit, populations):
    if limit is None:
        return
    pools = [population for population in populations if population.available is not None]
    everything = Population("all of these pools", sum(pool.total for pool in pools), sum(pool.taken for pool in pools))
    for population in (*populations, *([everything] if len(pools) > 1 else [])):
        if population.taken * 100 > population.total * limit:
            yield f"the plan takes {population.taken} of {population.total} away from {population.name}, and guard.max_percent allows {limit} %"


def _too_few_left(limit, populations):
    for population in populations:
        if limit is not None and population.available is not None and population.left < min(limit, population.available):
            yield (
                f"the plan leaves {population.left} of {population.available} available in {population.name}, "
                f"and guard.min_available wants {limit}"
            )


def _unconfirmed(confirmed, destructive):
    if destructive and not confirmed:
        examples = ", ".join(change.doing for change in destructive[:3]) + (" ..." if len(destructive) > 3 else "")
        yield f"{len(destructive)} of the changes cannot be undone ({examples}), and guard.confirm is not set"
