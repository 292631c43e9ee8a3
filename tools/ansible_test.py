# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run ansible-test on a clean copy of the collection, with the Python and ansible-core that run this script.

    ansible_test.py sanity [ansible-test options]
    ansible_test.py integration [--live] [targets and ansible-test options]

`integration` runs every target twice, with modules in the Ansible worker and as processes of their own: in parts, two at a time,
each with a simulator; with --live one after the other, against the tenant that tests/integration/integration_config.yml names.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import scratch
import yaml
from ansible.release import __version__ as ANSIBLE_CORE

ROOT = scratch.ROOT
PYTHON_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
# Tools that ansible-test finds by name, such as ansible-doc and shellcheck, are those installed beside this Python.
BIN = Path(sys.executable).parent
MISSING_PIP_SCRIPT = re.compile(r"manually downloaded and saved to: (?P<path>\S+get_pip_\w+\.py)")

# The simulator needs a newer Python than some that run this script, so it is always the one of .venv.
SIMULATOR = ROOT / ".venv" / "bin" / "euc-simulator"
PURPOSE = f"integration-{ANSIBLE_CORE}"
LOGS = ROOT / ".cache" / "logs"
# How modules are run, by a name for folders and the command line of a part; the slower way first.
WAYS = {"processes": False, "in-process": True}
CONTRACTS = sorted((ROOT / "tests" / "contracts").glob("*.openapi.yaml"))
SPEED = "60"
TARGETS = Path("tests", "integration", "targets")
TENANT = ROOT / TARGETS / "setup_simulator" / "files" / "tenant.yml"
CONFIG = Path("tests", "integration", "integration_config.yml")


def ansible_test(copy: Path, *arguments: str) -> int:
    """Run ansible-test in a copy of the collection and return its exit status; its output is passed on."""
    command = [str(BIN / "ansible-test"), *arguments]
    status, output = stream(copy, command)
    missing = MISSING_PIP_SCRIPT.search(output)
    if missing:
        # ansible-test fills its environments with a pip that it downloads from a host of its own. Where that host is
        # out of reach, the pip that comes with Python does as well.
        print("ansible-test: using Python's own pip instead of the download", flush=True)
        Path(missing["path"]).write_text("import ensurepip\nensurepip.bootstrap(upgrade=True)\n")
        status, output = stream(copy, command)
    if "All targets skipped" in output:
        print("ansible-test: nothing was tested", file=sys.stderr)
        return 1
    return status


def stream(folder: Path, command: list[str]) -> tuple[int, str]:
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    # Paths of the caller must not leak into what ansible-test isolates.
    for name in ("PYTHONPATH", "ANSIBLE_COLLECTIONS_PATH"):
        environment.pop(name, None)
    lines = []
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                lines.append(line)
        except BaseException:
            process.terminate()
            raise
    return process.returncode, "".join(lines)


def sanity(options: list[str]) -> int:
    return ansible_test(scratch.sync(), "sanity", "--python", PYTHON_VERSION, *options)


def integration(options: list[str]) -> int:
    live = "--live" in options
    options = [option for option in options if option != "--live"]
    with alone():
        # All parts run even if one fails: the difference between the ways is often the best hint.
        return max([run_targets(options, way, live=True) for way in WAYS] if live else in_parts(options))


def in_parts(options: list[str]) -> list[int]:
    """Run the targets both ways, half of them at a time on each of two cores, and return the exit statuses. Each part is a process, to
    be ended as one; the first one's output is passed on, and that of the others follows."""
    named = [option for option in options if (ROOT / TARGETS / option).is_dir()]
    targets = named or sorted(aliases.parent.name for aliases in (ROOT / TARGETS).glob("*/aliases"))
    others = [option for option in options if option not in named]
    parts = [(way, part, targets[part::2]) for way in WAYS for part in range(2) if targets[part::2]]
    running: list[subprocess.Popen] = []

    def run(number: int) -> int:
        way, part, its_targets = parts[number]
        output = outputs[number]
        command = [sys.executable, __file__, "part", way, str(part), *others, *its_targets]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        running.append(process)
        return process.wait()

    with ExitStack() as files, ThreadPoolExecutor(2) as pool:
        outputs = [None, *(files.enter_context(tempfile.TemporaryFile("w+")) for _part in parts[1:])]
        try:
            statuses = list(pool.map(run, range(len(parts))))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise
        for output in outputs[1:]:
            output.seek(0)
            print(output.read(), end="", flush=True)
    return [abs(status) for status in statuses]


