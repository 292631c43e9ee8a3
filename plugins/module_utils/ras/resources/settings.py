# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applying changed settings: the noun behind ras_settings_apply. Source: behaviour notes, 1.6; contract, Session."""

from __future__ import annotations

from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import Field, Schema
from ..calls import Call
from ..common import number

APPLY = Call("applySettings", "POST", "/api/Settings/apply")

SETTINGS = Schema(
    noun="settings of the farm",
    plural="settings of farms",
    fields=(
        Field("pending", read="applySettingsEnabled", missing=False),
        number("revision", "settingsId"),
        Field("farm", read="farmName"),
        Field("farm_guid", read="farmGUID"),
        Field("domain", read="domain"),
        number("site_id", "connectedSiteId"),
        Field("broker", read="connectedServer"),
        Field("broker_is_primary", read="primaryBrokerConnection"),
        Field("licensing_server", read="licensingServer"),
        Field("licensing_server_connected", read="licensingServerConnection"),
    ),
)


def read_settings(client):
    """What a fresh logon tells of the farm, as a record in a list; a place of the snapshot."""
    return [SETTINGS.record(client.log_on_again())]


class Settings(Noun):
    result = "settings"
    schema = SETTINGS
    options = {"force": {"type": "bool", "default": False}}

    def observe(self, client, options):
        return client.records(read_settings)[0]

    def plan(self, client, options, record):
        if not (record["pending"] or options["force"]):
            return []
        doing = f"apply the settings of farm '{record['farm']}'"
        return [
            Change(
                "apply",
                "settings",
                record["farm"] or "",
                doing,
                before={"pending": record["pending"]},
                after={"pending": False},
                send=lambda: client.call(APPLY, doing),
                seen=lambda: UNSEEN if client.records(read_settings)[0]["pending"] else DONE,
                place=(read_settings,),
            )
        ]


SETTINGS_NOUN = Settings()
