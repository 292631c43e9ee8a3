# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of objects that a tenant's desired state speaks of: their options, the order of their changes, and how what is there is found."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable

from ..core.desired import Item
from ..core.reconcile import Noun
from .resources.app_pool import APP_POOL_NOUN
from .resources.app_pools import list_app_pools
from .resources.application import APPLICATION_NOUN
from .resources.applications import list_applications
from .resources.assignment import ASSIGNMENT_NOUN
from .resources.bundle import BUNDLE_NOUN
from .resources.bundles import list_bundles
from .resources.clouds import find_cloud
from .resources.desktop import DESKTOP_NOUN
from .resources.desktop_power import DESKTOP_POWER
from .resources.desktop_tags import DESKTOP_TAGS
from .resources.desktops import desktops_of, label
from .resources.gateway_cluster import GATEWAY_CLUSTER_NOUN
from .resources.gateway_clusters import list_gateway_clusters
from .resources.global_desktop import GLOBAL_DESKTOP_NOUN
from .resources.global_desktops import list_global_desktops
from .resources.group import GROUP_NOUN
from .resources.groups import list_groups
from .resources.pool import POOL_NOUN
from .resources.pools import POOL, list_pools
from .resources.template import TEMPLATE_NOUN
from .resources.templates import list_templates
from .resources.user import USER_NOUN
from .resources.users_report import list_users

# When the turn of which change comes: what others refer to is made before them and removed after them.
ORDER = (
    "gateway_clusters",
    "templates",
    "app_pools",
    "pools",
    "applications",
    "bundles",
    "bundles of applications",
    "users",
    "assignments removed",
    "desktops",
    "assignments",
    "tags",
    "power",
    "global_desktops",
    "groups",
    "global_desktops of users",
    "global_desktops removed",
    "users removed",
    "desktops removed",
    "bundles removed",
    "applications removed",
    "app_pools removed",
    "templates removed",
    "gateway_clusters removed",
)


@dataclasses.dataclass(frozen=True)
class Kind:
    """A key of the desired state.

    ``title`` is how people call one of its items. ``parts`` tells what an item consists of, as (turn, noun, options). ``present`` tells what
    there is in the part of the tenant that the items speak of, as (title, what addresses it, identity), and ``identity`` who a record of
    the noun is. ``removable``: the API can remove them.
    """

    noun: Noun
    title: Callable
    parts: Callable
    present: Callable
    identity: Callable = operator.itemgetter("id")
    removable: bool = True
    more_options: dict = dataclasses.field(default_factory=dict)

    @property
    def argument(self):
        """The key as an entry of an argument spec: a list of what the single module takes."""
        options = {**self.noun.options, **self.more_options}
        return {"type": "list", "elements": "dict", "options": options, **getattr(self.noun, "rules", {})}


def filled(noun, **given):
    """Options of a noun as a task would have them: those not given at their defaults."""
    return {**{name: spec.get("default") for name, spec in noun.options.items()}, "wait": True, **given}


def expand(key, item, desired):
    """The Items that one entry of the desired state consists of; ``desired`` is the whole of it."""
    kind = KINDS[key]
    return [Item(key, kind.title(item), noun, {**options, "wait": True}, ORDER.index(turn)) for turn, noun, options in kind.parts(item, desired)]


def removal(key, title, address):
    """The Item that removes one object that is not wanted."""
    noun = KINDS[key].noun
    return Item(key, title, noun, filled(noun, **address, state="absent"), ORDER.index(f"{key} removed"))


def _whole(key, noun):
    """An item that is one noun: its turn depends only on whether it shall be there."""
    return lambda item, desired: [(f"{key} removed" if item["state"] == "absent" else key, noun, item)]


def _application_parts(item, desired):
    ours = {bundle["name"] for bundle in desired.get("bundles", ())}
    if item["state"] == "absent" or not ours.intersection(item["bundles"] or ()):
        return _whole("applications", APPLICATION_NOUN)(item, desired)
    # Bundles name their applications, so those of this task are made after it.
    membership = filled(APPLICATION_NOUN, **{name: item[name] for name in ("name", "bundles", "purge_bundles")})
    return [("applications", APPLICATION_NOUN, {**item, "bundles": None}), ("bundles of applications", APPLICATION_NOUN, membership)]


