# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong on its face, or refused for the user's own good, is told in one clear sentence, and nothing is sent."""

from __future__ import annotations

import datetime

import pytest
import support
from ansible_collections.euc.fleet.plugins.module_utils.core.naming import NAMING
from scenarios import SCENARIOS, Stage
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


UPGRADE = {"pool": "Service", "name": "SRV-001", "target_pool": "Support", "method": "upgrade"}
NO_SUCH_CLOUD = "There is no cloud 'Gogle'; did you mean 'Google'?"
NO_SUCH_REGION = "There is no 'us-eats-1' for cloud_region in cloud 'Amazon'; did you mean 'us-east-1'?"
NO_SUCH_ID = f"There is no {{}} with id {NO_ID}; to create one, give its name"
TAGGED = {"pool": "Sales", "name": "SALES-003"}
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
    (
        "workspot_desktop_move",
        {**UPGRADE, "domain": "example.com", "domain_user": "joiner"},
        "For the upgraded desktop to join its domain, domain_ou, domain_password must be given as well",
    ),
    (
        "workspot_desktop_move",
        {**UPGRADE, "retain_name": False, "computer_name": "7 up"},
        "computer_name '7 up' must be letters, digits and hyphens, beginning with a letter",
    ),
    (
        "workspot_bundle",
        {"name": "Express Setup", "applications": ["Viewer"]},
        "Cannot update bundle 'Express Setup': it is built in, and Workspot Control does not let it be edited",
    ),
    (
        "workspot_bundle",
        {"name": "Express Setup", "state": "absent"},
        "Cannot delete bundle 'Express Setup': it is built in, and Workspot Control does not let it be edited",
    ),
    (
        "workspot_template",
        {"cloud": "Amazon", "name": "ready", "register": True},
        "To register template 'Amazon/ready', give its cloud_region: cloud 'Amazon' is on Amazon WorkSpaces Core",
    ),
    ("workspot_desktop_tags", {**TAGGED, "tags": {1: "a", "1": "b"}}, "A tag of desktop 'SALES-003' is given twice: its name as a text ..."),
    ("workspot_desktop_retention", {**TAGGED, "days": 99999999}, "days is a number from 1 to 36500; keeping a desktop without end takes ..."),
    (
        "workspot_template",
        {"cloud": "Google", "name": "next", "build": "windows-design", "vm_type": "Power VM", "domain": "example.com"},
        "For template 'next' to join domain 'example.com', give domain_user and domain_password as well",
    ),
    (
        "workspot_usage_report",
        {"start": _days_ago(1), "end": _days_ago(-2), "dest": "/nowhere/report"},
        f"A usage report tells what was, and {_days_ago(-2)} is still to come: it is {TODAY} in UTC",
    ),
    (
        "workspot_stale_device_info",
        {"start_date": "2026-02-01", "end_date": "2026-01-31"},
        "end_date 2026-01-31 is before start_date 2026-02-01",
    ),
    (
        "workspot_operation_info",
        {"operation": [NO_ID]},
        f"Workspot Control does not know operation '{NO_ID}'; a restart loses operations, and an id is what a task returned as operation",
    ),
    (
        "workspot_desktop_move",
        {"pool": "Support", "name": "SUP-777", "target_pool": "Support"},
        "There is no desktop 'SUP-777' in pool 'Support'",
    ),
    (
        "workspot_gateway_host",
        {"cluster": "Azores", "name": "azores001", "action": "reboot"},
        "Will not reboot gateway 'Azores/azores001': it has 1 active connection; wait until none is left or set 'force: true'",
    ),
    (
        "workspot_gateway_host",
        {"cluster": "Azores", "name": "azores001", "action": "reboot", "max_connections": 1},
        "Will not reboot gateway 'Azores/azores001': no other gateway of cluster 'Azores' is enabled and ready; enable one first or set 'force: true'",
    ),
    (
        "workspot_rollout",
        {"select": {"pools": ["Sales"]}, "action": "reboot", "repeat_after": -1},
        "repeat_after needs a journal, which remembers what is done",
    ),
    (
        "workspot_rollout",
        {"select": {"pools": ["Sales"], "names": ["SALES-0O2"]}, "action": "reboot"},
        "There is no desktop 'SALES-0O2' in the pools that are selected from; did you mean 'SALES-002'...",
    ),
    # An id is never taken for the name of something new.
    ("workspot_app_pool", {"name": NO_ID, "reference_pool": "Design servers"}, NO_SUCH_ID.format("application server pool")),
    ("workspot_application", {"name": NO_ID, "pool": "Office servers", "full_path": "C:\\a.exe"}, NO_SUCH_ID.format("application")),
    ("workspot_bundle", {"name": NO_ID}, NO_SUCH_ID.format("bundle")),
    ("workspot_desktop", {"pool": "Sales", "name": NO_ID}, NO_SUCH_ID.format("desktop")),
    ("workspot_gateway_cluster", {**NEW_CLUSTER, "name": NO_ID}, NO_SUCH_ID.format("gateway cluster")),
    ("workspot_pool", {"name": NO_ID, "reference_pool": "Sales"}, NO_SUCH_ID.format("pool")),
]
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
    ("workspot_custom_image", {"cloud": "Amazon", "name": "ami-1", "cloud_region": "us-eats-1"}, NO_SUCH_REGION),
    ("workspot_template", {"cloud": "Amazon", "name": "ready", "register": True, "cloud_region": "us-eats-1"}, NO_SUCH_REGION),
    ("workspot_gateway_cluster", {**NEW_CLUSTER, "cloud": "Amazon", "cloud_region": "us-eats-1"}, NO_SUCH_REGION),
    (
        "workspot_gateway_cluster",
        {**NEW_CLUSTER, "zone": "europe-north1-x"},
        "There is no 'europe-north1-x' for zone in cloud 'Google'; did you mean 'europe-north1-a'?",
    ),
    (
        "workspot_template",
        {"cloud": "Google", "name": "next", "build": "windows-desing", "vm_type": "Power VM"},
        "There is no 'windows-desing' for build in cloud 'Google'; did you mean 'windows-design'?",
    ),
    (
        "workspot_template",
        {"cloud": "Google", "name": "next", "build": "windows-design", "vm_type": "Huge"},
        "There is no 'Huge' for vm_type in cloud 'Google'; there are: ...",
    ),
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
            # An earlier task of the play may be about to create it; otherwise the real run will say so.
            (warning,) = result["warnings"]
            assert sentence in warning and warning.endswith("If an earlier task creates it, this is fine; check mode cannot plan this task in detail")
            assert result["changed"] and stage.writes() == []
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


