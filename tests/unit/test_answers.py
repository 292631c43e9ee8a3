# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An answer that is not understood is told as such; that there is nothing never follows from it."""

from __future__ import annotations

import json

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import BadAnswer
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.users_report import rows_of
from support import run_module
from unit.scripted import scripted

ANN = {"email": "ann@example.com"}


@pytest.mark.parametrize(
    "report, rows",
    [
        ([ANN], [ANN]),
        ([], []),
        ({"errors": [], "users": [ANN]}, [ANN]),
        ({"columns": ["e"], "rows": [{"E-Mail": "ann@example.com"}]}, [ANN]),
        ({"errors": [], "Users": []}, []),
        ({"rows": []}, []),
    ],
)
def test_the_users_of_a_report_are_found(report, rows):
    assert rows_of(json.dumps(report).encode()) == rows


@pytest.mark.parametrize("report", [{"errors": [], "rows": []}, {"users": [], "rows": [ANN]}, {"a": [ANN], "b": [ANN]}, {"users": ["ann"]}, {}, 7])
def test_a_report_whose_users_cannot_be_told_is_no_report(report):
    with pytest.raises(BadAnswer):
        rows_of(json.dumps(report).encode())


# One answer to all calls: the login, the listing that the task begins with, and the read that lacks its content.
LISTED = {
    "access_token": "a-token",
    "publicClouds": [{"name": "Google", "configType": "Google Cloud"}],
    "desktopPools": [{"name": "Sales", "id": "1"}],
    "clusters": [{"name": "Azores", "clusterId": "1", "regionalClusters": [{"clusterRegionId": "2"}]}],
    "rdGateways": [{"name": "azores001", "id": "3"}],
    "memory": [],
}


@pytest.mark.parametrize(
    "module, options, missing",
    [
        ("workspot_template_info", {"cloud": "Google", "name": "base"}, "no list 'templates'"),
        ("workspot_gateway_host_info", {"cluster": "Azores", "connections": True}, "no list 'connections'"),
        ("workspot_gateway_host_info", {"cluster": "Azores", "performance": True}, "no list 'cpu'"),
        ("workspot_pool_info", {"name": "Sales", "agent_token": True}, "Could not read the agent token of pool 'Sales': the answer has none"),
    ],
)
def test_a_success_without_its_content_is_no_answer(module, options, missing):
    with scripted((200, json.dumps(LISTED))) as (url, _seen):
        result = run_module(module, url, **options)
    assert result.get("failed") and result["error"]["kind"] == "bad_answer" and missing in result["msg"], result


@pytest.mark.parametrize("end", [[], ["3"]], ids=["an empty page", "the last page again"])
def test_pages_without_their_number_are_read_to_the_end(end):
    pages = [json.dumps({"devices": [{"deviceId": id} for id in ids]}) for ids in (["1", "2"], ["3"], end)]
    with scripted((200, json.dumps(LISTED)), *((200, page) for page in pages)) as (url, seen):
        result = run_module("workspot_stale_device_info", url)
    assert [device["id"] for device in result["stale_devices"]] == ["1", "2", "3"]
    assert len(seen) == 1 + 3


def test_no_secret_is_told_with_a_failure():
    failure = {"status": "Failed", "errorInfo": {"error": "sim-secret", "description": "no such sim-password"}}
    with scripted((200, json.dumps({"access_token": "a-token", "bundlesList": [], **failure}))) as (url, _seen):
        result = run_module("workspot_bundle", url, name="Design")
    assert result["error"]["kind"] == "api_error"
    assert "sim-secret" not in str(result) and "sim-password" not in str(result)
