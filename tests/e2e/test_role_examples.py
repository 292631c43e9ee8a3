# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The READMEs of the roles, word for word: their plays in one check run on a tenant that has what they name, their commands by their variables."""

from __future__ import annotations

import json
import re
import shlex

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.filter.misfits import misfits
from euc_simulator.testing import Simulator
from scenarios import TENANT
from support import ROOT
from vendors import vendors

READMES = {path.parent.name: path.read_text() for path in sorted((ROOT / "roles").glob("*/README.md")) if path.parent.name != "common"}
AZURE = {"cloud": "Azure Cloud", "pool_type": "Persistent", "subscription_name": "Azure", "template": "design-2026-11"}
# What the READMEs name and the examples of the modules do not.
MORE = {
    "pools": [
        *({"name": name, **AZURE} for name in ("Design", "Executives")),
        {"name": "Students", **AZURE, "pool_type": "Non-Persistent", "desktops": 2},
    ],
    "desktops": [
        *({"name": f"SALES-{number:03}", "pool": "Sales"} for number in range(6, 12)),
        *({"name": f"DES-00{number}", "pool": "Design"} for number in (1, 2)),
        {"name": "SUP-002", "pool": "Support", "user": "ann@example.com"},
        {"name": "LAB-002", "pool": "Lab", "status": "Failed"},
        *({"name": f"LAB-{number:03}", "pool": "Lab"} for number in range(3, 7)),
    ],
    "templates": [{"name": "design-2026-11", "subscription": "Azure", "status": "Published"}],
    "stale_devices": [{"name": "CHIEF", "pool_name": "Executives", "desktop_deleted_dtm": "2025-03-04T10:00:00.000Z"}],
    "licenses": [{"service": "Cloud Desktop", "vm_type": "STANDARD", "named_users_available": 80, "named_users_entitlement": 100}],
}
FARM = {"admin": {"username": "automation@example.com"}, "workspaces": [{"name": "ws-west"}]}
# What an inventory would know.
VARIABLES = {"legal_hold": ["bob@example.com"], "vault_ras_password": "sim-password"}
# What a role would do on this tenant, so that none passes because it found nothing to look at.
SAYS = {
    "citrix_launch_check": "Accounting  would be launched",
    "desktop_move": "move desktop 'Support/SUP-002' into pool 'Service'",
    "drift_report": "1 medium, 8 low; none reaches the threshold, high",
    "export": "! Desktop 'Lab/LAB-002': left out, for it is Failed",
    "gateway_maintenance": "reboot gateway 'Iberia/iberia001'",
    "governance": "ok      desktops  Sales/SALES-003",
    "image_rollout": "redeploy desktop 'Design/DES-001'",
    "license_report": "20 of 100 used, 80 free",
    "ras_health_gate": "The health gate is open",
    "remediation": "reboot desktop 'Lab/LAB-002'",
    "rolling_reboot": "reboot desktop 'Sales/SALES-002'",
    "stale_device_cleanup": "excluded by its pool, Executives",
    "tenant": "would make 1 change (1 in pools)",
    "user_offboarding": "unassign desktop 'Support/SUP-002' from 'ann@example.com'",
    "user_onboarding": "create user 'eve@example.com'",
}


def tenant():
    """That of the modules' examples and MORE, as the policy of governance wants it: what is against it fails the role."""
    whole = {**TENANT, "ras": FARM, **{kind: TENANT.get(kind, []) + things for kind, things in MORE.items()}}
    kiosk = {"name": "Kiosk", **AZURE, "pool_type": "Non-Persistent", "desktops": 2}
    whole["pools"] = [kiosk if pool["name"] == "Kiosk" else pool for pool in whole["pools"]]
    whole["users"] = [{**user, "cost_center": "1105"} for user in whole["users"]]
    whole["desktops"] = [
        {**desktop, "tags": {"department": "sales", "stage": "test" if desktop["pool"] == "Lab" else "production"}}
        for desktop in whole["desktops"]
    ]
    return whole


