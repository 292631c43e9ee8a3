# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write of every scenario, under every fault: no duplicate, nothing lost, a clear sentence, and a second run makes it right."""

from __future__ import annotations

import re

import pytest
import support
from faults import MEANTIME, RIVAL, TOKEN_REVOKED, assert_clear, cases, ran, undisturbed, without_meanwhile
from scenarios import STATE_SCENARIOS, Stage, problems, tenant_of
from vendors import vendor_of

RENEWED = [scenario for scenario in STATE_SCENARIOS if vendor_of(scenario.module).renews_for_writes]


@pytest.mark.parametrize("case", cases(STATE_SCENARIOS), ids=str)
def test_a_disturbed_write_loses_nothing_and_doubles_nothing(case):
    scenario, fault = case.scenario, case.fault
    wanted = undisturbed(scenario)
    with Stage.of(scenario) as (stage, options):
        case.arm(stage)
        disturbed = stage.run(scenario.module, **options, **fault.options)
        case.disarm(stage)
        # A write that ran, whatever became of its answer, makes the task changed, failed or not.
        assert disturbed["changed"] or not fault.ran
        if disturbed.get("failed"):
            assert not fault.harmless, disturbed["msg"]
            assert fault is not TOKEN_REVOKED or scenario not in RENEWED, disturbed["msg"]
            assert_clear(disturbed, wanted.doings)
        else:
            assert disturbed["changed"] or fault is RIVAL
        assert ran(stage) <= case.allowed()
        if fault is RIVAL:
            stage.simulator.advance(10_000)  # what he began has come to its end
        again = stage.run(scenario.module, **options)
        assert not again.get("failed"), again["msg"]
        left = without_meanwhile(stage.rest()) if fault is MEANTIME else stage.rest()
        # Whole tenants are compared, so a second desktop, user or assignment shows wherever it is.
        assert problems(scenario.ends, left) == []
        assert left == wanted.tenant
        if not scenario.always:
            stage.writes()
            third = stage.run(scenario.module, **options)
            assert (third["changed"], stage.writes()) == (False, [])


@pytest.mark.parametrize("scenario", RENEWED, ids=str)
def test_a_write_that_is_refused_for_good_fails_with_the_servers_words(scenario):
    # One renewed token is tried; when that is not accepted either, nothing has run and the task says so.
    with Stage.of(scenario) as (stage, options):
        before = tenant_of(stage.simulator.state())
        stage.simulator.fault("revoke_token", operation_id=scenario.writes[0], times=2)
        refused = stage.run(scenario.module, **options)
        assert refused["failed"] and not refused["changed"]
        assert re.search("HTTP 40[01]", refused["msg"]) and "the token was not accepted" in refused["msg"]
        assert_clear(refused, undisturbed(scenario).doings)
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
