# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One gateway cluster: the noun behind workspot_gateway_cluster. Source: workspot-behaviour.md, sections 4.7, 5.6 and 8 (question 14)."""

from __future__ import annotations

import re

from ...core.errors import InvalidInput, NotFound, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change, in_turn
from ...core.reconcile import Noun
from ...core.schema import CREATE, UPDATE
from ..client import AWS, AZURE, GCP, Call
from ..listed import UPDATE_WRITE_ONLY, refuse_id
from .clouds import GATEWAY_IMAGE, GATEWAY_VM_CLASS, check_place, find_cloud, list_gateway_images, list_gateway_vm_classes
from .clouds import require as require_in_cloud
from .gateway_clusters import (
    GATEWAY_CLUSTER,
    PUBLISHED,
    find_gateway_cluster,
    list_gateway_clusters,
    pools_behind,
    read_authentication,
    require,
)
from .gateway_hosts import BUSY, hosts_of, list_gateway_hosts, list_hosts_named
from .policies import check_policies

CREATE_CLUSTER = Call("createGWClusterUsingPOST", "POST", "/v1.0/rdgateways/clusters", (GCP, AWS))
ONE = "/v1.0/rdgateways/clusters/{clusterName}"
UPDATE_CLUSTER = Call("updateGatewayCusterUsingPOST", "POST", ONE, (GCP, AWS))
PUBLISH = Call("publishGatewayClusterUsingPOST", "POST", f"{ONE}/publish", (AZURE, GCP, AWS))
DELETE = Call("deleteGatewayClusterUsingDELETE", "DELETE", ONE, (AZURE, GCP, AWS))

NEEDED = ("cloud", "cloud_region", "auth_type", "image", "vm_class", "name_prefix", "number_of_hosts")
# No duration is published; this is only the expectation that a plan's ETA is made of.
SECONDS_TO_BUILD = 600


