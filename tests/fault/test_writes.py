# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write of every scenario, under every fault: no duplicate, nothing lost, a clear sentence, and a second run makes it right."""

from __future__ import annotations

import functools
import re
from collections import Counter

import pytest
import support
from scenarios import STATE_SCENARIOS, Stage, problems, tenant_of
from vendors import vendor_of

MEANTIME = "an administrator works at the same moment"
# What somebody else does in the tenant, which is no business of any scenario.
MEANWHILE = {
    "users": [{"email": "walter@example.com"}],
    "desktops": [{"pool": "Kiosk", "name": "KIOSK-900", "tags": {"by": "walter"}}],
    "bundles": [{"name": "Of Walter"}],
}
# name: (the simulator's fault, its data, switches)
FAULTS = {
    "dropped before it ran": ("drop_before", {}, {}),
    "dropped after it ran": ("drop_after", {}, {}),
    "500 instead of running": ("status", {"status": 500}, {}),
    "502 instead of running": ("status", {"status": 502}, {}),
    "503 instead of running": ("status", {"status": 503}, {}),
    "500 after it ran": ("status_after", {"status": 500}, {}),
    "503 after it ran": ("status_after", {"status": 503}, {}),
    "garbage after it ran": ("garbage", {}, {}),
    "a sign-in page after it ran": ("html", {}, {}),
    "answer cut off": ("cut_body", {}, {}),
    "throttled with 429": ("throttle", {"seconds": 12}, {"throttle_style": 429}),
    "throttled with 400": ("throttle", {"seconds": 12}, {"throttle_style": 400}),
    "throttled again and again": ("throttle", {"seconds": 45, "times": 6}, {}),
    "token revoked": ("revoke_token", {}, {}),
    "answered too late": ("slow", {"seconds": 1.3}, {}),
    "Control restarts instead": ("restart", {"seconds": 300, "work": "finishes"}, {}),
    MEANTIME: ("concurrent", {"change": MEANWHILE}, {}),
}
# Options of the disturbed run.
LIMITS = {"answered too late": {"request_timeout": 1}}
# After these it is certain that the write did not run: the task repeats it and nobody notices.
HARMLESS = {"throttled with 429", "throttled with 400", "throttled again and again", MEANTIME}
RENEWED = [scenario for scenario in STATE_SCENARIOS if vendor_of(scenario.module).renews_for_writes]

# The other 5xx differ from the 500 in their number only, and an answer that comes too late from one that never comes in the real time that
# it takes, so one scenario of a module is enough for them.
SAMPLED = {"502 instead of running", "503 instead of running", "503 after it ran", "answered too late"}
FIRST = {scenario.module: scenario for scenario in reversed(STATE_SCENARIOS)}

CASES = [
    (scenario, number, fault)
    for scenario in STATE_SCENARIOS
    for number in range(len(scenario.writes))
    for fault in FAULTS
    if fault not in SAMPLED or scenario is FIRST[scenario.module]
]


def case_id(case):
    scenario, number, fault = case
    return f"{scenario.module}: {scenario.name}, {scenario.writes[number]} {fault}"


def arm(stage, scenario, number, fault):
    """Let the fault strike the write of this number."""
    kind, data, switches = FAULTS[fault]
    if switches:
        stage.simulator.switches(**switches)
    operation_id = scenario.writes[number]
    stage.simulator.fault(kind, operation_id=operation_id, skip=scenario.writes[:number].count(operation_id), **data)


@functools.cache
def undisturbed(scenario_number):
    """What the tenant was, what a run without trouble makes of it, and what such a run says it does."""
    scenario = STATE_SCENARIOS[scenario_number]
    with Stage.of(scenario) as (stage, options):
        checked = stage.run(scenario.module, check=True, **options)
        before = stage.simulator.state()
        stage.run(scenario.module, **options)
        return before, stage.rest(), [change["summary"].split(" (")[0] for change in checked["changes"]]


def without_meanwhile(tenant):
    """The tenant without what the administrator made, all of which must be there, and in no desired state's way."""
    rest = dict(tenant)
    for key, items in MEANWHILE.items():
        names = {item.get("email") or item["name"] for item in items}
        rest[key] = [item for item in tenant[key] if (item.get("email") or item["name"]) not in names]
        assert len(tenant[key]) - len(rest[key]) == len(items)
    return rest


