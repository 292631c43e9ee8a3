# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong on its face, or refused for the user's own good, is told in one clear sentence, and nothing is sent."""

from __future__ import annotations

import datetime

import pytest
from scenarios import Stage
from support import ROOT

TODAY = datetime.datetime.now(datetime.timezone.utc).date()

# Of nothing; and it begins like the name of a computer.
NO_ID = "a0000000-1111-4222-8333-444444444444"
NEW_CLUSTER = {
    "name": "Nordic",
    "cloud": "Google",
    "cloud_region": "europe-north1",
    "auth_type": "AAD",
    "gateway_policy": "Default Gateway",
    "image": "Windows Server (2025)",
    "vm_class": "Standard Gateway",
    "name_prefix": "nordic",
    "number_of_hosts": 1,
}
NPS_SERVERS = [{"ip_address": "10.0.0.1", "shared_secret": "between-us"}]


def _days_ago(number):
    return str(TODAY - datetime.timedelta(days=number))


NO_SUCH_CLOUD = "There is no cloud 'Gogle'; did you mean 'Google'?"
NO_SUCH_ID = f"There is no {{}} with id {NO_ID}; to create one, give its name"
# Module, options, and the whole sentence, or its beginning where it ends with "...".
WRONG = [
    (
        "workspot_app_server",
        {"pool": "Office servers", "name": "office-002", "state": "absent", "force": True},
        "Will not delete application server 'Office servers/OFFICE-002' by its name: the pool may build a fresh server that may get the same one, "
        "and a second run would delete that; give its id, 5b8f6f4e-1f7e-4a35-9d3a-2f6f4b1d0c52",
    ),
    (
        "workspot_desktop",
        {"pool": "Support", "name": "SUP-001", "state": "absent", "force": True},
        "Will not delete desktop 'Support/SUP-001' by its name: the pool builds a fresh desktop that may get the same one, ...",
    ),
    # An id is never taken for the name of something new.
    ("workspot_app_pool", {"name": NO_ID, "reference_pool": "Design servers"}, NO_SUCH_ID.format("application server pool")),
    ("workspot_application", {"name": NO_ID, "pool": "Office servers", "full_path": "C:\\a.exe"}, NO_SUCH_ID.format("application")),
    ("workspot_bundle", {"name": NO_ID}, NO_SUCH_ID.format("bundle")),
    ("workspot_desktop", {"pool": "Sales", "name": NO_ID}, NO_SUCH_ID.format("desktop")),
    ("workspot_gateway_cluster", {**NEW_CLUSTER, "name": NO_ID}, NO_SUCH_ID.format("gateway cluster")),
    ("workspot_pool", {"name": NO_ID, "reference_pool": "Sales"}, NO_SUCH_ID.format("pool")),
]
TAGGED = {"pool": "Sales", "name": "SALES-003"}
WRONG += [
    (
        "workspot_gateway_cluster",
        {**NEW_CLUSTER, "nps_servers": NPS_SERVERS},
        "Gateway cluster 'Nordic' has NPS servers or a gateway policy, never both",
    ),
    (
        "workspot_gateway_cluster",
        {"name": "Iberia", "nps_servers": NPS_SERVERS},
        "Gateway cluster 'Iberia' authenticates with AAD: that takes a gateway_policy and no nps_servers",
    ),
    (
        "workspot_global_desktop",
        {"name": "Worldwide", "pools": ["Sales", "", "Support"]},
        "Global desktop 'Worldwide' has no pool at place 2 of pools: precedence follows from the order and has no gaps",
    ),
    (
        "workspot_template",
        {"cloud": "Google", "name": "next", "state": "published"},
        "There is no template 'next' in cloud 'Google'; to create it, say how with build, clone_of or register",
    ),
    ("workspot_bundle", {"name": "Designing", "applications": ["Writr"]}, "There is no application 'Writr'; did you mean 'Writer'?"),
    (
        "workspot_application",
        {"name": "Writer", "icon": str(ROOT / "tests" / "contracts" / "workspot-control.openapi.yaml")},
        f"The icon '{ROOT}/tests/contracts/workspot-control.openapi.yaml' has ...",
    ),
    (
        "workspot_usage_report",
        {"start": _days_ago(31), "end": _days_ago(0), "dest": "/nowhere/report"},
        f"A usage report covers 30 days at most, and {_days_ago(31)} to {_days_ago(0)} are 31",
    ),
    (
        "workspot_usage_report",
        {"start": _days_ago(40), "end": _days_ago(20), "dest": "/nowhere/report"},
        f"A usage report reaches 30 days back at most, and {_days_ago(40)} is 40 days ago",
    ),
    ("workspot_cloud_info", {"cloud": "Gogle", "gather": ["networks"]}, NO_SUCH_CLOUD),
    ("workspot_custom_image", {"cloud": "Gogle", "name": "windows-11"}, NO_SUCH_CLOUD),
    ("workspot_gateway_cluster", {**NEW_CLUSTER, "cloud": "Gogle"}, NO_SUCH_CLOUD),
    ("workspot_template", {"cloud": "Gogle", "name": "base", "state": "published"}, NO_SUCH_CLOUD),
    ("workspot_assignment", {"user": "ann@example.com", "pool": "Sale"}, "There is no pool 'Sale'; did you mean 'Sales'?"),
    (
        "workspot_assignment",
        {"user": "eve@example.com", "pool": "Sales"},
        "There is no user 'eve@example.com'; create the user with workspot_user first",
    ),
    ("workspot_assignment", {"user": "ann", "pool": "Sales"}, "'ann' is no e-mail address such as ann@example.com"),
    (
        "workspot_desktop_tags",
        {**TAGGED, "tags": {"r&d": "yes"}},
        "The tags for desktop 'SALES-003' break a rule: tag 'r&d' has &, and < > % & \\ ? / are reserved",
    ),
    (
        "workspot_desktop_tags",
        {**TAGGED, "tags": dict.fromkeys("abcdef", "x")},
        "The tags for desktop 'SALES-003' break a rule: 6 tags are more than the 5 that a desktop may have",
    ),
    (
        "workspot_desktop_tags",
        {**TAGGED, "tags": {"owner": None}},
        "The value of tag 'owner' must be one text, number or boolean; to remove tags, give the others with 'purge: true'",
    ),
]


