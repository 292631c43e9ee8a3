# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's session on a desktop: end it, write to it, help in it (behaviour notes, 4.1)."""

from ..wire import Call, Refusal, Reply, serves
from . import gateway_hosts
from .clouds import AWS, AZURE, GCP, require_cloud
from .control import READY, Control, Desktop
from .downloads import link_origin, publish
from .errors import invalid, not_found
from .operations import accepted

_CLOUDS = (AZURE, GCP, AWS)
MOST_IN_MESSAGE = 250


def _desktop_with_session(control: Control, call: Call) -> Desktop:
    user, body = control.user(call.slots["email"]), call.json()
    if not body.get("poolId") or not body.get("desktopId"):
        raise invalid("poolId and desktopId are needed.")
    pool = control.pool(body["poolId"])
    require_cloud(pool, call.endpoint)
    desktop = pool.desktops.get(body["desktopId"])
    if desktop is None or desktop.email.lower() != user.email.lower():
        raise not_found(control, "Desktop", body["desktopId"])
    if not desktop.has_session:
        raise Refusal(400, "noSession", f"User {user.email} has no session on desktop {desktop.name}.")
    return desktop


@serves("logoffUserUsingPOST", "POST /v1.0/users/{email}/logoff", clouds=_CLOUDS)
def log_off(control: Control, call: Call) -> Reply:
    """A non-persistent desktop lasts one session and is free again after it."""
    desktop = _desktop_with_session(control, call)

    def work() -> None:
        if desktop.has_session:
            gateway_hosts.drop_connections(control, desktop)
            if not desktop.pool.is_persistent:
                desktop.email = ""
            control.pass_through(desktop, (0, READY))

    return accepted(control, call, control.operations.run(control.switches.session_seconds, work))


@serves("sendMessageToUserUsingPOST", "POST /v1.0/users/{email}/sendMessage", clouds=_CLOUDS)
def send_message(control: Control, call: Call) -> Reply:
    _desktop_with_session(control, call)
    body = call.json()
    message, seconds = body.get("message"), body.get("displayDuration")
    if not isinstance(message, str) or not 1 <= len(message) <= MOST_IN_MESSAGE:
        raise invalid(f"message has 1 to {MOST_IN_MESSAGE} characters.")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds < 1:
        raise invalid("displayDuration is a number of seconds.")
    return accepted(control, call, control.operations.run(control.switches.session_seconds, lambda: None))


@serves("remoteAssistUserUsingPOST", "POST /v1.0/users/{email}/remoteAssistanceInvitation", clouds=(AZURE,))
def invite_assistant(control: Control, call: Call) -> Reply:
    """The link to the invitation is good for an hour."""
    desktop, password, origin = _desktop_with_session(control, call), call.json().get("password"), link_origin(control, call)
    if not isinstance(password, str) or not password:
        raise invalid("password is needed.")

    def work() -> dict:
        text = f'<?xml version="1.0"?>\n<UPLOADINFO TYPE="Escalated"><UPLOADDATA USERNAME="{desktop.email}" RCTICKET="{desktop.fqdn}"/></UPLOADINFO>\n'
        url = publish(control, origin, f"{desktop.name}.msrincident", text.encode(), control.switches.invitation_life_seconds)
        return {control.switches.link_key: url}

    return accepted(control, call, control.operations.run(control.switches.session_seconds, work))


@serves("refreshGroupEntitlementsUsingPOST", "POST /v1.0/users/{email}/refreshGroupEntitlements")
def refresh_entitlements(control: Control, call: Call) -> Reply:
    """Acts when the user next starts the client, so nothing can be seen of it here."""
    user = control.user(call.slots["email"])
    if control.switches.refresh_status == 204:
        return Reply(204)
    return Reply(200, {"description": f"The group entitlements of {user.email} are refreshed at the next start of the client."})
