# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers behind the charts: rows of a label and the parts of a bar. Drawing is the page's matter."""

from __future__ import annotations

import collections
import typing

from .data import objects
from .layout import title_of

# Longer charts show less; the rest is summed up in one row.
MOST_ROWS = 12
# The words of a desktop's status that people look for; any other is shown in a colour of its own.
STATUS_TONES = {
    **dict.fromkeys(("failed", "error"), "high"),
    **dict.fromkeys(("provisioning", "rebooting", "redeploy", "deleting"), "medium"),
    **dict.fromkeys(("online", "ready"), "good"),
    **dict.fromkeys(("connect", "connected"), "session"),
    **dict.fromkeys(("disconnect", "disconnected"), "quiet"),
    **dict.fromkeys(("offline", "paused", "suspended"), "muted"),
}
# From this share of what was bought, licenses are short.
SHORT = 0.9


class Part(typing.NamedTuple):
    """One stretch of a bar; ``x`` and ``width`` in thousandths of the widest bar."""

    label: str
    number: int
    tone: str
    x: int
    width: int


class Bar(typing.NamedTuple):
    label: str
    total: str
    parts: list

    @property
    def words(self):
        return ", ".join(f"{part.number} {part.label}" for part in self.parts)


class Chart(typing.NamedTuple):
    title: str
    bars: list


def tally_chart(title, pairs, tones):
    """How often each word occurs with each label: ``pairs`` of (label, word), ``tones`` word -> tone in the order of the parts."""
    counts = collections.defaultdict(collections.Counter)
    for label, word in pairs:
        counts[label][word] += 1
    order = sorted(counts, key=lambda label: (-counts[label].total(), label))
    rest = order[MOST_ROWS:]
    rows = [(label, counts[label]) for label in order[:MOST_ROWS]]
    if rest:
        rows.append((f"{len(rest)} more", sum((counts[label] for label in rest), collections.Counter())))
    widest = max((counter.total() for _label, counter in rows), default=0)
    bars = [
        Bar(label, str(counter.total()), _parts([(word, counter[word], tones[word]) for word in tones if counter[word]], widest))
        for label, counter in rows
    ]
    return Chart(title, bars)


def desktops_chart(desktops):
    """``desktops``: dictionaries with pool and status, as workspot_desktop_info returns them."""
    pairs = [(item["pool"], item["status"]) for item in objects(desktops, "desktops", "pool", "status")]
    often = collections.Counter(status for _pool, status in pairs)
    tones = {status: STATUS_TONES.get(status.casefold(), "other") for status in sorted(often, key=lambda status: (-often[status], status))}
    return tally_chart("Desktops by pool and state", pairs, tones)


def licenses_chart(licenses):
    """``licenses``: as workspot_license_info returns them; the scarcest first."""
    rows = []
    for item in objects(licenses, "licenses"):
        for kind, counts in item.items():
            if isinstance(counts, dict) and counts.get("bought") is not None and counts.get("free") is not None and counts["bought"] > 0:
                label = ", ".join(filter(None, (item.get("service"), item.get("vm_type"), title_of(kind))))
                rows.append((1 - counts["free"] / counts["bought"], label, counts["bought"], counts["free"]))
    return Chart("License head-room", [_license_bar(*row) for row in sorted(rows, key=lambda row: (-row[0], row[1]))])


def _license_bar(share, label, bought, free):
    tone = "high" if free <= 0 else "medium" if share >= SHORT else "good"
    parts = [("used", bought - free, tone), ("free", max(free, 0), "track")]
    return Bar(label, f"{bought - free} of {bought}", _parts(parts, max(bought, bought - free)))


def _parts(parts, widest):
    drawn, x = [], 0
    for label, number, tone in parts:
        width = round(1000 * number / widest)
        drawn.append(Part(label, number, tone, x, width))
        x += width
    return drawn
