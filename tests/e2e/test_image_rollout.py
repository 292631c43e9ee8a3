# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role and playbook image_rollout: it leads a template on, stands before the gate, and redeploys each desktop that may be once."""

from __future__ import annotations

import collections
import json

import pytest
from euc_simulator.testing import Simulator

REDEPLOY, CLONE, PUBLISH = "redeployDesktopUsingPOST", "cloneTemplateUsingPOST", "publishTemplateUsingPOST"
LIST, POOLS = "getpoolDesktopsUsingGET", "poolsUsingGET"
SPEED = 600
TENANT = {
    "clouds": [{"name": "Azure", "config_type": "Azure Cloud"}, {"name": "Google", "config_type": "Google Cloud Platform"}],
    "templates": [
        {"name": "old", "subscription": "Azure", "status": "Published"},
        {"name": "new", "subscription": "Azure", "status": "Draft"},
        {"name": "base", "subscription": "Google", "status": "Published"},
    ],
    "pools": [
        {"name": "Design", "cloud": "Azure Cloud", "subscription_name": "Azure", "pool_type": "Persistent", "template": "old"},
        {"name": "Kiosk", "cloud": "Azure Cloud", "subscription_name": "Azure", "pool_type": "Non-Persistent", "template": "old"},
        {"name": "Odd", "cloud": "Azure Cloud", "subscription_name": "Azure", "pool_type": None, "template": "new"},
        {"name": "Lab", "cloud": "Google Cloud", "subscription_name": "Google", "pool_type": "Non-Persistent", "template": "base", "desktops": 2},
    ],
    "desktops": [
        *({"name": f"DES-{number}", "pool": "Design"} for number in (1, 2)),
        {"name": "ODD-1", "pool": "Odd"},
        *({"name": f"KIOSK-{number}", "pool": "Kiosk"} for number in (1, 2, 3)),
        {"name": "KIOSK-4", "pool": "Kiosk", "user": "ann@example.com", "session": "connected"},
    ],
}
BOTH = {"cloud": "Azure", "template": "new", "pools": ["Design", "Kiosk"]}
MEANT = ["Design/DES-2", "Kiosk/KIOSK-1", "Kiosk/KIOSK-2", "Kiosk/KIOSK-3"]


@pytest.fixture
def simulator():
    with Simulator(TENANT, speed=SPEED) as simulator:
        yield simulator


@pytest.fixture
def roll_out(command, tmp_path):
    """roll_out(option, ..., variable=value) runs the playbook; returns the finished process and its JSON report by name, if one was written."""

    def run(*options, **variables):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        given = {**BOTH, "allow": ["design/des-2"], "journals": "journals", "reports": {"json": "report.json"}, **variables}
        given = json.dumps({f"image_rollout_{name}": value for name, value in given.items()})
        done = command("ansible-playbook", *options, "euc.fleet.image_rollout", "-e", given, EUC_FLEET_CLOCK_SPEED=str(SPEED))
        assert "sim-secret" not in done.stdout + done.stderr and "join-me-in" not in done.stdout
        return done, {entry["name"]: entry for entry in json.loads(report.read_text())["entries"]} if report.exists() else None

    return run


def having(report, status):
    return sorted(name for name, entry in report.items() if entry["status"] == status)


def sent(simulator):
    """How often each write was sent."""
    return collections.Counter(entry["operation_id"] for entry in simulator.log() if entry["method"] != "GET" and entry["path"].startswith("/v1.0"))


def give(simulator, template, *pools):
    simulator.change(pools=[{"name": pool, "template": template} for pool in pools])


def test_night_by_night(roll_out, simulator, tmp_path):
    done, report = roll_out("--check", "--diff", state="published")
    assert done.returncode == 0 and having(report, "not_attempted") == ["Azure/new", "Design", "Kiosk"], done.stdout + done.stderr
    assert simulator.counters()["writes"] == 0 and not (tmp_path / "journals").exists()
    # The template is published, and a person has not done all of the rest.
    give(simulator, "new", "Kiosk")
    done, report = roll_out(state="published")
    assert done.returncode == 0 and having(report, "changed") == ["Azure/new"] and having(report, "not_attempted") == ["Design"]
    assert "In Control, give template new to pool Design," in done.stdout and sent(simulator)[PUBLISH] == 1
    # The person is done; time runs out some waves after the canary.
    give(simulator, "new", "Design")
    done, report = roll_out(state="published", deadline="700")
    assert done.returncode == 0 and "Stopped: the deadline has passed" in done.stdout and MEANT[0] in having(report, "done")
    assert MEANT[-1] in having(report, "not_attempted") and sent(simulator)[REDEPLOY] == len(having(report, "done"))
    assert report["Design/DES-1"]["msg"] == "its data would be lost, and image_rollout_allow does not name it"
    # The next night finishes it, and one more has nothing to do, not even for who came later.
    done, report = roll_out("-vvv", state="published")
    assert done.returncode == 0 and having(report, "done") == MEANT
    assert report["Kiosk/KIOSK-4"]["msg"] == "somebody has a session on it (Connected)"
    assert [path.name for path in (tmp_path / "journals").iterdir() if path.suffix == ".jsonl"] == ["azure%2Fnew.jsonl"]
    done, report = roll_out(state="published", pools=["Kiosk"], allow=[])
    assert done.returncode == 0 and "changed=0" in done.stdout and having(report, "done") == MEANT[1:]
    assert sent(simulator)[REDEPLOY] == 4 and sent(simulator).keys() == {PUBLISH, REDEPLOY}


