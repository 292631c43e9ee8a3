# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the checks of this repository and say at the end which passed.

    check.py               all of them
    check.py lint unit     those of the named parts and groups

A part that fails does not stop the others. A part on its own prints as it goes; among others, the output goes to
.cache/logs and is shown only when the part failed. Parts that use one core go two at a time.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

import scratch

ROOT = scratch.ROOT
BIN = Path(sys.executable).parent
LOGS = ROOT / ".cache" / "logs"
COPY = scratch.copy_for("ansible-test")
ARTIFACTS = ROOT / ".cache" / "artifact"
# The tools call each other by name and load this collection; they shall find those of this environment.
ENVIRONMENT = os.environ | {
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv" / "collections"),
}

LINT = {
    "changelog": [["antsibull-changelog", "lint"]],
    "generated": [["python", "tools/generate.py", "--check"]],
    "reuse": [["reuse", "lint", "--lines"]],
    "ruff": [["ruff", "check", "--quiet", "--output-format", "concise"]],
    "workflows": [
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]
        + [str(path) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    ],
    "ansible-lint": [["ansible-lint", "-q", "--nocolor"]],
    "docs": [
        ["antsibull-docs", "lint-collection-docs", "--plugin-docs"]
        + ["--validate-collection-refs=all", "--disallow-unknown-collection-refs", str(COPY)],
        ["python", "tools/docs.py"],
    ],
    "galaxy": [
        ["ansible-galaxy", "collection", "build", "--force", "--output-path", str(ARTIFACTS), str(COPY)],
        ["python", "tools/galaxy_import.py", str(ARTIFACTS)],
    ],
}
SANITY = {"sanity": [["python", "tools/ansible_test.py", "sanity"]]}
PYTEST = {
    kind: [["pytest", "-q", "-n", "2", f"tests/{kind}"]]
    for kind in ("unit", "simulator", "contract", "conformance", "property", "fault", "secrets", "e2e")
    if any((ROOT / "tests" / kind).rglob("test_*.py"))
}
INTEGRATION = (
    {"integration": [["python", "tools/ansible_test.py", "integration"]]} if any((ROOT / "tests" / "integration").rglob("aliases")) else {}
)

# Lines of a log that are shown although all is well.
TOLD = re.compile(r"^fault matrix: .*", re.MULTILINE)

ONE_CORE = SANITY | LINT  # the longest first
PARTS = ONE_CORE | PYTEST | INTEGRATION
GROUPS = {"lint": list(LINT), "pytest": list(PYTEST)}


def run(command: list[str], output: TextIO | None) -> bool:
    program, *options = command
    done = subprocess.run(
        [BIN / program, *options], cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
    )
    return done.returncode == 0


def run_part(name: str, show: bool) -> bool:
    """Run the commands of a part until one fails; with `show`, let them print, else keep their output in a log."""
    started = time.monotonic()
    print(f"\n== {name}", flush=True)
    log = LOGS / f"{name}.log"
    with log.open("w") as keep:
        passed = all(run(command, output=None if show else keep) for command in PARTS[name])
    if not show:
        for words in TOLD.findall(log.read_text()) if passed else [log.read_text()]:
            print(words)
    print(f"== {name} {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return passed


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(PARTS) - set(GROUPS)
    if unknown:
        print(f"No such part here: {', '.join(sorted(unknown))}. Parts: {', '.join(PARTS)}; groups: {', '.join(GROUPS)}.")
        return 2
    names = list(PARTS) if not wanted else [part for name in wanted for part in GROUPS.get(name, [name])]
    for folder in (LOGS, ARTIFACTS):
        folder.mkdir(parents=True, exist_ok=True)
    scratch.sync()

    beside = [name for name in names if name in ONE_CORE]
    alone = [name for name in names if name not in ONE_CORE]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: run_part(name, show=len(names) == 1), beside))
    results += [run_part(name, show=len(names) == 1) for name in alone]
    failed = [name for name, passed in zip(beside + alone, results) if not passed]
    print(f"\n{len(results) - len(failed)} passed, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
