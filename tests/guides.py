# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of the documentation as their readers use them: files to write, commands to type, and what no test does with them, and why."""

from __future__ import annotations

import re

from support import ROOT

COPIED = ("yaml", "console", "shell", "python")
# Commands, and other fences by their first line, that a test which follows the page leaves out: why, or what sees to them instead.
LEFT_OUT = {
    "README.md": {
        "make demo": "test_demo.py",
        "make test": "it is what runs this",
        "make build": "test_artifact.py builds the artifact",
        "pip install ansible-core 'requests>=2.28'": "they are there",
        "ansible-galaxy collection install dist/euc-fleet-*.tar.gz": "the fixture `installed`",
        "export WORKSPOT_REGION=us WORKSPOT_CLIENT_ID=... WORKSPOT_CLIENT_SECRET=...": "the fixture `environment`",
        "export WORKSPOT_USERNAME=admin@example.com WORKSPOT_PASSWORD=...": "the fixture `environment`",
        'make rehearse TENANT=demo/tenant.yml PLAYBOOK=demo/apply.yml OPTIONS="--check --diff"': "test_rehearsal.py",
        ".venv/bin/euc-simulator serve --tenant demo/tenant.yml --speed 60 --port 8080": "test_readme.py, in a checkout",
        "export WORKSPOT_URL=http://127.0.0.1:8080 WORKSPOT_CLIENT_ID=sim-client WORKSPOT_CLIENT_SECRET=sim-secret": "test_readme.py",
        "export WORKSPOT_USERNAME=admin@example.com WORKSPOT_PASSWORD=sim-password EUC_FLEET_CLOCK_SPEED=60": "test_readme.py",
        'export PATH="$PWD/.venv/bin:$PATH" ANSIBLE_COLLECTIONS_PATH="$PWD/.venv/collections"': "test_readme.py",
        "ansible-playbook demo/apply.yml --check --diff": "test_readme.py",
    },
    "docs/rehearsal.md": {
        'pip install "$(ansible-galaxy collection list euc.fleet --format json | '
        "python3 -c 'import json, sys; print(next(iter(json.load(sys.stdin))))')/euc/fleet/extensions/simulator\"": "test_rehearsal.py looks what is there",
        "euc-simulator serve --tenant export.yml --speed 60 --port 8080": "it runs until it is stopped; tests/simulator/test_command_line.py",
    },
    "docs/scheduled_remediation.md": {
        "ansible-builder build -f controller/execution-environment.yml -t registry.example.com/euc-fleet:latest": "needs a registry and a controller",
        "pip install ansible-rulebook": "it is there, and the key is the test's",
    },
}
# Pages that are not followed command by command.
ELSEWHERE = {
    "CONTRIBUTING.md": "what one does all day",
    "docs/reports.md": "test_reports.py",
    "extensions/simulator/README.md": "tests/simulator: test_sections.py has the tenant, test_command_line.py the rest",
}


def fences(page):
    """(language, text) of each fence."""
    return re.findall(r"^```(\w+)\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def files(page):
    """Texts of the YAML files by the names in their first lines."""
    return {text.split()[1]: text for language, text in fences(page) if language == "yaml" and text.startswith("# ")}


def commands(page):
    """Lines to type, without the comments behind them."""
    lines = [line.removeprefix("$ ") for language, text in fences(page) if language == "console" for line in text.splitlines()]
    return [re.sub(r" {3,}# .*", "", line) for line in lines]


def typed(page):
    """The commands that a test types."""
    return [line for line in commands(page) if line not in LEFT_OUT.get(page, {})]


def other(page):
    """First lines of what is to be copied and neither a file nor a command."""
    named = set(files(page).values())
    return [text.splitlines()[0] for language, text in fences(page) if language in COPIED and language != "console" and text not in named]
