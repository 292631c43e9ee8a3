# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promises of the Citrix modules that hold for every workspace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from scenarios import Stage

names = st.sampled_from(["Calculator", "Desktop", "Grün 7", "a/b", "x"])


@st.composite
def workspaces(draw):
    """Resources of all kinds, some of one name, in a workspace that words things in any of the known ways."""
    resource = st.fixed_dictionaries(
        {"name": names, "enabled": st.booleans(), "client_types": st.sampled_from([["ica30"], ["web"], ["ICA30", "web"]])},
        optional={"launch_error": st.just("Broken"), "launch_rounds": st.integers(0, 3)},
    )
    resources = [{**one, "id": f"r-{number}"} for number, one in enumerate(draw(st.lists(resource, max_size=5)))]
    sessions = [{"resource": one["name"], "id": f"s-{one['id']}"} for one in resources if draw(st.booleans())]
    switches = st.fixed_dictionaries(
        {
            "citrix_prefix": st.sampled_from(["citrixapi", "api"]),
            "citrix_links": st.sampled_from(["both", "current", "preview"]),
            "citrix_client_types_key": st.sampled_from(["clientTypes", "clienttypes", "clientType", "none"]),
            "citrix_link_query": st.sampled_from(["", "site=1"]),
            "citrix_token_refusal": st.sampled_from([400, 401]),
            "citrix_ticket_status": st.sampled_from([200, 201]),
        }
    )
    return {"citrix": {"resources": resources, "sessions": sessions}, "simulator": draw(switches)}


def launches(stage):
    return [resource["launches"] for resource in stage.simulator.state()["citrix"]["resources"]]


@given(workspaces(), names, st.sampled_from(["ica_file", "ticket"]))
def test_a_launch_ends_as_the_list_and_check_mode_say(workspace, name, method):
    with Stage(workspace) as stage:
        listed = stage.run("citrix_workspace_resource_info", name=name)["resources"]
        checked = stage.run("citrix_workspace_launch", check=True, name=name, method=method)
        assert sum(launches(stage)) == 0
        result = stage.run("citrix_workspace_launch", name=name, method=method)
        possible = len(listed) == 1 and listed[0]["launchable"]
        assert bool(checked.get("failed")) != possible
        assert sum(launches(stage)) == possible
        broken = [one for one in workspace["citrix"]["resources"] if one["name"] == name and "launch_error" in one]
        assert bool(result.get("failed")) == (not possible or bool(broken))
        assert result["changed"] == possible
        if not possible:
            assert result["msg"] == checked["msg"] and "\n" not in result["msg"]


@given(workspaces())
def test_logging_off_twice_is_logging_off_once(workspace):
    with Stage(workspace) as stage:
        planned = stage.run("citrix_workspace_session", check=True, state="logged_off")
        first, second = (stage.run("citrix_workspace_session", state="logged_off") for _time in range(2))
        assert planned["changed"] == first["changed"] == bool(workspace["citrix"]["sessions"])
        assert planned["changes"] == first["changes"] and not second["changed"]
        assert stage.writes() == ["logoffSessions"] * first["changed"]
