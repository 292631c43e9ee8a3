# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task or a role found or did, as text for people and programs. Documented in report.yml."""

from __future__ import annotations

import json

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.plugin_utils.report.charts import desktops_chart, licenses_chart
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.report.drift import drift_report
from ansible_collections.euc.fleet.plugins.plugin_utils.report.html import to_html
from ansible_collections.euc.fleet.plugins.plugin_utils.report.junit import to_junit
from ansible_collections.euc.fleet.plugins.plugin_utils.report.markdown import to_markdown
from ansible_collections.euc.fleet.plugins.plugin_utils.report.rules import RANKS, ignore_rules, severity_rules
from ansible_collections.euc.fleet.plugins.plugin_utils.report.run import run_report
from ansible_collections.euc.fleet.plugins.plugin_utils.report.table import to_table
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template


def to_json(report):
    return json.dumps(report.data, indent=2, ensure_ascii=False) + "\n"


FORMATS = {"json": to_json, "junit": to_junit, "markdown": to_markdown, "html": to_html, "table": to_table}
# What a report can be about: the key of the result that holds it, and its title.
ABOUT = {"drift": ("drift", "Drift report"), "run": ("results", "Run report")}


def report(
    result,
    format,
    title=None,
    tenant=None,
    generated=None,
    about=None,
    threshold="low",
    severity=(),
    ignore=(),
    today=None,
    desktops=None,
    licenses=None,
    planned=False,
):
    """The text of a report. Raises AnsibleFilterError with one sentence for what makes no sense."""
    _one_of("format", format, FORMATS)
    _one_of("threshold", threshold, RANKS)
    result = plain(result)
    about = about or _about(result)
    _one_of("about", about, ABOUT)
    key, usual_title = ABOUT[about]
    if not isinstance(result, dict) or key not in result:
        raise AnsibleFilterError(f"euc.fleet.report: a report about {about} is made of a result with '{key}', which this one lacks")
    stop = f"Stopped: {result['stopped_because']}" if result.get("stopped_because") else ""
    # A role may put a failure off: then only the error tells of it.
    failed = result.get("failed") or "error" in result
    why = result["msg"] if failed and result.get("msg") else stop
    head = {
        "title": str(plain(title or usual_title)),
        "tenant": str(plain(tenant or "")),
        "generated": str(plain(generated or "")),
        "notes": [note for note in [why] if note] + [objection for objection in result.get("objections", []) if objection not in why],
    }
    if about == "drift":
        made = drift_report(result, head, severity_rules(plain(severity)), ignore_rules(plain(ignore), plain(today)), threshold)
    else:
        made = run_report(result, head, planned)
    made.charts += [desktops_chart(plain(desktops))] if desktops else []
    made.charts += [licenses_chart(plain(licenses))] if licenses else []
    return never_a_template(FORMATS[format](made))


def _about(result):
    return next((about for about, (key, _title) in ABOUT.items() if isinstance(result, dict) and key in result), "drift")


def _one_of(option, value, choices):
    if value not in choices:
        raise AnsibleFilterError(f"euc.fleet.report: {option} is one of {', '.join(choices)}, not '{value}'")


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"report": report}