def test_a_clone_and_pools_that_cannot_be_redeployed(roll_out, simulator):
    other = {"cloud": "Google", "template": "base-2", "source": {"clone_of": "base"}, "pools": ["Lab"], "allow": []}
    done, report = roll_out(**other)
    assert done.returncode == 0 and having(report, "changed") == ["Google/base-2"], done.stdout + done.stderr
    assert report["Lab"]["msg"] == "its turn comes when image_rollout_state is published"
    give(simulator, "base-2", "Lab")
    done, report = roll_out(state="published", **other)
    assert done.returncode == 0 and "Azure" in report["Lab/Lab-001"]["msg"] and len(having(report, "skipped")) == 2
    assert sent(simulator) == {CLONE: 1, PUBLISH: 1}
    # No other pool is looked into.
    listed = {entry["path"] for entry in simulator.log() if entry["operation_id"] == LIST}
    assert len(listed) == 1


def test_it_waits_for_the_person_and_stops_at_the_first_failure(roll_out, simulator):
    simulator.fault("status", operation_id=REDEPLOY, status=403, times=9)
    simulator.change(templates=[{"name": "new", "subscription": "Azure", "status": "Published"}])
    # The first look at the gate gets no answer, which is no reason not to look again.
    simulator.fault("status", operation_id=POOLS, status=403, skip=2)
    done, report = roll_out(state="published", gate_wait=2, gate_interval=1)
    assert done.returncode == 0 and having(report, "not_attempted") == ["Design", "Kiosk"] and "FAILED - RETRYING" in done.stdout
    give(simulator, "new", "Kiosk", "Design")
    # All is ready, and nobody asks to go that far.
    done, report = roll_out()
    assert done.returncode == 0 and having(report, "not_attempted") == ["Design", "Kiosk"] and REDEPLOY not in sent(simulator)
    done, report = roll_out(state="published", pools=["Design", "Kiosk", "Odd"])
    # What nobody knows to be without data may have some.
    assert report["Odd/ODD-1"]["msg"] == "its data would be lost, and image_rollout_allow does not name it"
    assert done.returncode == 2 and "1 failed, and max_failures allows 0; Design/DES-2" in " ".join(done.stdout.split())
    assert having(report, "failed") == MEANT[:1] and having(report, "not_attempted") == [*MEANT[1:], "Kiosk/KIOSK-4"]
    assert sent(simulator)[REDEPLOY] == 1


def test_a_template_that_cannot_be_made_is_told(roll_out, simulator):
    source = {"build": "none", "vm_type": "Power VM", "domain": "example.com", "domain_user": "joiner", "domain_password": "join-me-in"}
    simulator.switches(template_fails="odd")
    done, report = roll_out("-vvv", cloud="Google", template="odd", source=source, pools=["Lab"], allow=[])
    assert done.returncode == 2 and having(report, "failed") == ["Google/odd"] and "could not be made" in report["Google/odd"]["msg"]
    assert having(report, "not_attempted") == ["Lab"]


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"pools": ["Sales"]}, "There are no such pools as image_rollout_pools names: 'Sales'"),
        ({"pools": ["desing"]}, "There are no such pools as image_rollout_pools names: 'desing' (did you mean 'Design'?)"),
        ({"allow": ["Design/DES-9"]}, "not in these pools: 'Design/DES-9' (did you mean 'Design/DES-2' or 'Design/DES-1'?)"),
        ({"journals": ""}, "a folder in image_rollout_journals"),
    ],
)
def test_refusals(roll_out, simulator, wrong, says):
    done, report = roll_out(**wrong)
    assert done.returncode == 2 and says in " ".join(done.stdout.split())
    assert report is None and simulator.counters()["writes"] == 0 and "Nothing to do" not in done.stdout
