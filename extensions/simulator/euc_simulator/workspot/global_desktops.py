# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Global desktops: pools in order, for all or for one user (behaviour notes, 4.9). No call makes or removes one.

The list of a user is spelled `precendence` on the wire, that of the global desktop itself `precedence`.
"""

from ..wire import Call, Refusal, Reply, serves
from .clouds import AWS, AZURE, GCP, require_cloud
from .control import Control, Pool, User
from .errors import invalid, not_found
from .operations import OperationFailure, accepted
from .things import GlobalDesktop

_CLOUDS = (AZURE, GCP, AWS)


def pools_as_wire(desktop: GlobalDesktop) -> list[dict]:
    return [{"poolId": pool.id, "poolName": pool.name, "poolDisplayName": pool.settings.get("display_name") or pool.name, "precedence": rank}
            for rank, pool in enumerate(desktop.pools, 1)]


def as_wire(control: Control, desktop: GlobalDesktop) -> dict:
    groups = [group for group in control.groups.values() if desktop in group.global_desktops]
    return {"globalDesktopId": desktop.id, "globalDesktopName": desktop.name, "assignedPools": pools_as_wire(desktop),
            "groupsAssigned": [{"id": group.id, "name": group.name, "type": group.type} for group in groups]}  # fmt: skip


def global_desktop_of(control: Control, call: Call) -> GlobalDesktop:
    return control.find("Global desktop", control.global_desktops, call.slots["globalDesktopId"])


@serves("globalDesktopsUsingGET", "GET /v1.0/globalDesktops", clouds=_CLOUDS)
def list_global_desktops(control: Control, call: Call) -> Reply:
    return Reply(200, {"globalDesktopDetails": [{"id": desktop.id, "name": desktop.name} for desktop in control.global_desktops.values()]})


@serves("globalDesktopUsingGET", "GET /v1.0/globalDesktops/{globalDesktopId}", clouds=_CLOUDS)
def show_global_desktop(control: Control, call: Call) -> Reply:
    return Reply(200, as_wire(control, global_desktop_of(control, call)))


@serves("setGlobalDesktopGroupPoolsUsingPOST", "POST /v1.0/globalDesktops/{globalDesktopId}/pools", clouds=_CLOUDS)
def set_pools(control: Control, call: Call) -> Reply:
    """Replaces the list. Users who have a list of their own keep it."""
    desktop, pools = global_desktop_of(control, call), _pools_in_order(control, call)

    def work() -> None:
        desktop.pools = pools

    return accepted(control, call, control.operations.run(control.switches.global_desktop_seconds, work))


def _pools_in_order(control: Control, call: Call) -> list[Pool]:
    """The pools of the body, precedence 1 first."""
    wished = call.json().get("poolPrecedence")
    if not isinstance(wished, list) or not wished or not all(isinstance(item, dict) and item.get("poolId") for item in wished):
        raise invalid("poolPrecedence is a list of poolId and precedence.")
    pools = {item["poolId"]: control.pool(item["poolId"]) for item in wished}
    for pool in pools.values():
        require_cloud(pool, call.endpoint)
    if len(pools) < len(wished):
        raise invalid("A pool is given twice.")
    ranks = [item.get("precedence") for item in wished]
    if sorted(rank for rank in ranks if isinstance(rank, int) and not isinstance(rank, bool)) != list(range(1, len(wished) + 1)):
        raise invalid("precedence runs from 1 without gaps.")
    return [pools[item["poolId"]] for item in sorted(wished, key=lambda item: item["precedence"])]


# ---- Of one user

def _pools_of_user(desktop: GlobalDesktop, user: User) -> list[Pool]:
    return desktop.users.get(user.email.lower()) or desktop.pools


def _group_of_user(control: Control, desktop: GlobalDesktop, user: User):
    return next((group for group in control.groups.values() if desktop in group.global_desktops and group.name in user.groups), None)


def _of_user(control: Control, call: Call) -> tuple[GlobalDesktop, User]:
    """A user has it by a group or by an entry of one's own."""
    user, desktop = control.user(call.slots["email"]), global_desktop_of(control, call)
    if user.email.lower() not in desktop.users and _group_of_user(control, desktop, user) is None:
        raise not_found(control, f"Global desktop of {user.email}", desktop.id)
    return desktop, user


def _user_as_wire(control: Control, desktop: GlobalDesktop, user: User) -> dict:
    held = {held.pool: held for held in control.desktops_of_user(user)}
    pools = []
    for rank, pool in enumerate(_pools_of_user(desktop, user), 1):
        item = {"poolId": pool.id, "poolName": pool.name, "precendence": rank}
        if mine := held.get(pool):
            item["assignedDesktop"] = {"desktopId": mine.id, "desktopName": mine.name, "desktopFqdn": mine.fqdn, "desktopIpAddress": mine.ip_address}
        pools.append(item)
    return {"globalDesktopId": desktop.id, "globalDesktopName": desktop.name, "assignedPools": pools,
            "userId": user.id, "email": user.email, "firstName": user.first_name, "lastName": user.last_name}  # fmt: skip


@serves("globalDesktopDetailsUsingGET", "GET /v1.0/users/{email}/globalDesktops/{globalDesktopId}", clouds=_CLOUDS)
def show_for_user(control: Control, call: Call) -> Reply:
    return Reply(200, _user_as_wire(control, *_of_user(control, call)))


@serves("unAssignAppToUserUsingDELETE", "DELETE /v1.0/users/{email}/globalDesktops/{globalDesktopId}", clouds=_CLOUDS)
def take_from_user(control: Control, call: Call) -> Reply:
    """With it goes the user's own list. What comes from a group can only be taken from the group."""
    desktop, user = _of_user(control, call)
    if user.email.lower() not in desktop.users:
        group = _group_of_user(control, desktop, user)
        raise Refusal(400, "notSupported", f"User {user.email} has global desktop {desktop.name} by group {group.name}.")
    del desktop.users[user.email.lower()]
    return Reply(204)


@serves("setGlobalDesktopPoolsUsingPOST", "POST /v1.0/users/{email}/globalDesktops/{globalDesktopId}/pools", clouds=_CLOUDS)
def set_pools_for_user(control: Control, call: Call) -> Reply:
    """Also gives it to the user. Without a body there is no list of one's own: the pools of the global desktop count."""
    user, desktop = control.user(call.slots["email"]), global_desktop_of(control, call)
    pools = _pools_in_order(control, call) if call.body else None

    def work() -> None:
        if user.email.lower() not in control.users:
            raise OperationFailure("notFound", f"User {user.email} is gone.")
        desktop.users[user.email.lower()] = pools

    return accepted(control, call, control.operations.run(control.switches.global_desktop_seconds, work))


@serves("deleteGlobalDesktopPoolsUsingDELETE", "DELETE /v1.0/users/{email}/globalDesktops/{globalDesktopId}/pools", clouds=_CLOUDS)
def drop_pool_for_user(control: Control, call: Call) -> Reply:
    """The user has a list of one's own afterwards, in the old order and renumbered from 1."""
    desktop, user = _of_user(control, call)
    pools, pool_id = _pools_of_user(desktop, user), call.json().get("poolId")
    if not pool_id:
        raise invalid("poolId is needed.")
    if all(pool.id != pool_id for pool in pools):
        raise not_found(control, "Pool", pool_id)
    if len(pools) == 1:
        raise Refusal(400, "notSupported", f"It is the last pool; take global desktop {desktop.name} away instead.")
    desktop.users[user.email.lower()] = [pool for pool in pools if pool.id != pool_id]
    return Reply(200, _user_as_wire(control, desktop, user))
