# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real commands against a simulator, as a user starts them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from subprocess import PIPE, STDOUT

import guides
import pytest
import yaml
from canaries import shown
from euc_simulator.testing import Simulator
from support import ROOT
from vendors.workspot import CREDENTIALS

BIN = Path(sys.executable).parent
# Where the ansible-core to test with is installed; `make matrix` names others than ours.
ANSIBLE = Path(os.environ.get("EUC_FLEET_ANSIBLE_BIN", BIN))

# The README and the guides name what is there.
TENANT = yaml.safe_load((ROOT / "demo" / "tenant.yml").read_text())


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=600, throttle="20/15") as simulator:
        yield simulator


@pytest.fixture
def environment(simulator):
    """A user's shell: the connection in WORKSPOT_* variables, nothing else of ours."""
    return os.environ | {
        "PATH": os.pathsep.join([str(ANSIBLE), str(BIN), os.environ["PATH"]]),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "WORKSPOT_URL": simulator.url,
        **{f"WORKSPOT_{name.upper()}": value for name, value in CREDENTIALS.items()},
    }


# Files for their owner alone that hold the connection: docs/scheduled_remediation.md makes the one for cron, and ansible-runner notes the environment
# of each run in the other.
KEEP_THE_CONNECTION = {"connection.sh", "command"}


@pytest.fixture
def command(environment, tmp_path):
    """Run a command in an empty folder; returns the finished process with its text. It must not write the administrator's secrets to a file."""

    def run(*words, folder=tmp_path, **more):
        before = changes_below(tmp_path)
        done = subprocess.run(
            [str(word) for word in words], cwd=folder, env=environment | more, capture_output=True, text=True, timeout=300, check=False
        )
        written = [path for path, _time in changes_below(tmp_path) - before]
        telling = [path for path in written if shown(path.read_bytes(), CREDENTIALS["client_secret"], CREDENTIALS["password"])]
        assert [path for path in telling if path.name not in KEEP_THE_CONNECTION or path.stat().st_mode & 0o077] == []
        return done

    return run


def changes_below(folder):
    """The files in a folder with the time of their latest change."""
    return {(path, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder_for_temporary_files():
    """Its path is short, for newer versions of ansible-core have a socket among their temporary files."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def follow(command, tmp_path, environment, simulator):
    """Follow a page of the documentation in an empty folder: its files are written, its commands typed in order; returns each with what it said."""

    def listen(line, **more):
        """A rulebook runs until it is stopped: here, when the feed has answered it."""
        asked = answers()
        with subprocess.Popen(["bash", "-c", f"exec {line}"], cwd=tmp_path, env=environment | more, stdout=PIPE, stderr=STDOUT, text=True) as process:
            while process.poll() is None and answers() == asked:
                time.sleep(0.1)
            process.terminate()
            output = process.communicate(timeout=60)[0]
        return subprocess.CompletedProcess(line, 0 if answers() > asked else 1, output, "")

    def answers():
        return simulator.counters()["operations"].get("siemEvents", 0)

    def run(page, **shell_has):
        for name, text in guides.files(page).items():
            (tmp_path / name).write_text(text)
        identity = {f"GIT_{role}_{what}": "guide@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        more = identity | shell_has
        return [
            (line, listen(line, **more) if line.startswith("ansible-rulebook") else command("bash", "-c", line, **more))
            for line in guides.typed(page)
        ]

    return run


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The built artifact, installed into an empty place."""
    source, artifacts, place = (tmp_path_factory.mktemp(name) for name in ("source", "artifacts", "collections"))
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    galaxy = str(BIN / "ansible-galaxy")
    subprocess.run([galaxy, "collection", "build", "--output-path", artifacts, source], check=True, capture_output=True)
    (artifact,) = artifacts.glob("euc-fleet-*.tar.gz")
    # Only that place counts: a copy that Ansible finds elsewhere would pass for installed.
    environment = os.environ | {"ANSIBLE_COLLECTIONS_PATH": str(place)}
    subprocess.run([galaxy, "collection", "install", "--offline", "-p", place, artifact], env=environment, check=True, capture_output=True)
    return place
