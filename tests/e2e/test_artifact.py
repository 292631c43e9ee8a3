# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the built artifact holds, and what ansible-builder makes of it for an execution environment."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from support import ROOT

BUILDER = Path(sys.executable).with_name("ansible-builder")
FOLDERS = {"LICENSES", "changelogs", "demo", "docs", "extensions", "meta", "playbooks", "plugins", "roles"}
FILES = {
    *(".ansible-lint", "FILES.json", "LICENSE", "MANIFEST.json", "REUSE.toml", "bindep.txt", "execution-environment.yml", "requirements.txt"),
    *("CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"),
}


@pytest.fixture
def collection(installed):
    return installed / "ansible_collections" / "euc" / "fleet"


def test_only_what_its_users_need(collection):
    assert {path.name for path in collection.iterdir()} == FOLDERS | FILES
    hidden_or_built = [path.name for path in collection.rglob("*") if path.name.startswith((".", "__pycache__"))]
    # It tells Galaxy's importer which modules of others the files for a controller call.
    assert hidden_or_built == [".ansible-lint"]
    assert not (collection / "docs" / "site").exists() and not (collection / "changelogs" / "fragments").exists()


def test_every_link_leads_somewhere(collection):
    dead = [
        f"{page.relative_to(collection)}: {link}"
        for page in collection.rglob("*.md")
        for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text())
        if not (page.parent / link).exists()
    ]
    assert dead == []


def test_its_needs_are_found(installed, command):
    done = command(BUILDER, "introspect", installed)
    assert done.returncode == 0, done.stderr
    needs = yaml.safe_load(done.stdout)
    assert [need.partition("#")[0].strip() for need in needs["python"]] == ["requests>=2.28"]
    assert needs["system"] == []


def test_the_definition_of_an_image_is_accepted(command, tmp_path):
    done = command(BUILDER, "create", "--file", ROOT / "execution-environment.yml", "--context", tmp_path / "context")
    assert done.returncode == 0, done.stdout + done.stderr
    wanted = yaml.safe_load((tmp_path / "context" / "_build" / "requirements.yml").read_text())
    assert wanted == {"collections": [{"name": "euc.fleet"}]}
