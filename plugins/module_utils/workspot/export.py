# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A live tenant as data: what workspot_tenant can be given, what else is known of it, and what is missing.

A kind is a row of KINDS with a function that turns records into entries. Everything is read through the resources.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
from collections.abc import Callable

from ..core.schema import UPDATE, Schema
from .client import Call, cloud_name
from .resources.app_pool import CREATE_APP_POOL
from .resources.app_pools import APP_POOL, list_app_pools
from .resources.applications import APPLICATION
from .resources.assignment import ASSIGNMENT
from .resources.bundle import known_applications
from .resources.bundles import BUILT_IN, BUNDLE, list_bundles
from .resources.clouds import CLOUD, list_clouds
from .resources.desktop import BUILT as BUILT_DESKTOP
from .resources.desktop import MACHINE
from .resources.desktops import BROKEN, DESKTOP, list_desktops
from .resources.gateway_cluster import CREATE_CLUSTER
from .resources.gateway_clusters import GATEWAY_CLUSTER, PUBLISHED, list_gateway_clusters
from .resources.global_desktops import GLOBAL_DESKTOP, list_global_desktops, read_global_desktop
from .resources.groups import GROUP, list_groups, with_bundle
from .resources.pool import CREATE_POOL
from .resources.pools import POOL, is_persistent, list_pools
from .resources.template import BUILD, CLONED, REGISTERED
from .resources.template import BUILT as BUILT_TEMPLATE
from .resources.templates import BROKEN as BROKEN_TEMPLATE
from .resources.templates import LIST as LIST_TEMPLATES
from .resources.templates import SETTLED, TEMPLATE, list_templates
from .resources.users import USER
from .resources.users_report import all_users

NOTHING = (None, "", [], {})


@dataclasses.dataclass(frozen=True)
class Entry:
    """One object: its options, and what else is known of it. ``cloud`` decides which calls there are for it.

    ``because`` is why it cannot be asked for as it is: such an object stands among the facts whole, and is no part of the tenant.
    """

    item: dict
    facts: dict = dataclasses.field(default_factory=dict)
    cloud: str | None = None
    because: str = ""


@dataclasses.dataclass(frozen=True)
class Kind:
    """A key of the result. ``keys`` are the options that name one object; ``creation`` are schemas with options of its creation alone.

    ``always`` is said of all objects of the kind, and ``limited`` of those on clouds without ``call``.
    """

    entries: Callable
    schema: Schema
    keys: tuple = ("name",)
    creation: tuple = ()
    always: str = ""
    limited: str = ""
    call: Call | None = None

    def label(self, entry):
        return "/".join(entry.item[key] for key in self.keys)

    def fact(self, entry):
        """What stands among the facts for this object, if anything does."""
        shown = entry.item if entry.because else {key: entry.item[key] for key in self.keys}
        return {**shown, **entry.facts} if entry.facts or entry.because else None

    def sentences(self, entries):
        """What cannot be done about these objects."""
        said = collections.defaultdict(list)
        for entry in entries:
            for sentence in self._about(entry):
                said[sentence].append(self.label(entry))
        return [f"{_listed(self.schema, labels)}: {sentence}" for sentence, labels in said.items()]

    def _about(self, entry):
        if entry.because:
            yield f"left out, for {entry.because}"
        if self.always:
            yield self.always
        if self.call and entry.cloud and cloud_name(entry.cloud) not in self.call.clouds:
            yield f"on {entry.cloud} the API {self.limited}, only on {', '.join(self.call.clouds)}"


