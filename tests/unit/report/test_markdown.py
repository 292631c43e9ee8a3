# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Markdown reports, through a renderer that knows tables as GitHub and GitLab do."""

from __future__ import annotations

from ansible_collections.euc.fleet.plugins.filter.report import report
from ansible_collections.euc.fleet.plugins.plugin_utils.report.layout import visible
from markdown_it import MarkdownIt
from report_samples import HOSTILE, drift, hostile_drift, hostile_options, options

ALLOWED = {"<br>", "<code>", "</code>"}


def rendered(text):
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def tables(tokens):
    """Rows of cells; a cell is its text without marks."""
    found, inside = [], False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            inside = token.type == "table_open"
            found += [[]] if inside else []
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and inside:
            found[-1][-1].append("".join(child.content for child in token.children if child.type != "html_inline"))
    return found


def test_sections_are_tables():
    found = tables(rendered(report(drift(), "markdown", **options())))
    assert [len(table) - 1 for table in found] == [1, 1, 4, 3, 2, 3, 3, 4]
    assert found[2][2] == ["medium", "pools", "Engineering", "desktops: 24 → 30idle_timeout: (none) → 60"]


def test_hostile_texts_stay_text():
    tokens = rendered(report(hostile_drift(), "markdown", **hostile_options()))
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.content for token in inline if token.type == "html_inline"} <= ALLOWED
    assert [token.type for token in tokens if token.type == "html_block"] == []
    assert {token.type for token in inline} <= {"text", "code_inline", "html_inline", "strong_open", "strong_close", "text_special"}


def test_hostile_names_are_shown_whole_and_leave_the_table_in_order():
    found = tables(rendered(report(hostile_drift(), "markdown")))
    assert all(len(row) == len(table[0]) for table in found for row in table)
    names = {row[2] for table in found for row in table if row[1] == "pools" and table[0][2] == "Name" and row[2] != "n"}
    assert names == {visible(text.replace("\ud800", "?")) for text in HOSTILE}
