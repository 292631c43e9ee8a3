# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides of docs/, word for word: their files are written and their commands run in order, in an empty folder, on the tenant of the demo."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import guides
import pytest
import yaml
from support import ROOT


def all_well(steps):
    for line, done in steps:
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


def test_start_with_the_tenant_that_you_have(follow, simulator):
    steps = follow("docs/brownfield.md")
    all_well(steps)
    said = [done.stdout for line, done in steps if "site.yml" in line]
    assert ["changed=0" in text for text in said] == [True, False, False, True]
    (line,) = re.findall(r"^```text\n(.*)\n```", (ROOT / "docs" / "brownfield.md").read_text(), re.MULTILINE)
    assert line in said[1]
    assert "will make 1 change (1 in desktops)" in said[2]
    assert [desktop["tags"] for desktop in simulator.state()["desktops"] if desktop["name"] == "ENG-001"] == [{"project": "gemini"}]


def test_review_a_plan(follow, simulator, command, tmp_path):
    def staying():
        """Without those that Control is about to delete, for which no task waits."""
        return {desktop["name"] for desktop in simulator.state()["desktops"] if desktop["status"] != "Deleting"}

    before = staying()
    steps = follow("docs/plan_review.md")
    all_well(steps)
    (plan,) = [done.stdout for line, done in steps if line == "cat plan.md"]
    assert "create user 'ann@example.com'" in plan
    assert "delete desktop 'Sales/SALES-003' (the pool shrinks by one) **cannot be undone**" in plan
    assert re.findall("refused: (.*)", plan) == [
        "1 of the changes cannot be undone (delete desktop 'Sales/SALES-003'), and guard.confirm is not set"
    ]
    assert before - staying() == {"SALES-003"}
    apply, applied = next((line, done.stdout) for line, done in steps if "apply.yml" in line)
    assert "changed=1" in applied
    assert f"-e reviewed={plan.split()[0]} " in apply
    # What the plan was judged by is what the run is held to, but for the reviewed number of changes.
    guards = [yaml.safe_load((tmp_path / name).read_text())[0]["tasks"][-which]["euc.fleet.workspot_tenant"]["guard"]
              for name, which in (("plan.yml", 2), ("apply.yml", 1))]  # fmt: skip
    assert guards[0] | {"max_changes": None} == guards[1] | {"max_changes": None}
    # A plan that fails leaves no older one to be read in its place.
    fleet = (tmp_path / "fleet.yml").read_text()
    (tmp_path / "fleet.yml").write_text(fleet.replace("pool: Sales", "pool: Salez"))
    assert command("ansible-playbook", "plan.yml").returncode == 2
    assert not (tmp_path / "plan.md").exists()


