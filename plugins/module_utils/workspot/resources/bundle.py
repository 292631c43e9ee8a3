# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One application bundle: the noun behind workspot_bundle. Source: workspot-behaviour.md, sections 4.5 and 5.4."""

from __future__ import annotations

import functools

from ...core.errors import Refused
from ...core.schema import UPDATE
from .. import references
from ..client import Call
from ..listed import STATE, Listed
from .applications import APPLICATION, list_applications, list_bare_applications
from .bundles import BUILT_IN, BUNDLE, list_bundles

CREATE_BUNDLE = Call("createBundleUsingPOST", "POST", "/v1.0/bundles")
UPDATE_BUNDLE = Call("updateBundleUsingPOST", "POST", "/v1.0/bundles/{bundleId}")
DELETE_BUNDLE = Call("deleteBundleUsingDELETE", "DELETE", "/v1.0/bundles/{bundleId}")


class Bundle(Listed):
    result = "bundle"
    schema = BUNDLE
    listing = staticmethod(list_bundles)
    create_call, update_call, delete_call, slot = CREATE_BUNDLE, UPDATE_BUNDLE, DELETE_BUNDLE, "bundleId"
    touches, held_by = ((list_applications,), (list_bare_applications,)), "groups"
    options = {
        **BUNDLE.argument_spec(),
        "name": {"type": "str", "required": True},
        "purge_applications": {"type": "bool", "default": True},
        "state": STATE,
    }

    def wanted(self, client, options, record):
        if options["applications"] is None:
            return options
        held = references.known(record, "applications", "application_ids")
        given = [references.find(wanted, held, functools.partial(_find_application, client)) for wanted in options["applications"]]
        present, purge = record or BUNDLE.blank(), options["purge_applications"]
        return {**options, **references.merged(given, present, "applications", "application_ids", purge=purge)}

    def imagine(self, client, options, record, plan):
        super().imagine(client, options, record, plan)
        if client.age((list_applications,)) == float("inf"):
            return
        (bundle,) = [bundle for bundle in client.records(list_bundles) if BUNDLE.is_called(bundle, options["name"])] or [BUNDLE.blank()]
        client.imagine((list_applications,), [_belonging(application, bundle) for application in client.records(list_applications)])

    def update(self, client, wanted, record):
        return [_possible(change) for change in super().update(client, wanted, record)]

    def deletion(self, client, options, record):
        return _possible(super().deletion(client, options, record))

    def update_body(self, changing, record):
        # The call writes the bundle over.
        return BUNDLE.body({**record, **changing}, UPDATE)


def _possible(change):
    """The change; raises Refused if it is one of the built-in bundle."""
    if change.name == BUILT_IN:
        raise Refused(f"Cannot {change.doing}: it is built in, and Workspot Control does not let it be edited")
    return change


def _belonging(application, bundle):
    """An application's record, which tells of its bundles as well, now that this one is as it is."""
    others = {id: name for id, name in zip(application["bundle_ids"], application["bundles"]) if id != bundle["id"]}
    if application["id"] in bundle["application_ids"]:
        others[bundle["id"]] = bundle["name"]
    items = [{"id": id, "name": name} for id, name in others.items()]
    return {**application, "bundles": references.names(items), "bundle_ids": references.ids(items)}


def known_applications(client):
    """All applications that can be in a bundle. The listing leaves web applications out; those that are in some bundle stand there."""
    known = {record["id"]: record for record in client.records(list_bare_applications)}
    for bundle in client.records(list_bundles):
        for name, id in zip(bundle["applications"], bundle["application_ids"]):
            known.setdefault(id, {"id": id, "name": name})
    return list(known.values())


def _find_application(client, wanted):
    return APPLICATION.find(known_applications(client), wanted)


BUNDLE_NOUN = Bundle()