class GatewayCluster(Noun):
    result = "gateway_cluster"
    schema = GATEWAY_CLUSTER
    wait_timeout = 7200
    options = {
        **GATEWAY_CLUSTER.argument_spec(),
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "published", "absent"], "default": "present"},
        "update_write_only": UPDATE_WRITE_ONLY,
    }

    def check(self, options):
        empty = [name for name in ("image", "vm_class", "gateway_policy", "nps_servers") if options[name] in ("", [])]
        if empty:
            raise InvalidInput(
                f"{', '.join(empty)} of gateway cluster '{options['name']}' cannot be empty: the API takes none of them away"
            )
        if options["number_of_hosts"] is not None and options["number_of_hosts"] < 1:
            raise InvalidInput("number_of_hosts is a number from 1")
        self._check_authentication(options, options["auth_type"])

    def observe(self, client, options):
        return find_gateway_cluster(client, options["name"], optional=True)

    def places(self, client, options):
        return ((list_gateway_clusters,),)

    def plan(self, client, options, record):
        if options["state"] == "absent":
            return [self._deletion(client, record)] if record else []
        if options["cloud"] and options["cloud"] != (record or {}).get("cloud"):
            options = {**options, "cloud": find_cloud(client, options["cloud"])["name"]}
        if record is None:
            changes = [self._creation(client, options)]
        else:
            # A cluster may be called by its id, and that is no wish to rename it.
            options = {**options, "name": record["name"]}
            GATEWAY_CLUSTER.refuse_fixed(options, record)
            self._check_authentication(options, record["auth_type"])
            changes = [*self._building(client, record), *self._update(client, options, record)]
        if options["state"] == "published" and (changes or record["status"] != PUBLISHED):
            changes.append(self._publishing(client, options["name"], record))
        return in_turn(changes)

    def absent(self, options):
        return {**super().absent(options), "status": None}

    def not_comparable(self, options, plan):
        if options["state"] == "absent":
            return []
        creating = any(change.verb == "create" for change in plan.changes)
        return GATEWAY_CLUSTER.write_only(options, CREATE if creating else UPDATE)

    @staticmethod
    def _check_authentication(options, auth_type):
        """NPS authentication goes with NPS servers, any other with a policy."""
        name = options["name"]
        if options["nps_servers"] and options["gateway_policy"]:
            raise InvalidInput(f"Gateway cluster '{name}' has NPS servers or a gateway policy, never both")
        if auth_type and options["gateway_policy"] and _is_nps(auth_type):
            raise InvalidInput(f"Gateway cluster '{name}' authenticates with {auth_type}: that takes nps_servers and no gateway_policy")
        if auth_type and options["nps_servers"] and not _is_nps(auth_type):
            raise InvalidInput(f"Gateway cluster '{name}' authenticates with {auth_type}: that takes a gateway_policy and no nps_servers")

    def _creation(self, client, options):
        name = options["name"]
        refuse_id("gateway cluster", name)
        proof = "nps_servers" if options["auth_type"] and _is_nps(options["auth_type"]) else "gateway_policy"
        missing = [option for option in (*NEEDED, proof) if not options[option]]
        if missing:
            raise NotFound(
                f"There is no gateway cluster '{name}'; to create it, {', '.join(missing)} must be given as well",
                creatable=True,
                name=name,
            )
        doing = f"create gateway cluster '{name}'"
        cloud = find_cloud(client, options["cloud"])
        require_in_cloud(CREATE_CLUSTER, cloud, doing)
        check_place(client, cloud, options["cloud_region"], options["zone"])
        self._check_names(client, cloud["name"], options)
        known = read_authentication(client)
        types = [*known["authentication_options"], *known["identity_providers"]]
        if options["auth_type"] not in types:
            raise NotFound(f"There is no authentication '{options['auth_type']}' for auth_type; there are: {', '.join(types) or 'none'}")
        body = GATEWAY_CLUSTER.body(options, CREATE)
        change = self._arrival(client, name)
        change.verb, change.doing = "create", doing
        change.after = GATEWAY_CLUSTER.shown(options, CREATE)
        change.send = lambda: client.call(CREATE_CLUSTER, doing, body)
        change.repeatable = False
        change.note = f"gateways: {options['number_of_hosts']}"
        return change

    @staticmethod
    def _check_names(client, cloud, options):
        """Refuse names that the cloud does not offer, before anything is sent."""
        for option, schema, listing in (
            ("image", GATEWAY_IMAGE, list_gateway_images),
            ("vm_class", GATEWAY_VM_CLASS, list_gateway_vm_classes),
        ):
            if options.get(option):
                schema.find(client.records(listing, cloud), options[option], where=f" in cloud '{cloud}'")
        check_policies(client, options)

    def _building(self, client, record):
        """A cluster that an earlier run created is waited for as well."""
        if record["status"] != PUBLISHED and any(host["status"] in BUSY for host in hosts_of(client, record)):
            yield self._arrival(client, record["name"])

    @staticmethod
    def _arrival(client, name):
        """Waiting until the cluster is there and all of its gateways are built."""

        def seen():
            hosts = client.records(list_hosts_named, name)
            return UNSEEN if not hosts else MOVING if any(host["status"] in BUSY for host in hosts) else DONE

        return Change(
            "wait for",
            "gateway cluster",
            name,
            f"wait for gateway cluster '{name}'",
            seen=seen,
            place=(list_hosts_named, name),
            touches=((list_gateway_clusters,),),
            seconds=SECONDS_TO_BUILD,
        )

    def _update(self, client, options, record):
        changing = GATEWAY_CLUSTER.changing(options, record, write_only=options["update_write_only"] == "always")
        if not changing:
            return
        name = record["name"]
        doing = f"update gateway cluster '{name}'"
        require(UPDATE_CLUSTER, record, doing)
        self._check_names(client, record["cloud"], changing)
        later = "" if options["state"] == "published" else "clients get it when the cluster is published again"
        body, after = GATEWAY_CLUSTER.body(changing, UPDATE), GATEWAY_CLUSTER.shown(changing, UPDATE)
        yield Change(
            "update",
            "gateway cluster",
            name,
            doing,
            before={field: record[field] for field in after},
            after=after,
            send=lambda: client.call(UPDATE_CLUSTER, doing, body, clusterName=name),
            seen=lambda: DONE if GATEWAY_CLUSTER.shows(changing, find_gateway_cluster(client, name)) else UNSEEN,
            place=(list_gateway_clusters,),
            note="; ".join(filter(None, (GATEWAY_CLUSTER.hidden(changing), later))),
        )

    @staticmethod
    def _publishing(client, name, record):
        doing = f"publish gateway cluster '{name}'"
        if record:
            require(PUBLISH, record, doing)

        def seen():
            return DONE if (find_gateway_cluster(client, name, optional=True) or {"status": None})["status"] == PUBLISHED else UNSEEN

        return Change(
            "publish",
            "gateway cluster",
            name,
            doing,
            before={"status": record["status"]} if record else {},
            after={"status": PUBLISHED},
            send=lambda: client.call(PUBLISH, doing, clusterName=name),
            seen=seen,
            place=(list_gateway_clusters,),
        )

    @staticmethod
    def _deletion(client, record):
        name = record["name"]
        doing = f"delete gateway cluster '{name}'"
        require(DELETE, record, doing)
        pools = pools_behind(record)
        if pools:
            raise Refused(f"Cannot {doing}: pools use it: {', '.join(pools)}; route them elsewhere first")
        return Change(
            "delete",
            "gateway cluster",
            name,
            doing,
            before={"name": name},
            send=lambda: client.call(DELETE, doing, clusterName=name),
            seen=lambda: UNSEEN if find_gateway_cluster(client, name, optional=True) else DONE,
            place=(list_gateway_clusters,),
            touches=((list_gateway_hosts, record["id"]),),
            destructive=True,
        )


def _is_nps(auth_type):
    return re.search(r"(?<![a-z])nps(?![a-z])", auth_type, re.IGNORECASE) is not None


GATEWAY_CLUSTER_NOUN = GatewayCluster()
