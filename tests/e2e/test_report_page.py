# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML report in a real Chromium: it fits narrow and wide screens, fetches nothing, and is readable for everybody.

EUC_FLEET_PICTURES names a folder in which to leave what the browser shows, to be looked at.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from ansible_collections.euc.fleet.plugins.filter.report import report
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from report_samples import DESKTOPS, HOSTILE, SAMPLE, drift, hostile_drift, hostile_options, options

NARROW, WIDE = 360, 1280
REPORTS = {
    "drift": lambda: report(drift(), "html", **options(desktops=DESKTOPS, licenses=SAMPLE["licenses"])),
    "run": lambda: report(SAMPLE["run"], "html", title="Reboot of the Sales floor"),
    "hostile": lambda: report(
        hostile_drift(),
        "html",
        **hostile_options(),
        desktops=[{"pool": text, "status": text} for text in HOSTILE],
        licenses=[{"service": text, "vm_type": text, "named_users": {"bought": 2, "free": 1}} for text in HOSTILE],
    ),
    "empty": lambda: report({"drift": {}}, "html"),
}


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium")
    assert program, "These tests look at the report in Chromium, and there is none: install the system's package 'chromium'"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open a report; returns the page and the addresses that it asked for."""
    contexts = []

    def open_page(name, width, scheme="light"):
        file = tmp_path / f"{name}.html"
        file.write_text(REPORTS[name](), encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme))
        page, asked = contexts[-1].new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail(f"the page says {dialog.message}"))
        page.goto(file.as_uri())
        if os.environ.get("EUC_FLEET_PICTURES"):
            page.screenshot(path=Path(os.environ["EUC_FLEET_PICTURES"], f"{name}-{width}-{scheme}.png"), full_page=True)
        return page, asked

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_wider_than_the_screen(show, name, width):
    page, _asked = show(name, width)
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [width, width]
    # What does not fit scrolls within its frame, which itself is in sight.
    frames = page.evaluate("[...document.querySelectorAll('.scroll, .card, figure, .headline, h1, h2')].map(e => e.getBoundingClientRect().right)")
    assert max(frames, default=0) <= width


def test_a_wide_table_scrolls_within_its_frame(show):
    page, _asked = show("drift", NARROW)
    inner, outer = page.evaluate("(e => [e.scrollWidth, e.clientWidth])(document.querySelector('.scroll'))")
    assert inner > outer
    assert page.evaluate("(e => { e.scrollLeft = 50; return e.scrollLeft })(document.querySelector('.scroll'))") == 50


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_asks_for_nothing(show, name, tmp_path):
    _page, asked = show(name, WIDE)
    assert asked == [(tmp_path / f"{name}.html").as_uri()]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_charts_are_drawn(show, width):
    page, _asked = show("drift", width)
    bars = page.evaluate("[...document.querySelectorAll('svg')].map(e => e.getBoundingClientRect()).map(b => [b.width, b.height])")
    assert len(bars) == 16
    assert all(length > 5 and height > 5 for length, height in bars)
    parts = page.evaluate("[...document.querySelectorAll('rect')].map(e => [e.getBoundingClientRect().width, getComputedStyle(e).fill])")
    assert all(length > 0 and colour != "rgb(0, 0, 0)" for length, colour in parts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_everybody_can_read_it(show, name, scheme):
    page, _asked = show(name, WIDE, scheme)
    found = Axe().run(page).response
    assert [(finding["id"], finding["nodes"][0]["html"]) for finding in found["violations"]] == []
    assert "color-contrast" in [check["id"] for check in found["passes"]]


def test_dark_is_dark(show):
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + Number(part), 0)"
    assert show("drift", WIDE, "dark")[0].evaluate(brightness) < 150 < 600 < show("drift", WIDE)[0].evaluate(brightness)


def test_paper_shows_tables_whole(show):
    page, _asked = show("drift", 700)
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].map(e => e.scrollWidth - e.clientWidth)") == [0] * 8
