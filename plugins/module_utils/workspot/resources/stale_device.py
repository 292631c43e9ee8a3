# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removing stale devices from Control: the noun behind workspot_stale_device. Source: workspot-behaviour.md, section 4.12."""

from __future__ import annotations

import datetime

from ...core.errors import InvalidInput
from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ..client import AZURE, Call
from .stale_devices import STALE_DEVICE, list_stale_devices

DELETE = Call("deleteStaleDevicesUsingDELETE", "DELETE", "/v1.0/staleDevices", (AZURE,))
# How many one call takes is not published; a refused chunk shall not cost much.
CHUNK = 50
MOST_DAYS = 36_500


class StaleDevices(Noun):
    """Its record is about all stale devices: how many there are, and which of them the task is about."""

    result = "stale_devices"
    schema = STALE_DEVICE
    options = {
        "ids": {"type": "list", "elements": "str"},
        "older_than": {"type": "int"},
        "state": {"type": "str", "choices": ["absent"], "default": "absent"},
    }

    def check(self, options):
        if options["older_than"] is not None and not 1 <= options["older_than"] <= MOST_DAYS:
            raise InvalidInput(f"older_than is a number of days from 1 to {MOST_DAYS}, not {options['older_than']}")

    def observe(self, client, options):
        devices = client.records(list_stale_devices)
        return {"total": len(devices), "devices": _labels(self._chosen(devices, options))}

    def plan(self, client, options, record):
        chosen = self._chosen(client.records(list_stale_devices), options)
        chunks = [chosen[start : start + CHUNK] for start in range(0, len(chosen), CHUNK)]
        return [self._deletion(client, chosen, number * CHUNK, chunk, record["total"]) for number, chunk in enumerate(chunks)]

    @staticmethod
    def _chosen(devices, options):
        """Devices by id, whoever they are; by age only those that say how old they are."""
        if options["ids"] is not None:
            return [device for device in devices if device["id"] in options["ids"]]
        limit = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=options["older_than"])
        return [device for device in devices if (deleted := moment(device["desktop_deleted_date"])) and deleted < limit]

    @staticmethod
    def _deletion(client, chosen, start, chunk, total):
        ids = [device["id"] for device in chunk]
        doing = f"delete {len(ids)} stale devices" if len(ids) > 1 else f"delete stale device '{chunk[0]['name']}'"

        def seen():
            known = {device["id"] for device in client.records(list_stale_devices)}
            return UNSEEN if known.intersection(ids) else DONE

        return Change(
            "delete",
            "stale devices",
            # Not by its place among the chunks, which is another one when those before it have gone.
            _labels(chunk)[0] + (f" and {len(ids) - 1} more" if len(ids) > 1 else ""),
            doing,
            about="stale devices",
            before={"total": total - start, "devices": _labels(chosen[start:])},
            after={"total": total - start - len(ids), "devices": _labels(chosen[start + len(ids) :])},
            send=lambda: client.call(DELETE, doing, {"deviceIds": ids}),
            seen=seen,
            place=(list_stale_devices,),
            destructive=True,
        )


def moment(text):
    """A moment as the API writes it, 2024-09-29T11:00:00.000Z or 2024-09-29 11:00:00.0; None if it is none."""
    try:
        return datetime.datetime.strptime((text or "")[:19].replace(" ", "T"), "%Y-%m-%dT%H:%M:%S").replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        return None


def _labels(devices):
    return [device["name"] or device["id"] for device in devices]


STALE_DEVICES = StaleDevices()
