# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every role at work on a tenant whose names would do something if somebody evaluated them. Nobody does, and the work is done on them as on others."""

from __future__ import annotations

import csv
import json

import pytest
import yaml
from euc_simulator.testing import Simulator
from support import ROOT
from vendors import vendors

ROLES = sorted(path.parent.name for path in (ROOT / "roles").glob("*/tasks"))
# What would be in the folder of the playbook, and in what is printed or written, if a name had been evaluated.
TOUCH, SUM, EVALUATED = "{{lookup('pipe','touch${IFS}evil')}}", "{{70919+7}}", "70926"
CONTROL = "\x1b(0\x07"


def bad(name):
    return f"{name} {TOUCH}{SUM}{CONTROL} '\"!unsafe \u202e{{% if true %}}{{% endif %}}"


def mail(name):
    return f"{name}{TOUCH}{SUM}@example.com"


LONG_AGO = "2023-11-14T22:13:20Z"
POOL = {"cloud": "Azure Cloud", "subscription_name": bad("Azure"), "pool_type": "Persistent", "region": "westeurope", "vm_type": "STANDARD"}
SALES, OTHER, ANN = bad("Sales\n"), bad("Other\t"), mail("ann")
TENANT = {
    "simulator": {"entra_only": True},
    "clouds": [{"name": bad("Azure"), "config_type": "Azure Cloud"}],
    "templates": [{"name": bad(name), "subscription": bad("Azure"), "status": "Published"} for name in ("old", "new")],
    "pools": [{"name": name, "description": bad("about"), "template": bad("old"), **POOL} for name in (SALES, OTHER)],
    "users": [{"email": email, "first_name": bad("First"), "last_name": bad("Last"), "cost_center": bad("1")} for email in (ANN, mail("bob"))],
    "desktops": [
        *({"name": bad(f"S-{number}"), "pool": SALES, "status": "Ready", "tags": {"by": TOUCH.replace("$", "")}} for number in range(4)),
        {"name": bad("ANN"), "pool": SALES, "status": "Ready", "user": ANN},
        {"name": bad("BOB"), "pool": OTHER, "status": "Ready", "user": mail("bob")},
        {"name": bad("ILL"), "pool": OTHER, "status": "Online"},
    ],
    "gateway_clusters": [
        {
            "name": bad("East"),
            "subscription": bad("Azure"),
            "region": "eastus",
            "hosts": [{"name": bad(name), "last_reboot_date": LONG_AGO} for name in ("gw1", "gw2")],
        }
    ],
    "stale_devices": [{"device_name": bad("OLD"), "desktop_deleted_dtm": LONG_AGO, "pool_name": SALES}],
    "licenses": [{"service": bad("Cloud"), "vm_type": bad("STANDARD"), "named_users_available": 8, "named_users_entitlement": 100}],
    "ras": {"workspaces": [{"name": bad("ws"), "agent_state": "OK"}]},
    "citrix": {"resources": [{"name": bad("Calculator")}]},
}
# What each role is given, and what becomes of whom: statuses by beginnings of names. What takes long is only foretold.
WORK = {
    "export": ({"folder": "tenant", "kinds": ["pools", "users", "desktops", "assignments"]}, {"pools.yml": "changed", "users.yml": "changed"}),
    "tenant": ({"folder": "tenant"}, {"ann": "ok", "Sales": "ok"}),
    "drift_report": ({"folder": "tenant"}, {}),
    "license_report": ({}, {"Cloud": "ok"}),
    "governance": ({"policy": "policy.yml", "fix": True}, {"Sales": "done"}),
    "stale_device_cleanup": ({"remove": True, "archive": "devices"}, {"OLD": "done"}),
    "rolling_reboot": ({"pools": [SALES], "journal": "reboots.jsonl"}, {"Sales": "done"}),
    "remediation": ({"memory": "memory.json", "confirm_after": 1, "statuses": ["Online"], "max_unhealthy_percent": 100}, {"Other": "done"}),
    "desktop_move": ({"pool": SALES, "target_pool": OTHER, "desktops": [bad("ANN")], "journal": "moves.jsonl"}, {"Sales": "done"}),
    "user_onboarding": ({"file": "new.csv", "welcome": "welcome.csv", "reports": {"html": "report.html"}}, {"cid": "done"}),
    "user_offboarding": ({"users": [ANN], "confirm": True, "archive": "left"}, {"ann": "ok"}),
    "ras_health_gate": ({"name": bad("ws")}, {}),
    "citrix_launch_check": ({"resources": [bad("Calculator")]}, {"Calculator": "done"}),
}
FORETOLD = {
    "gateway_maintenance": ({"clusters": [bad("East")]}, {"East": "not_attempted"}),
    "image_rollout": ({"cloud": bad("Azure"), "template": bad("new"), "pools": [OTHER], "journals": "j"}, {"Other": "not_attempted"}),
}


