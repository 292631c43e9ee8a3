# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be looked up by its name or id, and how it is found: through the listings of the snapshot, so that many looks cost one read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from ..core.errors import InvalidInput, NotFound
from ..core.schema import Schema
from .resources.app_pools import APP_POOL, list_app_pools
from .resources.applications import APPLICATION, list_bare_applications, with_bundles, with_cluster
from .resources.bundles import BUNDLE, list_bundles
from .resources.clouds import CLOUD, find_cloud, list_clouds
from .resources.desktops import DESKTOP, choose_desktop, desktops_called, desktops_of
from .resources.gateway_clusters import GATEWAY_CLUSTER, list_gateway_clusters
from .resources.global_desktops import GLOBAL_DESKTOP, list_global_desktops, read_global_desktop
from .resources.groups import GROUP, list_groups, with_bundle
from .resources.pools import POOL, find_pool, list_pools
from .resources.templates import TEMPLATE, find_template
from .resources.users import USER, check_email, find_user


@dataclasses.dataclass(frozen=True)
class Kind:
    """``find(client, wanted, within, optional)`` returns the bare record, ``complete(client, record)`` what else a record of the kind has;
    ``within`` is the option that names where to look."""

    schema: Schema
    find: Callable
    complete: Callable = lambda client, record: record
    within: str | None = None


def _listed(schema, listing, *more):
    def find(client, wanted, within, optional):
        return schema.find(client.records(listing), wanted, optional=optional)

    return Kind(schema, find, *more)


def _desktop(client, wanted, within, optional):
    if within is None:
        return choose_desktop(desktops_called(client, None, None), wanted, optional=optional)
    pool = find_pool(client, within)
    return choose_desktop(desktops_of(client, pool), wanted, where=f" in pool '{pool['name']}'", optional=optional)


def _template(client, wanted, within, optional):
    if within is None:
        raise InvalidInput("Templates stand in clouds: give 'cloud' as well")
    return find_template(client, find_cloud(client, within)["name"], wanted, optional=optional)


def _user(client, wanted, within, optional):
    check_email(wanted)
    record = find_user(client, wanted)
    if record is None and not optional:
        raise NotFound(f"There is no user '{wanted}'", name=wanted)
    return record


KINDS = {
    "app_pool": _listed(APP_POOL, list_app_pools),
    "application": _listed(APPLICATION, list_bare_applications, lambda client, record: with_cluster(client, with_bundles(client, record))),
    "bundle": _listed(BUNDLE, list_bundles),
    "cloud": _listed(CLOUD, list_clouds),
    "desktop": Kind(DESKTOP, _desktop, within="pool"),
    "gateway_cluster": _listed(GATEWAY_CLUSTER, list_gateway_clusters),
    "global_desktop": _listed(
        GLOBAL_DESKTOP, list_global_desktops, lambda client, record: client.records(read_global_desktop, record["id"])
    ),
    "group": _listed(GROUP, list_groups, with_bundle),
    "pool": _listed(POOL, list_pools),
    "template": Kind(TEMPLATE, _template, within="cloud"),
    "user": Kind(USER, _user),
}


def look_up(client, kind, wanted, within=None, *, optional=False, only_id=False):
    """The record of an object, or its id; None if it is ``optional`` and not there. Raises NotFound with the nearest names, Ambiguous."""
    looked = KINDS[kind]
    if only_id and not looked.schema.has_id:
        raise InvalidInput(f"A {looked.schema.noun} has no id: the API knows it by its name alone")
    record = looked.find(client, wanted, within, optional)
    if record is None or only_id:
        return record and record["id"]
    return looked.complete(client, record)