@pytest.mark.parametrize("region", [None, "europe-west1"])
def test_an_image_that_is_listed_without_a_region_is_that_of_any(region):
    with Stage() as stage:
        result = stage.run("workspot_custom_image", cloud="Google", name="windows-design", cloud_region=region)
        assert not result.get("failed") and not result["changed"]
        assert stage.writes() == []


def test_an_image_of_another_region_is_not_what_was_asked_for():
    with Stage() as stage:
        cloud = next(cloud for cloud in stage.simulator.state()["clouds"] if cloud["name"] == "Google")
        stage.simulator.change(clouds=[{**cloud, "custom_images": [{"image_name": "windows-us", "region": "us-east1"}]}])
        result = stage.run("workspot_custom_image", cloud="Google", name="windows-us", cloud_region="europe-west1")
        assert result["failed"] and not result["changed"]
        assert "Image windows-us already exists" in result["msg"]


def test_the_plan_to_delete_a_pool_names_the_applications_that_go_with_it():
    with Stage() as stage:
        planned = stage.run("workspot_app_pool", check=True, name="Design servers", state="absent", force=True)
        assert planned["changes"][0]["summary"].endswith("(applications that go with it: Drawing)")


def test_a_gateway_cluster_takes_its_cloud_by_id():
    with Stage() as stage:
        google = next(cloud for cloud in stage.run("workspot_cloud_info")["clouds"] if cloud["name"] == "Google")
        kept = stage.run("workspot_gateway_cluster", name="Iberia", cloud=google["id"])
        assert not kept.get("failed") and not kept["changed"]
        made = stage.run("workspot_gateway_cluster", **{**NEW_CLUSTER, "cloud": google["id"]})
        assert made["changed"] and made["gateway_cluster"]["cloud"] == "Google"


