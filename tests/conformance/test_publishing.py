# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said twice about the repository agrees, and nothing is published that nobody could find."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
import yaml
from support import ROOT


def checks():
    return yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text())["jobs"]


def supported():
    """{ansible-core: Python} of noxfile.py, which is not imported, for it looks for Pythons then."""
    return dict(re.findall(r'^    "(\d+\.\d+)\.\d+": "(\d+\.\d+)",$', (ROOT / "noxfile.py").read_text(), re.MULTILINE))


def test_all_speak_of_the_same_versions():
    oldest = next(iter(supported()))
    assert {entry["core"]: entry["python"] for entry in checks()["matrix"]["strategy"]["matrix"]["include"]} == supported()
    assert yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["requires_ansible"] == f">={oldest}.0"
    for page in ("README.md", "CONTRIBUTING.md"):
        assert re.findall(r"ansible-core (\d+\.\d+) or newer", (ROOT / page).read_text()) == [oldest]


def test_jobs_that_need_packages_of_the_system_install_them_first():
    steps = [[step["run"] for step in checks()[job]["steps"] if "run" in step] for job in ("check", "matrix")]
    assert steps == [[".ci/packages", "make ${{ matrix.target }}"], [".ci/packages", "make matrix"]]
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-2:] == [".ci/packages", "make test"]


@pytest.mark.parametrize(
    "version, repository, sentence",
    [
        ("2.0.0", "https://git.example.org/euc/fleet", "galaxy.yml does not say 'version: 2.0.0'"),
        ("1.0.0", "https://git.example.org/euc/fleet", "galaxy.yml names no repository that there is, only a placeholder"),
        # It goes on to the next step, which fails: there is nothing here to build from.
        ("1.0.0", "https://git.invalid/euc/fleet", "No rule to make target"),
    ],
)
def test_a_placeholder_is_not_published(tmp_path, version, repository, sentence):
    (tmp_path / "changelogs").mkdir()
    for name in ("Makefile", "changelogs/changelog.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "galaxy.yml").write_text(f"version: 1.0.0\nrepository: {repository}\n")
    done = subprocess.run(["make", "publish", f"VERSION={version}"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert sentence in done.stdout + done.stderr


def test_paths_in_contributing_are_there():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    named = re.findall(r"`((?:plugins|extensions|tests|changelogs|tools|docs)/[^` ]+)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    # Words in capitals stand for anything; a release takes the fragments away.
    globs = [re.sub(r"\b[A-Z]+(_[A-Z]+)*\b", "*", name) for name in named if "fragments/" not in name]
    assert len(globs) > 10
    assert [name for name in globs if not list(ROOT.glob(name.rstrip("/")))] == []
    for table, file in (("OPERATIONS", "contract/test_calls.py"), ("nouns", "vendors/__init__.py")):
        assert f"`{table}`" in text and re.search(rf"^ *{table}\b", (ROOT / "tests" / file).read_text(), re.MULTILINE)
