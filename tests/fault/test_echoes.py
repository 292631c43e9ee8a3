# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server, or a proxy before it, may repeat what it was sent, however it spells that: no secret of the connection comes back with it."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from canaries import shown
from scenarios import TENANT, Stage
from vendors import vendors

READING = {"workspot": "workspot_pool_info", "ras": "ras_site_info", "citrix": "citrix_workspace_resource_info"}
# Under which keys the systems, and their identity providers, tell why they refuse.
KEYS = ("error", "error_description", "description", "errorId", "errorMessage", "message", "msg", "title", "detail")
SPELLINGS = {
    "as it is": str,
    "for a URL": lambda secret: quote(secret, safe=""),
    "for a form": quote_plus,
    "for JSON": lambda secret: json.dumps(secret)[1:-1],
    "for HTML": html.escape,
    **{
        f"in base64, {length} letters on": lambda secret, length=length: base64.b64encode(f"{'x' * length}{secret}".encode()).decode()
        for length in range(3)
    },
    "between line breaks": lambda secret: f"\n\n{secret}\n",
}


def failure(vendor, path, text, status=400, **fault):
    """What a reading module tells of an answer that repeats the text; its result as JSON, before Ansible masks anything."""
    module = READING[vendor.name]
    with Stage.about(module, vendor.admitting(TENANT)) as stage:
        stage.simulator.fault("answer", path=path, status=status, text=text, times=10_000, **fault)
        result = stage.run(module, **vendor.canaries, retry_timeout=60)
        assert result["failed"] and stage.simulator.faults()[0]["struck"], result
        return json.dumps(result)


def echo(*words):
    return json.dumps(dict.fromkeys(KEYS, " and ".join(words)))


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("vendor", vendors().values(), ids=str)
def test_what_a_server_repeats_is_masked(vendor, spelling):
    # A token that was given is used first; where it is refused, the credentials are in use as well.
    words = ["It says", *(spelling(secret) for secret in vendor.canaries.values() if secret.startswith("canary"))]
    for path in (vendor.calls_path, "/oauth/token" if vendor.name == "workspot" else ""):
        told = failure(vendor, path, echo(*words))
        assert shown(told.encode()) == []
        assert "It says" in told or "log on" in told


@pytest.mark.parametrize("path, longest", [("/v1.0/", 500), ("/oauth/token", 300)])
def test_what_is_cut_is_masked_before(path, longest):
    vendor = vendors()["workspot"]
    secret = vendor.canaries["password" if "token" in path else "access_token"]
    for length in range(longest - 60, longest, 7):
        assert shown(failure(vendor, path, json.dumps({"error": "x" * length, "description": secret})).encode()) == []


def test_the_beginning_of_a_page_is_masked_before_it_is_cut():
    vendor = vendors()["workspot"]
    for length in range(0, 60, 7):
        told = failure(vendor, vendor.calls_path, "x" * length + " " + vendor.canaries["access_token"], status=200)
        assert "it begins with" in told and shown(told.encode()) == []
