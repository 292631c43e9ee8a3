# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter remediation_plan: one step at a time, the mildest first, none in an outage, none that loses data unasked, and not for ever."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.remediation_plan import STEPS, remediation_plan

HOUR = 3600.0
POOLS = [{"id": "lab", "name": "Lab", "pool_type": "Persistent"}, {"id": "kiosk", "name": "Kiosk", "pool_type": "NonPersistent"}]
ALL = {"screenshots": True, "redeploy_pools": ["Kiosk"], "redeploy_desktops": ["Lab/0"], "statuses": ["Failed", "Offline"]}


def look(*words, pool="Lab", number=10):
    """A pool of ten, the first of which are so."""
    return [
        {"id": f"{pool}-{count}", "name": str(count), "fqdn": None, "pool": pool, "pool_id": pool.lower(), "tags": {}, "status": word}
        for count, word in enumerate([*words, *["Ready"] * (number - len(words))])
    ]


def plan(first, second=None, *, memory=None, now=100 * HOUR, **policy):
    return remediation_plan([first, second or first], POOLS, json.dumps(memory or {}), now, **policy)


def steps(planned):
    return {one["name"]: one["step"] for some in planned["steps"].values() for one in some}


def told(planned):
    return {entry["name"]: entry for entry in planned["left"]}


def through(first, policy, became="ended", until=20):
    """The steps of one desktop, run after run, each after its cool-down, while it stays as ill as it is."""
    memory, taken = {}, []
    for run in range(until):
        planned = plan(first, memory=memory, now=run * 5 * HOUR, **policy)
        memory = planned["memory"]
        for one in (one for some in planned["steps"].values() for one in some):
            taken.append(one["step"])
            memory[one["id"]] = one[became]
    return taken, planned


@pytest.mark.parametrize(
    "status, pool, policy, ladder",
    [
        ("Offline", "Lab", ALL, list(STEPS)),
        ("Failed", "Lab", ALL, ["reboot", "screenshot", "redeploy"]),
        ("Failed", "Lab", {**ALL, "redeploy_desktops": []}, ["reboot", "screenshot"]),
        ("Failed", "Lab", {}, ["reboot"]),
        ("Failed", "Kiosk", ALL, ["screenshot", "redeploy"]),
        ("Offline", "Kiosk", {**ALL, "redeploy_pools": []}, ["screenshot"]),
        ("Failed", "Kiosk", {}, []),
    ],
)
def test_the_ladder_has_an_end(status, pool, policy, ladder):
    taken, last = through(look(status, pool=pool), policy)
    assert taken == ladder
    (entry,) = last["left"]
    assert entry["status"] == "failed" and "a person has to look at it" in entry["msg"]
    assert ("nobody has allowed" in entry["msg"]) == ("redeploy" not in ladder)


def test_a_step_that_never_comes_to_its_end_is_taken_twice():
    assert through(look("Failed"), ALL, "begun")[0] == ["reboot", "reboot", "screenshot", "screenshot", "redeploy", "redeploy"]


def test_a_step_that_was_never_sent_opens_no_way_to_the_next():
    assert through(look("Failed"), ALL, "skipped", until=5)[0] == ["reboot"] * 5
    (one,) = plan(look("Failed"))["steps"]["reboot"]
    planned = plan(look("Failed"), memory={one["id"]: one["skipped"]}, now=101 * HOUR)
    assert told(planned)["Lab/0"]["msg"].startswith("reboot could not be taken at 1970-01-05 04:00 UTC; nothing more before")
    # What was cut short before is not forgotten.
    (again,) = plan(look("Failed"), memory={one["id"]: one["begun"]}, now=105 * HOUR)["steps"]["reboot"]
    assert steps(plan(look("Failed"), memory={one["id"]: again["skipped"]}, now=110 * HOUR)) == {"Lab/0": "reboot"}


def test_a_cool_down_lies_between_two_steps():
    (one,) = plan(look("Failed"))["steps"]["reboot"]
    for passed, step in ((0, {}), (3.9, {}), (4, {"Lab/0": "screenshot"}), (-50, {})):  # a clock may have been wrong
        planned = plan(look("Failed"), memory={one["id"]: one["ended"]}, now=(100 + passed) * HOUR, screenshots=True)
        assert steps(planned) == step
    assert told(planned)["Lab/0"]["msg"].startswith("reboot was tried at 1970-01-05 04:00 UTC")


