# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports in each format: complete, the same for the same input, and harmless whatever names the tenant has."""

from __future__ import annotations

import html.parser
import json
import random
import re
import xml.etree.ElementTree as ET

import ansible.template
import pytest
from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import AnsibleUnsafe
from ansible_collections.euc.fleet.plugins.filter.report import FORMATS, report
from ansible_collections.euc.fleet.plugins.plugin_utils.report.layout import INVISIBLE, visible
from ansible_collections.euc.fleet.plugins.plugin_utils.report.table import WIDTH, _width
from report_samples import DESKTOPS, HOSTILE, SAMPLE, drift, hostile_drift, hostile_options, options

CHARTS = {"desktops": DESKTOPS, "licenses": SAMPLE["licenses"]}


class Page(html.parser.HTMLParser):
    """The elements, attributes and texts of a page."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def shuffled(value):
    """The same data in another order of keys, and another order of a drift's entries."""
    if isinstance(value, dict):
        keys = random.Random(7).sample(list(value), len(value))
        return {key: shuffled(value[key]) for key in keys}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_input_gives_the_same_bytes(format):
    first = report(drift(), format, **options(**CHARTS))
    assert report(shuffled(drift()), format, **options(**CHARTS)) == first
    assert report(SAMPLE["run"], format) == report(shuffled(SAMPLE["run"]), format)


@pytest.mark.parametrize("format", FORMATS)
def test_every_object_is_in_the_report(format):
    text = html.unescape(report(drift(), format, **options()))
    assert [entry["name"] for entries in SAMPLE["drift"]["drift"].values() for entry in entries if entry["name"] not in text] == []
    text = html.unescape(report(SAMPLE["run"], format))
    assert [item["name"] for item in SAMPLE["run"]["results"] if item["name"] not in text] == []
    assert "7f1c2a90-1d1b-4a53-9a52-6f5f3a1f00aa" in text
    assert "has been signed in for 2 h" in text


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_to_report(format):
    assert "No drift: all that the code says is so" in report({"drift": {}}, "table")
    assert report({"drift": {}}, format)
    assert report({"results": []}, format)


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_texts_can_be_written_to_a_file(format):
    text = report(hostile_drift(), format, **hostile_options())
    text.encode("utf-8")
    if format != "json":
        assert INVISIBLE.sub("", text.replace("\n", "")) == text.replace("\n", "")


@pytest.mark.parametrize("format", FORMATS)
def test_the_text_is_no_template_to_ansible(format):
    if hasattr(ansible.template, "trust_as_template"):
        text = report(drift(), format, title=ansible.template.trust_as_template("{{ 6 * 7 }}"))
        assert not ansible.template.is_trusted_as_template(text)
    else:
        assert isinstance(report(drift(), format), AnsibleUnsafe)


def test_what_failed_and_what_the_guard_says_is_told():
    result = {**drift(), "failed": True, "msg": "Could not do it", "objections": ["too many at once"]}
    for format in ("markdown", "html", "table"):
        assert "Could not do it" in report(result, format)
        assert "too many at once" in report(result, format)


def test_a_run_that_was_refused_as_a_whole_is_not_taken_for_one_with_nothing_to_do():
    refused = {"results": [], "msg": "the plan has 4 changes", "error": {"kind": "refused"}}
    told = report(refused, "table")
    assert "Nothing was done\n! the plan has 4 changes\n" in told and "Nothing to do" in report({"results": []}, "table")


def test_a_failure_and_its_objections_are_told_once_each():
    entry = {"kind": "desktops", "name": "Sales/S-1", "status": "not_attempted"}
    # As a role registers it that fails at its end only.
    refused = {"results": [entry], "failed": False, "msg": "Nothing was sent: too many; too late", "error": {}, "objections": ["too many", "too late"]}
    assert json.loads(report(refused, "json"))["notes"] == [refused["msg"]]
    assert json.loads(report({**refused, "msg": "no answer"}, "json"))["notes"] == ["no answer", "too many", "too late"]


