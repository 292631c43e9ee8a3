# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One application: the noun behind workspot_application. Source: workspot-behaviour.md, section 5.4."""

from __future__ import annotations

import functools
import os

from ...core.errors import InvalidInput, NotFound
from ...core.plan import Change
from .. import references
from ..client import AKAMAI, AWS, AZURE, GCP, Call
from ..listed import STATE, UPDATE_WRITE_ONLY, Listed
from .app_pools import find_app_pool
from .applications import APPLICATION, list_applications, list_bare_applications, plain, with_cluster
from .bundles import find_bundle, list_bundles
from .gateway_clusters import find_gateway_cluster, list_gateway_clusters

APPLICATIONS = "/v1.0/cloudAppPools/applications"
CREATE_APPLICATION = Call("createCloudAppUsingPOST", "POST", APPLICATIONS, (AZURE, GCP, AWS, AKAMAI))
UPDATE_APPLICATION = Call("updateCloudAppUsingPOST", "POST", f"{APPLICATIONS}/{{appId}}", (AZURE, GCP, AWS))
DELETE_APPLICATION = Call("deletecloudAppUsingDELETE", "DELETE", f"{APPLICATIONS}/{{appId}}", (AZURE, GCP, AWS, AKAMAI))
SET_ICON = Call("uploadCloudAppIconUsingPOST", "POST", f"{APPLICATIONS}/{{appId}}/icon", (AZURE, GCP, AWS, AKAMAI))

LARGEST_ICON = 100 * 1024
# The only words that the contract shows; a new application has them unless told otherwise.
USUAL = {"application_type": "Cloud Application", "cloud_app_type": "Custom", "server_type": "Workspot Cloud App Pools"}


class Application(Listed):
    result = "application"
    schema = APPLICATION
    listing = staticmethod(list_applications)
    create_call, update_call, delete_call, slot = CREATE_APPLICATION, UPDATE_APPLICATION, DELETE_APPLICATION, "appId"
    touches, held_by = ((list_bundles,), (list_bare_applications,), (list_gateway_clusters,)), "bundles"
    options = {
        **APPLICATION.argument_spec(),
        "name": {"type": "str", "required": True},
        "purge_bundles": {"type": "bool", "default": True},
        "icon": {"type": "path"},
        "state": STATE,
        "update_write_only": UPDATE_WRITE_ONLY,
    }
    rules = {"mutually_exclusive": [("icon", "icon_name", "use_default_icon")]}

    def places(self, client, options):
        return (*super().places(client, options), (list_bare_applications,))

    def check(self, options):
        icon = options["icon"]
        if icon is not None and not os.path.isfile(icon):
            raise InvalidInput(f"There is no file '{icon}' to take the icon of application '{options['name']}' from")
        if icon is not None and os.path.getsize(icon) > LARGEST_ICON:
            raise InvalidInput(f"The icon '{icon}' has {os.path.getsize(icon)} bytes, more than the {LARGEST_ICON} that the API takes")

    def find(self, client, wanted):
        record = super().find(client, wanted)
        return record and with_cluster(client, record)

    def site(self, client, options):
        # An application may stand on servers that are no such pool.
        return find_app_pool(client, options["pool_id"], optional=True) if options["pool_id"] else None

    def wanted(self, client, options, record):
        wanted = dict(options)
        if record is None:
            missing = [name for name in ("pool", "full_path") if not options[name]]
            if missing:
                raise NotFound(
                    f"There is no application '{options['name']}'; to create it, give {' and '.join(missing)} as well", name=options["name"]
                )
            wanted.update({name: options[name] or usual for name, usual in USUAL.items()})
        wanted["cloud_app_type"] = plain(wanted["cloud_app_type"])
        if options["pool"] is not None:
            pool = references.find(options["pool"], references.known(record, "pool", "pool_id"), functools.partial(find_app_pool, client))
            wanted.update(pool=pool["name"], pool_id=pool["id"])
        if options["gateway_cluster"] is not None:
            cluster = find_gateway_cluster(client, options["gateway_cluster"])  # read for its name already, if there is one
            wanted.update(gateway_cluster=cluster["name"], gateway_cluster_id=cluster["id"])
        if options["bundles"] is not None:
            given = [find_bundle(client, bundle) for bundle in options["bundles"]]
            present = record or self.absent(options)
            wanted.update(references.merged(given, present, "bundles", "bundle_ids", purge=options["purge_bundles"]))
        return wanted

    def plan(self, client, options, record):
        changes = super().plan(client, options, record)
        if options["icon"] and options["state"] == "present":
            icon = self._icon(client, record["name"] if record else options["name"], options["icon"])
            if record is None or options["update_write_only"] == "always" or client.journal.unfinished(icon.key):
                changes.append(icon)
        return changes

    def absent(self, options):
        return {**super().absent(options), "gateway_cluster": None, "bundles": []}

    def not_comparable(self, options, plan):
        icon = ["icon"] if options["icon"] and options["state"] == "present" else []
        return super().not_comparable(options, plan) + icon

    @staticmethod
    def _icon(client, name, path):
        doing = f"set the icon of application '{name}'"
        with open(path, "rb") as file:
            icon = (os.path.basename(path), file.read())

        def send():
            application = APPLICATION.find(client.records(list_applications), name)
            return client.call(SET_ICON, doing, files={"icon": icon}, appId=application["id"])

        return Change(
            "set icon of",
            "application",
            name,
            doing,
            # Nothing shows an icon: it is sent until the server has said yes, if need be by a later run.
            send=send,
            owed=True,
            stage=1,
            note=icon[0],
        )


APPLICATION_NOUN = Application()