@pytest.fixture
def simulator():
    with Simulator(tenant(), tls=True, speed=600) as simulator:
        yield simulator


@pytest.fixture
def shell(simulator):
    """The connections that the READMEs leave to the environment."""
    farm, workspace = (vendors()[name].shell(simulator) for name in ("ras", "citrix"))
    return {**workspace, "WORKSPOT_CA_PATH": simulator.ca_path, **{name: farm[name] for name in ("RAS_PORT", "RAS_CA_PATH")}}


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def play(role, text=None):
    """The play of a role's README; the other YAML there has the name of its file in the first line."""
    (found,) = [block for block in blocks(text or READMES[role], "yaml") if not block.startswith("# ")]
    (play,) = yaml.safe_load(found)
    return play


def variables(play):
    (role,) = play["roles"]
    return role.get("vars", {}) if isinstance(role, dict) else {}


def commands():
    """Each `ansible-playbook euc.fleet.NAME OPTIONS`: its README, the name, the variables. A file of variables has those of the README's play."""
    for readme, text in READMES.items():
        for line in re.findall(r"(?:^    |`)ansible-playbook euc\.fleet\.([^`\n]*)", text, re.MULTILINE):
            name, *options = shlex.split(line)
            assert set(options[::2]) <= {"-e", "--check"}, line
            given = {}
            for value in options[1::2]:
                given |= (
                    variables(play(readme))
                    if value.startswith("@")
                    else json.loads(value)
                    if value.startswith("{")
                    else dict([value.split("=", 1)])
                )
            yield readme, name, given


def wrong(role, given):
    """What the role's argument spec has against these variables."""
    spec = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text())
    options = spec["argument_specs"]["main"]["options"]
    known = {name: value for name, value in given.items() if "{{" not in str(value)}
    return [*(given.keys() - options.keys()), *misfits(spec, [known.get(name) for name in options])]


@pytest.mark.parametrize("role", READMES)
def test_the_play_is_about_its_role_and_has_variables_of_it(role):
    (found,) = play(role)["roles"]
    assert (found["role"] if isinstance(found, dict) else found) == f"euc.fleet.{role}"
    assert wrong(role, variables(play(role))) == []


def test_commands_are_about_playbooks_and_have_variables_of_their_roles():
    told = list(commands())
    assert {readme for readme, _name, _given in told} == set(READMES)
    for readme, name, given in told:
        assert (ROOT / "playbooks" / f"{name}.yml").is_file(), readme
        assert wrong(name, given) == [], readme


def test_each_play_has_something_to_do(command, shell, simulator, tmp_path):
    places = {
        "/var/lib/fleet": tmp_path,
        "/var/tmp": tmp_path,
        "/etc/ssl/ras.pem": simulator.ca_path,
        "host: ras.example.com": "host: 127.0.0.1",
    }
    book = []
    for role, text in READMES.items():
        for there, here in places.items():
            text = text.replace(there, str(here))
        book.append({**play(role, text), "name": role})
    (tmp_path / "book.yml").write_text(yaml.safe_dump(book, sort_keys=False))
    (tmp_path / "tenant").mkdir()
    (tmp_path / "tenant" / "pools.yml").write_text(yaml.safe_dump({"pools": [{"name": "Sales", "description": "What the files say"}]}))
    (tmp_path / "policy.yml").write_text(blocks(READMES["governance"], "yaml")[0])
    (tmp_path / "new.csv").write_text(blocks(READMES["user_onboarding"], "text")[0])
    done = command("ansible-playbook", "book.yml", "--check", "-e", json.dumps(VARIABLES), **shell)
    assert done.returncode == 0, done.stdout + done.stderr
    said = dict(re.findall(r"^PLAY \[(\w+)\](.*?)(?=^PLAY )", done.stdout, re.MULTILINE | re.DOTALL))
    assert {role: text for role, text in SAYS.items() if text not in said[role]} == {}
    assert set(said) == set(SAYS)
    assert simulator.counters()["writes"] == 0