def one_part(arguments: list[str]) -> int:
    way, part, *options = arguments
    return run_targets(options, way, part)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other run of the targets with this ansible-core is under way in this checkout."""
    lock_file = scratch.ROOT / ".cache" / f"{PURPOSE}.lock"
    lock_file.parent.mkdir(exist_ok=True)
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run_targets(options: list[str], way: str, part: str = "0", live: bool = False) -> int:
    print(f"\n-- modules {'in the Ansible worker' if WAYS[way] else 'as processes of their own'}", flush=True)
    purpose = f"{PURPOSE}-{way}-{part}"
    copy = scratch.sync(purpose)
    provide_ssh_key(copy)
    config_file = copy / CONFIG
    with nullcontext(live_config()) if live else simulator(copy, LOGS / f"{purpose}.simulator.log") as config:
        try:
            config_file.touch(mode=0o600)
            config_file.write_text(yaml.safe_dump(config | {"euc_fleet_in_process": WAYS[way]}))
            status = ansible_test(copy, "integration", "--continue-on-error", *options)
        finally:
            config_file.unlink(missing_ok=True)
        violations = [] if live else ask_simulator(config["simulator_url"], "violations")
        for violation in violations:
            print(f"against the contract: {violation}", file=sys.stderr)
        return status or int(bool(violations))


def provide_ssh_key(copy: Path) -> None:
    """Put a placeholder where ansible-test looks for its SSH key.

    It makes one even for targets on this machine, which never use it, and fails where ssh-keygen is not installed.
    """
    folder = copy / "tests" / "output" / ".tmp"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("id_rsa", "id_rsa.pub"):
        (folder / name).touch(mode=0o600)


def live_config() -> dict:
    try:
        return yaml.safe_load((ROOT / CONFIG).read_text())
    except FileNotFoundError:
        sys.exit(f"--live needs {CONFIG}; see {CONFIG}.template")


@contextmanager
def simulator(copy: Path, log_file: Path) -> Iterator[dict]:
    """Run simulators of our own, and give the variables with which the targets reach them. A RAS farm speaks HTTPS only, so it has one to itself."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, log_file.open("w") as log:
        with serving(Path(folder) / "ready.json", log) as facts, serving(Path(folder) / "ras.json", log, "--tls") as farm:
            url, farm_address = facts["url"], urlsplit(farm["url"])
            # Waits go at the simulator's pace, and nothing is kept with what this user runs elsewhere.
            set_environment(copy, EUC_FLEET_CLOCK_SPEED=SPEED, EUC_FLEET_STATE_DIR=f"{folder}/state")
            admin = yaml.safe_load(TENANT.read_text())["admin"]
            yield {
                "simulator_url": url,
                "workspot_connection": {"url": url, "reads_per_minute": 0, "writes_per_minute": 0, **admin},
                "citrix_connection": {
                    "workspace_url": url,
                    "application_id": "sim-application",
                    "client_id": "sim-citrix-client",
                    "refresh_token": "sim-refresh-token",
                },
                "ras_simulator": {"url": farm["url"], "certificate": farm["certificate"]},
                "ras_connection": {
                    "host": farm_address.hostname,
                    "port": farm_address.port,
                    "username": "ras-admin@example.com",
                    "password": "sim-password",
                    "ca_path": farm["certificate"],
                },
            }


@contextmanager
def serving(ready_file: Path, log: IO, *options: str) -> Iterator[dict]:
    """A simulator until the end of the block; gives what it says once it listens."""
    command = [SIMULATOR, "serve", "--tenant", TENANT, "--speed", SPEED, "--throttle", "off", "--ready-file", ready_file, *options]
    for contract in CONTRACTS:
        command += ["--contract", contract]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield wait_for(ready_file, process, Path(log.name))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def set_environment(copy: Path, **variables: str) -> None:
    """Set environment variables for the targets in the copy; ansible-test passes on none of its own."""
    lines = "".join(f"env/set/{name}/{value}\n" for name, value in variables.items())
    for aliases in (copy / TARGETS).glob("*/aliases"):
        aliases.write_text(f"{aliases.read_text()}\n{lines}")


def wait_for(ready_file: Path, process: subprocess.Popen, log_file: Path) -> dict:
    deadline = time.monotonic() + 30
    while not ready_file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"the simulator did not start:\n{log_file.read_text()}")
        time.sleep(0.05)
    return json.loads(ready_file.read_text())


def ask_simulator(url: str, what: str) -> list:
    # Never through a proxy of the caller: the simulator listens on loopback only.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{url}/_simulator/{what}", timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    commands = {"sanity": sanity, "integration": integration, "part": one_part}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    # An ended run must stop its simulator and remove its credentials, as an interrupted one does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))
