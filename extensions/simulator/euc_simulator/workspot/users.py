# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""End users: create, show, delete, cost center (behaviour notes, 4.4)."""

import re

from ..wire import Call, Refusal, Reply, serves
from .control import Control, Pool, User
from .errors import invalid
from .operations import OperationFailure, accepted


def as_wire(control: Control, user: User) -> dict:
    desktops = control.desktops_of_user(user)
    pools = list(dict.fromkeys([*(desktop.pool for desktop in desktops), *user.pools]))
    return {
        "id": user.id, "email": user.email, "firstName": user.first_name, "lastName": user.last_name, "costCenter": user.cost_center,
        "assignedDesktops": [{"id": desktop.id, "desktopName": desktop.name, "desktopIP": desktop.ip_address} for desktop in desktops],
        "assignedPools": [_pool_as_wire(pool) for pool in pools],
    }  # fmt: skip


def _pool_as_wire(pool: Pool) -> dict:
    answer = {"id": pool.id, "poolName": pool.name, "poolDisplayName": pool.settings.get("display_name") or pool.name,
              "poolType": pool.pool_type, "active": pool.details.get("active", True), "description": pool.details.get("description", "")}
    if pool.details.get("dr_type"):
        answer["drType"] = pool.details["dr_type"]
    return answer


@serves("userDetailsUsingGET", "GET /v1.0/users/{email}/")
def show_user(control: Control, call: Call) -> Reply:
    return Reply(200, as_wire(control, control.user(call.slots["email"])))


@serves("addUserUsingPOST", "POST /v1.0/users")
def add_user(control: Control, call: Call) -> Reply:
    """The directory is asked in the background, so a stranger fails in the operation, not in the call."""
    body = call.json()
    email = body.get("email")
    if not isinstance(email, str) or not re.fullmatch(r"[^@\s/]+@[^@\s/]+", email):
        raise invalid("email is needed.")
    if email.lower() in control.users:
        raise Refusal(400, "alreadyExists", f"User {email} already exists.")
    pool = control.pool(body["poolId"]) if body.get("poolId") else None

    def work() -> dict:
        if not control.in_directory(email):
            raise OperationFailure("userNotInDirectory", f"User {email} is not in the directory.")
        if email.lower() in control.users:
            raise OperationFailure("alreadyExists", f"User {email} already exists.")
        user = User(control.ids.make("user", email.lower()), email, body.get("firstName") or "", body.get("lastName") or "")
        control.users[email.lower()] = user
        if pool and not pool.is_persistent:
            user.pools.append(pool)
        elif pool and (desktop := free_desktop(pool)):
            desktop.email = email
        return as_wire(control, user)

    return accepted(control, call, control.operations.run(control.switches.user_seconds, work))


def free_desktop(pool: Pool):
    """A desktop that a user can have; one that runs is taken before one that sleeps."""
    return next((desktop for desktop in sorted(pool.desktops.values(), key=lambda desktop: desktop.status != "Ready") if desktop.is_free), None)


@serves("deleteUserUsingDELETE", "DELETE /v1.0/users/{email}/")
def delete_user(control: Control, call: Call) -> Reply:
    user = control.user(call.slots["email"])
    for desktop in control.desktops_of_user(user):
        control.release(desktop)
    control.remove_user(user)
    return Reply(204)


@serves("assignCostCenterUsingPOST", "POST /v1.0/users/{email}/assignCostCenter")
def assign_cost_center(control: Control, call: Call) -> Reply:
    user, cost_center = control.user(call.slots["email"]), call.json().get("costCenter")
    if control.switches.cost_centers == "directory":
        raise Refusal(400, "notSupported", "Cost centers come from the directory.")
    if not isinstance(cost_center, str):
        raise invalid("costCenter is needed, as text.")
    user.cost_center = cost_center
    return Reply(200, as_wire(control, user))
