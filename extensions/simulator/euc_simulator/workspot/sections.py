# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of the tenant file, but for desktop pools, desktops and users, which `file` reads itself.

Items are written in the words of the wire, snake_case, and refer to one another by name. Words of the collection's options are
understood as well. What follows from other things is read and left aside: whoever exports a tenant gets it for nothing.
"""

from ..clock import moment
from ..tenant import TenantError, refuse_unknown
from . import app_pools, applications, gateway_hosts, gateways, stale_devices, subscriptions, templates
from .control import BUILDING, READY, REBOOTING, Control
from .things import (
    Application,
    AppPool,
    AppServer,
    Bundle,
    GatewayCluster,
    GlobalDesktop,
    Group,
    Region,
    RegionalCluster,
    StaleDevice,
    Subscription,
    Template,
    Thing,
    named,
)

REBOOTED_DAYS_AGO = 30  # a gateway of the tenant file that tells nothing else


class Section:
    key = ""  # of the tenant file
    noun = ""  # in sentences and ids
    store = ""  # attribute of Control: things by id
    fields: tuple | dict = ()  # that can be read, kept in `details`
    settings: tuple = ()  # that can only be written, kept in `settings`
    own: tuple = ()  # read by `set`
    aliases: dict = {}
    derived: tuple = ()  # worked out from the rest, or not kept
    default: dict = {}  # details that an item need not tell

    def __init__(self, control: Control):
        self.control = control

    @property
    def things(self) -> dict[str, Thing]:
        return getattr(self.control, self.store)

    @property
    def known(self) -> tuple:
        return ("id", "name", *self.own, *self.fields, *self.settings, *self.aliases, *self.derived, "state")

    # ---- Load

    def add(self, item: dict) -> Thing:
        item = self._plain(item)
        name = item.get("name")
        if not name:
            raise TenantError(f"{self.noun} needs a name.".capitalize())
        thing = self.make(str(name), item)
        self.things[thing.id] = thing
        self.set(thing, item)
        return thing

    def change(self, item: dict) -> None:
        """Over what is there; `absent: true` removes."""
        absent = item.get("absent")
        item = self._plain({key: value for key, value in item.items() if key != "absent"})
        thing = self.find(item)
        if absent:
            if thing:
                self.remove(thing)
        elif thing:
            self.set(thing, item)
        else:
            self.add(item)

    def _plain(self, item: dict) -> dict:
        """The item in canonical words."""
        refuse_unknown(f"{self.noun} {item.get('name', '')}".strip() if isinstance(item, dict) else self.noun, item, self.known)
        return {self.aliases.get(key, key): value for key, value in item.items()}

    def find(self, item: dict) -> Thing | None:
        return named(self.things, item.get("name"))

    def id_name(self, name: str, item: dict) -> str:
        """What the id is made from."""
        return name

    def make(self, name: str, item: dict) -> Thing:
        made = self.control.ids.make(self.noun, self.id_name(name, item))
        return self.kind(item.get("id") or made, name, dict(self.default))

    def set(self, thing: Thing, item: dict) -> None:
        thing.details.update({key: item[key] for key in self.fields if key in item})
        thing.settings.update({key: item[key] for key in self.settings if key in item})

    def remove(self, thing: Thing) -> None:
        del self.things[thing.id]

    def ref(self, noun: str, things: dict, name, thing: Thing) -> Thing:
        found = things.get(name) or named(things, name)
        if found is None:
            raise TenantError(f"{noun} {name!r} of {self.noun} {thing.name} is not in the file.")
        return found

    def refs(self, noun: str, things: dict, names, thing: Thing) -> list:
        if not isinstance(names or [], list):
            raise TenantError(f"The {noun.lower()}s of {self.noun} {thing.name} are a list of names.")
        return [self.ref(noun, things, item.get("name") if isinstance(item, dict) else item, thing) for item in names or ()]

    # ---- Dump

    def dump(self, thing: Thing) -> dict:
        item = {"name": thing.name}
        if thing.id != self.control.ids.first(self.noun, self.id_name(thing.name, self.references(thing))):
            item["id"] = thing.id
        return {**item, **self.references(thing), **thing.details, **thing.settings}

    def references(self, thing: Thing) -> dict:
        return {}


class Subscriptions(Section):
    key, noun, store, kind = "clouds", "cloud subscription", "subscriptions", Subscription
    fields, default = (*subscriptions.FIELDS, "subscription_id"), subscriptions.DEFAULT
    own = ("regions", "vm_classes", "custom_images", "gateway_images", "gateway_vm_classes")
    aliases = {"cloud": "config_type", "provider": "config_type"}
    _items = {"vm_classes": subscriptions.VM_CLASS_FIELDS, "gateway_vm_classes": subscriptions.GATEWAY_VM_CLASS_FIELDS,
              "custom_images": subscriptions.IMAGE_FIELDS}  # fmt: skip
    _region_items = {"networks": ("name", "id", "cidr", "vpc_id", "zone"), "security_groups": ("name", "id", "vpc_id")}

    def set(self, thing: Subscription, item: dict) -> None:
        super().set(thing, item)
        for key, known in self._items.items():
            if item.get(key) is not None:
                setattr(thing, key, self._checked(thing, key, item[key], known))
        if item.get("gateway_images") is not None:
            thing.gateway_images = list(item["gateway_images"])
        if "regions" in item:
            thing.regions = [self._region(thing, region) for region in item["regions"] or ()]

    def _checked(self, thing: Thing, key: str, items: list, known) -> list[dict]:
        for item in items:
            refuse_unknown(f"{key} of {thing.name}", item, tuple(known))
        return [dict(item) for item in items]

    def _region(self, thing: Thing, item) -> Region:
        item = {"name": item} if isinstance(item, str) else item
        refuse_unknown(f"a region of {thing.name}", item, ("name", "location", "zones", *self._region_items))
        lists = {key: self._checked(thing, key, item.get(key) or (), known) for key, known in self._region_items.items()}
        return Region(str(item.get("name")), item.get("location", ""), list(item.get("zones") or ()), **lists)

    def dump(self, thing: Subscription) -> dict:
        item = super().dump(thing)
        if thing.regions:
            item["regions"] = [{key: value for key, value in vars(region).items() if value} for region in thing.regions]
        for key in ("vm_classes", "gateway_vm_classes", "gateway_images"):
            if getattr(thing, key) is not None:
                item[key] = getattr(thing, key)
        return {**item, "custom_images": thing.custom_images} if thing.custom_images else item

    def named_or_new(self, name, cloud: str | None = None) -> Subscription:
        """A subscription that something names is there, even if the file does not list it."""
        if name is None and self.things:
            return next(iter(self.things.values()))
        name = name or "Main"
        return named(self.things, name) or self.add({"name": name, **({"config_type": cloud} if cloud else {})})


class Templates(Section):
    key, noun, store = "templates", "template", "templates"
    fields = tuple(templates.FIELDS)
    own, aliases = ("subscription_name", "status"), {"subscription": "subscription_name", "cloud": "subscription_name"}
    derived = ("assigned_pools", "build", "clone_of", "register", "image_name", "network_id", "security_group_id", "vm_type", "zone", "notes",
               "setup_domain_join", "domain_to_join")  # fmt: skip

    def id_name(self, name: str, item: dict) -> str:
        return f"{self._subscription(item).name}/{name}"

    def _subscription(self, item: dict) -> Subscription:
        return Subscriptions(self.control).named_or_new(item.get("subscription_name"))

    def find(self, item: dict) -> Template | None:
        subscription = self._subscription(item)
        return next((thing for thing in self.things.values() if thing.name == item.get("name") and thing.subscription is subscription), None)

    def make(self, name: str, item: dict) -> Template:
        made = self.control.ids.make(self.noun, self.id_name(name, item))
        return Template(item.get("id") or made, name, subscription=self._subscription(item))

    def set(self, thing: Template, item: dict) -> None:
        super().set(thing, item)
        word = item.get("status") or item.get("state")
        known = {status.lower(): status for status in (templates.DRAFT, templates.PREVIEW, templates.PUBLISHED)}
        if word and word != "present":
            thing.status = known.get(str(word).lower(), str(word))

    def references(self, thing: Template) -> dict:
        return {"subscription_name": thing.subscription.name, "status": thing.status}


class GatewayClusters(Section):
    key, noun, store, kind = "gateway_clusters", "gateway cluster", "gateway_clusters", GatewayCluster
    fields, default = tuple(gateways.FIELDS), gateways.DEFAULT
    settings = ("name_prefix", "virtual_network_id", "resource_group")
    own = ("subscription_name", "regional_clusters")
    aliases = {"subscription": "subscription_name", "cloud": "subscription_name", "cloud_region": "region",
               "gateway_policy": "policy_name", "gateway_policy_name": "policy_name", "regions": "regional_clusters",
               "cluster_id": "id", "override_public_domain": "public_domain_overridden", "public_domain_overriden": "public_domain_overridden",
               "image": "image_name", "vm_class": "vm_class_name"}  # fmt: skip
    # A cluster in one region may do without `regional_clusters`; secrets are not kept.
    _region_keys = ("region", "status", "zone", "security_group_id", "security_group_name", "pools", "hosts", "number_of_hosts")
    derived = (*_region_keys, "nps_servers", "domain_to_join", "local_admin")
    _host_keys = ("id", "name", "mode", "status", "last_reboot_date", "connections", *gateway_hosts.FIELDS)
    _derived_of_host = ("active_connections", "cloud_type", "cluster_region_id", "region", "state")

    def make(self, name: str, item: dict) -> GatewayCluster:
        cluster = super().make(name, item)
        cluster.subscription = Subscriptions(self.control).named_or_new(item.get("subscription_name"))
        return cluster

    def set(self, thing: GatewayCluster, item: dict) -> None:
        super().set(thing, item)
        inline = {key: item[key] for key in self._region_keys if key in item}
        for region in item.get("regional_clusters") or ([inline] if inline or not thing.regions else ()):
            self._set_region(thing, region, item)

    def _set_region(self, cluster: GatewayCluster, item: dict, whole: dict) -> None:
        refuse_unknown(f"a region of gateway cluster {cluster.name}", item,
                       (*self._region_keys, "id", "name", "cluster_region_id", "availability", "cloud_type"))
        name = str(item.get("region") or item.get("name") or (cluster.regions[0].name if cluster.regions else "global"))
        region = next((region for region in cluster.regions if region.name == name), None)
        if region is None:
            made = self.control.ids.make("regional cluster", f"{cluster.name}/{name}")
            region = RegionalCluster(item.get("id") or item.get("cluster_region_id") or made, name)
            cluster.regions.append(region)
        region.status = item.get("status") or region.status
        region.details.update({key: item[key] for key in gateways.REGION_FIELDS if item.get(key)})
        desktop_pools = [pool for pool in item.get("pools") or () if not (isinstance(pool, dict) and pool.get("app_id"))]
        for pool in self.refs("Pool", self.control.pools, desktop_pools, cluster):  # a pool behind a gateway is routed through it
            pool.settings["gateway_cluster_name"] = cluster.name
            pool.details["route_gateway_type"] = "Always"
        hosts = item.get("hosts", item.get("number_of_hosts"))
        if isinstance(hosts, int):
            hosts = [{} for _missing in range(hosts - len(region.hosts))]
        for host in hosts or ():
            self._set_host(cluster, region, host)

    def _set_host(self, cluster: GatewayCluster, region: RegionalCluster, item: dict) -> None:
        refuse_unknown(f"a gateway of {cluster.name}", item, (*self._host_keys, *self._derived_of_host, "absent"))
        name = str(item.get("name") or next(cluster.free_names()))
        host = next((host for host in region.hosts.values() if host.name == name), None)
        if item.get("absent"):
            region.hosts.pop(host.id if host else None, None)
            return
        if host is None:
            host = gateway_hosts.add_host(self.control, cluster, region, name, READY, item.get("id"))
            host.last_reboot = self.control.timeline.now - REBOOTED_DAYS_AGO * 86400
            host.details["private_ip_address"] = self.control.address_from(host.id)
        host.mode, host.status = item.get("mode", host.mode), item.get("status", host.status)
        if item.get("last_reboot_date"):
            try:
                host.last_reboot = moment(item["last_reboot_date"])
            except ValueError:
                raise TenantError(f"last_reboot_date of gateway {name} is milliseconds since 1970 or an ISO date, not {item['last_reboot_date']!r}.") from None
        for connection in item.get("connections") or ():
            refuse_unknown(f"a connection of gateway {name}", connection, tuple(gateway_hosts.CONNECTION_FIELDS))
        if "connections" in item:
            host.connections = [dict(connection) for connection in item["connections"] or ()]
        host.details.update({key: item[key] for key in gateway_hosts.FIELDS if key in item})
        if host.status == REBOOTING:
            gateway_hosts.begin_reboot(self.control, host)
        elif host.status == BUILDING:
            self.control.timeline.after(self.control.switches.gateway_seconds, lambda: gateway_hosts.finish_host(self.control, cluster, host))

    def references(self, thing: GatewayCluster) -> dict:
        return {"subscription_name": thing.subscription.name}

    def dump(self, thing: GatewayCluster) -> dict:
        return {**super().dump(thing), "regional_clusters": [self._dump_region(thing, region) for region in thing.regions]}

    def _dump_region(self, cluster: GatewayCluster, region: RegionalCluster) -> dict:
        odd = {} if region.id == self.control.ids.first("regional cluster", f"{cluster.name}/{region.name}") else {"id": region.id}
        hosts = [self._dump_host(cluster, host) for host in region.hosts.values()]
        return {"region": region.name, **odd, "status": region.status, **region.details, "hosts": hosts}

    def _dump_host(self, cluster: GatewayCluster, host) -> dict:
        odd = {} if host.id == self.control.ids.first("gateway", f"{cluster.name}/{host.name}") else {"id": host.id}
        item = {"name": host.name, **odd, "mode": host.mode, "status": host.status, "last_reboot_date": int(host.last_reboot * 1000), **host.details}
        return {**item, "connections": host.connections} if host.connections else item


class AppPools(Section):
    key, noun, store, kind = "app_pools", "app pool", "app_pools", AppPool
    fields, default = (*app_pools.FIELDS, "subscription_name"), app_pools.DEFAULT
    settings = (*app_pools.SETTINGS.values(), "reference_pool")
    own, aliases = ("cloud", "host_count", "servers"), {"cloud_provider": "cloud", "pool_size": "host_count"}
    _server_keys = ("id", "name", "status", "mode", *app_pools.SERVER_FIELDS)

    def set(self, thing: AppPool, item: dict) -> None:
        super().set(thing, item)
        thing.cloud = item.get("cloud", thing.cloud)
        servers = item.get("servers", item.get("host_count") or 0)
        if isinstance(servers, int):
            servers = [{} for _missing in range(servers - len(thing.servers))]
        for server in servers:
            self._set_server(thing, server)
        thing.size = item.get("host_count", len(thing.servers))

    def _set_server(self, pool: AppPool, item: dict) -> None:
        refuse_unknown(f"a server of {pool.name}", item, (*self._server_keys, "absent", "state"))
        name = str(item.get("name") or next(pool.free_names()))
        server = next((server for server in pool.servers.values() if server.name == name), None)
        if item.get("absent"):
            pool.servers.pop(server.id if server else None, None)
            return
        if server is None:
            made = self.control.ids.make("app server", f"{pool.name}/{name}")
            server = AppServer(item.get("id") or made, name, {"fqdn": f"{name.lower()}.example.com", "ip_address": self.control.address_from(made)})
            pool.servers[server.id] = server
        server.status, server.mode = item.get("status", server.status), item.get("mode", server.mode)
        server.details.update({key: item[key] for key in app_pools.SERVER_FIELDS if key in item})
        if server.status == BUILDING:
            app_pools.finish_server(self.control, server)

    def references(self, thing: AppPool) -> dict:
        return {"cloud": thing.cloud}

    def dump(self, thing: AppPool) -> dict:
        servers = [{"name": server.name, **({} if server.id == self.control.ids.first("app server", f"{thing.name}/{server.name}") else {"id": server.id}),
                    "status": server.status, "mode": server.mode, **server.details} for server in thing.servers.values()]  # fmt: skip
        return {**super().dump(thing), "host_count": thing.size, "servers": servers}

    def remove(self, thing: AppPool) -> None:
        for application in [application for application in self.control.applications.values() if application.app_pool is thing]:
            self.control.remove_application(application)
        super().remove(thing)


class Applications(Section):
    key, noun, store = "applications", "application", "applications"
    fields, default = tuple(applications.FIELDS), applications.DEFAULT
    settings = tuple(applications.SETTINGS.values())
    own = ("app_pool", "gateway_cluster", "listed")
    aliases = {"pool": "app_pool", "pool_name": "app_pool", "app_params": "parameters", "gateway_cluster_name": "gateway_cluster"}
    derived = ("bundles", "pool_id", "app_pool_id", "gateway_cluster_id", "icon")

    def make(self, name: str, item: dict) -> Application:
        made = self.control.ids.make(self.noun, name)
        return Application(item.get("id") or made, name, dict(self.default))

    def set(self, thing: Application, item: dict) -> None:
        super().set(thing, item)
        thing.listed = item.get("listed", thing.listed)
        if thing.listed and ("app_pool" in item or thing.app_pool is None):
            thing.app_pool = self.ref("App pool", self.control.app_pools, item.get("app_pool"), thing)
        if "gateway_cluster" in item:
            name = item["gateway_cluster"]
            thing.gateway_cluster = self.ref("Gateway cluster", self.control.gateway_clusters, name, thing) if name else None

    def remove(self, thing: Application) -> None:
        self.control.remove_application(thing)

    def references(self, thing: Application) -> dict:
        if not thing.listed:
            return {"listed": False}
        return {"app_pool": thing.app_pool.name, **({"gateway_cluster": thing.gateway_cluster.name} if thing.gateway_cluster else {})}


class Bundles(Section):
    key, noun, store, kind = "bundles", "bundle", "bundles", Bundle
    own, aliases = ("applications",), {"apps": "applications"}
    derived = ("groups",)  # each group names its bundle

    def set(self, thing: Bundle, item: dict) -> None:
        if "applications" in item:
            thing.applications = self.refs("Application", self.control.applications, item["applications"], thing)

    def remove(self, thing: Bundle) -> None:
        self.control.remove_bundle(thing)

    def references(self, thing: Bundle) -> dict:
        return {"applications": [application.name for application in thing.applications]}


class GlobalDesktops(Section):
    key, noun, store, kind = "global_desktops", "global desktop", "global_desktops", GlobalDesktop
    own, aliases = ("pools", "users"), {"assigned_pools": "pools", "global_desktop_id": "id", "global_desktop_name": "name"}
    derived = ("groups", "groups_assigned")

    def set(self, thing: GlobalDesktop, item: dict) -> None:
        if "pools" in item:
            thing.pools = self._pools(thing, item["pools"])
        for entry in item.get("users") or ():
            refuse_unknown(f"a user of global desktop {thing.name}", entry, ("user", "pools", "absent"))
            email = str(entry.get("user")).lower()
            if email not in self.control.users:
                raise TenantError(f"User {entry.get('user')!r} of global desktop {thing.name} is not among the users.")
            if entry.get("absent"):
                thing.users.pop(email, None)
            else:
                thing.users[email] = self._pools(thing, entry.get("pools")) or None

    def _pools(self, thing: GlobalDesktop, pools) -> list:
        """Names, in order; or {pool, precedence}."""
        if any(isinstance(pool, dict) for pool in pools or ()):
            pools = [pool.get("pool") or pool.get("pool_name") for pool in sorted(pools, key=lambda pool: pool.get("precedence", 0))]
        return self.refs("Pool", self.control.pools, pools, thing)

    def remove(self, thing: GlobalDesktop) -> None:
        super().remove(thing)
        for group in self.control.groups.values():
            if thing in group.global_desktops:
                group.global_desktops.remove(thing)

    def references(self, thing: GlobalDesktop) -> dict:
        names = {email: [pool.name for pool in pools or ()] for email, pools in thing.users.items()}
        users = [{"user": email, "pools": pools} if pools else {"user": email} for email, pools in names.items()]
        return {"pools": [pool.name for pool in thing.pools], **({"users": users} if users else {})}


class Groups(Section):
    key, noun, store, kind = "groups", "group", "groups", Group
    own = ("type", "bundle", "global_desktops")
    derived = ("bundle_id",)

    def set(self, thing: Group, item: dict) -> None:
        thing.type = item.get("type") or thing.type
        if "bundle" in item:
            thing.bundle = self.ref("Bundle", self.control.bundles, item["bundle"], thing) if item["bundle"] else None
        if "global_desktops" in item:
            thing.global_desktops = self.refs("Global desktop", self.control.global_desktops, item["global_desktops"], thing)

    def references(self, thing: Group) -> dict:
        item = {"type": thing.type, **({"bundle": thing.bundle.name} if thing.bundle else {})}
        return {**item, "global_desktops": [desktop.name for desktop in thing.global_desktops]} if thing.global_desktops else item


class StaleDevices(Section):
    key, noun, store, kind = "stale_devices", "stale device", "stale_devices", StaleDevice
    fields, aliases = tuple(stale_devices.FIELDS), {"device_id": "id", "device_name": "name"}

    def _plain(self, item: dict) -> dict:
        item = super()._plain(item)
        return {"name": item.get("desktop_name"), **{key: str(value) for key, value in item.items()}}


# In the order in which they are read: an item may refer to what comes before. Those of the second kind refer to users as well.
BEFORE_USERS = (Subscriptions, Templates, GatewayClusters, AppPools, Applications, Bundles)
AFTER_USERS = (GlobalDesktops, Groups, StaleDevices)
