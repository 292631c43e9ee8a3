# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all formats show, each in its own way: a headline, figures, charts, and tables of cells that consist of lines."""

from __future__ import annotations

import dataclasses
import json
import re
import typing

# Control characters and those that turn the direction of text: they would break a terminal, XML or a table, or show another name.
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

NONE, EMPTY = "(none)", "(empty)"


class Difference(typing.NamedTuple):
    """A line about one field: texts, or None on the side where the object is not there."""

    field: str
    before: str | None
    after: str | None


class Column(typing.NamedTuple):
    """``role``: badge, name or text; names and the values of Differences come from the tenant and are shown as they are."""

    title: str
    role: str = "text"


class Section(typing.NamedTuple):
    """A table. A row has one cell per column, and a cell is a list of lines: texts and Differences."""

    title: str
    lead: str
    columns: list
    rows: list


class Figure(typing.NamedTuple):
    """A number that stands out."""

    label: str
    number: int
    tone: str


class Case(typing.NamedTuple):
    """What a test report says of one object: it failed or was skipped for a reason, or is in order."""

    kind: str
    name: str
    failed: str | None = None
    skipped: str | None = None


@dataclasses.dataclass
class Report:
    """``data`` is what programs get, the rest is what people see; ``tone`` of the headline: good, medium or high."""

    data: dict
    headline: str
    tone: str
    figures: list
    charts: list
    sections: list
    cases: list

    @property
    def about(self):
        """Of which tenant and when, as far as the caller said."""
        return [self.data[key] for key in ("tenant", "generated") if self.data[key]]


def visible(text):
    """The text on one line, with a sign in place of each character that is invisible and does something, and words for no text."""
    return INVISIBLE.sub(lambda match: _sign(ord(match[0])), text) or EMPTY


def _sign(code):
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


def words(line):
    """A line as text."""
    if isinstance(line, str):
        return line
    return f"{line.field}: " + " → ".join(side for side in line[1:] if side is not None)


def without_empty_columns(section):
    """The section without the columns that have nothing in any row."""
    kept = [number for number in range(len(section.columns)) if any(row[number] for row in section.rows)]
    return section._replace(
        columns=[section.columns[number] for number in kept], rows=[[row[number] for number in kept] for row in section.rows]
    )


def differences(fields, *, before=True, after=True):
    """Fields (name -> before, after) as lines. Of two dictionaries only the keys that differ are shown, as ``tags.owner``."""
    lines = []
    for name, sides in (fields or {}).items():
        old, new = sides.get("before"), sides.get("after")
        if isinstance(old, dict) and isinstance(new, dict) and before and after:
            pairs = {f"{name}.{key}": (old.get(key), new.get(key)) for key in sorted({*old, *new}) if old.get(key) != new.get(key)}
        else:
            pairs = {name: (old, new)}
        lines += [Difference(key, _value(a) if before else None, _value(b) if after else None) for key, (a, b) in pairs.items()]
    return lines


def _value(value):
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if value is None:
        return NONE
    if value in ([], {}):
        return EMPTY
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def title_of(kind):
    return kind.replace("_", " ")
