# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/calls.md: which operations of the API each module uses, and what it costs to find everything as asked.

The table is made of recorded calls: every scenario of tests/scenarios.yml is run against the simulator, and once more. How often a wait
looks depends on time, so the first run is told by its operations and the second by its numbers. The contract tests, which run all that
anyway, compare each row with what they recorded.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / ".venv" / "collections")]
TABLE = ROOT / "docs" / "calls.md"
# Not operations of the contract, or no news in a table: logging in, waiting, fetching a file.
POLL = {"statusCheckUsingGET"}
LEFT_OUT = {"downloadFile"} | POLL

# Simulated time flies: on a busy machine a listing would be too old before its task has ended, and be read again.
STEADY = {"cache_ttl": 1_000_000}

HEADING = """# Calls of each module

Which operations of its API a module uses for a task, in the order of their first use, and what the same task costs when it is run
again. Logins, downloads, and polls beside other calls are left out. Written by `tools/call_table.py` from recorded calls, not by hand.

| Module | Task | Operations | Again: reads | Again: writes |
| --- | --- | --- | --- | --- |
"""


def steady(module):
    import support

    return {name: value for name, value in STEADY.items() if name in support.load(module).SPEC.arguments()["argument_spec"]}


def row(scenario, first, again):
    """A row of the table, from the logs of both runs."""
    from vendors import vendor_of

    vendor = vendor_of(scenario.module)
    first, again = (_shown(log, vendor) for log in (first, again))
    operations = ", ".join(f"`{name}`" for name in dict.fromkeys(entry["operation_id"] for entry in first))
    reads = sum(entry["method"] == "GET" and entry["operation_id"] not in vendor.acting for entry in again)
    numbers = " | " if scenario.always else f"{reads} | {len(again) - reads}"
    return f"| `{scenario.module}` | {scenario.name} | {operations or '-'} | {numbers} |\n"


def _shown(log, vendor):
    calls = [entry for entry in log if entry["operation_id"] not in LEFT_OUT.union(vendor.sign_ins)]
    return calls or [entry for entry in log if entry["operation_id"] in POLL]


def rows():
    from scenarios import SCENARIOS, Stage

    for scenario in SCENARIOS:
        with Stage.of(scenario) as (stage, options):
            logs = []
            for _run in range(2):
                stage.run(scenario.module, **steady(scenario.module), **options)
                logs.append(stage.simulator.log())
                stage.simulator.forget()
        yield row(scenario, *logs)


if __name__ == "__main__":
    TABLE.write_text(HEADING + "".join(rows()), encoding="utf-8")
