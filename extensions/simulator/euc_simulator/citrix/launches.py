# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both launch flows, ICA file and ticket: 202 until the machine is ready (behaviour notes, 2.4)."""

from urllib.parse import urlencode

from ..wire import Call, Refusal, Reply, serves
from .workspace import Resource, Workspace, oauth_refusal

_ICA = "[Encoding]\r\nInputEncoding=UTF8\r\n[WFClient]\r\nVersion=2\r\n[ApplicationServers]\r\n{name}=\r\n[{name}]\r\nLogonTicket={ticket}\r\n"


def _begin_or_go_on(workspace: Workspace, call: Call) -> tuple[Resource, Reply | None]:
    """The resource, and the answer "not yet" as long as one is due. Each of them names another URL; an old one is void."""
    resource, query = workspace.resource(call.slots["resourceId"]), call.query
    if not (query.get("clientName") and query.get("deviceId")):
        raise oauth_refusal(400, "invalid_request", "clientName and deviceId are needed.")
    if not (resource.enabled and resource.launchable):
        raise Refusal(403, "forbidden", "This resource cannot be launched.")
    key = query.get("retryKey")
    if key is None:
        resource.launches += 1
        rounds = resource.launch_rounds if resource.launch_rounds is not None else workspace.switches.citrix_launch_rounds
    elif key in workspace.rounds:
        rounds = workspace.rounds.pop(key)
    else:
        raise Refusal(404, "not_found", "This launch is over.")
    return resource, _not_yet(workspace, call, rounds - 1) if rounds > 0 else None


def _not_yet(workspace: Workspace, call: Call, rounds: int) -> Reply:
    switches, key = workspace.switches, workspace.make_secret("k")
    workspace.rounds[key] = rounds
    origin = call.origin if switches.citrix_retry_host == "self" else switches.citrix_retry_host.rstrip("/")
    path = call.raw_path.replace("/citrixapi/", f"/{switches.citrix_prefix}/", 1)
    wait = {"pollTimeout": int(switches.citrix_poll_timeout)} if switches.citrix_poll_timeout else {}
    return Reply(202, {"status": "retry", "retryKey": key, "retryUrl": f"{origin}{path}?{urlencode({'retryKey': key})}", **wait})


def _new_ticket(workspace: Workspace, resource: Resource) -> str:
    ticket = workspace.make_secret("ticket")
    workspace.tickets[ticket] = resource
    return ticket


def _ica(resource: Resource, ticket: str) -> Reply:
    return Reply(200, raw=_ICA.format(name=resource.name, ticket=ticket).encode(), content_type="application/x-ica")


@serves("launchIcaFile", "GET /citrixapi/store/resources/{resourceId}/icaFile", category="write")
def launch_ica_file(workspace: Workspace, call: Call) -> Reply:
    resource, not_yet = _begin_or_go_on(workspace, call)
    if resource.launch_error and not not_yet:
        raise oauth_refusal(400, "launch_failed", resource.launch_error)
    return not_yet or _ica(resource, _new_ticket(workspace, resource))


def _launch_ticket(workspace: Workspace, call: Call) -> Reply:
    resource, not_yet = _begin_or_go_on(workspace, call)
    if not_yet:
        return not_yet
    status = workspace.switches.citrix_ticket_status
    if resource.launch_error:
        return Reply(status, {"status": "failure", "errorId": resource.launch_error, "suggestRestart": True})
    host = call.origin.partition("://")[2]
    return Reply(status, {"status": "success", "receiverUri": f"receiver://{host}/launch/{_new_ticket(workspace, resource)}"})


@serves("createLaunchTicket", "POST /citrixapi/store/resources/{resourceId}/tickets")
def create_ticket(workspace: Workspace, call: Call) -> Reply:
    return _launch_ticket(workspace, call)


@serves("fetchLaunchTicket", "GET /citrixapi/store/resources/{resourceId}/tickets", category="write")
def fetch_ticket(workspace: Workspace, call: Call) -> Reply:
    return _launch_ticket(workspace, call)


@serves("redeemLaunchTicket", "POST /citrixapi/store/client/icaFile", public=True)
def redeem_ticket(workspace: Workspace, call: Call) -> Reply:
    """What the Citrix launcher does; a ticket is good once."""
    ticket = call.body.decode("utf-8", "replace").strip()
    resource = workspace.tickets.pop(ticket, None)
    if resource is None:
        raise oauth_refusal(400, "invalid_grant", "The ticket is wrong or spent.")
    return _ica(resource, _new_ticket(workspace, resource))
