# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret leaves a real run of Ansible: every module, with a canary in each of its secret options, as verbose as Ansible can be.

What is looked at: the output, the log file, the files of callbacks, the state folder, what is left of temporary files, and the command
lines of all processes while it runs. The registered variables are shown by `debug`, as people do who look for a mistake.
"""

from __future__ import annotations

import contextlib
import dataclasses
import subprocess
import threading
from collections import Counter
from pathlib import Path

import pytest
import yaml
from canaries import CANARY, plant, scenarios_of, secrets_in, secrets_of, shown
from scenarios import PATIENCE, SPEED, TENANT, Stage
from strangers import stranger
from support import ROOT, load, module_names
from vendors import Vendor, vendors
from vendors.workspot import ENTRA

CALLBACKS = {
    "as json": {"ANSIBLE_CALLBACK_RESULT_FORMAT": "json"},
    "minimal": {"ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.minimal"},
}
# It asks nothing of a server, and says that it runs in process only.
SILENT = {"workspot_run_lock"}


@dataclasses.dataclass(frozen=True)
class Run:
    """What is run how: ``modules`` once with all of their secrets, ``troubled`` ones as well where they fail."""

    vendor: Vendor
    modules: list
    troubled: list
    in_process: bool = True
    callback: dict = dataclasses.field(default_factory=dict)
    keeps_files: bool = False


def modules_of(vendor):
    return module_names(f"{vendor.name}_")


def with_secrets_of_their_own(vendor):
    return [module for module in modules_of(vendor) if secrets_of(module)]


def one_that_fails(vendor):
    """How a login fails is the vendor's, whatever the module."""
    return [max(modules_of(vendor), key=lambda module: len(secrets_of(module)))]


# All modules run once each way, with the default callback; others differ in how they show results, and not in whose, so they get those that have
# secrets of their own, and a failure. What Ansible leaves behind is looked at with one vendor, and what it would have left with the others.
WORKSPOT = vendors()["workspot"]
RUNS = {
    **{
        f"{vendor} in process": Run(vendor, modules_of(vendor), with_secrets_of_their_own(vendor) or one_that_fails(vendor), keeps_files=True)
        for vendor in vendors().values()
    },
    **{
        f"{vendor} as processes": Run(
            vendor, sorted({*modules_of(vendor)} - SILENT), one_that_fails(vendor), in_process=False, keeps_files=vendor is not WORKSPOT
        )
        for vendor in vendors().values()
    },
    **{
        f"callback {name}": Run(WORKSPOT, with_secrets_of_their_own(WORKSPOT), one_that_fails(WORKSPOT), callback=settings)
        for name, settings in CALLBACKS.items()
    },
}