def assert_clear(result, doings):
    """A failure is one sentence for a person: what was tried, on what, what came back."""
    message = result["msg"]
    assert "\n" not in message and len(message) < 600
    assert not message.startswith("Defect") and "Traceback" not in message and " object at 0x" not in message
    assert any(doing in message for doing in doings), message
    assert result["error"]["kind"]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_disturbed_write_loses_nothing_and_doubles_nothing(case):
    scenario, number, fault = case
    _before, wanted, doings = undisturbed(STATE_SCENARIOS.index(scenario))
    with Stage.of(scenario) as (stage, options):
        arm(stage, scenario, number, fault)
        disturbed = stage.run(scenario.module, **options, **LIMITS.get(fault, {}))
        times = FAULTS[fault][1].get("times", 1)
        assert [armed["struck"] for armed in stage.simulator.faults()] == [times], "the fault never struck, so nothing was tested"
        stage.simulator.clear_faults()
        if disturbed.get("failed"):
            assert fault not in HARMLESS, disturbed["msg"]
            assert fault != "token revoked" or scenario not in RENEWED, disturbed["msg"]
            assert_clear(disturbed, doings)
        else:
            assert disturbed["changed"]
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        left = without_meanwhile(stage.rest()) if fault == MEANTIME else stage.rest()
        # Whole tenants are compared, so a second desktop, user or assignment shows wherever it is.
        assert problems(scenario.ends, left) == []
        assert left == wanted
        if not scenario.always:
            stage.writes()
            third = stage.run(scenario.module, **options)
            assert (third["changed"], stage.writes()) == (False, [])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case[2] in ("dropped after it ran", "500 after it ran", "garbage after it ran")], ids=case_id
)
def test_what_was_done_is_never_hidden(case):
    # A write that ran, whatever became of its answer, makes the task changed, failed or not.
    scenario, number, fault = case
    with Stage.of(scenario) as (stage, options):
        arm(stage, scenario, number, fault)
        assert stage.run(scenario.module, **options)["changed"]


@pytest.mark.parametrize("scenario", RENEWED, ids=str)
def test_a_write_that_is_refused_for_good_fails_with_the_servers_words(scenario):
    # One renewed token is tried; when that is not accepted either, nothing has run and the task says so.
    _before, _wanted, doings = undisturbed(STATE_SCENARIOS.index(scenario))
    with Stage.of(scenario) as (stage, options):
        before = tenant_of(stage.simulator.state())
        stage.simulator.fault("revoke_token", operation_id=scenario.writes[0], times=2)
        refused = stage.run(scenario.module, **options)
        assert refused["failed"] and not refused["changed"]
        assert re.search("HTTP 40[01]", refused["msg"]) and "the token was not accepted" in refused["msg"]
        assert_clear(refused, doings)
        assert stage.writes() == [scenario.writes[0]] * 2
        if not scenario.first:  # what came first may still be under way
            assert tenant_of(stage.simulator.state()) == before


@pytest.mark.parametrize("scenario", STATE_SCENARIOS, ids=str)
def test_a_run_that_cannot_connect_says_so(scenario):
    with Stage.of(scenario) as (stage, options):
        nowhere = "https://127.0.0.1:9" if vendor_of(scenario.module).tls else "http://127.0.0.1:9"
        result = support.run_module(scenario.module, nowhere, **options)
        assert result["failed"] and not result["changed"]
        assert f"no connection to {nowhere}" in result["msg"] and "\n" not in result["msg"]
        assert stage.writes() == []


# Settings that no answer shows: a lost one shows as little as one that ran.
UNSHOWN = [
    ("workspot_app_pool", {"name": "Design servers", "max_session_limit": 7}, "updateCloudAppPoolUsingPOST"),
    ("workspot_application", {"name": "Drawing", "working_dir": "C:\\drawings"}, "updateCloudAppUsingPOST"),
    ("workspot_pool", {"name": "Sales", "display_name": "Sales team"}, "updateDesktopPoolUsingPOST"),
    ("workspot_gateway_cluster", {"name": "Iberia", "nps_servers": [{"ip_address": "10.0.0.9", "shared_secret": "no-secret"}]}, "updateGatewayCusterUsingPOST"),
]  # fmt: skip


@pytest.mark.parametrize("module, options, operation_id", UNSHOWN)
def test_a_lost_write_of_what_nothing_shows_is_sent_again(module, options, operation_id):
    with Stage() as stage:
        stage.simulator.change(gateway_clusters=[{"name": "Iberia", "auth_type": "NPS"}])
        stage.simulator.fault("drop_before", operation_id=operation_id)
        result = stage.run(module, **options, update_write_only="always")
        assert result["changed"] and not result.get("failed"), result["msg"]
        assert stage.writes() == [operation_id] * 2


def test_the_cases_are_all_there(capsys):
    assert {module for module, *_rest in ((case[0].module, case) for case in CASES)} == {scenario.module for scenario in STATE_SCENARIOS}
    with capsys.disabled():
        print(f"\n{len(CASES)} disturbed writes: {dict(Counter(case[0].module for case in CASES))}")
