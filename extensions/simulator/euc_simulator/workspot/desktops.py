# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktops of a pool: list, create, delete (behaviour notes, 3.2 to 4.1 and 4.3)."""

import re

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, CUSTOM, GCP, cloud_of
from .control import DELETING, READY, Desktop
from .errors import invalid, persistent_only, wrong_state
from .operations import OperationFailure, accepted

EVERYWHERE = (AZURE, GCP, AWS, AKAMAI)


def as_wire(desktop: Desktop) -> dict:
    pool = desktop.pool
    return {"id": desktop.id, "name": desktop.name, "poolId": pool.id, "poolName": pool.name, "status": desktop.status,
            "email": desktop.email, "ipAddress": desktop.ip_address, "fqdn": desktop.fqdn,
            "tags": [{"name": name, "value": value} for name, value in desktop.tags.items()]}


@serves("getpoolDesktopsUsingGET", "GET /v1.0/pools/{poolId}/desktops", clouds=EVERYWHERE)
def list_desktops(control, call: Call) -> Reply:
    now = control.timeline.now
    desktops = control.pool_of(call).desktops.values()
    return Reply(200, {"desktops": [as_wire(desktop) for desktop in desktops if desktop.listed_from <= now]})


@serves("desktopDetailsUsingGET", "GET /v1.0/pools/{poolId}/desktops/{desktopId}", clouds=EVERYWHERE)
def show_desktop(control, call: Call) -> Reply:
    return Reply(200, as_wire(control.desktop_of(call)))


@serves("createDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops", clouds=EVERYWHERE)
def create_desktop(control, call: Call) -> Reply:
    pool, body = control.pool_of(call), call.json()
    name = body.get("computerName")
    if name is not None and not (isinstance(name, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name)):
        raise invalid("computerName has letters, digits and hyphens, and begins with a letter.")
    if name:
        _refuse_duplicate(control, name)
    if body.get("snapshotId") and not body.get("domainToJoin"):
        raise invalid("With snapshotId the domain fields are needed.")
    operation = control.operations.begin()
    try:
        control.builder.require_slot()
    except OperationFailure as failure:
        control.operations.end(operation, error_info=failure.error_info)
        return accepted(control, call, operation)
    desktop = control.new_desktop(pool, name)

    def done(failure: OperationFailure | None) -> None:
        control.operations.end(operation, None if failure else details(desktop), failure and failure.error_info)

    control.builder.build(desktop, done)
    return accepted(control, call, operation)


def details(desktop: Desktop) -> dict:
    """What the operation of a new desktop holds in the end (3.3)."""
    return {"desktopName": desktop.name, "id": desktop.id, "ipAddress": desktop.ip_address, "fqdn": desktop.fqdn}


def _refuse_duplicate(control, name: str) -> None:
    if control.switches.duplicate_names == "refuse":
        if any(desktop.name.lower() == name.lower() for desktop in control.desktops.values()):
            raise Refusal(400, "alreadyExists", f"Desktop {name} already exists.")


@serves("createCustomDesktopUsingPOST", "POST /v1.0/pools/{poolId}/customdesktop")
def create_custom_desktop(control, call: Call) -> Reply:
    """Makes a machine known that stands elsewhere, so it is there at once (4.3)."""
    pool, body = control.pool_of(call), call.json()
    if cloud_of(pool) != CUSTOM:
        raise Refusal(400, "notSupported", f"Pool {pool.name} is not a custom cloud pool.")
    name = body.get("computerName")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9-]{1,15}", name):
        raise invalid("computerName has up to 15 letters, digits and hyphens.")
    if not body.get("biosGUID") and not (body.get("macAddress") and body.get("fqdn")):
        raise invalid("biosGUID is needed, or macAddress and fqdn.")
    if any(desktop.name.lower() == name.lower() for desktop in control.desktops.values()):
        raise Refusal(400, "alreadyExists", f"Desktop {name} already exists.")
    desktop = control.add_desktop(pool, name, READY)
    desktop.fqdn = body.get("fqdn") or desktop.fqdn
    control.give_address(desktop)
    known = {"computerName": name, "fqdn": desktop.fqdn, "id": desktop.id}
    if body.get("biosGUID"):
        known["biosGUID"] = body["biosGUID"]
    return Reply(200, {"status": "Succeeded", "details": known})


@serves("deleteDesktopUsingDELETE", "DELETE /v1.0/pools/{poolId}/desktops/{desktopId}", clouds=EVERYWHERE)
def delete_desktop(control, call: Call) -> Reply:
    """Answers at once; a pool with auto-create builds a new desktop without tags, another one shrinks (4.1)."""
    desktop = control.desktop_of(call)
    if desktop.status == DELETING:
        raise wrong_state(desktop, "deleted")
    control.start_deleting(desktop)
    return Reply(204)


def require_persistent(desktop: Desktop, command: str) -> None:
    if not desktop.pool.is_persistent:
        raise persistent_only(desktop.pool, command)
