# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is checked of an application before anything is read, and words that the API does not give back as they were written."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.application import APPLICATION_NOUN, LARGEST_ICON
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.applications import APPLICATION


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
