# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row of the benchmark: what one contestant took for one job."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    """``seconds`` and ``calls`` are for all items; ``ratio`` is how many times ours that is."""

    name: str
    contestant: str
    items: int
    seconds: float
    calls: int
    ratio: float = 1.0
    note: str = ""


def beside(ours, *others, by="seconds"):
    """The rows of one job, ours first, with their ratios."""
    return [ours] + [dataclasses.replace(other, ratio=float(f"{getattr(other, by) / getattr(ours, by):.3g}")) for other in others]


def for_all(row, items):
    """A row of a part of the items, told for all of them; the slow ways would take hours."""
    if items == row.items:
        return row
    factor = items / row.items
    note = f"{row.note}; " if row.note else ""
    return dataclasses.replace(
        row, items=items, seconds=row.seconds * factor, calls=round(row.calls * factor), note=f"{note}extrapolated from {row.items}"
    )


def calls_of(simulator):
    """What has arrived since the last look, logins among it."""
    counters = simulator.counters()
    simulator.forget()
    return counters["tokens"] + counters["reads"] + counters["writes"]
