# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token goes to the system that it is for. Whatever that one's answers name, a second server gets no token, no password and no cookie."""

from __future__ import annotations

import pytest
from canaries import shown
from scenarios import SCENARIOS, TENANT, Stage
from strangers import REDIRECTS, stranger
from vendors import vendor_of

# Of each module, the scenario with most writes: answers to writes name most addresses.
BUSIEST = {scenario.module: scenario for scenario in sorted(SCENARIOS, key=lambda scenario: len(scenario.writes))}


def secrets_in(heard):
    signs = ("authorization", "cookie", "bearer", "sim-secret", "sim-password")
    return [text for _path, text in heard if shown(text.encode()) or any(sign in text.casefold() for sign in signs)]


def redirect(stage, path, status, elsewhere):
    """Let the simulator send everybody who asks for such a path to the other server."""
    stage.simulator.clear_faults()
    headers = {"Location": f"{elsewhere.origin}/here"}
    stage.simulator.fault("answer", path=path, status=status, text="", headers=headers, times=10_000)


def without_token(vendor):
    """The canaries of a vendor without a token that is ready, so that logging in is the first thing to do."""
    return {**vendor.canaries, **{name: None for name in ("access_token", "auth_token") if name in vendor.canaries}}


@pytest.mark.parametrize("scenario", BUSIEST.values(), ids=str)
def test_a_redirect_is_not_followed(scenario):
    vendor = vendor_of(scenario.module)
    with stranger() as elsewhere, Stage.about(scenario.module, vendor.admitting(TENANT)) as stage:
        for path, secrets in ((vendor.calls_path, vendor.canaries), ("", without_token(vendor))):  # a call, and logging in
            redirect(stage, path, 307, elsewhere)
            stage.run(scenario.module, **{**stage.fill_in(scenario), **secrets, "retry_timeout": 60})
            assert stage.simulator.faults()[0]["struck"] or not stage.simulator.log()
        assert elsewhere.heard == []


@pytest.mark.parametrize("module", ["workspot_pool_info", "ras_site_info", "citrix_workspace_resource_info"])
@pytest.mark.parametrize("status", REDIRECTS)
def test_no_kind_of_redirect_is_followed(module, status):
    vendor = vendor_of(module)
    with stranger() as elsewhere, Stage.about(module, vendor.admitting(TENANT)) as stage:
        for path, secrets in ((vendor.calls_path, vendor.canaries), ("", without_token(vendor))):
            redirect(stage, path, status, elsewhere)
            result = stage.run(module, **secrets, retry_timeout=60)
            assert result["failed"] and stage.simulator.faults()[0]["struck"]
        assert elsewhere.heard == []


@pytest.mark.parametrize("scenario", [one for one in BUSIEST.values() if one.module in ("workspot_usage_report", "workspot_desktop_screenshot")], ids=str)
def test_a_download_goes_where_its_link_leads_and_no_further(scenario):
    with stranger() as further, stranger(leads_to=f"{further.origin}/there") as elsewhere, Stage.of(scenario) as (stage, options):
        stage.simulator.switches(download_host=elsewhere.origin)
        result = stage.run(scenario.module, **{**options, "retry_timeout": 60})
        assert result["failed"] and f"HTTP 302 from {elsewhere.origin}" in result["msg"]
        assert elsewhere.heard and secrets_in(elsewhere.heard) == [] and further.heard == []


@pytest.mark.parametrize("scenario", [scenario for scenario in BUSIEST.values() if scenario.module.startswith("workspot_")], ids=str)
def test_addresses_in_answers_get_no_token(scenario):
    with stranger() as elsewhere, Stage.of(scenario) as (stage, options):
        stage.simulator.switches(status_host=elsewhere.origin, download_host=elsewhere.origin)
        result = stage.run(scenario.module, **{**options, "retry_timeout": 60})
        assert secrets_in(elsewhere.heard) == []
        # An operation is asked for at the system itself, whatever address its answer gives.
        assert all("operation" not in path for path, _text in elsewhere.heard)
        assert bool(elsewhere.heard) == (scenario.module in DOWNLOADING), result


# What is there only for whoever has the link is fetched from where the link leads, without the token.
DOWNLOADING = {"workspot_usage_report", "workspot_desktop_screenshot", "workspot_user_action", "workspot_user_info", "workspot_tenant_info"}