@pytest.mark.parametrize(
    "module, task",
    [
        ("workspot_desktop_action", {"action": "reboot"}),
        ("workspot_desktop_action", {"action": "redeploy", "session_policy": "force"}),
        ("workspot_desktop_power", {"state": "running"}),
    ],
    ids=str,
)
def test_a_desktop_is_left_alone_while_it_is_moved(module, task):
    desktop = {"pool": "Support", "name": "SUP-001"}
    with Stage(leaps=False, speed=1) as stage:
        begun = stage.run("workspot_desktop_move", **desktop, target_pool="Service", wait=False)
        assert begun["changed"]
        stage.writes()
        refused = stage.run(module, **desktop, **task)
        assert refused["failed"] and stage.writes() == [], refused
        assert "its move into another pool is not seen to have ended; run the task that began it again" in refused["msg"]


def test_a_move_that_has_failed_stands_in_the_way_of_nothing():
    desktop = {"pool": "Support", "name": "SUP-001"}
    with Stage() as stage:
        stage.simulator.switches(move_fails="early")
        stage.run("workspot_desktop_move", **desktop, target_pool="Service", wait=False)
        stage.simulator.advance(100_000)
        assert stage.run("workspot_desktop_action", **desktop, action="reboot")["changed"]


@pytest.mark.parametrize(
    "module, options, excused",
    [
        ("workspot_desktop_action", {"pool": "Sales", "name": "SALES-0O3", "action": "reboot"}, False),
        ("workspot_desktop_action", {"pool": "Sales", "name": "PLANNED", "action": "reboot"}, True),
        ("workspot_desktop_power", {"pool": "Sales", "name": "SALES-0O3", "state": "paused"}, True),
        ("workspot_gateway_host", {"cluster": "Nope", "name": "nope001", "state": "absent"}, False),
        ("workspot_gateway_host", {"cluster": "Nope", "count": 2, "state": "present"}, True),
        ("workspot_desktop_move", {"pool": "Support", "name": "SUP-777", "state": "cancelled"}, False),
        ("workspot_user_action", {"user": "eve@example.com", "action": "refresh_entitlements"}, True),
    ],
    ids=str,
)
def test_check_mode_excuses_only_what_an_earlier_task_may_create(module, options, excused):
    with Stage() as stage:
        planned = stage.run(module, check=True, **options)
        real = stage.run(module, **options)
        assert real["failed"]
        assert (not planned.get("failed") and real["msg"] in planned["warnings"][0]) if excused else planned["msg"] == real["msg"]


def test_a_warning_of_check_mode_names_its_task():
    with Stage() as stage:
        told = [stage.run("workspot_bundle", check=True, name=name, applications=["Writr"])["warnings"] for name in ("Office", "Designing")]
        assert [warning.partition(":")[0] for (warning,) in told] == ["Bundle 'Office'", "Bundle 'Designing'"]


def test_a_refused_upgrade_without_a_domain_names_the_options_of_one():
    with Stage() as stage:
        refused = stage.run("workspot_desktop_move", **UPGRADE)
        assert refused["msg"].endswith("; only Entra-ID-only tenants do without domain, domain_ou, domain_user, domain_password")
    with Stage(entra_only=True) as stage:
        assert stage.run("workspot_desktop_move", **UPGRADE)["changed"]


def test_a_suspended_desktop_is_assigned_only_if_that_is_meant():
    task = {"user": "ann@example.com", "pool": "Sales", "desktop": "SALES-003"}
    with Stage() as stage:
        stage.simulator.change(desktops=[{"pool": "Sales", "name": "SALES-003", "status": "Suspended"}])
        refused = stage.run("workspot_assignment", **task)
        assert refused["msg"].startswith("Will not assign desktop 'Sales/SALES-003' to 'ann@example.com': it is suspended, so its data is kept")
        assert stage.writes() == []
        stage.run("workspot_assignment", **task, force=True)
        assert stage.writes() == ["assignDesktopUsingPOST"]


def test_a_plan_names_what_it_sends_unseen():
    npsy = {**NEW_CLUSTER, "auth_type": "NPS", "gateway_policy": None, "nps_servers": NPS_SERVERS, "wait": False}
    with Stage() as stage:
        stage.run("workspot_gateway_cluster", **npsy)
        again = {"name": "Nordic", "nps_servers": NPS_SERVERS, "update_write_only": "always"}
        for module, options, names in (
            ("workspot_gateway_cluster", again, "sends nps_servers; clients get it when the cluster is published again"),
            ("workspot_pool", {"name": "Sales", "display_name": "Sales", "update_write_only": "always"}, "sends display_name"),
            ("workspot_app_pool", {"name": "Design servers", "max_session_limit": 7, "update_write_only": "always"}, "sends max_session_limit"),
        ):
            planned = stage.run(module, check=True, **options)
            assert planned["changes"][-1]["summary"].endswith(f"({names})"), planned