class Book:
    """A playbook in the making, and a file beside it that its secrets come from. It is about several tenants, so that no task is in another's way."""

    def __init__(self, run, stages):
        self._run, self._stages = run, stages
        self._vault, self._names, self._claims, self._expected = {}, [], [], []
        self.tasks, self.secrets = [], set()
        self._common = self._stage()
        for module in run.modules:
            self._add_successes(module)
        for module in run.troubled:
            self._add_failures(module)
        shown_results = [name for name, module in self._names if not load(module).SPEC.secret_result]
        self.tasks.append({"ansible.builtin.debug": {"msg": "{{ [" + ", ".join(shown_results) + "] }}"}})
        self.tasks.append({"ansible.builtin.assert": {"that": self._claims, "quiet": True}})
        self.tasks.append({"ansible.builtin.debug": {"msg": "All tasks were run"}})

    def _stage(self):
        """A tenant that accepts the canaries of its vendor."""
        return self._stages.enter_context(Stage(self._run.vendor.admitting(TENANT), tls=self._run.vendor.tls, leaps=False))

    def _add_successes(self, module):
        for scenario in scenarios_of(module):
            stage = self._stage() if secrets_in(module, scenario.options) else self._common
            stage.simulator.change(**scenario.before)
            options = self._options(module, scenario, stage)
            for other, given in scenario.first.items():
                self._add(other, self._at(stage, given))
                operation = [f"{{{{ {self._names[-1][0]}.operation }}}}"]
                options = {name: operation if value == ["<operation>"] else value for name, value in options.items()}
            name = self._add(module, self._at(stage, options))
            self._expected.append((stage, scenario.writes))
            if module not in SILENT:
                self._claims.append(f"{name}.api.reads + {name}.api.writes + {name}.api.logins > 0")
        if module == "workspot_pool_info":
            url = self._common.simulator.url
            self._add(module, {"url": url, "reads_per_minute": 0, "writes_per_minute": 0, **ENTRA, "entra_authority": url})

    def _add_failures(self, module):
        vendor = self._run.vendor
        options = self._at(self._common, self._options(module, scenarios_of(module)[0], self._common))
        nobody = {**vendor.reach(f"http{'s' * vendor.tls}://127.0.0.1:9"), "proxy": "http://canary-user:canary-proxy@127.0.0.1:9"}
        refused = {name: f"{secret}-wrong" for name, secret in vendor.canaries.items()}
        for way in (refused, nobody):
            self._claims.append(f"{self._add(module, {**options, **way}, ignore_errors=True)} is failed")

    def _at(self, stage, options):
        """The options with a connection to that tenant."""
        vendor, trust = self._run.vendor, {"ca_path": stage.simulator.ca_path} if stage.simulator.ca_path else {}
        return {**vendor.reach(stage.simulator.url), **trust, **vendor.login, **vendor.canaries, "retry_timeout": 20, **options}

    def _options(self, module, scenario, stage):
        options = plant(module, stage.fill_in(scenario))
        self.secrets.update(value for values in secrets_in(module, options).values() for value in values)
        return options

    def _add(self, module, options, **task):
        """Add a task, and return the name of its result."""
        name = f"result_{len(self._names)}"
        self._names.append((name, module))
        known = load(module).SPEC.arguments()["argument_spec"]
        given = {option: value for option, value in {**PATIENCE, **options}.items() if option in known}
        self.tasks.append({f"euc.fleet.{module}": self._put_away(given), "register": name, **task})
        return name

    def _put_away(self, value):
        """The same options with the secrets among their values put into the vault, and named."""
        if isinstance(value, dict):
            return {name: self._put_away(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._put_away(inner) for inner in value]
        if isinstance(value, str) and (value in self.secrets or CANARY in value):
            return f"{{{{ vault.{self._vault.setdefault(value, f'secret_{len(self._vault)}')} }}}}"
        return value

    def missing(self):
        """Writes of the scenarios that have not arrived at their tenants."""
        wanted = {stage: Counter() for stage, _writes in self._expected}
        for stage, writes in self._expected:
            wanted[stage].update(writes)
        return [writes - Counter(entry["operation_id"] for entry in stage.simulator.log()) for stage, writes in wanted.items()]

    def write(self, path):
        path.with_name("vault.yml").write_text(yaml.safe_dump({"vault": {key: value for value, key in self._vault.items()}}))
        play = {"hosts": "localhost", "gather_facts": False, "vars_files": ["vault.yml"], "vars": {"euc_fleet_in_process": self._run.in_process}}
        path.write_text(yaml.safe_dump([{**play, "tasks": self.tasks}]))


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


def files_that_show(root, *secrets):
    return [path.relative_to(root) for path in root.rglob("*") if path.is_file() and shown(path.read_bytes(), *secrets)]


@pytest.fixture
def kept(folder_for_temporary_files):
    """The folder in which a run leaves all that it leaves."""
    for name in ("home", "tmp", "state", "callbacks"):
        (folder_for_temporary_files / name).mkdir()
    return folder_for_temporary_files


def shell_for(environment, kept):
    """A shell in which everything that Ansible writes lands below one folder."""
    return {name: value for name, value in environment.items() if not name.startswith(("WORKSPOT_", "RAS_", "CITRIX_"))} | {
        "HOME": str(kept / "home"),
        "TMPDIR": str(kept / "tmp"),
        # Its default is the home of the account, whatever HOME says.
        "ANSIBLE_REMOTE_TMP": str(kept / "home" / ".ansible" / "tmp"),
        "EUC_FLEET_STATE_DIR": str(kept / "state"),
        "EUC_FLEET_CLOCK_SPEED": str(SPEED),
        "ANSIBLE_LOG_PATH": str(kept / "ansible.log"),
        "ANSIBLE_CALLBACKS_ENABLED": "ansible.builtin.junit,ansible.builtin.tree",
        "ANSIBLE_CALLBACK_TREE_DIR": str(kept / "callbacks" / "tree"),
        "JUNIT_OUTPUT_DIR": str(kept / "callbacks"),
    }


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_no_secret_leaves_a_run(environment, tmp_path, kept, run):
    command_lines, book = set(), tmp_path / "book.yml"
    with contextlib.ExitStack() as stages:
        written = Book(run, stages)
        written.write(book)
        shell = shell_for(environment, kept) | {"ANSIBLE_KEEP_REMOTE_FILES": str(run.keeps_files), **run.callback}
        with watched_processes(command_lines):
            done = subprocess.run(
                ["ansible-playbook", "-vvvv", "--diff", book], cwd=kept, env=shell, capture_output=True, timeout=600, check=False
            )
        missing = written.missing()
    output = done.stdout + done.stderr
    # What was to succeed did, what was to fail did, and each module has asked for what it should.
    assert done.returncode == 0 and b"All tasks were run" in output, output[-3000:].decode()
    assert missing == [Counter()] * len(missing)
    assert shown(output, *written.secrets) == []
    assert [line for line in command_lines if shown(line, *written.secrets)] == []
    showing = files_that_show(kept, *written.secrets)
    if run.keeps_files and not run.in_process:
        # Ansible itself puts the arguments of a module that it starts into the program that it starts, for its owner alone.
        assert showing and all(path.name.startswith("AnsiballZ_") for path in showing)
        assert all((kept / path).stat().st_mode & 0o077 == 0 or (kept / path).parent.stat().st_mode & 0o077 == 0 for path in showing)
    else:
        assert showing == []
    assert (kept / "ansible.log").stat().st_size > 10_000 and list((kept / "callbacks").glob("*.xml"))


# ---- Roles, inventory and lookup


# What a person may give where a role takes a dictionary with a password in it.
SLIPS = (CANARY, f"domain_password={CANARY}", f'{{"domain_password": "{CANARY}"', [CANARY], [{"domain_password": CANARY}], {"pasword": CANARY})


def roles_with_secrets():
    """(role, its options, the name of one that holds a secret within)."""
    for file in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        options = yaml.safe_load(file.read_text())["argument_specs"]["main"]["options"]
        for name, option in options.items():
            if any(inner.get("no_log") for inner in option.get("options", {}).values()):
                yield file.parent.parent.name, options, name


def test_no_role_repeats_a_secret_that_it_cannot_take(environment, simulator, tmp_path, kept):
    anything = {"str": "x", "list": ["x"], "dict": {}, "int": 1, "bool": True}
    tasks = []
    for role, options, name in roles_with_secrets():
        needed = {other: anything[option["type"]] for other, option in options.items() if option.get("required")}
        for slip in SLIPS:
            tried = {"ansible.builtin.include_role": {"name": f"euc.fleet.{role}"}, "vars": {**needed, name: slip}}
            tasks.append({"block": [tried, {"ansible.builtin.meta": "end_play"}], "rescue": [{"ansible.builtin.debug": {"msg": "Refused"}}]})
    book = tmp_path / "book.yml"
    book.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    shell = environment | shell_for(environment, kept) | {"WORKSPOT_URL": simulator.url}
    done = subprocess.run(["ansible-playbook", "-vvvv", book], cwd=kept, env=shell, capture_output=True, timeout=600, check=False)
    output = done.stdout + done.stderr
    assert len(tasks) == 3 * len(SLIPS) and output.count(b'"msg": "Refused"') == len(tasks), output[-3000:].decode()
    assert simulator.log() == []
    # One role has an option of that name, and the specs are shown.
    name, other = f"image_rollout_{CANARY}".encode(), b"image_rollout_waves"
    assert shown(output.replace(name, other)) == [] and shown((kept / "ansible.log").read_bytes().replace(name, other)) == []


def test_inventory_and_lookup_show_no_secret_and_follow_no_redirect(environment, tmp_path, kept):
    given = {**WORKSPOT.login, **WORKSPOT.canaries}
    wrong = {name: f"{value}-wrong" for name, value in WORKSPOT.canaries.items()}
    options = {name: f"{{{{ lookup('ansible.builtin.env', 'GIVEN_{name.upper()}') }}}}" for name in WORKSPOT.canaries}
    looked = "{{ query('euc.fleet.workspot', 'Sales', kind='pool', only_id=true, **%s) }}"
    tasks = [
        {"ansible.builtin.debug": {"msg": looked % "given"}},
        {"ansible.builtin.debug": {"msg": looked % "wrong"}, "ignore_errors": True, "register": "refused"},
        {"ansible.builtin.debug": {"msg": looked % "moved"}, "ignore_errors": True, "register": "redirected"},
        {"ansible.builtin.assert": {"that": ["refused is failed", "redirected is failed", "groups['all'] | length > 5"]}},
    ]
    with stranger() as elsewhere, stranger(f"{elsewhere.origin}/here") as moved, Stage(WORKSPOT.admitting(TENANT), leaps=False) as stage:
        connection = {"url": stage.simulator.url, "retry_timeout": 20}
        vault = {"given": connection, "wrong": {**connection, **wrong}, "moved": {"url": moved.origin}}
        (tmp_path / "vault.yml").write_text(yaml.safe_dump({name: {**given, **more} for name, more in vault.items()}))
        play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars_files": ["vault.yml"], "tasks": tasks}
        (tmp_path / "book.yml").write_text(yaml.safe_dump([play]))
        cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(kept / "cache")}
        inventory = {"plugin": "euc.fleet.workspot", **{name: given[name] for name in ("client_id", "username")}, **connection, **options, **cache}
        (tmp_path / "all.workspot.yml").write_text(yaml.safe_dump(inventory))
        others = {
            "wrong": {"password": "{{ lookup('ansible.builtin.env', 'WRONG') }}", "access_token": None},
            "moved": {"url": moved.origin},
        }
        for name, more in others.items():
            (tmp_path / f"{name}.workspot.yml").write_text(yaml.safe_dump({**inventory, "cache": False, **more}))
        shell = shell_for(environment, kept) | {f"GIVEN_{name.upper()}": given[name] for name in options} | {"WRONG": wrong["password"]}
        sources = [word for name in ("all", *others) for word in ("-i", tmp_path / f"{name}.workspot.yml")]
        done = subprocess.run(
            ["ansible-playbook", "-vvvv", *sources, tmp_path / "book.yml"], cwd=kept, env=shell, capture_output=True, timeout=600, check=False
        )
    output = done.stdout + done.stderr
    # The one inventory was read and cached, and the others were refused.
    assert done.returncode == 0 and list((kept / "cache").iterdir()), output[-3000:].decode()
    assert output.count(b"Could not log in to Workspot Control") >= 2 and output.count(b"the server redirects elsewhere") >= 2
    assert len(moved.heard) == 2 and elsewhere.heard == []
    assert shown(output) == [] and files_that_show(kept) == []
