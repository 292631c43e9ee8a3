# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The export of a live tenant as a tenant file: what was configured stands under `tenant`, what else was known under `facts`.

Both have the same keys, and call an object the same. An object among the facts alone is there as well: nobody could have asked for it.
"""

from ..tenant import TenantError
from . import app_pools, applications, gateways, pools

# What an object is called by, where that is not its name alone.
_HANDLES = {"desktops": ("pool", "name"), "templates": ("cloud", "name"), "users": ("email",), "assignments": ("user", "pool")}
# An object whose facts are known has what they tell, and not what a tenant file leaves to the simulator.
_DEFAULTS = {"pools": pools.DEFAULT_DETAILS, "gateway_clusters": gateways.DEFAULT, "app_pools": app_pools.DEFAULT, "applications": applications.DEFAULT}
# The rest of a task's result, which may have been saved with it.
_IGNORED = ("left_out", "unmanageable", "api", "changed", "failed", "warnings", "invocation")


def unfolded(data):
    """The same in the shape of a tenant file; what is no export is left as it is. `simulator`, `admin` and the like may stand beside."""
    if not isinstance(data, dict) or "tenant" not in data:
        return data
    tenant, facts = _lists(data, "tenant"), _lists(data, "facts")
    made = {key: value for key, value in data.items() if key not in ("tenant", "facts", *_IGNORED)}
    for key in dict.fromkeys((*tenant, *facts)):
        made[key] = _merged(key, tenant.get(key) or (), facts.get(key) or ())
    _name_gateways(made)
    return made


def _lists(data: dict, part: str) -> dict:
    lists = data.get(part) or {}
    if not isinstance(lists, dict) or not all(isinstance(item, dict) for items in lists.values() for item in items or ()):
        raise TenantError(f"{part} is a mapping of nouns (pools, desktops, users, ...), each a list of mappings.")
    return lists


def _merged(key: str, items, facts) -> list[dict]:
    known = {_handle(key, fact): fact for fact in facts}
    wanted = {_handle(key, item): item for item in items}
    return [_whole(key, wanted.get(handle, {}), known.get(handle)) for handle in {**wanted, **known}]


def _handle(key: str, item: dict) -> tuple:
    return tuple(item.get(word) for word in _HANDLES.get(key, ("name",)))


def _whole(key: str, item: dict, fact: dict | None) -> dict:
    if fact is None:
        return dict(item)
    whole = {**dict.fromkeys(_DEFAULTS.get(key, ())), **fact, **item}
    called = whole.pop("called", None)
    return {**whole, "name": called} if called else whole


def _name_gateways(made: dict) -> None:
    """Pools name their cluster, which changes nothing else of them; and a cluster has as many gateways as its availability asks for."""
    pools_by_handle = {pool.get(word): pool for word in ("name", "id") for pool in made.get("pools", ())}
    for cluster in made.get("gateway_clusters", ()):
        for region in cluster.get("regions") or ():
            for pool in filter(None, map(pools_by_handle.get, region.get("pools") or ())):
                pool["gateway_cluster_name"] = cluster.get("name")
        if cluster.get("regions"):
            cluster["regions"] = [_with_hosts(region) for region in cluster["regions"]]


def _with_hosts(region: dict) -> dict:
    return {"hosts": 2 if region.get("availability") == "Highly Available" else 1, **{key: region[key] for key in region if key != "pools"}}
