# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which desktops are meant: by pool, name, tag, status and user, without those that are excluded."""

from __future__ import annotations

import fnmatch

from ..core.errors import InvalidInput
from .resources.desktop_tags import texts
from .resources.desktops import DESKTOP, desktops_of, label
from .resources.pools import find_pool, list_pools

CRITERIA = {
    **{name: {"type": "list", "elements": "str"} for name in ("pools", "names", "statuses", "users")},
    "tags": {"type": "dict"},
}
SELECT = {
    "type": "dict",
    "required": True,
    "options": {**CRITERIA, "exclude": {"type": "dict", "options": CRITERIA}, "limit": {"type": "int"}},
}

WHERE = " in the pools that are selected from"


def check(select):
    if not any(select[name] for name in CRITERIA):
        raise InvalidInput(f"select needs at least one of {', '.join(sorted(CRITERIA))}")
    if select["limit"] is not None and select["limit"] < 1:
        raise InvalidInput("select.limit is a number from 1")
    for criteria in (select, select["exclude"] or {}):
        texts(criteria.get("tags") or {})


def selected(client, select):
    """The records that fit, in order of pools and names. Raises NotFound for a pool or a name (without wildcards) that fits nothing."""
    desktops, excluded = _desktops(client, select), {**(select["exclude"] or {}), "pools": None}
    for name in _nobodys(select["names"], desktops):
        DESKTOP.find(desktops, name, where=WHERE)
    found = [
        desktop
        for desktop in desktops
        if desktop["status"] != "Deleting" and _fits(desktop, select) and not (any(excluded.values()) and _fits_any(desktop, excluded))
    ]
    return sorted(found, key=lambda desktop: (label(desktop).casefold(), desktop["id"]))[: select["limit"]]


def remarks(client, select):
    """A sentence about each name (without wildcards) that is excluded and fits nothing: deleted since, or misspelt."""
    names = _nobodys((select["exclude"] or {}).get("names"), _desktops(client, select))
    return [f"select.exclude.names: there is no desktop '{name}'{WHERE}" for name in names]


def _desktops(client, select):
    pools = [find_pool(client, name) for name in select["pools"] or ()] or client.records(list_pools)
    pools = list({pool["id"]: pool for pool in pools}.values())
    unwanted = {find_pool(client, name)["id"] for name in (select["exclude"] or {}).get("pools") or ()}
    return [desktop for pool in pools if pool["id"] not in unwanted for desktop in desktops_of(client, pool)]


def _nobodys(names, desktops):
    return [name for name in names or () if not _is_pattern(name) and not any(DESKTOP.is_called(desktop, name) for desktop in desktops)]


def _tests(desktop, criteria):
    """Whether it fits each of the criteria that are given."""
    if criteria.get("names"):
        yield any(_is_called(desktop, name) for name in criteria["names"])
    if criteria.get("statuses"):
        yield (desktop["status"] or "").casefold() in {status.casefold() for status in criteria["statuses"]}
    if criteria.get("users"):
        yield any(fnmatch.fnmatchcase((desktop["user"] or "").casefold(), user.casefold()) for user in criteria["users"])
    if criteria.get("tags"):
        wanted = texts({name: "*" if value is None else value for name, value in criteria["tags"].items()})
        yield all(name in desktop["tags"] and fnmatch.fnmatchcase(desktop["tags"][name] or "", value) for name, value in wanted.items())


def _fits(desktop, criteria):
    return all(_tests(desktop, criteria))


def _fits_any(desktop, criteria):
    return any(_tests(desktop, criteria))


def _is_pattern(name):
    return any(sign in name for sign in "*?[")


def _is_called(desktop, name):
    if not _is_pattern(name):
        return DESKTOP.is_called(desktop, name)
    return fnmatch.fnmatchcase((desktop["name"] or "").casefold(), name.casefold())
