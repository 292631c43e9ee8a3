# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/calls.md: which operations of the API each module uses, and what it costs to find everything as asked.

The table is made of recorded calls: every scenario of tests/scenarios.yml is run against the simulator, and once more. How often a wait
looks depends on time, so the first run is told by its operations and the second by its numbers. With --check nothing is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / ".venv" / "collections")]
TABLE = ROOT / "docs" / "calls.md"
# Not operations of the contract, or no news in a table: logging in, waiting, fetching a file.
LEFT_OUT = {"statusCheckUsingGET", "downloadFile"}

HEADING = """# Calls of each module

Which operations of its API a module uses for a task, in the order of their first use, and what the same task costs when it is run
again. Logins, polls of operations and downloads are left out. Written by `tools/call_table.py` from recorded calls, not by hand.

| Module | Task | Operations | Again: reads | Again: writes |
| --- | --- | --- | --- | --- |
"""


def rows():
    from scenarios import SCENARIOS, Stage
    from vendors import vendor_of

    for scenario in SCENARIOS:
        with Stage.of(scenario) as (stage, options):
            stage.run(scenario.module, **options)
            left_out = LEFT_OUT.union(vendor_of(scenario.module).sign_ins)
            used = dict.fromkeys(entry["operation_id"] for entry in stage.simulator.log() if entry["operation_id"] not in left_out)
            again = stage.run(scenario.module, **options)
        cost = again.get("api", {})
        reads, writes = ("", "") if scenario.always else (cost.get("reads", ""), cost.get("writes", ""))
        yield f"| `{scenario.module}` | {scenario.name} | {', '.join(f'`{name}`' for name in used) or '-'} | {reads} | {writes} |\n"


def main() -> int:
    text = HEADING + "".join(rows())
    if "--check" not in sys.argv:
        TABLE.write_text(text, encoding="utf-8")
        return 0
    if TABLE.read_text(encoding="utf-8") != text:
        print(f"{TABLE.relative_to(ROOT)} is stale; run make calls")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
