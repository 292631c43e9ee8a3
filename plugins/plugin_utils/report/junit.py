# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as JUnit XML, as CI systems show test results: one suite per kind, one test per object."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from .layout import Case, visible


def to_junit(report):
    about = report.data["about"]
    # Without any test, CI systems take the file for broken.
    cases = report.cases or [Case("all", report.headline)]
    root = ET.Element("testsuites", {"name": visible(report.data["title"]), **_counts(cases)})
    for kind in sorted({case.kind for case in cases}):
        ours = [case for case in cases if case.kind == kind]
        suite = ET.SubElement(root, "testsuite", {"name": visible(kind), **_counts(ours)})
        for case in ours:
            test = ET.SubElement(suite, "testcase", {"classname": visible(f"{about}.{kind}"), "name": visible(case.name), "time": "0"})
            if case.failed is not None:
                ET.SubElement(test, "failure", {"type": about, "message": visible(case.failed)}).text = visible(case.failed)
            elif case.skipped is not None:
                ET.SubElement(test, "skipped", {"message": visible(case.skipped)})
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _counts(cases):
    failed = sum(case.failed is not None for case in cases)
    skipped = sum(case.failed is None and case.skipped is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": str(skipped), "time": "0"}
