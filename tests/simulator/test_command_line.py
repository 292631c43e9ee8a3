# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`euc-simulator serve` and `euc-simulator generate`."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "euc_simulator", *arguments], capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_writes_its_ready_file_and_stops_cleanly(tmp_path, tenant, number):
    (tmp_path / "tenant.yml").write_text(yaml.safe_dump(tenant))
    ready = tmp_path / "ready.json"
    options = ["--throttle", "7/8", "--style", "400", "--window", "fixed", "--set", "paused_status=Asleep", "--speed", "0", "--tls"]
    files = ["--tenant", str(tmp_path / "tenant.yml"), "--ready-file", str(ready)]
    process = subprocess.Popen([sys.executable, "-m", "euc_simulator", "serve", *files, *options])
    try:
        deadline = time.monotonic() + 20
        while not ready.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        facts = json.loads(ready.read_text())
        assert facts["pid"] == process.pid
        assert facts["url"].startswith("https://127.0.0.1:")
        switches = requests.get(facts["url"] + "/_simulator/switches", verify=facts["certificate"], timeout=10).json()
        assert (switches["reads_per_minute"], switches["writes_per_minute"], switches["throttle_style"]) == (7, 8, 400)
        assert (switches["throttle_window"], switches["paused_status"]) == ("fixed", "Asleep")
        os.kill(process.pid, number)
        assert process.wait(10) == 0
    finally:
        process.kill()


def test_generate_makes_a_tenant_that_loads(start):
    answer = run("generate", "--desktops", "30", "--pools", "4", "--users", "12", "--seed", "3")
    assert answer.stdout == run("generate", "--desktops", "30", "--pools", "4", "--users", "12", "--seed", "3").stdout
    tenant = yaml.safe_load(answer.stdout)
    assert [len(tenant[key]) for key in ("desktops", "pools", "users")] == [30, 4, 12]
    api = start(tenant)
    assert sum(pool["usedCount"] for pool in api.get("/v1.0/pools").json()["desktopPools"]) == 12


def test_a_bad_tenant_file_is_one_sentence(tmp_path):
    (tmp_path / "tenant.yml").write_text("pools: [{name: A, colour: red}]")
    answer = run("serve", "--tenant", str(tmp_path / "tenant.yml"))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"euc-simulator: {tmp_path}/tenant.yml: Unknown in a pool: colour.")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("serve", "--tenant", "nosuch.yml"), ("rehearse", "--tenant", "nosuch.yml", "site.yml")])
def test_a_file_that_is_not_there_is_one_sentence(command):
    answer = run(*command)
    assert (answer.returncode, answer.stderr) == (2, "euc-simulator: nosuch.yml: No such file or directory\n")


@pytest.mark.parametrize(
    "content, says",
    [
        (b"pools: [\n", "tenant.yml is not YAML, see line 2."),
        (b"pools: [{name: B\xfcro}]", "tenant.yml is not YAML in UTF-8."),
        (b"pools: 7", "tenant.yml: pools is a list of mappings."),
    ],
)
@pytest.mark.parametrize("command", ["serve", "rehearse"])
def test_a_file_that_is_no_tenant_is_one_sentence(tmp_path, command, content, says):
    (tmp_path / "tenant.yml").write_bytes(content)
    answer = run(command, "--tenant", str(tmp_path / "tenant.yml"), *(["site.yml"] if command == "rehearse" else []))
    assert (answer.returncode, answer.stderr) == (2, f"euc-simulator: {tmp_path}/{says}\n")


def test_a_port_that_cannot_be_is_refused():
    answer = run("serve", "--port", "65536")
    assert answer.returncode == 2 and "--port: a port is a number from 0 to 65535\n" in answer.stderr


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = run("serve", "--port", str(port))
    assert (answer.returncode, answer.stderr.split(";")[0]) == (2, f"euc-simulator: port {port} is taken")


def test_ten_thousand_desktops(start):
    from euc_simulator.generate import generate

    tenant = generate(10000, 10, 5000)
    started = time.monotonic()
    api = start(tenant)
    loaded = time.monotonic()
    assert len(api.desktops("Sales EU")) == 1000
    listed = time.monotonic()
    assert loaded - started < 3
    assert listed - loaded < 0.6  # two calls


def test_readme_lists_every_switch_and_every_fault():
    from euc_simulator.faults import KINDS
    from euc_simulator.switches import SWITCHES

    readme = (ROOT / "extensions" / "simulator" / "README.md").read_text()
    for switch in SWITCHES:
        default = f"`{switch.default}`" if switch.default != "" else ""
        assert f"| `{switch.name}` | {default}".rstrip() in readme, switch.name
    for kind in KINDS:
        assert f"`{kind}`" in readme


def test_the_readmes_example_of_a_test_runs(start):
    readme = (ROOT / "extensions" / "simulator" / "README.md").read_text()
    example = readme.partition("```python\n")[2].partition("```")[0]
    assert "\n    ...\n" in example

    def client(simulator):
        api = type(start({}))(simulator)
        with pytest.raises(requests.ConnectionError):
            api.post(f"{api.pool_path('Sales')}/desktops", json={"computerName": "NEW"})

    exec(example.replace("...", "client(simulator)"), {"client": client})