def test_desktops_as_hosts_and_objects_by_name(follow, command):
    secret = {"SALES_CLIENT_SECRET": "sim-secret"}
    steps = follow("docs/inventory.md", **secret)
    all_well(steps)
    said = {line: done.stdout for line, done in steps}
    assert next(line for line in said).startswith("export SALES_CLIENT_SECRET=")
    graph = said["ansible-inventory -i sales.workspot.yml --graph"]
    for group in ("pool_Sales", "status_Ready", "user_user_01_example_com", "tag_department_sales"):
        assert f"@{group}:" in graph
    assert '"SALES-002: user-01@example.com"' in said["ansible-playbook -i sales.workspot.yml owners.yml --limit tag_department_sales"]
    assert "westeurope" in said["ansible-playbook one.yml"]
    for strict, code in (("false", 0), ("true", 1)):
        wrong = {"SALES_CLIENT_SECRET": "wrong", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": strict}
        assert command("ansible-playbook", "-i", "sales.workspot.yml", "owners.yml", **wrong).returncode == code


def test_drift_in_ci(follow, simulator, tmp_path):
    steps = follow("docs/drift_in_ci.md")
    all_well(steps)
    assert all((tmp_path / f"drift.{ending}").is_file() for ending in ("html", "json", "md", "xml"))
    # What the snippets for CI call is what the guide calls.
    calls = {line for line, _done in steps if "drift_report" in line}
    for name in ("github-drift.yml", "gitlab-drift.yml"):
        assert [call for call in calls if call in (tmp_path / name).read_text()] == list(calls)
        assert yaml.safe_load((tmp_path / name).read_text())
    assert simulator.counters()["writes"] == 0


def test_remediation_and_reports_every_night(follow, simulator, tmp_path):
    key = {"WORKSPOT_SIEM_URL": simulator.url, "WORKSPOT_SIEM_KEY_ID": "sim-siem-key", "WORKSPOT_SIEM_SECRET_KEY": "sim-siem-secret"}
    steps = follow("docs/scheduled_remediation.md", **key)
    all_well(steps)
    said = {line: done.stdout for line, done in steps}
    assert [line for line, text in said.items() if "TASK [Fail if a part has failed]" in text] == [
        "ansible-playbook nightly.yml --check",
        "ansible-playbook nightly.yml",
        'ansible-runner run runs --project-dir "$PWD" -p nightly.yml --rotate-artifacts 30',
    ]
    assert {"drift.html", "remediation.html", "licenses.html", "licenses.csv", "connection.sh"} <= {path.name for path in tmp_path.iterdir()}
    assert stat.S_IMODE((tmp_path / "connection.sh").stat().st_mode) == 0o600
    (image,) = (tmp_path / "context").glob("*file")  # of docker or of podman
    assert 'EE_BASE_IMAGE="quay.io/centos/centos:stream9"' in image.read_text()
    (status,) = (tmp_path / "runs" / "artifacts").glob("*/status")
    assert status.read_text() == "successful"
    keeping = [path for path in (tmp_path / "runs").rglob("*") if path.is_file() and "sim-secret" in path.read_text(errors="replace")]
    assert {path.name for path in keeping} == {"command"} and {stat.S_IMODE(path.stat().st_mode) for path in keeping} == {0o600}


def test_the_line_for_cron_says_nothing_after_a_good_night_and_all_after_a_bad_one(command, environment, tmp_path):
    guide = (ROOT / "docs" / "scheduled_remediation.md").read_text()
    line = re.search(r"^```text\n(.*?)\n```", guide, re.MULTILINE | re.DOTALL)[1]
    assert re.match(r"0 2 \* \* \* cd /srv/fleet && ", line)
    job = line.split(" ", 5)[5].replace("/srv/fleet", str(tmp_path))
    (tmp_path / "nightly.yml").write_text(
        "- import_playbook: euc.fleet.scheduled\n  vars: {scheduled_parts: [license_report], license_report_min_free_percent: '{{ least }}'}\n"
    )
    (tmp_path / "runs" / "env").mkdir(parents=True)
    # Cron's shell has next to nothing: the connection comes from the file.
    connection = {name: value for name, value in environment.items() if name.startswith(("WORKSPOT_", "EUC_FLEET_"))}
    (tmp_path / "connection.sh").write_text("".join(f"export {name}={value!r}\n" for name, value in connection.items()))
    for least, says in ((0, False), (100, True)):
        (tmp_path / "runs" / "env" / "extravars").write_text(json.dumps({"least": least}))
        done = command("env", "-i", *(f"{name}={environment[name]}" for name in ("PATH", "HOME", "ANSIBLE_COLLECTIONS_PATH")), "/bin/sh", "-c", job)
        assert ("are left, less than 100 %" in done.stdout) == says == bool(done.stdout), done.stdout + done.stderr


def pages():
    """Pages with something to copy, but for the roles' own, all of which test_role_examples.py reads."""
    known = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "extensions" / "simulator" / "README.md", *(ROOT / "docs").glob("*.md")]
    return [page for page in (path.relative_to(ROOT).as_posix() for path in known) if guides.commands(page) or guides.files(page) or guides.other(page)]


@pytest.mark.parametrize("page", pages())
def test_what_can_be_copied_is_followed_or_it_is_said_why_not(page):
    tests = [test.read_text() for test in Path(__file__).parent.glob("test_*.py")]
    following = [test for test in tests if f'follow("{page}"' in test]
    assert bool(following) != (page in guides.ELSEWHERE)
    if following:
        assert {*guides.commands(page), *guides.other(page)} - {*guides.typed(page)} == set(guides.LEFT_OUT.get(page, {}))
        # What neither a command nor another file nor the test names would be written and never read.
        bodies = [text.partition("\n")[2] for text in guides.files(page).values()]
        readers = "\n".join([*guides.typed(page), *bodies, *following])
        assert [name for name in guides.files(page) if name not in readers] == []


def test_nothing_is_left_out_of_pages_that_are_not_there():
    assert {*guides.LEFT_OUT, *guides.ELSEWHERE} <= set(pages())
