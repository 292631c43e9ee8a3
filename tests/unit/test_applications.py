# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is checked of an application before anything is read, and words that the API does not give back as they were written."""

from __future__ import annotations

import json

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.application import APPLICATION_NOUN, LARGEST_ICON
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.applications import APPLICATION
from support import run_module
from unit.scripted import scripted


def check(icon):
    APPLICATION_NOUN.check({"name": "Writer", "icon": str(icon)})


def test_an_icon_is_a_file_of_100_kilobytes_at_most(tmp_path):
    (tmp_path / "icon.png").write_bytes(bytes(LARGEST_ICON))
    check(tmp_path / "icon.png")
    (tmp_path / "icon.png").write_bytes(bytes(LARGEST_ICON + 1))
    with pytest.raises(InvalidInput, match="icon.png' has 102401 bytes, more than the 102400 that the API takes"):
        check(tmp_path / "icon.png")
    for path in (tmp_path, tmp_path / "none.png"):
        with pytest.raises(InvalidInput, match="There is no file"):
            check(path)


@pytest.mark.parametrize(
    "written, read",
    [
        ({"cloud_app_type": "Custom"}, {"cloudAppType": "Custom Application"}),
        ({"server_type": "Workspot Cloud App Pools"}, {"serverType": "Workspot Cloud App pools"}),
        ({"application_type": "cloud application"}, {"applicationType": "Cloud Application"}),
        ({"target_platforms": ["iOS", "OSX"]}, {"targetPlatforms": ["OSX", "iOS"]}),
        ({"parameters": ""}, {}),
    ],
)
def test_other_words_for_the_same_are_no_difference(written, read):
    record = APPLICATION.record(read)
    assert APPLICATION.fixed_differences(written, record) == APPLICATION.differences(written, record) == []


@pytest.mark.parametrize("wish", [{"state": "absent"}, {"full_path": "C:\\new.exe"}])
def test_an_application_on_other_servers_than_those_of_a_pool_is_changed_and_deleted(wish):
    tenant = {
        "access_token": "a-token",
        "applications": [{"id": "1", "name": "Ledger", "poolId": "2", "poolName": "Farm", "fullPath": "C:\\old.exe"}],
        "bundlesList": [],
        "cloudAppPools": [],
    }
    with scripted((200, json.dumps(tenant))) as (url, _seen):
        planned = run_module("workspot_application", url, check=True, name="Ledger", **wish)
    assert len(planned["changes"]) == 1, planned
