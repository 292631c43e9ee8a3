# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as plain text for the terminal."""

from __future__ import annotations

import unicodedata

from .layout import visible, words

# What does not fit goes on in the next line of its column.
WIDTH = 120
INDENT, GAP = "  ", "  "


def to_table(report):
    lines = [visible(report.data["title"]), *map(visible, report.about), "", visible(report.headline)]
    lines += [f"! {visible(note)}" for note in report.data["notes"]]
    for section in report.sections:
        lines += ["", f"{section.title} ({len(section.rows)})", *_rows(section)]
    return "\n".join(lines) + "\n"


def _rows(section):
    rows = [[[column.title] for column in section.columns]]
    rows += [[[visible(words(line)) for line in cell] for cell in row] for row in section.rows]
    widths = [min(WIDTH, max(_width(line) for row in rows for line in (*row[number], ""))) for number in range(len(section.columns))]
    while sum(widths) + len(GAP) * (len(widths) - 1) + len(INDENT) > WIDTH:
        widths[widths.index(max(widths))] -= 1
    rows.insert(1, [["-" * width] for width in widths])
    for row in rows:
        cells = [[piece for line in cell for piece in _wrapped(line, width)] for cell, width in zip(row, widths)]
        for number in range(max(map(len, cells))):
            pieces = [cell[number] if number < len(cell) else "" for cell in cells]
            yield (INDENT + GAP.join(piece + " " * (width - _width(piece)) for piece, width in zip(pieces, widths))).rstrip()


def _wrapped(line, width):
    """The line in pieces that are at most so wide, cut between words where there are any."""
    while _width(line) > width:
        end, room = 0, width
        while room >= _width(line[end]):
            room -= _width(line[end])
            end += 1
        space = line.rfind(" ", 1, end + 1)
        yield line[: space if space > 0 else end]
        line = line[space + 1 if space > 0 else end :]
    yield line


def _width(text):
    """Places that a terminal gives to a text: two for wide characters, none for marks on others."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
