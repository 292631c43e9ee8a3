# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting one application server: the noun behind workspot_app_server. Source: workspot-behaviour.md, sections 3.2 and 4.6."""

from __future__ import annotations

from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ..client import AKAMAI, AWS, AZURE, GCP, Call
from ..listed import refuse_by_name
from .app_pools import APP_SERVER, find_app_pool, list_app_pools, list_app_servers, refuse_sessions

READ_SERVER = Call("appServerDeatilsUsingGET", "GET", "/v1.0/cloudAppPools/{cloudAppPoolId}/appServers/{appServerId}", (AZURE, GCP, AWS))
DELETE_SERVER = Call(
    "deletecloudAppServerUsingDELETE",
    "DELETE",
    "/v1.0/cloudAppPools/{cloudAppPoolId}/appServers/{appServerId}",
    (AZURE, GCP, AWS, AKAMAI),
)


class AppServer(Noun):
    result = "app_server"
    schema = APP_SERVER
    options = {
        "pool": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["absent"], "required": True},
        "force": {"type": "bool", "default": False},
    }

    def observe(self, client, options):
        pool = find_app_pool(client, options["pool"])
        record = APP_SERVER.find(client.records(list_app_servers, pool["id"]), options["name"], optional=True)
        return record and {**record, "pool": pool["name"], "pool_id": pool["id"]}

    def plan(self, client, options, record):
        if record is None or record["status"] == "Deleting":
            return []
        pool = find_app_pool(client, options["pool"])
        doing, path = (
            f"delete application server '{pool['name']}/{record['name']}'",
            {"cloudAppPoolId": pool["id"], "appServerId": record["id"]},
        )
        DELETE_SERVER.require(pool, doing)
        # Whether the pool builds servers anew is a setting that no call shows.
        refuse_by_name(record, options["name"], doing, "the pool may build a fresh server")
        if not options["force"]:
            # Sessions come and go: where the cloud has the call, they are read right now.
            offered = READ_SERVER.is_offered_for(pool)
            doing_so = f"read application server {record['id']}"
            refuse_sessions([APP_SERVER.record(client.read(READ_SERVER, doing_so, **path)) if offered else record], doing)

        def seen():
            now = APP_SERVER.find(client.records(list_app_servers, pool["id"]), record["id"], optional=True)
            return DONE if now is None or now["status"] == "Deleting" else UNSEEN

        return [
            Change(
                "delete",
                "application server",
                f"{pool['name']}/{record['name']}",
                doing,
                before={"name": record["name"], "pool": pool["name"]},
                send=lambda: client.call(DELETE_SERVER, doing, **path),
                seen=seen,
                place=(list_app_servers, pool["id"]),
                touches=((list_app_pools,),),
                destructive=True,
                note="its pool may build another one",
            )
        ]

    def absent(self, options):
        return {**super().absent(options), "pool": options["pool"], "pool_id": None}


APP_SERVER_NOUN = AppServer()
