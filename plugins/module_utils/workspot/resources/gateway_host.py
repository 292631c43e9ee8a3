# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateways of a cluster: the noun behind workspot_gateway_host. Source: workspot-behaviour.md, sections 4.7, 5.6 and 8 (question 15)."""

from __future__ import annotations

from ...core.errors import InvalidInput, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change, in_turn
from ...core.reconcile import Noun
from ...core.schema import CREATE, Schema
from ..client import AWS, AZURE, GCP, Call
from .gateway_clusters import find_gateway_cluster, list_gateway_clusters, require
from .gateway_hosts import BUILDING, BUSY, ENABLED, HOST, READY, REBOOTING, hosts_of, place_of
from .joining import DOMAIN, LOCAL_ADMIN

ALL = "/v1.0/rdgateways/clusters/{clusterName}/gateways"
ADD = Call("addGwHostUsingPOST", "POST", ALL, (AZURE, GCP, AWS))
DELETE = Call("deleteGwHostUsingDELETE", "DELETE", f"{ALL}/{{gatewayName}}", (AZURE, GCP, AWS))
ENABLE = Call("enableGWHostUsingPOST", "POST", f"{ALL}/{{gatewayName}}/enable", (AZURE, GCP, AWS))
REBOOT = Call("rebootGwHostUsingPOST", "POST", f"{ALL}/{{gatewayName}}/reboot", (AZURE, GCP, AWS))

# What adding a gateway takes: no name, for the service gives it one.
ADDED = Schema("gateway", "gateways", (*DOMAIN, *LOCAL_ADMIN))
# No duration is published; these are only the expectations that a plan's ETA is made of.
SECONDS_TO_BUILD, SECONDS_TO_REBOOT = 600, 180


