# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan: the changes that lead from what is to what shall be, with what they cost. Pure; nothing here talks to a server."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable

DONE, MOVING, UNSEEN = "done", "moving", "unseen"
# How long, in seconds, work may take to show up before it counts as not having run. What does no harm twice need not be waited for so long.
GRACE, SHORT_GRACE = 60, 5


@dataclasses.dataclass(eq=False)
class Change:
    """One step: verb, noun and name for programs, ``doing`` the same for people ("delete desktop 'Sales/S-7'").

    ``before`` and ``after`` hold only what changes, in the user's words. They tell of the object ``about``, where that is not the one of
    this noun and name: of a cluster, when one of its gateways goes.

    ``send`` makes the one write and returns its Answer; None means that the step only waits for something already under way.
    ``seen`` judges the tenant as last read: DONE, MOVING, UNSEEN, or the sentence of a failure; ``place`` names the listing it reads.
    ``repeatable`` tells that sending it twice does no harm. ``seconds`` is the expected duration of the work behind it, and
    ``queue`` names what the server does one after the other, whatever the place. ``command`` marks one
    that acts every time it is asked for: only one that is still under way stands in for it. ``fleeting`` marks one that shows only while it
    runs: a lost one that nothing shows may have run and ended, so it is not sent again. ``owed`` marks one whose lack no later look at
    the tenant would show: the journal keeps it until it is done, so that a run which ends before leaves it to the next one. ``retry_on`` are
    error tokens of a failed operation that only mean that there is no place for it now. ``rescue`` tells people the way out of what a failure may leave behind.
    ``record`` is the observed object that it changes; without one, or if it is no longer what stands at ``place``, that must be read again
    afterwards, and so must the places that it ``touches``. ``judged_by`` are the places that a rail looked at before it allowed the change;
    what cannot be undone is judged by its own place unless others are named.
    """

    verb: str
    noun: str
    name: str
    doing: str
    before: dict = dataclasses.field(default_factory=dict)
    after: dict = dataclasses.field(default_factory=dict)
    about: str = ""
    send: Callable | None = None
    seen: Callable | None = None
    place: Hashable = None
    stage: int = 0
    repeatable: bool = True
    owed: bool = False
    command: bool = False
    fleeting: bool = False
    destructive: bool = False
    judged_by: tuple = ()
    seconds: float = 0
    queue: str = ""
    note: str = ""
    retry_on: tuple = ()
    rescue: str = ""
    record: dict | None = None
    touches: tuple = ()

    @property
    def evidence(self):
        """The places that must not be old when this is decided."""
        return self.judged_by or ((self.place,) if self.destructive and self.place else ())

    @property
    def patience(self):
        """Seconds after which the tenant would show the change if it had run."""
        return SHORT_GRACE if self.repeatable else max(GRACE, 2 * self.seconds)

    @property
    def key(self):
        """Identity of the step across runs, for the journal."""
        return f"{self.verb} {self.noun} {self.name}"

    @property
    def summary(self):
        return self.doing + (f" ({self.note})" if self.note else "")

    def describe(self):
        return {
            "verb": self.verb,
            "noun": self.noun,
            "name": self.name,
            "summary": self.summary,
            "before": self.before,
            "after": self.after,
        }


def in_turn(changes):
    """These changes one after the other, each in a stage of its own."""
    changes = list(changes)
    for stage, change in enumerate(changes):
        change.stage = stage
    return changes


class Plan:
    """Changes in order of their stages; ``writes`` are those that send something."""

    def __init__(self, changes=()):
        self.changes = sorted(changes, key=lambda change: change.stage)

    @property
    def writes(self):
        return [change for change in self.changes if change.send]

    def stages(self):
        """Changes that may be under way together, stage after stage."""
        for number in sorted({change.stage for change in self.changes}):
            yield [change for change in self.changes if change.stage == number]
