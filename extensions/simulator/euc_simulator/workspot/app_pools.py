# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Application server pools and their servers (behaviour notes, 4.6 and 5.5)."""

from itertools import islice

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, GCP, require_cloud
from .control import BUILDING, DELETING, READY, Control
from .errors import invalid
from .outcomes import answers_details
from .things import AppPool, AppServer, named

FIELDS = {"description": "description", "region": "region", "status": "status", "template": "template", "vm_type": "vmType", "zone": "zone"}
DEFAULT = {"description": "", "status": "Success"}
SERVER_FIELDS = {"fqdn": "fqdn", "ip_address": "ipAddress", "total_sessions": "totalSessions"}
# What an update can change, and what only a create can set; none of it can be read.
CHANGEABLE = {"autoCreateOnDelete": "auto_create_on_delete", "loadBalancingMethod": "load_balancing_method", "maxSessionLimit": "max_session_limit"}
SETTINGS = {**CHANGEABLE, "pauseOnFirstFailure": "pause_on_first_failure", "serverNamePrefix": "server_name_prefix"}
_EVERYWHERE = (AZURE, GCP, AWS, AKAMAI)


def as_wire(pool: AppPool) -> dict:
    return {"id": pool.id, "name": pool.name, "cloudProvider": pool.cloud, "hostCount": pool.size, **pool.readable(FIELDS)}


def server_as_wire(server: AppServer) -> dict:
    return {"id": server.id, "name": server.name, "mode": server.mode, "status": server.status, "totalSessions": 0, **server.readable(SERVER_FIELDS)}


def app_pool_of(control: Control, call: Call) -> AppPool:
    pool = control.find("Application server pool", control.app_pools, call.slots["cloudAppPoolId"])
    require_cloud(pool, call.endpoint)
    return pool


@serves("cloudAppPoolsUsingGET", "GET /v1.0/cloudAppPools", clouds=_EVERYWHERE)
def list_app_pools(control: Control, call: Call) -> Reply:
    return Reply(200, {"cloudAppPools": [as_wire(pool) for pool in control.app_pools.values()]})


@serves("cloudAppPoolInfoUsingGET", "GET /v1.0/cloudAppPools/{cloudAppPoolId}", clouds=_EVERYWHERE)
def show_app_pool(control: Control, call: Call) -> Reply:
    return Reply(200, as_wire(app_pool_of(control, call)))


@serves("createCloudAppPoolUsingPOST", "POST /v1.0/cloudAppPools", clouds=(GCP,))
@answers_details
def create_app_pool(control: Control, call: Call) -> dict:
    """Modelled on a reference pool, named by ID; what cannot be given comes from there. Servers are built afterwards."""
    body = call.json()
    name = body.get("poolName")
    if not name or not body.get("referencePool"):
        raise invalid("poolName and referencePool are needed.")
    reference = control.find("Application server pool", control.app_pools, body["referencePool"])
    require_cloud(reference, call.endpoint)
    if named(control.app_pools, name):
        raise Refusal(400, "alreadyExists", f"Application server pool {name} already exists.")
    _check(body)
    pool = AppPool(control.ids.make("app pool", name), name, {**reference.details, "description": body.get("description") or ""}, cloud=reference.cloud)
    pool.settings = {key: body[wire] for wire, key in SETTINGS.items() if body.get(wire) is not None}
    pool.settings["reference_pool"] = reference.name
    control.app_pools[pool.id] = pool
    _resize(control, pool, body.get("poolSize", 0))
    return as_wire(pool)


@serves("updateCloudAppPoolUsingPOST", "POST /v1.0/cloudAppPools/{cloudAppPoolId}", clouds=(GCP,))
@answers_details
def update_app_pool(control: Control, call: Call) -> dict:
    pool, body = app_pool_of(control, call), call.json()
    _check(body)
    if body.get("poolSize") is not None:
        _resize(control, pool, body["poolSize"])
    if body.get("description") is not None:
        pool.details["description"] = body["description"]
    pool.settings.update({key: body[wire] for wire, key in CHANGEABLE.items() if body.get(wire) is not None})
    return as_wire(pool)


