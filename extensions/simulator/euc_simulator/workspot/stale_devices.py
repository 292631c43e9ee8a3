# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Device records of deleted desktops in an Entra-ID-only tenant (behaviour notes, 4.12): the one list with pages."""

import math
from datetime import date

from ..clock import iso
from ..wire import Call, Reply, serves
from .clouds import AZURE
from .control import Control
from .errors import invalid
from .things import StaleDevice

FIELDS = {
    "control_detected_dtm": "controlDetectedDtm", "desktop_deleted_dtm": "desktopDeletedDtm", "desktop_id": "desktopId",
    "desktop_name": "desktopName", "entra_device_id": "entraDeviceId", "entra_object_id": "entraObjectId",
    "intune_device_id": "intuneDeviceId", "pool_id": "poolId", "pool_name": "poolName",
}  # fmt: skip
_DATES = ("control_detected_dtm", "desktop_deleted_dtm")


def as_wire(control: Control, device: StaleDevice) -> dict:
    answer = {"deviceId": device.id, "deviceName": device.name, **device.readable(FIELDS)}
    if control.switches.stale_device_dates == "example":
        answer.update({FIELDS[key]: _like_the_example(answer[FIELDS[key]]) for key in _DATES if FIELDS[key] in answer})
    return answer


def _like_the_example(moment: str) -> str:
    """2024-09-29T11:00:00.000Z as 2024-09-29 11:00:00.0, which the vendor shows and which is no date-time of RFC 3339."""
    return f"{moment[:10]} {moment[11:19] or '00:00:00'}.0"


@serves("staleDevicesUsingGET", "GET /v1.0/staleDevices", clouds=(AZURE,))
def list_stale_devices(control: Control, call: Call) -> Reply:
    """By day of the desktop's deletion, both ends included. A page beyond the last is empty."""
    first, last, page = _day(call, "startDate"), _day(call, "endDate"), call.query.get("pageNumber") or "1"
    if not (page.isascii() and page.isdigit() and int(page) >= 1):
        raise invalid("pageNumber is a number from 1.")
    devices = [device for device in control.stale_devices.values()
               if first <= (device.details.get("desktop_deleted_dtm") or iso(0))[:10] <= (last or "9")]
    size, page = int(control.switches.stale_devices_page), int(page)
    return Reply(200, {"currentPage": page, "totalPages": math.ceil(len(devices) / size), "totalCount": len(devices),
                       "devices": [as_wire(control, device) for device in devices[(page - 1) * size : page * size]]})  # fmt: skip


def _day(call: Call, name: str) -> str:
    """The day as YYYY-MM-DD, or nothing. A time behind it is left aside: the format is not published."""
    given = call.query.get(name, "")[:10]
    try:
        return given and date.fromisoformat(given).isoformat()
    except ValueError:
        raise invalid(f"{name} begins with a day, as YYYY-MM-DD.") from None


@serves("deleteStaleDevicesUsingDELETE", "DELETE /v1.0/staleDevices", clouds=(AZURE,))
def delete_stale_devices(control: Control, call: Call) -> Reply:
    """All or, if one is unknown, none."""
    device_ids = call.json().get("deviceIds")
    if not isinstance(device_ids, list) or not device_ids:
        raise invalid("deviceIds is a list of ids.")
    for device_id in device_ids:
        control.find("Device", control.stale_devices, device_id)
    for device_id in device_ids:
        control.stale_devices.pop(device_id, None)
    return Reply(204)