def test_only_what_is_ill_at_both_looks_counts():
    planned = plan(look("Failed", "Ready", "Failed"), look("Failed", "Failed"), max_unhealthy_percent=50)
    assert steps(planned) == {"Lab/0": "reboot"}
    assert told(planned)["Lab/1"]["msg"] == "not confirmed: it was Ready, and Failed when looked at again"
    assert told(planned)["Lab/2"]["msg"] == "not confirmed: it was Failed, and Ready when looked at again"
    assert steps(plan(look("Failed"), look("Ready", number=9)[1:])) == {}


@pytest.mark.parametrize("first, second", [(3, 3), (3, 0), (0, 3)])
def test_an_outage_stops_everything(first, second):
    ill_pool, other = look(*["Failed"] * first), look("Failed", pool="Kiosk")
    planned = plan([*ill_pool, *other], [*look(*["Failed"] * second), *other], **ALL)
    assert planned["halt"].startswith("3 of 10 desktops of pool 'Lab' are not well") and steps(planned) == {}
    assert told(planned)["Kiosk/0"] == {
        "kind": "desktops",
        "name": "Kiosk/0",
        "status": "not_attempted",
        "msg": "the next step would be: screenshot",
    }
    assert not plan(look("Failed", "Failed"))["halt"]
    assert plan(look("Failed", "Failed"), max_unhealthy_percent=19)["halt"]


def test_who_is_excluded_counts_as_ill_and_gets_no_step():
    desktops = look("Failed", "Failed", "Failed")
    desktops[0]["tags"] = {"hands_off": ""}
    policy = {"exclude_tag": "hands_off", "exclude_names": ["1*"]}
    assert plan(desktops, **policy)["halt"]
    planned = plan(desktops, max_unhealthy_percent=30, **policy)
    assert steps(planned) == {"Lab/2": "reboot"}
    assert [entry["msg"] for entry in planned["left"]] == ["excluded by its tag hands_off", "excluded by its name"]


def test_a_run_acts_on_so_many_at_most():
    planned = plan(look("Failed", "Failed"), max_desktops=1)
    assert steps(planned) == {"Lab/0": "reboot"} and "one acts on 1 at most" in told(planned)["Lab/1"]["msg"]


@pytest.mark.parametrize(
    "looks, hours, known",
    [(["Ready", "Ready"], 4, False), (["Ready", "Ready"], 3, True), (["Ready", "Failed"], 4, True), (["Offline"] * 2, 4, True)],
)
def test_who_runs_after_the_cool_down_is_forgotten(looks, hours, known):
    memory = {"Lab-0": {"name": "Lab/0", "tried": {"reboot": {"at": (100 - hours) * HOUR, "begun": 1, "ended": True}}}, "gone": {}}
    assert (plan(look(looks[0]), look(looks[1]), memory=memory)["memory"] != {}) == known


@pytest.mark.parametrize(
    "text",
    ["[", "[1]", '{"a": 1}', '{"a": {"name": "a", "tried": {"reboot": {}}}}', '{"a": {"name": "a", "tried": {"reboot": {"at": "x"}}}}'],
)
def test_a_damaged_memory_is_refused(text):
    with pytest.raises(AnsibleFilterError, match="no memory of former remediations"):
        remediation_plan([look("Failed")], POOLS, text, 0)


def test_a_persistent_pool_is_not_allowed_as_a_whole():
    with pytest.raises(AnsibleFilterError, match="pool 'Lab' is persistent"):
        plan(look("Failed"), redeploy_pools=["Lab"])


def test_each_desktop_has_a_picture_of_its_own_in_the_folder():
    ids = ["0b-7", "0B-7", "..", "../../evil", "/etc/evil", "a/b", "a\\b", "", "\ud800", "x" * 1000, hashlib.sha256(b"..").hexdigest()]
    desktops = [{**desktop, "id": id} for desktop, id in zip(look(*["Failed"] * 11, pool="Kiosk"), ids)]
    planned = plan(desktops, screenshots=True, max_unhealthy_percent=100, max_desktops=20)
    pictures = [one["picture"] for one in planned["steps"]["screenshot"]]
    assert len({name.casefold() for name in pictures}) == len(ids) and "0b-7.png" in pictures
    assert all(re.fullmatch("[0-9a-z-]+[.]png", name) and len(name) < 80 for name in pictures)