def _check(body: dict) -> None:
    for field, least in (("poolSize", 0), ("maxSessionLimit", 1)):
        number = body.get(field)
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < least):
            raise invalid(f"{field} is a number from {least}.")
    if body.get("loadBalancingMethod") not in (None, "Depth", "Breadth"):
        raise invalid("loadBalancingMethod is Depth or Breadth.")


def _resize(control: Control, pool: AppPool, size: int) -> None:
    surplus = len(pool.servers) - size
    if surplus > 0:
        if control.switches.shrink == "refuse":
            raise Refusal(400, "invalidRequest", f"Pool {pool.name} has {len(pool.servers)} servers and cannot be made smaller.")
        for server in list(pool.servers.values())[-surplus:]:
            del pool.servers[server.id]
    pool.size = size
    for name in list(islice(pool.free_names(), max(0, -surplus))):
        build_server(control, pool, name)


def build_server(control: Control, pool: AppPool, name: str) -> None:
    server = AppServer(control.ids.make("app server", f"{pool.name}/{name}"), name, {"fqdn": f"{name.lower()}.example.com"}, status=BUILDING)
    pool.servers[server.id] = server
    finish_server(control, server)


def finish_server(control: Control, server: AppServer) -> None:
    """Servers of a pool are built side by side."""

    def done() -> None:
        server.status = READY
        server.details["ip_address"] = control.address_from(server.id)

    control.timeline.after(control.switches.app_server_seconds, done)


@serves("deletecloudAppPoolUsingDELETE", "DELETE /v1.0/cloudAppPools/{cloudAppPoolId}", clouds=_EVERYWHERE)
def delete_app_pool(control: Control, call: Call) -> Reply:
    """What becomes of its applications is not published: see switch app_pool_in_use."""
    pool = app_pool_of(control, call)
    applications = [application for application in control.applications.values() if application.app_pool is pool]
    if applications and control.switches.app_pool_in_use == "refuse":
        raise Refusal(400, "inUse", f"Pool {pool.name} has applications: {', '.join(application.name for application in applications)}.")
    for application in applications:
        control.remove_application(application)
    del control.app_pools[pool.id]
    return Reply(204)


# ---- Servers

def server_of(control: Control, call: Call) -> tuple[AppPool, AppServer]:
    pool = app_pool_of(control, call)
    return pool, control.find("Application server", pool.servers, call.slots["appServerId"])


@serves("cloudAppServersUsingGET", "GET /v1.0/cloudAppPools/{cloudAppPoolId}/appServers", clouds=_EVERYWHERE)
def list_servers(control: Control, call: Call) -> Reply:
    return Reply(200, {"cloudAppServers": [server_as_wire(server) for server in app_pool_of(control, call).servers.values()]})


@serves("appServerDeatilsUsingGET", "GET /v1.0/cloudAppPools/{cloudAppPoolId}/appServers/{appServerId}", clouds=(AZURE, GCP, AWS))
def show_server(control: Control, call: Call) -> Reply:
    return Reply(200, server_as_wire(server_of(control, call)[1]))


@serves("deletecloudAppServerUsingDELETE", "DELETE /v1.0/cloudAppPools/{cloudAppPoolId}/appServers/{appServerId}", clouds=_EVERYWHERE)
def delete_server(control: Control, call: Call) -> Reply:
    """A pool with auto-create builds a new one in its place, another one shrinks."""
    pool, server = server_of(control, call)
    if server.status == DELETING:
        raise Refusal(400, "invalidState", f"Server {server.name} is {server.status}.")
    server.status = DELETING

    def gone() -> None:
        if pool.servers.pop(server.id, None) is None:
            return
        if pool.settings.get("auto_create_on_delete"):
            build_server(control, pool, server.name)
        else:
            pool.size = max(0, pool.size - 1)

    control.timeline.after(control.switches.deleting_seconds, gone)
    return Reply(204)
