# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions: log off, messages, remote assistance, entitlements."""

from __future__ import annotations

import pytest
import requests

TENANT = {
    "pools": [
        {"name": "P", "cloud": "Azure Cloud"},
        {"name": "Kiosk", "cloud": "Google Cloud", "pool_type": "Non-Persistent"},
        {"name": "Far", "cloud": "Akamai"},
    ],
    "desktops": [
        {"name": "P-001", "pool": "P", "user": "ann@example.com", "session": "connected"},
        {"name": "P-002", "pool": "P", "user": "ben@example.com"},
        {"name": "K-001", "pool": "Kiosk", "user": "cleo@example.com", "session": "disconnected"},
        {"name": "F-001", "pool": "Far", "user": "dan@example.com", "session": "connected"},
    ],
}


@pytest.fixture
def api(checked):
    return checked(TENANT)


def ask(api, email, command, pool, name, **more):
    desktop = api.desktops(pool)[name]
    return api.post(f"/v1.0/users/{email}%40example.com/{command}", json={"poolId": desktop["poolId"], "desktopId": desktop["id"], **more})


def test_sessions_of_the_file_are_statuses(api):
    assert [api.desktops(pool)[name]["status"] for pool, name in (("P", "P-001"), ("P", "P-002"), ("Kiosk", "K-001"))] == [
        "Connected",
        "Ready",
        "Disconnected",
    ]
    api.simulator.change(desktops=[{"pool": "P", "name": "P-001", "session": None}])
    assert api.desktops("P")["P-001"]["status"] == "Ready"


@pytest.mark.parametrize(
    "desktop, sentence",
    [({"session": "connected"}, "needs a user"), ({"session": "yes", "user": "a@example.com"}, "connected or disconnected")],
)
def test_bad_sessions(start, desktop, sentence):
    with pytest.raises(Exception, match=sentence):
        start({"pools": [{"name": "P"}], "desktops": [{"name": "D", "pool": "P", **desktop}]})


def test_log_off(api):
    answer = ask(api, "ann", "logoff", "P", "P-001")
    assert api.desktops("P")["P-001"]["status"] == "Connected"
    assert api.finish(answer, 5)["status"] == "Succeeded"
    desktop = api.desktops("P")["P-001"]
    assert (desktop["status"], desktop["email"]) == ("Ready", "ann@example.com")
    assert ask(api, "ann", "logoff", "P", "P-001").json()["error"] == "noSession"


def test_a_non_persistent_desktop_is_free_after_its_session(api):
    api.finish(ask(api, "cleo", "logoff", "Kiosk", "K-001"), 5)
    desktop = api.desktops("Kiosk")["K-001"]
    assert (desktop["status"], desktop["email"]) == ("Ready", "")


@pytest.mark.parametrize(
    "command, more",
    [("logoff", {}), ("sendMessage", {"message": "Hi", "displayDuration": 5}), ("remoteAssistanceInvitation", {"password": "x"})],
)
def test_who_has_no_session_there(api, command, more):
    assert ask(api, "ben", command, "P", "P-002", **more).status_code == 400
    assert ask(api, "ben", command, "P", "P-001", **more).status_code == 400
    assert ask(api, "eve", command, "P", "P-001", **more).status_code == 400
    assert ask(api, "dan", command, "Far", "F-001", **more).json()["error"] == "notSupported"


def test_remote_assistance_is_for_azure(api):
    assert ask(api, "cleo", "remoteAssistanceInvitation", "Kiosk", "K-001", password="x").json()["error"] == "notSupported"


def test_send_a_message(api):
    assert api.finish(ask(api, "ann", "sendMessage", "P", "P-001", message="Hello", displayDuration=90), 5)["status"] == "Succeeded"
    assert api.finish(ask(api, "cleo", "sendMessage", "Kiosk", "K-001", message="x" * 250, displayDuration=1), 5)["status"] == "Succeeded"
    assert api.desktops("P")["P-001"]["status"] == "Connected"


@pytest.mark.parametrize("body", [{"message": ""}, {"message": "x" * 251}, {"message": "x", "displayDuration": "9"}, {"message": "x", "displayDuration": 0},
                                  {"message": None}])  # fmt: skip
def test_bad_messages(start, body):
    assert ask(start(TENANT), "ann", "sendMessage", "P", "P-001", **{"displayDuration": 5, **body}).status_code == 400


def test_an_invitation_is_good_for_an_hour(api):
    operation = api.finish(ask(api, "ann", "remoteAssistanceInvitation", "P", "P-001", password="canary-3"), 5)
    link = operation["details"]["downloadUrl"]
    assert ".msrincident" in link
    assert "ann@example.com" in requests.get(link, timeout=10).text
    assert "canary-3" not in str(api.simulator.log())
    api.simulator.advance(3598)
    assert requests.get(link, timeout=10).status_code == 200
    api.simulator.advance(3)
    assert requests.get(link, timeout=10).status_code == 403


def test_refresh_entitlements(api):
    path = "/v1.0/users/ann%40example.com/refreshGroupEntitlements"
    assert list(api.post(path).json()) == ["description"]
    api.simulator.switches(refresh_status=204)
    assert (api.post(path).status_code, api.post(path).text) == (204, "")
    assert api.post("/v1.0/users/eve%40example.com/refreshGroupEntitlements").status_code == 400