class Unsafe(str):
    """What a user says is no template."""


class Dumper(yaml.SafeDumper):
    pass


Dumper.add_representer(Unsafe, lambda dumper, data: dumper.represent_scalar("!unsafe", str(data), style='"'))


def unsafe(value):
    if isinstance(value, dict):
        return {key: unsafe(item) for key, item in value.items()}
    return [unsafe(item) for item in value] if isinstance(value, list) else Unsafe(value) if isinstance(value, str) else value


PLAY = """
- hosts: localhost
  gather_facts: false
  vars: {troubles: {}}
  tasks:
    - ansible.builtin.include_tasks: work.yml
      loop: "{{ roles_at_work }}"
      loop_control: {loop_var: role_at_work}
    - ansible.builtin.copy: {content: "{{ troubles | to_json }}", dest: troubles.json, mode: "0600"}
      check_mode: false
    - ansible.builtin.copy: {content: "{{ results | to_json }}", dest: results.json, mode: "0600"}
      check_mode: false
      vars:
        names: "{{ roles_at_work | map('regex_replace', '$', '_result') }}"
        results: "{{ dict(roles_at_work | zip(query('ansible.builtin.vars', *names, default={}))) }}"
"""
WORKING = """
- block:
    - ansible.builtin.include_role: {name: "euc.fleet.{{ role_at_work }}"}
  rescue:
    - ansible.builtin.set_fact:
        troubles: "{{ troubles | combine({role_at_work: ansible_failed_result.msg}) }}"
"""


@pytest.fixture
def systems():
    with Simulator(TENANT, tls=True, speed=600, token_life_seconds=1_000_000, citrix_token_life_seconds=1_000_000) as simulator:
        yield simulator


@pytest.fixture
def shell(systems):
    connections = [vendor.shell(systems) for vendor in vendors().values()]
    return {"EUC_FLEET_CLOCK_SPEED": "600", **{name: value for connection in connections for name, value in connection.items()}}


@pytest.fixture
def at_work(command, shell, tmp_path):
    """at_work(roles, option, ...) runs them one after another; returns what was printed, why roles failed, and their results by role."""
    (tmp_path / "play.yml").write_text(PLAY)
    (tmp_path / "work.yml").write_text(WORKING)
    (tmp_path / "policy.yml").write_text("tags: [{tags: {stage: {required: true, default: production}}}]\n")
    with (tmp_path / "new.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["email", "first_name", "last_name", "pool", "cost_center", "tag:by"])
        rows.writerow([mail("cid"), bad("C"), SUM, OTHER, SUM, SUM])

    def run(roles, *options):
        variables = {f"{role}_{name}": unsafe(value) for role, (given, _told) in roles.items() for name, value in given.items()}
        (tmp_path / "variables.yml").write_text(yaml.dump({**variables, "roles_at_work": list(roles)}, Dumper=Dumper))
        done = command("ansible-playbook", *options, "play.yml", "-e", "@variables.yml", **shell)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr, *(json.loads((tmp_path / f"{name}.json").read_text()) for name in ("troubles", "results"))

    return run


def test_no_name_is_evaluated_and_each_role_does_its_work(at_work, systems, tmp_path):
    assert sorted([*WORK, *FORETOLD, "common"]) == ROLES
    for roles, options in ((WORK, ()), (FORETOLD, ("--check", "--diff"))):
        printed, troubles, results = at_work(roles, *options)
        assert troubles == {}, printed
        assert "Traceback" not in printed and EVALUATED not in printed and SUM in printed
        # Nor can a name control the terminal.
        assert not {letter for letter in printed if not letter.isprintable()} - {"\n"}, printed
        for role, (_given, expected) in roles.items():
            told = [(entry["name"], entry["status"]) for entry in results[role].get("results", ())]
            for name, status in expected.items():
                assert [one for one in told if one[0].startswith(name) and one[1] == status], (role, told)
    assert not list(tmp_path.rglob("evil*"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and EVALUATED in path.read_text(errors="replace")]
    # Nor has Control been told anything else than the names.
    now = systems.state()
    assert EVALUATED not in json.dumps(now) and mail("cid") in [user["email"] for user in now["users"]]