class Look:
    """One look at a tenant. Each listing is read once, however long the look takes; ``notes`` gathers sentences on what cannot be managed."""

    def __init__(self, client, deadline):
        self.notes = []
        self._client = client
        self._deadline = deadline
        self._read = {}

    def records(self, listing, *key):
        """As that of the client, which a look stands in for where resources want one."""
        place = (listing, *key)
        if place not in self._read:
            self._read[place] = self._client.records(*place)
        return self._read[place]

    @functools.cached_property
    def users(self):
        return all_users(self._client, self._deadline)

    @functools.cached_property
    def global_desktops(self):
        """Whole ones; they tell their groups as well, so that no group has to be asked."""
        return [self.records(read_global_desktop, listed["id"]) for listed in self.records(list_global_desktops)]

    def called(self, schema, records):
        """The records with what each is called, in order of that; one that nothing can call is left out."""
        pairs = list(zip(records, schema.handles(records)))
        by_id = [handle for record, handle in pairs if handle and handle != record["name"]]
        if by_id:
            self.notes.append(f"{_listed(schema, by_id)}: called by id, for the name is missing or shared")
        strangers = sum(not handle for _record, handle in pairs)
        if strangers:
            self.notes.append(f"{strangers} of the {schema.plural}: left out, with no name of their own and no id")
        return sorted(((record, handle) for record, handle in pairs if handle), key=lambda pair: (pair[1].casefold(), pair[1]))


def export(client, gather, deadline):
    """``tenant``, ``facts``, ``left_out`` and ``unmanageable`` of these kinds. Raises FleetError: a read that fails is no empty list."""
    look = Look(client, deadline)
    tenant, facts, left_out = {}, {}, {}
    for key, kind in KINDS.items():
        if key in gather:
            entries = list(kind.entries(look))
            tenant[key] = [entry.item for entry in entries if not entry.because]
            facts[key] = [fact for fact in map(kind.fact, entries) if fact]
            left_out[key] = kind.schema.unreadable(*kind.creation)
            look.notes += kind.sentences(entries)
    if "templates" in gather:
        facts["clouds"] = [_told(cloud, ("name", "config_type", "byoc", "status")) for cloud, _name in _clouds(look)]
    return {"tenant": tenant, "facts": facts, "left_out": left_out, "unmanageable": list(dict.fromkeys(look.notes))}


# ---- From records to entries


def _entry(schema, record, handle, more=None, **about):
    """An object as its listing shows it. ``more`` are options that the record does not hold as they are given; None leaves one out."""
    item = {"name": handle, **_options(schema, record), **(more or {})}
    item = {name: value for name, value in item.items() if value is not None}
    facts = _told(record, [name for name in _facts(schema) if name not in item])
    if record["name"] not in (handle, None, ""):
        facts["called"] = record["name"]
    return Entry(item, facts, **about)


def _options(schema, record):
    """The options that a record shows. An empty text is one only where an update can clear what stands there."""
    fields = [field for field in schema.fields if field.is_option and field.read and field.label != "name"]
    clearable = {field.label for field in fields if field.is_carried(UPDATE) and not field.choices}
    return {field.label: value for field in fields if (value := record.get(field.label)) != "" or field.label in clearable}


def _facts(schema):
    """What a listing shows besides options and names; other objects have names, so their ids are none."""
    options = {field.label for field in schema.fields if field.is_option}
    return [
        field.name
        for field in schema.fields
        if field.read and not field.is_option and field.name not in {"name", *options} and not field.name.endswith(("_id", "_ids"))
    ]


def _told(record, names):
    return {name: record[name] for name in names if record.get(name) not in NOTHING}


def _handles(schema, records):
    """What objects are called, by their ids."""
    return {record["id"]: handle for record, handle in zip(records, schema.handles(records))}


def _in_order(names):
    return sorted(names, key=lambda name: (name.casefold(), name))


def _listed(schema, labels):
    noun = schema.noun if len(labels) == 1 else schema.plural
    shown = ", ".join(f"'{label}'" for label in labels[:5]) + (f" and {len(labels) - 5} more" if len(labels) > 5 else "")
    return f"{noun[0].upper()}{noun[1:]} {shown}"


def _clouds(look):
    return look.called(CLOUD, look.records(list_clouds))


