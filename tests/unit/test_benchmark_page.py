# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark's page and plot tell what docs/benchmark.json says, and its ratios are those of its numbers."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from benchmark import page
from support import ROOT

DOCS = ROOT / "docs"
DATA = json.loads((DOCS / "benchmark.json").read_text())
JOBS = page.jobs(DATA["rows"])
SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_is_made_of_the_numbers():
    text = (DOCS / "benchmark.md").read_text()
    assert text == page.markdown(text, DATA)
    for row in DATA["rows"]:
        assert f"| {' | '.join(page.cells(row))} |\n" in text


def test_the_plot_is_made_of_the_numbers():
    text = (DOCS / "images" / "benchmark.svg").read_text()
    assert text == page.svg(DATA)
    drawn = ElementTree.fromstring(text)
    others = [row for _ours, *others in JOBS.values() for row in others]
    bars = [shape for shape in drawn.iter(f"{SVG}rect") if shape.get("class") in ("more", "less")]
    assert [shape.get("class") for shape in bars] == ["more" if row["ratio"] >= 1 else "less" for row in others]
    told = [shape.text for shape in drawn.iter(f"{SVG}text")]
    assert [text for text in told if text in {page.number(row["ratio"]) for row in others}] == [page.number(row["ratio"]) for row in others]


@pytest.mark.parametrize("job", JOBS)
def test_a_ratio_is_times_ours(job):
    ours, *others = JOBS[job]
    assert ours["ratio"] == 1 and others
    for row in others:
        by = "calls" if "ratio of calls" in row["note"] else "seconds"
        assert row["items"] == ours["items"]
        assert row["ratio"] == pytest.approx(row[by] / ours[by], rel=0.02)


def test_bars_grow_with_the_logarithm():
    rows = [{"name": "a", "contestant": name, "ratio": ratio} for name, ratio in (("ours", 1.0), ("ten", 10.0), ("hundred", 100.0))]
    shapes = ElementTree.fromstring(page.svg({"rows": rows})).iter(f"{SVG}rect")
    ten, hundred = (float(shape.get("width")) for shape in shapes if shape.get("class") == "more")
    assert hundred == pytest.approx(2 * ten, abs=0.2)
