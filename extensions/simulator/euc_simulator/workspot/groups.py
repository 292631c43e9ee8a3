# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""User groups: one bundle each, and global desktops (behaviour notes, 4.5 and 4.9). No call makes or removes a group."""

from ..wire import Call, Refusal, Reply, serves
from . import bundles, global_desktops
from .clouds import AWS, AZURE, GCP
from .control import Control
from .errors import invalid
from .operations import accepted
from .outcomes import answers_details
from .things import Group

_CLOUDS = (AZURE, GCP, AWS)


def group_of(control: Control, call: Call) -> Group:
    return control.find("Group", control.groups, call.slots["groupId"])


@serves("groupsUsingGET", "GET /v1.0/groups")
def list_groups(control: Control, call: Call) -> Reply:
    return Reply(200, {"groups": [{"id": group.id, "name": group.name, "type": group.type} for group in control.groups.values()]})


@serves("assignBundleUsingPOST", "POST /v1.0/groups/{groupId}/bundle")
@answers_details
def assign_bundle(control: Control, call: Call) -> dict:
    """Replaces the one it had."""
    group, bundle_id = group_of(control, call), call.json().get("bundleId")
    if not bundle_id:
        raise invalid("bundleId is needed.")
    group.bundle = control.find("Bundle", control.bundles, bundle_id)
    return bundles.as_wire(control, group.bundle)


@serves("groupGlobalDesktopDetailsUsingGET", "GET /v1.0/groups/{groupId}/globalDesktops", clouds=_CLOUDS)
def list_global_desktops_of_group(control: Control, call: Call) -> Reply:
    group = group_of(control, call)
    return Reply(200, {"id": group.id, "name": group.name, "globalDesktops": [
        {"id": desktop.id, "name": desktop.name, "assignedPools": global_desktops.pools_as_wire(desktop)} for desktop in group.global_desktops]})


@serves("setGlobalDesktopToGroupUsingPOST", "POST /v1.0/groups/{groupId}/globalDesktops", clouds=_CLOUDS)
def assign_global_desktop(control: Control, call: Call) -> Reply:
    """Adds to those it has; once more is harmless."""
    group, desktop_id = group_of(control, call), call.json().get("globalDesktopId")
    if not desktop_id:
        raise invalid("globalDesktopId is needed.")
    desktop = control.find("Global desktop", control.global_desktops, desktop_id)

    def work() -> None:
        if desktop not in group.global_desktops:
            group.global_desktops.append(desktop)

    return accepted(control, call, control.operations.run(control.switches.global_desktop_seconds, work))


@serves("unassignGlobalDesktopToGroupUsingDELETE", "DELETE /v1.0/groups/{groupId}/globalDesktops/{globalDesktopId}", clouds=_CLOUDS)
def unassign_global_desktop(control: Control, call: Call) -> Reply:
    group = group_of(control, call)
    desktop = control.find("Global desktop", control.global_desktops, call.slots["globalDesktopId"])
    if desktop not in group.global_desktops:
        raise Refusal(400, "notAssigned", f"Group {group.name} does not have global desktop {desktop.name}.")

    def work() -> None:
        if desktop in group.global_desktops:
            group.global_desktops.remove(desktop)

    return accepted(control, call, control.operations.run(control.switches.global_desktop_seconds, work))
