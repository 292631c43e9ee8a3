# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook citrix_launch_check: a good run, a second one, a check run, refusals, and no secret or ICA file left."""

from __future__ import annotations

import json

import pytest
from euc_simulator.testing import Simulator

TENANT = {
    "citrix": {
        "refresh_token": "canary-refresh-token",
        "resources": [
            {"name": "Calculator"},
            {"name": "Ledger", "launch_error": "UnavailableDesktop"},
            {"name": "Intranet", "client_types": ["web"]},
            {"name": "Desktop", "id": "desktop-east"},
            {"name": "Desktop", "id": "desktop-west"},
        ],
    }
}


@pytest.fixture
def workspace():
    with Simulator(TENANT, speed=600, citrix_token_life_seconds=100_000) as simulator:
        yield simulator


@pytest.fixture
def check(command, workspace, tmp_path, folder_for_temporary_files):
    """Run the playbook for some resources; returns the finished process and the report, if one was written."""
    shell = {
        "CITRIX_WORKSPACE_URL": workspace.url,
        "CITRIX_APPLICATION_ID": "sim-application",
        "CITRIX_CLIENT_ID": "sim-citrix-client",
        "CITRIX_REFRESH_TOKEN": "canary-refresh-token",
        "TMPDIR": str(folder_for_temporary_files),
        "ANSIBLE_REMOTE_TMP": str(tmp_path / "ansible"),
    }

    def run(resources, *options, **more):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        variables = {"citrix_launch_check_resources": resources, "citrix_launch_check_reports": {"json": str(report)}, **more}
        done = command("ansible-playbook", "-vvvv", *options, "euc.fleet.citrix_launch_check", "-e", json.dumps(variables), **shell)
        assert [*tmp_path.rglob("*.ica"), *folder_for_temporary_files.rglob("*.ica")] == []
        assert [*folder_for_temporary_files.glob("citrix_launch_check.*")] == []
        assert not [secret for secret in ("canary-", "LogonTicket", "access-", "refresh-") if secret in leaked(done)]
        return done, [(entry["name"], entry["status"]) for entry in json.loads(report.read_text())["entries"]] if report.exists() else None

    return run


def leaked(done):
    """Everything that was printed, without the variables and the file names that have such words in them."""
    return (done.stdout + done.stderr).replace("refresh-token-", "")


def launches(workspace):
    return sum(resource["launches"] for resource in workspace.state()["citrix"]["resources"])


@pytest.mark.parametrize("method", ["ica_file", "ticket"])
@pytest.mark.parametrize("tokens", ["stay", "rotate"])
def test_a_good_run(check, workspace, method, tokens):
    workspace.switches(citrix_refresh_tokens=tokens)
    done, report = check(["Calculator", "desktop-west"], citrix_launch_check_method=method)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "can be launched" in done.stdout and report == [("Calculator", "done"), ("Desktop", "done")]
    assert launches(workspace) == 2
    assert workspace.counters()["operations"]["token"] == 1


def test_a_second_run_is_as_good_as_the_first(check, workspace):
    for number in (1, 2):
        done, report = check(["Calculator"])
        assert done.returncode == 0, done.stdout + done.stderr
        assert (report, launches(workspace)) == ([("Calculator", "done")], number)


def test_a_check_run_launches_nothing(check, workspace):
    done, report = check(["Calculator"], "--check", "--diff")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "would be launched" in done.stdout and report == [("Calculator", "not_attempted")] and launches(workspace) == 0


def test_what_fails_is_told_and_the_rest_is_tried(check, workspace):
    done, report = check(["Ledger", "Calculator"])
    assert done.returncode == 2
    assert report == [("Ledger", "failed"), ("Calculator", "done")] and "launch_failed: UnavailableDesktop" in done.stdout


@pytest.mark.parametrize(
    "resources, options, says",
    [
        (["Calculator", "Nothing"], {}, "There is no resource 'Nothing'"),
        (["Calculator", "Desktop"], {}, "'Desktop' fits 2 resources"),
        (["Calculator", "Intranet"], {}, "Cannot launch 'Intranet': it is for web and not for ica30"),
        (["Calculator"] * 3, {"citrix_launch_check_max_launches": 2}, "names 3 resources, and citrix_launch_check_max_launches allows 2"),
        ([], {}, "Name resources in citrix_launch_check_resources"),
        (["Calculator"], {"citrix_launch_check_refresh_token": "spent-token"}, "a person must sign in again"),
    ],
)
def test_a_refusal_launches_nothing(check, workspace, resources, options, says):
    done, report = check(resources, **options)
    assert done.returncode == 2 and says in done.stdout + done.stderr
    assert report is None and launches(workspace) == 0


def test_an_access_token_alone_will_do(command, workspace):
    import requests

    form = {"grant_type": "refresh_token", "client_id": "sim-citrix-client", "refresh_token": "canary-refresh-token"}
    token = requests.post(f"{workspace.url}/core/connect/token", data=form, timeout=10).json()["access_token"]
    shell = {"CITRIX_WORKSPACE_URL": workspace.url, "CITRIX_APPLICATION_ID": "sim-application", "CITRIX_ACCESS_TOKEN": token}
    variables = json.dumps({"citrix_launch_check_resources": ["Calculator"]})
    done = command("ansible-playbook", "euc.fleet.citrix_launch_check", "-e", variables, **shell)
    assert done.returncode == 0, done.stdout + done.stderr