def _gateway_clusters(look):
    for cluster, handle in look.called(GATEWAY_CLUSTER, look.records(list_gateway_clusters)):
        regions = cluster["regions"]
        if len(regions) > 1:
            look.notes.append(f"Gateway cluster '{handle}': it has {len(regions)} regions, and the API creates clusters in one")
        state = {"state": "published"} if cluster["status"] == PUBLISHED else {}
        # None of them can be cleared.
        unset = {name: None for name in ("gateway_policy", "image", "vm_class") if cluster[name] == ""}
        entry = _entry(GATEWAY_CLUSTER, cluster, handle, {**state, **unset}, cloud=next((region["cloud_type"] for region in regions), None))
        yield dataclasses.replace(entry, facts={**entry.facts, "regions": [_region(look, region) for region in regions]})


def _region(look, region):
    """A region of a cluster; applications behind it name their cluster themselves."""
    pools = [pool for pool in region["pools"] if not pool["app_id"]]
    handles = _handles(POOL, look.records(list_pools)) if pools else {}
    names = [handles.get(pool["id"]) or pool["name"] or pool["id"] for pool in pools]
    return {**_told(region, [name for name in region if name != "pools"]), "pools": _in_order(names)}


def _templates(look):
    for cloud, name in _clouds(look):
        if cloud_name(cloud["config_type"]) not in LIST_TEMPLATES.clouds:
            look.notes.append(f"Cloud '{name}': the API lists no templates on {cloud['config_type']}")
            continue
        for template, handle in look.called(TEMPLATE, look.records(list_templates, name)):
            status = template["status"]
            broken = f"it is {status}" if status in BROKEN_TEMPLATE else ""
            state = status.casefold() if status in SETTLED else "present"
            yield _entry(TEMPLATE, template, handle, {"cloud": name, "state": state}, cloud=cloud["config_type"], because=broken)


def _app_pools(look):
    for pool, handle in look.called(APP_POOL, look.records(list_app_pools)):
        yield _entry(APP_POOL, pool, handle, cloud=pool["cloud"])


def _pools(look):
    for pool, handle in look.called(POOL, look.records(list_pools)):
        yield _entry(POOL, pool, handle, cloud=pool["cloud"])


def _applications(look):
    pools, clusters = _handles(APP_POOL, look.records(list_app_pools)), _handles(GATEWAY_CLUSTER, look.records(list_gateway_clusters))
    for application, handle in look.called(APPLICATION, known_applications(look)):
        if "pool_id" not in application:
            facts = {"id": application["id"], "listed": False}
            yield Entry({"name": handle}, facts, because="only its bundles tell of it, as of web applications")
            continue
        where = {
            "pool": pools.get(application["pool_id"]) or application["pool"],
            "gateway_cluster": clusters.get(application["gateway_cluster_id"]),
            "target_platforms": _in_order(application["target_platforms"]),
            # Bundles list their applications.
            "bundles": None,
        }
        yield _entry(APPLICATION, application, handle, where)


def _bundles(look):
    applications = _handles(APPLICATION, known_applications(look))
    for bundle, handle in look.called(BUNDLE, look.records(list_bundles)):
        if bundle["name"] == BUILT_IN:
            look.notes.append(f"Bundle '{handle}': it is built in, and cannot be edited")
        yield _entry(BUNDLE, bundle, handle, {"applications": _in_order(applications[id] for id in bundle["application_ids"])})


def _users(look):
    # A blank cost center may mean as well that the tenant uses none; where somebody has one, others have none.
    in_use = any(user["cost_center"] for user in look.users)
    for user, _email in look.called(USER, look.users):
        yield Entry({**({"cost_center": ""} if in_use else {}), **_told(user, USER.argument_spec())})