def case_id(case):
    return f"{case[0]}: {case[2][:60]}"


@pytest.mark.parametrize("case", WRONG, ids=case_id)
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_what_is_wrong_is_told_in_one_sentence_and_nothing_is_sent(case, check):
    module, options, sentence = case
    with Stage() as stage:
        result = stage.run(module, check=check, **options)
        if check and "warnings" in result:
            # An earlier task of the play may be about to create it.
            (warning,) = result["warnings"]
            assert "is not there yet; check mode assumes that an earlier task creates it" in warning
            return
        assert result.get("failed") and not result["changed"], result
        message = result["msg"]
        assert message.startswith(sentence[:-3]) if sentence.endswith("...") else message == sentence
        assert "\n" not in message and len(message) < 300
        assert result["error"]["kind"] in ("invalid_input", "not_found", "refused")
        assert stage.writes() == []


def test_who_has_a_global_desktop_by_a_group_is_sent_to_the_group():
    task = {"name": "Everywhere", "user": "ann@example.com", "state": "absent"}
    with Stage() as stage:
        stage.simulator.change(users=[{"email": "ann@example.com", "groups": ["Designers"]}])
        planned = stage.run("workspot_global_desktop", check=True, **task)
        assert planned["changes"][0]["summary"].endswith("(whoever is in groups 'Designers' or 'Everybody' keeps it by the group)")
        refused = stage.run("workspot_global_desktop", **task)
        assert refused["failed"] and not refused["changed"]
        assert refused["msg"].endswith("; what a user has by groups 'Designers' or 'Everybody' is taken from the group, with workspot_group")
        # One that no group has says nothing of groups.
        assert "group" not in str(stage.run("workspot_global_desktop", **{**task, "name": "Worldwide"}))
