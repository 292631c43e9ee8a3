# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Device records that deleted desktops left behind, page by page. Source: contract, path /v1.0/staleDevices; workspot-behaviour.md, section 4.12."""

from __future__ import annotations

import datetime
import itertools

from ...core.errors import InvalidInput
from ...core.schema import Field, Schema
from ..client import AZURE, Call

LIST = Call("staleDevicesUsingGET", "GET", "/v1.0/staleDevices", (AZURE,), "devices")

STALE_DEVICE = Schema(
    noun="stale device",
    plural="stale devices",
    fields=(
        Field("id", read="deviceId"),
        Field("name", read="deviceName"),
        Field("desktop", read="desktopName"),
        Field("desktop_id", read="desktopId"),
        Field("pool", read="poolName"),
        Field("pool_id", read="poolId"),
        Field("desktop_deleted_date", read="desktopDeletedDtm"),
        Field("control_detected_date", read="controlDetectedDtm"),
        Field("entra_device_id", read="entraDeviceId"),
        Field("entra_object_id", read="entraObjectId"),
        Field("intune_device_id", read="intuneDeviceId"),
    ),
)


def list_stale_devices(client, start_date=None, end_date=None):
    """The stale devices of all pages as records; a place of the snapshot."""
    records = {}
    for page in itertools.count(1):
        items, body = client.page(
            LIST,
            f"list the stale devices, page {page}",
            params={"startDate": start_date, "endDate": end_date, "pageNumber": str(page)},
        )
        known, pages = len(records), body.get("totalPages")
        # A device that moved from one page to the next while they were read counts once.
        records.update((record["id"], record) for record in map(STALE_DEVICE.record, items))
        # Without a number of pages the first one that tells nothing new is the last.
        if not items or (page >= pages if pages else len(records) == known):
            return list(records.values())


def check_dates(first, last):
    """Refuse what is no day, or no span of days, before anything is sent: the API does not publish what it makes of it."""
    for date in filter(None, (first, last)):
        try:
            datetime.date.fromisoformat(date)
        except ValueError:
            raise InvalidInput(f"'{date}' is no date; write it as 2026-01-31") from None
    if first and last and last < first:
        raise InvalidInput(f"end_date {last} is before start_date {first}")