def test_a_plan_tells_what_it_takes():
    planned = {
        "results": [{"kind": "desktops", "name": "Sales/S-1", "status": "not_attempted"}],
        "cost": {"writes": 30, "reads": 1, "eta_s": 885},
    }
    price = "30 writes, 1 read, about 14 min 45 s"
    for format in ("markdown", "html", "table"):
        assert f"1 object: 1 planned; this takes {price}" in report(planned, format, planned=True)
        assert price not in report(planned, format)
        assert f"; the plan takes {price}" in report({**drift(), "cost": planned["cost"]}, format)


def test_a_run_that_was_stopped_tells_why_once():
    stopped = {"results": [], "stopped_because": "3 acts failed", "msg": "The rollout was stopped: 3 acts failed"}
    assert report(stopped, "table").count("3 acts failed") == report({**stopped, "failed": True}, "table").count("3 acts failed") == 1


def test_both_kinds_of_report_from_one_result():
    assert json.loads(report(drift(), "json"))["about"] == "drift"
    assert json.loads(report(drift(), "json", about="run"))["about"] == "run"
    assert json.loads(report(SAMPLE["run"], "json"))["about"] == "run"


def test_json_has_counts_of_a_run():
    found = json.loads(report(SAMPLE["run"], "json"))
    assert found["counts"]["status"] == {"failed": 1, "not_attempted": 1, "changed": 0, "done": 2, "skipped": 1, "ok": 1}
    assert found["failing"] == 1
    assert found["entries"][0]["operation"] == "7f1c2a90-1d1b-4a53-9a52-6f5f3a1f00aa"


def test_json_keeps_names_as_they_are():
    found = json.loads(report(hostile_drift(), "json"))
    names = {entry["name"] for entry in found["entries"] if entry["group"] == "changed"}
    assert names == {text.replace("\ud800", "?") for text in HOSTILE}


@pytest.mark.parametrize(
    "result, words",
    [
        ({}, "a result with 'drift'"),
        ("text", "a result with 'drift'"),
        ({"drift": {"added": ["Sales"]}}, "drift.added is a list of dictionaries"),
        ({"drift": {"added": [{"kind": "pools"}]}}, "an item of drift.added has no name"),
        ({"results": [{"kind": "pools", "name": "Sales", "status": "odd"}]}, "the status of Sales is one of"),
    ],
)
def test_other_data_is_refused(result, words):
    with pytest.raises(AnsibleFilterError, match=re.escape(words)):
        report(result, "html")


def test_an_unknown_format_is_refused():
    with pytest.raises(AnsibleFilterError, match="format is one of json, junit, markdown, html, table, not 'pdf'"):
        report(drift(), "pdf")


# JUnit


def suites(text):
    root = ET.fromstring(text.encode("utf-8"))
    for element in (root, *root):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert int(element.get(name)) == len(list(element.iter(tag)))
    return root


@pytest.mark.parametrize("threshold, failures", [("low", 11), ("medium", 8), ("high", 4)])
def test_junit_of_drift(threshold, failures):
    root = suites(report(drift(), "junit", **options(threshold=threshold)))
    assert [suite.get("name") for suite in root] == ["applications", "assignments", "bundles", "desktops", "groups", "pools", "templates", "users"]
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("17", str(failures), "3")
    tests = [(test.get("classname"), test.get("name")) for test in root.iter("testcase")]
    assert len(set(tests)) == len(tests)


def test_junit_of_a_run():
    root = suites(report(SAMPLE["run"], "junit"))
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("6", "1", "2")
    assert "operation 7f1c2a90-1d1b-4a53-9a52-6f5f3a1f00aa" in root.find(".//failure").text


def test_junit_always_has_a_test():
    root = suites(report({"drift": {}}, "junit"))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


def test_junit_of_hostile_names():
    root = suites(report(hostile_drift(), "junit", **hostile_options()))
    names = {test.get("name").rpartition(":")[0] for test in root.iter("testcase") if test.get("name").endswith(": changed")}
    assert names == {visible(text.replace("\ud800", "?")) if text else "" for text in HOSTILE}


# HTML


