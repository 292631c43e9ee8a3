# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house, read from the source: small modules, and who may know whom."""

from __future__ import annotations

import ast

import pytest
from support import PLUGINS, ROOT, load, module_names

UTILS = ROOT / "plugins" / "module_utils"
VENDORS = ("workspot", "ras", "citrix")
FILES = {path.relative_to(ROOT).as_posix(): path for folder in ("plugins", "extensions") for path in sorted((ROOT / folder).rglob("*.py"))}


def code_lines(path):
    """Lines of code after the documentation, without the imports and the main() that every module has."""
    source = path.read_text(encoding="utf-8")
    body = ast.parse(source).body
    documentation = max(
        node.end_lineno for node in body if isinstance(node, ast.Assign) and node.targets[0].id in ("DOCUMENTATION", "EXAMPLES", "RETURN")
    )
    same_everywhere = {
        line
        for node in body
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.If)) or getattr(node, "name", "") == "main"
        for line in range(node.lineno, node.end_lineno + 1)
    }
    lines = enumerate(source.splitlines(), 1)
    return [
        line
        for number, line in lines
        if number > documentation and number not in same_everywhere and line.strip() and not line.strip().startswith("#")
    ]


@pytest.mark.parametrize("module", module_names(""))
def test_a_module_is_small(module):
    assert len(code_lines(ROOT / "plugins" / "modules" / f"{module}.py")) <= (25 if load(module).SPEC.reads_only else 35)


def imports(path):
    """Full names of the modules that a file imports, relative ones resolved."""
    package = (PLUGINS, *path.relative_to(ROOT / "plugins").with_suffix("").parts) if path.is_relative_to(ROOT / "plugins") else ()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: -node.level], node.module or ""]).rstrip(".") if node.level else node.module
            yield from (f"{base}.{alias.name}" for alias in node.names)


def forbidden(path, *names):
    return [name for name in imports(path) if any(part in f"{name}." for part in names)]


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("plugins/module_utils/core/")])
def test_core_knows_no_vendor(file):
    assert forbidden(FILES[file], *(f"module_utils.{vendor}." for vendor in VENDORS)) == []


@pytest.mark.parametrize("file", [file for file in FILES if any(file.startswith(f"plugins/module_utils/{vendor}/") for vendor in VENDORS)])
def test_a_vendor_knows_no_other_vendor(file):
    own = file.split("/")[2]
    assert forbidden(FILES[file], *(f"module_utils.{vendor}." for vendor in VENDORS if vendor != own)) == []


@pytest.mark.parametrize("module", module_names(""))
def test_a_module_knows_one_vendor(module):
    own = module.partition("_")[0]
    assert (
        forbidden(ROOT / "plugins" / "modules" / f"{module}.py", *(f"module_utils.{vendor}." for vendor in VENDORS if vendor != own)) == []
    )


@pytest.mark.parametrize("file", [file for file in FILES if "/resources/" in file])
def test_resources_do_not_know_the_engines_that_use_them(file):
    assert forbidden(FILES[file], "workspot.tenant.", "workspot.rollout.") == []


@pytest.mark.parametrize("file", FILES)
def test_collection_and_simulator_meet_on_the_wire_only(file):
    assert forbidden(FILES[file], "ansible_collections." if "simulator" in file else "euc_simulator.") == []


@pytest.mark.parametrize("module", module_names(""))
def test_a_module_lists_without_requests(module):
    # ansible-doc and ansible-test import modules where no library is installed.
    names = imports(ROOT / "plugins" / "modules" / f"{module}.py")
    assert {name.partition(".")[0] for name in names} <= {"__future__", "ansible", "ansible_collections"}


# Redaction, pacing and the same-origin rule live in the session; a second way out would go around them.
SPEAK_HTTP = {
    "plugins/module_utils/core/http.py",
    # ansible-rulebook loads it alone, without the collection and without requests. It signs and sends no secret, spends nothing of the budget of
    # calls, and tests/e2e/test_event_source.py shows that it follows no redirect and no address.
    "extensions/eda/plugins/event_source/workspot_events.py",
}


@pytest.mark.parametrize("file", [file for file in FILES if "simulator" not in file])
def test_only_the_session_speaks_http(file):
    ways = ("requests.", "urllib.request", "urllib3.", "http.client.", "httpx.", "aiohttp.", "module_utils.urls.")
    assert bool(forbidden(FILES[file], *ways)) == (file in SPEAK_HTTP)
