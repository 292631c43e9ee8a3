# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people see of docs/benchmark.json: the table of the terminal and of docs/benchmark.md, and the plot docs/images/benchmark.svg."""

from __future__ import annotations

import html
import itertools
import math

START, END = "<!-- table:start -->", "<!-- table:end -->"
HEADINGS = ("Job", "Contestant", "Items", "Seconds", "Calls", "Times ours", "Note")
# Pixels of the plot.
WIDTH, LINE, TITLE, LEFT, RIGHT, TOP, BOTTOM = 860, 18, 26, 210, 70, 56, 16
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 } .tick { fill: #59636e; font-size: 11px }
.paper { fill: #ffffff } .grid { stroke: #d1d9e0 } .ours { stroke: #1f2328; stroke-width: 1.5 } .more { fill: #0969da } .less { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .tick { fill: #9198a1 } .paper { fill: #0d1117 } .grid { stroke: #3d444d } .ours { stroke: #f0f6fc }
.more { fill: #4493f8 } .less { fill: #f0883e } }
"""


def jobs(rows):
    """{job: its rows}, ours first."""
    return {name: list(group) for name, group in itertools.groupby(rows, key=lambda row: row["name"])}


def number(value):
    """As many digits as matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def cells(row):
    numbers = f"{row['items']:,}", number(row["seconds"]), f"{row['calls']:,}", number(row["ratio"])
    return row["name"], row["contestant"], *numbers, row["note"]


def terminal(data):
    table = [HEADINGS, *(cells(row) for row in data["rows"])]
    widths = [max(map(len, column)) for column in zip(*table)]
    sides = "<<>>>><"
    lines = ("  ".join(f"{cell:{side}{width}}" for cell, side, width in zip(line, sides, widths)).rstrip() for line in table)
    return f"{machine(data)}\n\n" + "\n".join(lines)


def machine(data):
    return f"{data['cpus']} CPUs, Python {data['python']}, ansible-core {data['ansible_core']}"


def markdown(page, data):
    """The page with the table of these data."""
    before, _start, rest = page.partition(START)
    lines = [HEADINGS, ("---", "---", *["---:"] * 4, "---"), *(cells(row) for row in data["rows"])]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{before}{START}\n\nMeasured with {machine(data)}.\n\n{table}\n\n{END}{rest.partition(END)[2]}"


def svg(data):
    """A bar for each contestant but ours, from 1, which is ours, to its ratio, on a logarithmic axis."""
    ratios = [row["ratio"] for row in data["rows"]]
    low, high = math.floor(math.log10(min(ratios))), math.ceil(math.log10(max(ratios)))

    def x(ratio):
        return LEFT + (math.log10(ratio) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    shapes, y = [], TOP
    for name, (_ours, *others) in jobs(data["rows"]).items():
        shapes.append(f'<text class="title" x="12" y="{y + 16}">{html.escape(name)}</text>')
        y += TITLE
        for row in others:
            start, end = sorted((x(1), x(row["ratio"])))
            kind = "more" if row["ratio"] >= 1 else "less"
            shapes += [
                f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{html.escape(row["contestant"])}</text>',
                f'<rect class="{kind}" x="{start:.1f}" y="{y + 2}" width="{max(end - start, 1):.1f}" height="{LINE - 5}"/>',
                f'<text x="{end + 6:.1f}" y="{y + 12}">{number(row["ratio"])}</text>',
            ]
            y += LINE
    ticks = [10**power for power in range(low, high + 1)]
    grid = [
        f'<line class="{"ours" if tick == 1 else "grid"}" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP - 4}" y2="{y}"/>'
        f'<text class="tick" x="{x(tick):.1f}" y="{TOP - 10}" text-anchor="middle">{"ours" if tick == 1 else f"{tick:,}"}</text>'
        for tick in ticks
    ]
    height = y + BOTTOM
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
            "<title>What the alternatives take, times ours</title>",
            f"<style>{STYLE}</style>",
            '<rect class="paper" width="100%" height="100%"/>',
            '<text class="title" x="12" y="22">Times ours (logarithmic): right of the line the alternative takes more</text>',
            *grid,
            *shapes,
            "</svg>\n",
        ]
    )
