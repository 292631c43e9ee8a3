# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret leaves a real run of Ansible: every module, with a canary in each of its secret options, as verbose as Ansible can be.

What is looked at: the output, the log file, the files of callbacks, the state folder, what is left of temporary files, and the command
lines of all processes while it runs. The names of the registered variables are shown by `debug`, as people do who look for a mistake.
"""

from __future__ import annotations

import contextlib
import functools
import subprocess
import threading
from pathlib import Path

import pytest
import yaml
from scenarios import SCENARIOS, SPEED, TENANT, Stage
from support import load, module_names, secrets_of
from vendors import vendor_of, vendors

CANARY = b"canary"
CALLBACKS = {
    "default": {},
    "as json": {"ANSIBLE_CALLBACK_RESULT_FORMAT": "json"},
    "as yaml": {"ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml"},
    "minimal": {"ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.minimal"},
}


def scenario_of(module):
    """The one that uses the most of its secret options."""
    secrets = secrets_of(module)
    return max((one for one in SCENARIOS if one.module == module), key=lambda one: len(secrets.keys() & one.options.keys()))


def put_away(value, vault):
    """The same options with the canaries among their values put into the vault, and named."""
    if isinstance(value, dict):
        return {name: put_away(inner, vault) for name, inner in value.items()}
    if isinstance(value, list):
        return [put_away(inner, vault) for inner in value]
    if isinstance(value, str) and CANARY.decode() in value:
        return f"{{{{ vault.{vault.setdefault(value, f'secret_{len(vault)}')} }}}}"
    return value


def tasks_for(module, stage, vault, troubles):
    """A task that may succeed, and with ``troubles`` one whose login is refused and one that nobody answers; and a look at what came of it."""
    vendor, scenario = vendor_of(module), scenario_of(module)
    own = {name: secret for name, secret in secrets_of(module).items() if name in scenario.options}
    options = {**stage.fill_in(scenario), **own, "operation": ["an-operation"]}
    options = {name: value for name, value in options.items() if name in scenario.options}
    connection = {**vendor.reach(stage.simulator.url), **vendor.login, **vendor.canaries}
    refused = {**connection, **{name: f"{secret}-wrong" for name, secret in vendor.canaries.items()}}
    nobody = {**connection, **vendor.reach("https://127.0.0.1:9" if vendor.tls else "http://127.0.0.1:9")}
    nobody["proxy"] = "http://canary-user:canary-proxy@127.0.0.1:9"
    for way in (connection, refused, nobody) if troubles else (connection,):
        given = {**options, **way, "retry_timeout": 20}
        yield {f"euc.fleet.{module}": put_away(given, vault), "register": "result", "ignore_errors": True}
        if not load(module).SPEC.secret_result:
            yield {"ansible.builtin.debug": {"var": "result"}}


def write_playbook(path, modules, stage, in_process, troubles):
    """A playbook that takes its secrets from a file beside it."""
    vault = {}
    tasks = [task for module in modules for task in tasks_for(module, stage, vault, troubles)]
    tasks.append({"ansible.builtin.debug": {"msg": "All tasks were run"}})
    path.with_name("vault.yml").write_text(yaml.safe_dump({"vault": {key: value for value, key in vault.items()}}))
    play = {"hosts": "localhost", "gather_facts": False, "vars_files": ["vault.yml"], "vars": {"euc_fleet_in_process": in_process}}
    path.write_text(yaml.safe_dump([{**play, "tasks": tasks}]))


@contextlib.contextmanager
def watched_processes(seen):
    """Collect the command lines of all processes that there are within."""
    over = threading.Event()

    def watch():
        while not over.wait(0.02):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    seen.add(path.read_bytes())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def places_with_a_canary(root):
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and CANARY in path.read_bytes()]


@functools.cache
def tenant_of_canaries():
    return functools.reduce(lambda tenant, vendor: vendor.admitting(tenant), vendors().values(), TENANT)


def modules_of(vendor):
    return module_names(f"{vendor.name}_")


def with_secrets_of_their_own(vendor):
    return [module for module in modules_of(vendor) if secrets_of(module)]


# What is run how. All modules run once each way; callbacks differ in how they show results, and not in whose, so they get those that have
# secrets of their own, and failures.
WORKSPOT = vendors()["workspot"]
RUNS = {
    **{f"{vendor} in process": (vendor, modules_of(vendor), True, "default", False) for vendor in vendors().values()},
    **{f"{vendor} as processes": (vendor, modules_of(vendor), False, "default", False) for vendor in vendors().values()},
    **{f"callback {callback}": (WORKSPOT, with_secrets_of_their_own(WORKSPOT), True, callback, True) for callback in CALLBACKS},
}


@pytest.mark.parametrize("vendor, modules, in_process, callback, troubles", RUNS.values(), ids=RUNS)
def test_no_secret_leaves_a_run(environment, tmp_path, vendor, modules, in_process, callback, troubles):
    kept, command_lines = tmp_path / "kept", set()
    for name in ("home", "tmp", "state", "callbacks"):
        (kept / name).mkdir(parents=True)
    with Stage(tenant_of_canaries(), tls=vendor.tls, leaps=False) as stage:
        book = tmp_path / "book.yml"
        write_playbook(book, modules, stage, in_process, troubles)
        shell = {name: value for name, value in environment.items() if not name.startswith(("WORKSPOT_", "RAS_", "CITRIX_"))}
        shell |= {
            "HOME": str(kept / "home"),
            "TMPDIR": str(kept / "tmp"),
            "EUC_FLEET_STATE_DIR": str(kept / "state"),
            "EUC_FLEET_CLOCK_SPEED": str(SPEED),
            "ANSIBLE_LOG_PATH": str(kept / "ansible.log"),
            "ANSIBLE_CALLBACKS_ENABLED": "ansible.builtin.junit,ansible.builtin.tree",
            "ANSIBLE_CALLBACK_TREE_DIR": str(kept / "callbacks" / "tree"),
            "JUNIT_OUTPUT_DIR": str(kept / "callbacks"),
            **({"RAS_CA_PATH": stage.simulator.ca_path} if vendor.tls else {}),
            **CALLBACKS[callback],
        }
        with watched_processes(command_lines):
            done = subprocess.run(
                ["ansible-playbook", "-vvvv", "--diff", book], cwd=kept, env=shell, capture_output=True, timeout=600, check=False
            )
    shown = done.stdout + done.stderr
    assert done.returncode == 0 and b"All tasks were run" in shown, shown[-3000:].decode()
    assert [line for line in shown.splitlines() if CANARY in line] == []
    assert [line for line in command_lines if CANARY in line] == []
    assert places_with_a_canary(kept) == []
    assert (kept / "ansible.log").stat().st_size > 10_000 and list((kept / "callbacks").glob("*.xml"))
