# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One application server pool: the noun behind workspot_app_pool. Source: workspot-behaviour.md, sections 4.6 and 5.5."""

from __future__ import annotations

from ...core.errors import InvalidInput, NotFound, Refused
from ..client import AKAMAI, AWS, AZURE, GCP, Call
from ..listed import STATE, UPDATE_WRITE_ONLY, Listed
from .app_pools import APP_POOL, find_app_pool, list_app_pools, list_app_servers, refuse_sessions
from .applications import LIST as LIST_APPLICATIONS
from .applications import list_applications, list_bare_applications
from .bundles import list_bundles
from .gateway_clusters import list_gateway_clusters

CREATE_APP_POOL = Call("createCloudAppPoolUsingPOST", "POST", "/v1.0/cloudAppPools", (GCP,))
UPDATE_APP_POOL = Call("updateCloudAppPoolUsingPOST", "POST", "/v1.0/cloudAppPools/{cloudAppPoolId}", (GCP,))
DELETE_APP_POOL = Call("deletecloudAppPoolUsingDELETE", "DELETE", "/v1.0/cloudAppPools/{cloudAppPoolId}", (AZURE, GCP, AWS, AKAMAI))


class AppPool(Listed):
    result = "app_pool"
    schema = APP_POOL
    listing = staticmethod(list_app_pools)
    touches = ((list_app_servers,),)
    create_call, update_call, delete_call, slot = CREATE_APP_POOL, UPDATE_APP_POOL, DELETE_APP_POOL, "cloudAppPoolId"
    options = {
        **APP_POOL.argument_spec(),
        "name": {"type": "str", "required": True},
        "state": STATE,
        "allow_shrink": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
        "update_write_only": UPDATE_WRITE_ONLY,
    }

    def check(self, options):
        for name, least in (("host_count", 0), ("max_session_limit", 1)):
            if options[name] is not None and options[name] < least:
                raise InvalidInput(f"{name} is a number from {least}")

    def wanted(self, client, options, record):
        if record:
            return options
        if not options["reference_pool"]:
            name = options["name"]
            raise NotFound(
                f"There is no application server pool '{name}'; to create it, name the one whose settings it takes over in reference_pool",
                name=name,
            )
        reference = find_app_pool(client, options["reference_pool"])
        return {**options, "reference_pool": reference["name"], "reference_pool_id": reference["id"]}

    def site(self, client, options):
        # A new pool is on the cloud of the one whose settings it takes over.
        return find_app_pool(client, options.get("id") or options["reference_pool_id"])

    def creation(self, client, wanted):
        reference = find_app_pool(client, wanted["reference_pool_id"])
        (create,) = super().creation(client, wanted)
        create.after.update({field: reference[field] for field in ("cloud", "region", "zone", "template", "vm_type")})
        create.note = f"settings of '{reference['name']}'"
        return [create]

    def update(self, client, wanted, record):
        now, then = record["host_count"], wanted["host_count"]
        shrinks = now is not None and then is not None and then < now
        if shrinks and not wanted["allow_shrink"]:
            raise Refused(
                f"Will not shrink application server pool '{record['name']}' from {now} to {then} servers; "
                "set 'allow_shrink: true' if that is meant"
            )
        changes = super().update(client, wanted, record)
        for change in changes:
            change.destructive = shrinks
        return changes

    def deletion(self, client, options, record):
        delete = super().deletion(client, options, record)
        servers = (list_app_servers, record["id"])
        applications = ((list_bare_applications,),) if LIST_APPLICATIONS.is_offered_for(record) else ()
        going = sorted(one["name"] for place in applications for one in client.records(*place) if one["pool_id"] == record["id"])
        if going:
            delete.note = f"applications that go with it: {', '.join(going)}"
        delete.touches += ((list_applications,), (list_bare_applications,), (list_bundles,), (list_gateway_clusters,))
        if not options["force"]:
            refuse_sessions(client.records(*servers), delete.doing)
            if going:
                raise Refused(
                    f"Will not {delete.doing}: {', '.join(going)} would go with it; delete these applications first or set 'force: true'"
                )
            delete.judged_by = (delete.place, servers, *applications)
        return delete


APP_POOL_NOUN = AppPool()
