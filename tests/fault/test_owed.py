# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nothing shows and only follows a creation, an icon, is not lost: the next run does what this one still owed."""

from __future__ import annotations

import pytest
from scenarios import SCENARIOS, Stage

UPLOAD = "uploadCloudAppIconUsingPOST"
CREATED = next(scenario for scenario in SCENARIOS if UPLOAD in scenario.writes)


def has_icon(stage):
    (application,) = [item for item in stage.rest()["applications"] if item["name"] == CREATED.options["name"]]
    return "use_default_icon" in application


@pytest.fixture
def cut_off():
    """A stage on which the application has been created, and its icon has not arrived."""
    with Stage.of(CREATED) as (stage, options):
        stage.simulator.fault("drop_before", operation_id=UPLOAD, times=1000)
        result = stage.run(CREATED.module, **{**options, "wait_timeout": 60})
        assert result["failed"] and result["changed"] and "set the icon of application 'Calculator'" in result["msg"]
        assert not has_icon(stage)
        stage.writes()
        yield stage, options


def test_the_next_run_uploads_the_icon_once(cut_off):
    stage, options = cut_off
    checked = stage.run(CREATED.module, check=True, **options)
    assert [change["verb"] for change in checked["changes"]] == ["set icon of"]
    assert (stage.run(CREATED.module, **options)["changed"], stage.writes()) == (True, [UPLOAD])
    assert has_icon(stage)
    assert (stage.run(CREATED.module, **options)["changed"], stage.writes()) == (False, [])


def test_a_run_that_asks_for_no_icon_uploads_none(cut_off):
    stage, options = cut_off
    assert (stage.run(CREATED.module, **{**options, "icon": None})["changed"], stage.writes()) == (False, [])


def test_an_icon_that_the_server_refuses_is_still_owed():
    with Stage.of(CREATED) as (stage, options):
        stage.simulator.fault("concurrent", operation_id=UPLOAD, change={"applications": [{"name": "Calculator", "absent": True}]})
        refused = stage.run(CREATED.module, **options)
        assert refused["failed"] and refused["done"] == ["create application 'Calculator'"]
        assert stage.run(CREATED.module, **options)["changed"]
        assert has_icon(stage)
