# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stale devices, the one list with pages, and the usage report."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone

import pytest
import requests

PATH = "/v1.0/staleDevices"
TENANT = {
    "pools": [{"name": "Azure pool"}, {"name": "Google pool", "cloud": "Google Cloud"}],
    "desktops": [{"name": "A-1", "pool": "Azure pool", "user": "ann@example.com"}, {"name": "G-1", "pool": "Google pool"}],
    "users": [{"email": "ann@example.com", "cost_center": "7"}, {"email": "ben@example.com"}],
    "stale_devices": [
        {"device_name": f"OLD-{n}", "desktop_deleted_dtm": f"2026-01-{n:02}T08:00:00Z", "entra_device_id": f"e-{n}"} for n in range(1, 8)
    ],
}


@pytest.fixture
def api(checked):
    return checked(TENANT, stale_devices_page=3)


def page(api, **query):
    answer = api.get(PATH, params=query).json()
    return answer["currentPage"], answer["totalPages"], answer["totalCount"], [device["deviceName"] for device in answer["devices"]]


def test_pages(api):
    assert page(api) == (1, 3, 7, ["OLD-1", "OLD-2", "OLD-3"])
    assert page(api, pageNumber="3") == (3, 3, 7, ["OLD-7"])
    assert page(api, pageNumber="4") == (4, 3, 7, [])
    assert page(api, startDate="2026-01-03", endDate="2026-01-06") == (1, 2, 4, ["OLD-3", "OLD-4", "OLD-5"])
    assert page(api, startDate="2027-01-01") == (1, 0, 0, [])


@pytest.mark.parametrize("query", [{"pageNumber": "0"}, {"pageNumber": "x"}, {"startDate": "soon"}, {"endDate": "2026-13-01"}])
def test_bad_pages(api, query):
    assert api.get(PATH, params=query).status_code == 400


def test_delete_takes_a_body_and_all_or_none(api):
    ids = {device["deviceName"]: device["deviceId"] for device in api.get(PATH).json()["devices"]}
    assert api.delete(PATH, json={"deviceIds": [ids["OLD-1"], "nothing"]}).status_code == 400
    assert api.delete(PATH, json={"deviceIds": []}).status_code == 400
    assert api.delete(PATH).status_code == 400
    assert page(api)[2] == 7
    assert api.delete(PATH, json={"deviceIds": [ids["OLD-1"], ids["OLD-3"]]}).status_code == 204
    assert page(api) == (1, 2, 5, ["OLD-2", "OLD-4", "OLD-5"])


def test_in_an_entra_only_tenant_deleted_azure_desktops_leave_one(api):
    for pool, name in (("Azure pool", "A-1"), ("Google pool", "G-1")):
        api.delete(api.desktop_path(pool, name))
    api.simulator.advance(60)
    assert page(api)[2] == 7
    api.simulator.change(desktops=[{"name": "A-2", "pool": "Azure pool"}, {"name": "G-2", "pool": "Google pool"}])
    api.simulator.switches(entra_only=True)
    desktop = api.desktops("Azure pool")["A-2"]
    for pool, name in (("Azure pool", "A-2"), ("Google pool", "G-2")):
        api.delete(api.desktop_path(pool, name))
    api.simulator.advance(60)
    assert page(api)[2] == 8
    device = api.get(PATH, params={"pageNumber": "3"}).json()["devices"][-1]
    assert (device["desktopId"], device["desktopName"], device["poolName"]) == (desktop["id"], "A-2", "Azure pool")


def test_dates_as_the_example_shows_them(start):
    api = start(TENANT, stale_device_dates="example")
    assert api.get(PATH).json()["devices"][0]["desktopDeletedDtm"] == "2026-01-01 08:00:00.0"


# ---- Usage report


def day(api, back=0):
    return (datetime.fromtimestamp(api.simulator.now(), timezone.utc) - timedelta(days=back)).strftime("%Y-%m-%d")


def usage(api, **body):
    return api.post("/v1.0/reports/generateusagereport", json=body)


def test_usage_as_json(api):
    operation = api.finish(usage(api, start=day(api, 6), end=day(api), format="JSON"), 30)
    report = requests.get(operation["details"]["downloadUrl"], timeout=10).json()
    assert list(report) == ["UsersUsage"]
    assert [(user["email"], user["costCenter"]) for user in report["UsersUsage"]] == [("ann@example.com", "7"), ("ben@example.com", "")]
    assert all(user["hoursSpent"] >= user["sessionsStarted"] >= 0 for user in report["UsersUsage"])


def test_usage_as_csv(api):
    operation = api.finish(usage(api, format="CSV"), 30)
    answer = requests.get(operation["details"]["downloadUrl"], timeout=10)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert [row["email"] for row in csv.DictReader(io.StringIO(answer.text))] == ["ann@example.com", "ben@example.com"]


def test_a_usage_report_needs_no_body(api):
    assert api.finish(api.post("/v1.0/reports/generateusagereport"), 30)["status"] == "Succeeded"


@pytest.mark.parametrize("back", [(30, 0), (30, 30), (0, 0)])
def test_the_longest_range(api, back):
    assert usage(api, start=day(api, back[0]), end=day(api, back[1])).status_code == 202


@pytest.mark.parametrize("start_back, end_back", [(31, 1), (0, -31), (1, 2)])
def test_bad_ranges(api, start_back, end_back):
    assert usage(api, start=day(api, start_back), end=day(api, end_back)).status_code == 400


@pytest.mark.parametrize("body", [{"start": "01/02/2026"}, {"end": "yesterday"}, {"format": "XML"}, {"start": 5}])
def test_bad_usage_reports(start, body):
    assert usage(start(TENANT), **body).status_code == 400