def test_who_leaves_a_desktop_alone_says_so():
    with Stage() as stage:
        result = stage.run("workspot_desktop_action", pool="Sales", name="SALES-005", action="reboot")
        assert result["skipped_because"] == "somebody has a session on it (Connected)"
        assert result["warnings"] == ["Left desktop 'Sales/SALES-005' alone: somebody has a session on it (Connected)"]


def test_an_address_holds_no_password():
    with Stage() as stage:
        address = stage.simulator.url.replace("://", "://ann:open-sesame@")
        result = support.run_module("workspot_pool_info", address)
        assert result["msg"].startswith("url has a user or a password in it") and "sesame" not in str(result)
        assert stage.simulator.log() == []


@pytest.fixture(scope="module")
def untouched():
    with Stage() as stage:
        yield stage


def _scopes():
    """Info modules with a name of nothing, and whether that is the scope of the question or what was asked for."""
    for module in support.module_names("workspot_"):
        known = support.load(module).SPEC.options
        for name in ("name", "user", "email", "pool", "cloud", "cluster") if module.endswith("_info") else ():
            if name in known:
                options = {"cloud": "Google"} if module == "workspot_template_info" else {}
                yield module, {**options, name: ["no@example.com"] if name == "email" else "no@example.com"}, name in ("pool", "cloud", "cluster")


@pytest.mark.parametrize("case", list(_scopes()), ids=str)
def test_who_is_not_found_is_an_empty_list_and_a_wrong_scope_a_failure(untouched, case):
    module, options, fails = case
    result = untouched.run(module, **options)
    if fails:
        assert result["error"]["kind"] == "not_found"
    else:
        assert result[module.removeprefix("workspot_").removesuffix("_info") + "s"] == []


@pytest.mark.parametrize("module", ["workspot_usage_report", "workspot_desktop_screenshot", "workspot_user_action"])
def test_check_mode_tells_what_a_file_would_cost(module):
    scenario = next(scenario for scenario in SCENARIOS if scenario.module == module and "dest" in scenario.options)
    with Stage.of(scenario) as (stage, options):
        told = []
        planned = stage.run(module, check=True, progress=told.append, **options)
        assert planned["cost"]["writes"] == 1 and planned["cost"]["eta_s"] > 0
        assert len(told) == 1 and told[0].startswith("would ") and ": 1 write, " in told[0]


def test_a_pool_with_applications_goes_only_if_that_is_meant():
    with Stage() as stage:
        stage.simulator.change(applications=[{"name": "Ledger", "app_pool": "Old servers"}])
        refused = stage.run("workspot_app_pool", name="Old servers", state="absent")
        assert refused["msg"] == (
            "Will not delete application server pool 'Old servers': Ledger would go with it; delete these applications first or set 'force: true'"
        )
        assert stage.writes() == []


def _namings():
    """A task of each module with each of its options that name objects, empty."""
    for module in support.module_names("workspot_"):
        (options, *_others) = [scenario.options for scenario in SCENARIOS if scenario.module == module]
        known = support.load(module).SPEC.options
        for name in sorted(set(NAMING) & set(known)):
            yield module, {**options, name: [""] if known[name]["type"] == "list" else ""}, name
    yield "workspot_tenant", {"assignments": [{"user": "carl@example.com", "pool": "Support", "desktop": " ", "state": "absent"}]}, "desktop"
    yield "workspot_tenant", {"bundles": [{"name": ""}]}, "name"
    yield "workspot_assignment", {"user": "carl@example.com", "pool": "Support", "desktop": "", "state": "absent"}, "desktop"
    yield "workspot_gateway_host", {"cluster": "Azores", "name": "", "state": "enabled"}, "name"


@pytest.mark.parametrize("case", list(_namings()), ids=lambda case: f"{case[0]}: {case[2]}")
def test_an_empty_name_never_stands_for_another_object_or_all(untouched, case):
    module, options, name = case
    untouched.simulator.forget()
    result = untouched.run(module, **options)
    assert result.get("failed") and result["error"]["kind"] == "invalid_input", result
    assert f"{name} is empty; give what it shall name" in result["msg"]
    assert untouched.simulator.log() == []
