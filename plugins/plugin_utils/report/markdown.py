# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as Markdown with tables, as GitHub and GitLab render them."""

from __future__ import annotations

from .layout import Difference, visible

# What means something to Markdown, to HTML or to a table.
SIGNS = "&<>|\\`*_[]~$#@"


def to_markdown(report):
    lines = [f"# {_prose(report.data['title'])}", ""]
    if report.about:
        lines += [" · ".join(map(_prose, report.about)), ""]
    lines += [f"**{_prose(report.headline)}**", ""]
    for note in report.data["notes"]:
        lines += [f"> {_prose(note)}", ""]
    for section in report.sections:
        lines += [f"## {section.title} ({len(section.rows)})", "", section.lead, ""]
        lines.append(_row(column.title for column in section.columns))
        lines.append(_row("---" for _column in section.columns))
        lines += [_row(_cell(column, cell) for column, cell in zip(section.columns, row)) for row in section.rows]
        lines.append("")
    return "\n".join(lines)


def _row(cells):
    return f"| {' | '.join(cells)} |"


def _cell(column, cell):
    return "<br>".join(_line(column, line) for line in cell)


def _line(column, line):
    if isinstance(line, Difference):
        return f"{_code(line.field)}: {' → '.join(_code(side) for side in (line.before, line.after) if side is not None)}"
    return _code(line) if column.role == "name" else f"**{line}**" if column.role == "badge" else _prose(line)


def _prose(text):
    return "".join(f"&#{ord(sign)};" if sign in SIGNS else sign for sign in visible(text))


def _code(text):
    """Text that stays as it is. In a code span nothing has a meaning but its own end, the end of the cell, and spaces at its ends."""
    text = visible(text)
    if "`" in text or "|" in text or text != text.strip():
        return f"<code>{_prose(text)}</code>"
    return f"`{text}`"