def _desktop_parts(item, desired):
    parts = _whole("desktops", DESKTOP_NOUN)(item, desired)
    if item["state"] == "absent":
        return parts
    desktop = {"pool": item["pool"], "name": item["name"]}
    if item["user"] is not None:
        assignment = filled(ASSIGNMENT_NOUN, user=item["user"], pool=item["pool"], desktop=item["name"])
        parts.append(("assignments", ASSIGNMENT_NOUN, assignment))
    if item["tags"] is not None:
        parts.append(("tags", DESKTOP_TAGS, filled(DESKTOP_TAGS, **desktop, tags=item["tags"], purge=item["purge_tags"])))
    if item["power"] is not None:
        parts.append(("power", DESKTOP_POWER, filled(DESKTOP_POWER, **desktop, state=item["power"], force=item["force"])))
    return parts


def _global_desktop_parts(item, desired):
    turn = "global_desktops removed" if item["state"] == "absent" else "global_desktops of users" if item["user"] else "global_desktops"
    return [(turn, GLOBAL_DESKTOP_NOUN, item)]


def _all_of(listing):
    """Everything in a listing."""
    return lambda client, items: [(record["name"], {"name": record["id"]}, record["id"]) for record in client.records(listing)]


def _users(client, items):
    return [(record["email"], {"email": record["email"]}, _email(record)) for record in client.records(list_users)]


def _templates(client, items):
    clouds = {find_cloud(client, item["cloud"])["name"] for item in items}
    return [
        (f"{cloud}/{record['name']}", {"cloud": cloud, "name": record["name"]}, _template(record))
        for cloud in sorted(clouds)
        for record in client.records(list_templates, cloud)
    ]


def _desktops(client, items):
    return [
        (label(record), {"pool": pool["id"], "name": record["id"]}, record["id"])
        for pool in pools_named(client, items)
        for record in desktops_of(client, pool)
        if record["status"] != "Deleting"
    ]


def _assignments(client, items):
    return [
        (f"{desktop['user']} -> {label(desktop)}", {"user": desktop["user"], "pool": pool["id"], "desktop": desktop["id"]}, desktop["id"])
        for pool in pools_named(client, items)
        for desktop in desktops_of(client, pool)
        if desktop["user"] and desktop["status"] != "Deleting"
    ]


def pools_named(client, items):
    """The pools that items name, without those that are still to be made."""
    named = {item["pool"] for item in items}
    return [pool for pool in client.records(list_pools) if any(POOL.is_called(pool, name) for name in named)]


def _email(record):
    return record["email"].casefold()


def _template(record):
    return record["cloud"], record["name"]


_name = operator.itemgetter("name")


def _assignment_title(item):
    return f"{item['user']} -> {item['pool']}" + (f"/{item['desktop']}" if item["desktop"] else "")


KINDS = {
    "gateway_clusters": Kind(
        GATEWAY_CLUSTER_NOUN, _name, _whole("gateway_clusters", GATEWAY_CLUSTER_NOUN), _all_of(list_gateway_clusters)
    ),
    "templates": Kind(TEMPLATE_NOUN, lambda item: f"{item['cloud']}/{item['name']}", _whole("templates", TEMPLATE_NOUN), _templates, _template),
    "app_pools": Kind(APP_POOL_NOUN, _name, _whole("app_pools", APP_POOL_NOUN), _all_of(list_app_pools)),
    "pools": Kind(POOL_NOUN, _name, _whole("pools", POOL_NOUN), _all_of(list_pools), removable=False),
    "applications": Kind(APPLICATION_NOUN, _name, _application_parts, _all_of(list_applications)),
    "bundles": Kind(BUNDLE_NOUN, _name, _whole("bundles", BUNDLE_NOUN), _all_of(list_bundles)),
    "users": Kind(USER_NOUN, lambda item: item["email"], _whole("users", USER_NOUN), _users, _email),
    "desktops": Kind(
        DESKTOP_NOUN,
        lambda item: f"{item['pool']}/{item['name']}",
        _desktop_parts,
        _desktops,
        more_options={
            "tags": {"type": "dict"},
            "purge_tags": {"type": "bool", "default": False},
            "user": {"type": "str"},
            "power": {"type": "str", "choices": ["running", "paused"]},
        },
    ),
    "assignments": Kind(ASSIGNMENT_NOUN, _assignment_title, _whole("assignments", ASSIGNMENT_NOUN), _assignments, operator.itemgetter("desktop_id")),
    "global_desktops": Kind(
        GLOBAL_DESKTOP_NOUN,
        lambda item: f"{item['name']} of {item['user']}" if item["user"] else item["name"],
        _global_desktop_parts,
        _all_of(list_global_desktops),
        removable=False,
    ),
    "groups": Kind(GROUP_NOUN, _name, _whole("groups", GROUP_NOUN), _all_of(list_groups), removable=False),
}
