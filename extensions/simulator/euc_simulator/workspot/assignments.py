# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has which desktop (behaviour notes, 4.4)."""

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, CUSTOM, GCP, require_cloud
from .control import BROKEN, BUILDING, DELETING, READY, SUSPENDED, Control
from .desktops import details
from .errors import invalid, not_found, wrong_state
from .operations import Operation, OperationFailure, accepted
from .users import as_wire, free_desktop

# Custom clouds are not in the published list, but the vendor has shared desktops there assigned by API.
_CLOUDS = (AZURE, GCP, AWS, AKAMAI, CUSTOM)


@serves("assignDesktopUsingPOST", "POST /v1.0/users/{email}/desktops", clouds=_CLOUDS)
def assign_desktop(control: Control, call: Call) -> Reply:
    """Assigning it again to the same user changes nothing; a suspended desktop comes back into use."""
    user, desktop_id = control.user(call.slots["email"]), call.json().get("desktopId")
    if not desktop_id:
        raise invalid("desktopId is needed.")
    desktop = control.desktop(desktop_id)
    require_cloud(desktop.pool, call.endpoint)
    if desktop.email.lower() != user.email.lower():
        if desktop.email or desktop.reserved:
            raise Refusal(400, "alreadyAssigned", f"Desktop {desktop.name} is assigned to another user.")
        if desktop.status in (BUILDING, DELETING, *BROKEN):
            raise wrong_state(desktop, "assigned")
        desktop.email = user.email
        if desktop.status == SUSPENDED:
            control.pass_through(desktop, (0, READY))
    return Reply(200, as_wire(control, user))


@serves("unassignDesktopUsingDELETE", "DELETE /v1.0/users/{email}/desktops/{desktopId}", clouds=_CLOUDS)
def unassign_desktop(control: Control, call: Call) -> Reply:
    user, desktop = control.user(call.slots["email"]), control.desktop(call.slots["desktopId"])
    if desktop.email.lower() != user.email.lower():
        raise not_found(control, "Desktop", desktop.id)
    require_cloud(desktop.pool, call.endpoint)
    control.release(desktop)
    return Reply(204)


@serves("assignPoolUsingPOST", "POST /v1.0/users/{email}/pools", clouds=_CLOUDS)
def assign_pool(control: Control, call: Call) -> Reply:
    """Takes a free desktop or builds one. A user who has one already gets another: see switch second_assign_pool."""
    user, pool_id = control.user(call.slots["email"]), call.json().get("poolId")
    if not pool_id:
        raise invalid("poolId is needed.")
    pool = control.pool(pool_id)
    require_cloud(pool, call.endpoint)
    seconds = control.switches.assign_seconds
    has_one = any(desktop.pool is pool for desktop in control.desktops_of_user(user))
    if has_one and control.switches.second_assign_pool == "nothing":
        return accepted(control, call, control.operations.run(seconds, lambda: None))
    if not pool.is_persistent:

        def entitle() -> None:
            if pool not in user.pools:
                user.pools.append(pool)

        return accepted(control, call, control.operations.run(seconds, entitle))
    desktop = free_desktop(pool)
    if desktop:
        desktop.reserved = True
        return accepted(control, call, control.operations.run(seconds, lambda: _hand_over(control, desktop, user)))
    return accepted(control, call, _build_and_assign(control, pool, user))


def _build_and_assign(control: Control, pool, user) -> Operation:
    operation = control.operations.begin()

    def done(failure: OperationFailure | None) -> None:
        def work() -> dict:
            if failure:
                raise failure
            return _hand_over(control, desktop, user)

        control.operations.complete(operation, work)

    try:
        control.builder.require_slot()
    except OperationFailure as failure:
        control.operations.end(operation, error_info=failure.error_info)
    else:
        desktop = control.new_desktop(pool)
        desktop.reserved = True
        control.builder.build(desktop, done)
    return operation


def _hand_over(control: Control, desktop, user) -> dict:
    """Who or what was there at the call may be gone by now."""
    desktop.reserved = False
    if user.email.lower() not in control.users or desktop.id not in control.desktops:
        raise OperationFailure("notFound", f"User {user.email} or desktop {desktop.name} is gone.")
    desktop.email = user.email
    return details(desktop)
