# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make bench: ours beside the alternatives, in one run. Times depend on the machine; ratios and numbers of calls hardly do.

Prints a table and writes docs/benchmark.json, and from it the table of docs/benchmark.md and docs/images/benchmark.svg.
"""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import sys
from pathlib import Path

import inventory
import loops
import page
import tenant
import waiting
from ansible.release import __version__ as ansible_core
from plays import ROOT
from sizes import HANDFUL

DOCS = ROOT / "docs"
PAGES = Path(HANDFUL) if HANDFUL else DOCS


def measure():
    rows = []
    for part in (loops, tenant, inventory, waiting):
        for row in part.rows():
            print(f"{row.name}: {row.contestant}, {row.seconds:.2f} s", file=sys.stderr, flush=True)
            rows.append(dataclasses.asdict(dataclasses.replace(row, seconds=float(f"{row.seconds:.4g}"))))
    return {"cpus": os.cpu_count(), "python": platform.python_version(), "ansible_core": ansible_core, "rows": rows}


def write(data):
    (PAGES / "images").mkdir(exist_ok=True)
    (PAGES / "benchmark.json").write_text(json.dumps(data, indent=2) + "\n")
    (PAGES / "images" / "benchmark.svg").write_text(page.svg(data))
    (PAGES / "benchmark.md").write_text(page.markdown((DOCS / "benchmark.md").read_text(), data))


if __name__ == "__main__":
    measured = measure()
    write(measured)
    print(page.terminal(measured))