def test_html_needs_nothing_and_runs_nothing():
    page = Page(report(drift(), "html", **options(**CHARTS)))
    tags = {tag for tag, _attributes in page.elements}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "image", "use", "base"})
    assert [attributes for _tag, attributes in page.elements for name in attributes if name in ("src", "href", "style") or name.startswith("on")] == []
    text = report(drift(), "html", **options(**CHARTS))
    assert [words for words in ("http:", "https:", "//", "url(", "@import") if words in text] == []


def test_html_shows_hostile_names_as_text():
    quiet = Page(report({"drift": {"changed": [{"kind": "pools", "name": "n", "fields": {"tags": {}}}]}}, "html"))
    page = Page(report(hostile_drift(), "html", **hostile_options(), desktops=[{"pool": text, "status": text} for text in HOSTILE]))
    assert {tag for tag, _attributes in page.elements} - {tag for tag, _attributes in quiet.elements} <= {"p", "del"}
    assert [attributes for _tag, attributes in page.elements for name in attributes if name in ("src", "href") or name.startswith("on")] == []
    for text in HOSTILE:
        assert visible(text.replace("\ud800", "?")) in page.texts


def test_html_is_made_for_all_readers():
    page = Page(report(drift(), "html", **options(**CHARTS)))
    assert page.elements[0] == ("html", {"lang": "en"})
    tags = [tag for tag, _attributes in page.elements]
    assert tags.count("h1") == 1
    assert tags.count("table") == tags.count("caption") == 8
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.elements if tag == "th")
    pictures = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert len(pictures) == 8 + 4 + 4
    assert "Sales: 31 Connected, 12 Ready, 6 Disconnected, 4 Offline, 2 Failed" in [picture["aria-label"] for picture in pictures]
    assert all(picture["role"] == "img" for picture in pictures)


def test_charts_come_with_their_data_only():
    assert "Desktops by pool" not in report(drift(), "html")
    assert "License head-room" not in report(drift(), "html")
    assert "<svg" not in report({"drift": {}}, "html")


def test_a_long_chart_sums_up_the_rest():
    many = [{"pool": f"Pool {number:03}", "status": "Ready"} for number in range(100)]
    page = Page(report({"drift": {}}, "html", desktops=many))
    assert len([tag for tag, _attributes in page.elements if tag == "svg"]) == 13
    assert "88 more" in page.texts


def test_licenses_that_are_used_up_or_overdrawn():
    licenses = [{"service": "S", "vm_type": "V", "named_users": {"bought": 10, "free": free, "used": 10 - free}} for free in (-2, 0, 1, 5)]
    bars = re.findall(r"<b>(\d+ of 10)</b>.*?<rect class=\"(\w+)\".*?width=\"(\d+)\"", report({"drift": {}}, "html", licenses=licenses), re.DOTALL)
    assert bars == [("12 of 10", "high", "1000"), ("10 of 10", "high", "1000"), ("9 of 10", "medium", "900"), ("5 of 10", "good", "500")]


# The terminal


def test_lines_of_the_table_fit_a_terminal():
    for text in (report(drift(), "table", **options()), report(hostile_drift(), "table")):
        table = text.partition("\n\n")[2].partition("\n\n")[2]
        assert max(map(_width, table.splitlines())) <= WIDTH
    assert "名前" * 30 in re.sub(r"\s", "", report({"drift": {"unmanaged": [{"kind": "pools", "name": "名前" * 30}]}}, "table"))


def test_a_run_that_only_looked_tells_what_is_planned_and_in_which_wave():
    results = [{"kind": "desktops", "name": f"S-{number}", "status": "not_attempted", "wave": number} for number in (2, 1)]
    text = report({"results": results}, "table", planned=True)
    assert "Planned (2)" in text and "2 planned" in text and "ot attempted" not in text
    rows = [line.split() for line in text.splitlines() if "S-" in line]
    assert [row[:2] + row[-1:] for row in rows] == [["planned", "1", "S-1"], ["planned", "2", "S-2"]]
    assert "Not attempted (2)" in report({"results": results}, "table")
    assert [entry["wave"] for entry in json.loads(report({"results": results}, "json"))["entries"]] == [1, 2]