def _desktops(look):
    for pool, pool_handle in look.called(POOL, look.records(list_pools)):
        desktops = look.records(list_desktops, pool["id"])
        staying = [desktop for desktop in desktops if desktop["status"] != "Deleting"]
        if len(staying) < len(desktops):
            look.notes.append(f"Pool '{pool_handle}': desktops that are being deleted are left out ({len(desktops) - len(staying)})")
        for desktop, handle in look.called(DESKTOP, staying):
            more = {"pool": pool_handle, "user": desktop["user"], "tags": dict(sorted(desktop["tags"].items())) or None}
            broken = f"it is {desktop['status']}" if desktop["status"] in BROKEN else ""
            yield _entry(DESKTOP, desktop, handle, more, because=broken)


def _assignments(look):
    pools = look.records(list_pools)
    handles = _handles(POOL, pools)
    known = {**{handles[pool["id"]]: pool for pool in pools}, **{pool["id"]: pool for pool in pools}}
    for user, email in look.called(USER, look.users):
        found = {assigned["name"]: known.get(assigned["id"]) or known.get(assigned["name"]) for assigned in user["assigned_pools"]}
        strange = [name for name, pool in found.items() if pool is None]
        if strange:
            look.notes.append(f"User '{email}': no pool of the listing is certainly {', '.join(map(repr, strange))}, which the user has")
        for name in _in_order(handles[pool["id"]] for pool in found.values() if pool and not is_persistent(pool)):
            yield Entry({"user": email, "pool": name})


def _groups(look):
    desktops = _handles(GLOBAL_DESKTOP, look.records(list_global_desktops))
    bundles = _handles(BUNDLE, look.records(list_bundles))
    held = collections.defaultdict(list)
    for desktop in look.global_desktops:
        for group in desktop["groups"]:
            held[group["id"]].append(desktops[desktop["id"]])
    for group, handle in look.called(GROUP, look.records(list_groups)):
        bundle = bundles.get(with_bundle(look, group)["bundle_id"])
        yield _entry(GROUP, group, handle, {"bundle": bundle, "global_desktops": _in_order(held[group["id"]])})


def _global_desktops(look):
    pools = _handles(POOL, look.records(list_pools))
    for desktop, handle in look.called(GLOBAL_DESKTOP, look.global_desktops):
        names = [pools.get(id) or name for id, name in zip(desktop["pool_ids"], desktop["pools"])]
        none = "" if names else "it has no pools"
        yield _entry(GLOBAL_DESKTOP, desktop, handle, {"pools": names}, because=none)


# In the order in which things need one another.
KINDS = {
    "gateway_clusters": Kind(_gateway_clusters, GATEWAY_CLUSTER, call=CREATE_CLUSTER, limited="creates and changes no gateway clusters"),
    "templates": Kind(
        _templates,
        TEMPLATE,
        keys=("cloud", "name"),
        creation=(BUILT_TEMPLATE, CLONED, REGISTERED),
        call=BUILD,
        limited="creates no templates",
    ),
    "app_pools": Kind(_app_pools, APP_POOL, call=CREATE_APP_POOL, limited="creates and changes no application server pools"),
    "pools": Kind(_pools, POOL, call=CREATE_POOL, limited="creates and changes no pools"),
    "applications": Kind(_applications, APPLICATION),
    "bundles": Kind(_bundles, BUNDLE),
    "users": Kind(_users, USER, keys=("email",)),
    "desktops": Kind(_desktops, DESKTOP, keys=("pool", "name"), creation=(BUILT_DESKTOP, MACHINE)),
    "assignments": Kind(_assignments, ASSIGNMENT, keys=("user", "pool"), always="no call takes the pool away from the user"),
    "groups": Kind(_groups, GROUP, always="no call creates or deletes a group, or takes its bundle away"),
    "global_desktops": Kind(
        _global_desktops,
        GLOBAL_DESKTOP,
        always="no call creates or deletes one; which users have pools of their own in it is not exported, for that costs one read for each user",
    ),
}
