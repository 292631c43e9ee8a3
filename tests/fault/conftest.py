# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the cases of the fault matrix that have run, and says so in the end."""

from __future__ import annotations

from faults import Case


def pytest_collection_modifyitems(items):
    for item in items:
        case = item.callspec.params.get("case") if hasattr(item, "callspec") else None
        if isinstance(case, Case):
            # Words only: they go from a worker to the process that counts.
            item.user_properties.append(("case", [case.scenario.module, str(case.scenario), case.number, str(case.fault)]))


def pytest_terminal_summary(terminalreporter):
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    cases = {tuple(value) for report in reports for name, value in report.user_properties if name == "case"}
    if cases:
        modules, faults = ({case[place] for case in cases} for place in (0, 3))
        writes = {case[1:3] for case in cases}
        terminalreporter.write_line(
            f"fault matrix: {len(cases)} cases: {len(writes)} writes of {len(modules)} modules under {len(faults)} faults"
        )
