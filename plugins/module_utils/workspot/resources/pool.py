# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One desktop pool: the noun behind workspot_pool. Source: workspot-behaviour.md, sections 4.2 and 5.1."""

from __future__ import annotations

from ...core.errors import InvalidInput, NotFound, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import CREATE, UPDATE, sides
from ..client import GCP, Call
from ..listed import UPDATE_WRITE_ONLY, refuse_id
from .desktops import BROKEN, BUILDS, SECONDS_TO_BUILD, desktops_of, has_session, label, list_desktops
from .gateway_clusters import clusters_of, find_gateway_cluster, list_gateway_clusters
from .gateway_hosts import list_gateway_hosts
from .policies import check_policies
from .pools import POOL, find_pool, list_pools
from .templates import list_templates

CREATE_POOL = Call("createDesktopPoolUsingPOST", "POST", "/v1.0/pools", (GCP,))
# The same path as for reading one pool, but this call wants the pool's name where that one wants its id.
UPDATE_POOL = Call("updateDesktopPoolUsingPOST", "POST", "/v1.0/pools/{poolId}", (GCP,))

# Where it shows that a pool is routed elsewhere.
GATEWAYS = ((list_gateway_clusters,), (list_gateway_hosts,))


def list_desktops_named(client, pool_name):
    """The desktops of a pool that may be too new for the pools read so far; a place of the snapshot."""
    pool = find_pool(client, pool_name, optional=True) or POOL.find(client.refresh((list_pools,)), pool_name)
    return client.refresh((list_desktops, pool["id"]))