class GatewayHost(Noun):
    """Its record is about all gateways of the cluster: only the service knows what a new one will be called."""

    result = "gateways"
    schema = HOST
    wait_timeout = 7200
    options = {
        "cluster": {"type": "str", "required": True},
        "name": {"type": "str"},
        "count": {"type": "int"},
        "state": {"type": "str", "choices": ["present", "enabled", "absent"]},
        "action": {"type": "str", "choices": ["reboot"]},
        "max_connections": {"type": "int", "default": 0},
        "force": {"type": "bool", "default": False},
        **ADDED.argument_spec(),
    }

    def check(self, options):
        aim = options["state"] or options["action"]
        if options["count"] is not None and (aim != "present" or options["count"] < 0):
            raise InvalidInput("count is a number from 0, and goes with state: present only")
        if aim == "present" and (options["name"] is None) == (options["count"] is None):
            raise InvalidInput("state: present wants the name of a gateway that shall be there, or the count of gateways, and not both")
        if aim in ("absent", "reboot") and not options["name"]:
            raise InvalidInput(f"To {'delete' if aim == 'absent' else 'reboot'} a gateway, give its name")
        if options["max_connections"] < 0:
            raise InvalidInput("max_connections is a number from 0")

    def observe(self, client, options):
        cluster = find_gateway_cluster(client, options["cluster"])
        hosts = sorted(hosts_of(client, cluster), key=lambda host: host["name"] or "")
        return {"cluster": cluster["name"], "cluster_id": cluster["id"], **_shown(hosts), "hosts": hosts}

    def plan(self, client, options, record):
        cluster, hosts = find_gateway_cluster(client, options["cluster"]), record["hosts"]
        aim = options["action"] or ("count" if options["count"] is not None else options["state"])
        changes = getattr(self, f"_{aim}")(client, cluster, hosts, options)
        return in_turn(changes)

    def absent(self, options):
        return {"cluster": options["cluster"], "cluster_id": None, **_shown([]), "hosts": []}

    def not_comparable(self, options, plan):
        return ADDED.write_only(options, CREATE)

    def _present(self, client, cluster, hosts, options):
        if self._named(hosts, options, optional=True) is None:
            raise Refused(
                f"There is no gateway '{options['name']}' in cluster '{cluster['name']}', and Control itself names new ones; add one with count"
            )
        return []

    def _count(self, client, cluster, hosts, options):
        """Gateways come and go one at a time. Those go first that serve nobody, then those with the highest numbers."""
        wanted = options["count"]
        if wanted < len(hosts):
            by_name = sorted(hosts, key=lambda host: host["name"] or "", reverse=True)
            leaving = sorted(by_name, key=lambda host: (host["mode"] == ENABLED, host["active_connections"] or 0))[: len(hosts) - wanted]
            return self._deletions(client, cluster, hosts, leaving, options)
        return [
            *self._settling(client, cluster, hosts),
            *(self._addition(client, cluster, number, options) for number in range(len(hosts) + 1, wanted + 1)),
        ]

    def _enabled(self, client, cluster, hosts, options):
        wanted = [self._named(hosts, options)] if options["name"] else hosts
        waiting = [host for host in wanted if host["mode"] != ENABLED]
        changes = [*self._settling(client, cluster, waiting)]
        for host in waiting:
            doing = f"enable gateway '{cluster['name']}/{host['name']}'"
            require(ENABLE, cluster, doing)
            enabled = {**host, "mode": ENABLED}
            after = [enabled if other is host else other for other in hosts]
            changes.append(
                self._change("enable", client, cluster, host, doing, ENABLE, hosts, after, lambda now: now and now["mode"] == ENABLED)
            )
            hosts = after
        return changes

    def _absent(self, client, cluster, hosts, options):
        host = self._named(hosts, options, optional=True)
        return self._deletions(client, cluster, hosts, [host], options) if host else []

    def _reboot(self, client, cluster, hosts, options):
        host = self._named(hosts, options)
        doing = f"reboot gateway '{cluster['name']}/{host['name']}'"
        require(REBOOT, cluster, doing)
        if host["status"] == BUILDING:
            raise Refused(f"Cannot {doing}: it is being built; wait until that has ended")
        reboot = self._change(
            "reboot",
            client,
            cluster,
            host,
            doing,
            REBOOT,
            hosts,
            hosts,
            lambda now: now and now["status"] not in BUSY and (now["last_reboot_date"] or 0) > (host["last_reboot_date"] or 0),
        )
        # The call answers before the work is done, and only the date of the last reboot proves it.
        reboot.command, reboot.repeatable, reboot.seconds = True, False, SECONDS_TO_REBOOT
        if host["status"] == REBOOTING:
            # It is on its way already, perhaps since an earlier run that was cut off.
            reboot.send = None
        else:
            self._guard(cluster, hosts, host, doing, options)
            reboot.judged_by = (reboot.place,)
        return [reboot]

    @staticmethod
    def _named(hosts, options, optional=False):
        return HOST.find(hosts, options["name"], where=f" in cluster '{options['cluster']}'", optional=optional)

    @staticmethod
    def _guard(cluster, hosts, leaving, doing, options):
        """No more than allowed lose their connection, and the cluster never its last gateway, unless that is meant."""
        if options["force"]:
            return
        connections, most = leaving["active_connections"] or 0, options["max_connections"]
        if connections > most:
            active = f"{connections} active connection{'s' if connections > 1 else ''}"
            fewer = f"no more than {most} are" if most else "none is"
            raise Refused(f"Will not {doing}: it has {active}; wait until {fewer} left or set 'force: true'")
        serving = [host for host in hosts if host is not leaving and host["mode"] == ENABLED and host["status"] == READY]
        if not serving and leaving["mode"] == ENABLED:
            raise Refused(
                f"Will not {doing}: no other gateway of cluster '{cluster['name']}' is enabled and ready; enable one first or set 'force: true'"
            )

    def _deletions(self, client, cluster, hosts, leaving, options):
        for host in leaving:
            doing = f"delete gateway '{cluster['name']}/{host['name']}'"
            require(DELETE, cluster, doing)
            self._guard(cluster, hosts, host, doing, options)
            after = [other for other in hosts if other is not host]
            change = self._change("delete", client, cluster, host, doing, DELETE, hosts, after, lambda now: now is None)
            change.destructive = True
            yield change
            hosts = after

    @staticmethod
    def _change(verb, client, cluster, host, doing, call, hosts, after, done):
        """A command to one gateway. ``hosts`` and ``after`` are the gateways before and after it, ``done`` judges this one as last read."""
        name, old, new = f"{cluster['name']}/{host['name']}", _shown(hosts), _shown(after)

        def seen():
            now = HOST.find(hosts_of(client, cluster), host["id"], optional=True)
            return DONE if done(now) else MOVING if now and now["status"] in BUSY else UNSEEN

        return Change(
            verb,
            "gateway",
            name,
            doing,
            about=f"gateway cluster {cluster['name']}",
            before={key: value for key, value in old.items() if value != new[key]},
            after={key: value for key, value in new.items() if value != old[key]},
            send=lambda: client.call(call, doing, clusterName=cluster["name"], gatewayName=host["name"]),
            seen=seen,
            place=place_of(cluster),
            touches=((list_gateway_clusters,),),
        )

    @staticmethod
    def _settling(client, cluster, hosts):
        """Waiting for gateways that are being built or rebooted, if there are any."""
        if not any(host["status"] in BUSY for host in hosts):
            return
        ids = [host["id"] for host in hosts]
        yield Change(
            "wait for",
            "gateway cluster",
            cluster["name"],
            f"wait for the gateways of cluster '{cluster['name']}'",
            seen=lambda: MOVING if any(host["status"] in BUSY and host["id"] in ids for host in hosts_of(client, cluster)) else DONE,
            place=place_of(cluster),
            seconds=SECONDS_TO_BUILD,
        )

    @staticmethod
    def _addition(client, cluster, number, options):
        doing = f"add gateway number {number} to cluster '{cluster['name']}'"
        require(ADD, cluster, doing)
        body = ADDED.body(options, CREATE)

        def seen():
            hosts = hosts_of(client, cluster)
            return UNSEEN if len(hosts) < number else MOVING if any(host["status"] in BUSY for host in hosts) else DONE

        return Change(
            "add",
            "gateway",
            f"{cluster['name']}/{number}",
            doing,
            about=f"gateway cluster {cluster['name']}",
            before={"count": number - 1},
            after={"count": number},
            send=lambda: client.call(ADD, doing, body, clusterName=cluster["name"]),
            seen=seen,
            place=place_of(cluster),
            touches=((list_gateway_clusters,),),
            repeatable=False,
            seconds=SECONDS_TO_BUILD,
        )


def _shown(hosts):
    """What plans and diffs tell of the gateways of a cluster."""
    return {"count": len(hosts), "enabled": [host["name"] for host in hosts if host["mode"] == ENABLED]}


GATEWAY_HOST = GatewayHost()