class Pool(Noun):
    result = "pool"
    schema = POOL
    wait_timeout = 7200
    options = {
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present"], "default": "present"},
        "reference_pool": {"type": "str"},
        "desktops": {"type": "int"},
        "allow_shrink": {"type": "bool", "default": False},
        **POOL.argument_spec(),
        "update_write_only": UPDATE_WRITE_ONLY,
    }

    def check(self, options):
        if options["desktops"] is not None and options["desktops"] < 0:
            raise InvalidInput("desktops is a number from 0")
        digits = options["desktop_name_suffix_length"]
        if digits is not None and not 1 <= digits <= 4:
            raise InvalidInput("desktop_name_suffix_length is 1 to 4")
        if options["login_domain"] and options["login_type"] not in (None, "SSO_USER_PASSWD"):
            raise InvalidInput("login_domain goes with login_type SSO_USER_PASSWD only")

    def observe(self, client, options):
        return find_pool(client, options["name"], optional=True)

    def places(self, client, options):
        return ((list_pools,),)

    def plan(self, client, options, record):
        if options["gateway_cluster"]:
            options = {**options, "gateway_cluster": find_gateway_cluster(client, options["gateway_cluster"])["name"]}
        return self._update(client, options, record) if record else self._creation(client, options)

    def not_comparable(self, options, plan):
        given = dict.fromkeys(POOL.write_only(options, CREATE) + POOL.write_only(options, UPDATE))
        return [*given, *(["reference_pool"] if options["reference_pool"] else [])]

    def _creation(self, client, options):
        name = options["name"]
        refuse_id("pool", name)
        if not options["reference_pool"]:
            raise NotFound(
                f"There is no pool '{name}'; to create it, name the pool whose settings it takes over in reference_pool", name=name
            )
        reference = find_pool(client, options["reference_pool"])
        doing = f"create pool '{name}' after '{reference['name']}'"
        CREATE_POOL.require(reference, doing)
        check_policies(client, options)
        body = {"poolName": name, "referencePoolName": reference["name"], **POOL.body(options, CREATE)}
        if options["desktops"] is not None:
            body["numberOfDesktops"] = options["desktops"]
        inherited = {
            field: reference[field] for field in ("cloud", "region", "zone", "template", "vm_type", "subscription_name", "pool_type")
        }
        create = Change(
            "create",
            "pool",
            name,
            doing,
            after={**inherited, **POOL.shown(options, CREATE), "name": name},
            send=lambda: client.call(CREATE_POOL, doing, body),
            seen=lambda: DONE if find_pool(client, name, optional=True) else UNSEEN,
            place=(list_pools,),
            touches=((list_templates,),),
            repeatable=False,
            note=f"settings of '{reference['name']}'" + (f", {options['desktops']} desktops" if options["desktops"] else ""),
        )
        return [create, self._arrival(client, name, options["desktops"], before=())] if options["desktops"] else [create]

    def _update(self, client, options, record):
        name, record = record["name"], _routed(client, options, record)
        POOL.refuse_fixed(options, record)
        changing = POOL.changing(options, record, write_only=options["update_write_only"] == "always")
        body, after = POOL.body(changing, UPDATE), POOL.shown(changing, UPDATE)
        before = {field: record[field] for field in after}
        changes, destructive, note = [], False, ""
        if options["desktops"] is not None:
            desktops = [desktop for desktop in desktops_of(client, record) if desktop["status"] != "Deleting"]
            now, wanted = len(desktops), options["desktops"]
            if wanted < now:
                self._guard_shrinking(name, desktops, wanted, options["allow_shrink"])
            if wanted != now:
                body["numberOfDesktops"], before["desktops"], after["desktops"] = wanted, now, wanted
                destructive, note = wanted < now, f"{now} to {wanted} desktops"
            if wanted != now or any(desktop["status"] == "Provisioning" for desktop in desktops):
                changes.append(self._arrival(client, name, wanted, desktops))
        if body:
            doing = f"update pool '{name}'"
            UPDATE_POOL.require(record, doing, differing=sides(before, after))
            check_policies(client, changing)
            changes.append(
                Change(
                    "update",
                    "pool",
                    name,
                    doing,
                    before=before,
                    after=after,
                    send=lambda: client.call(UPDATE_POOL, doing, body, poolId=name),
                    seen=lambda: self._update_seen(client, name, changing, options["desktops"] if "desktops" in after else None),
                    place=(list_pools,),
                    touches=((list_desktops, record["id"]), *(GATEWAYS if "gateway_cluster" in changing else ())),
                    destructive=destructive,
                    judged_by=((list_desktops, record["id"]),) if destructive else (),
                    note="; ".join(filter(None, (note, POOL.hidden(changing)))),
                )
            )
        return changes

    @staticmethod
    def _guard_shrinking(name, desktops, wanted, allowed):
        differing = {"desktops": {"before": len(desktops), "after": wanted}}
        if not allowed:
            raise Refused(
                f"Will not shrink pool '{name}' from {len(desktops)} to {wanted} desktops; set 'allow_shrink: true' if that is meant",
                differing=differing,
            )
        free = [desktop for desktop in desktops if not desktop["user"] and not has_session(desktop)]
        if len(desktops) - wanted > len(free):
            raise Refused(
                f"Will not shrink pool '{name}' from {len(desktops)} to {wanted} desktops: only {len(free)} are unassigned and unused, "
                "and which ones go cannot be chosen; unassign users first, or delete chosen desktops with workspot_desktop",
                differing=differing,
            )

    @staticmethod
    def _update_seen(client, name, changing, desktops):
        if "gateway_cluster" in changing:
            client.refresh((list_gateway_clusters,))
        record = _routed(client, changing, find_pool(client, name))
        if desktops is None:
            return DONE if POOL.shows(changing, record) else UNSEEN
        if POOL.differences(changing, record):
            return UNSEEN
        return DONE if len(client.refresh((list_desktops, record["id"]))) == desktops else UNSEEN

    @staticmethod
    def _arrival(client, name, wanted, before):
        """Waiting until the pool has the wanted number of desktops, and none is under way; ``before`` are those that it had."""
        ids_before, growing = {desktop["id"] for desktop in before}, wanted >= len(before)

        def seen():
            desktops = [desktop for desktop in client.records(list_desktops_named, name) if desktop["status"] != "Deleting"]
            if any(desktop["status"] == "Provisioning" for desktop in desktops):
                return MOVING
            broken = [label(desktop) for desktop in desktops if desktop["status"] in BROKEN and desktop["id"] not in ids_before]
            if broken:
                return f"{len(broken)} of its new desktops failed to build: {', '.join(broken[:5])}; delete them and run again"
            # An administrator may add or remove desktops meanwhile: more than wanted is enough, and so is fewer when shrinking.
            return DONE if (len(desktops) >= wanted if growing else len(desktops) <= wanted) else MOVING

        return Change(
            "wait for",
            "pool",
            name,
            f"wait for the desktops of pool '{name}'",
            seen=seen,
            place=(list_desktops_named, name),
            touches=((list_pools,),),
            stage=1,
            seconds=max(wanted - len(before), 0) * SECONDS_TO_BUILD,
            queue=BUILDS,
        )


def _routed(client, options, record):
    """The record, with the gateway cluster of the pool if the options are about it."""
    if options.get("gateway_cluster") is None:
        return record
    wanted, clusters = options["gateway_cluster"], clusters_of(client, record)
    return {**record, "gateway_cluster": wanted if wanted in clusters else ", ".join(clusters) or None}


POOL_NOUN = Pool()
