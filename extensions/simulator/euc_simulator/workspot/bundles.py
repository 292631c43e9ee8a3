# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Application bundles (behaviour notes, 4.5): an update replaces name and applications."""

from ..wire import Call, Refusal, Reply, serves
from .control import Control
from .errors import invalid
from .outcomes import answers_details
from .things import Bundle, named

BUILT_IN = "Express Setup"


def as_wire(control: Control, bundle: Bundle) -> dict:
    return {"id": bundle.id, "name": bundle.name,
            "apps": [{"id": application.id, "name": application.name} for application in bundle.applications],
            "groups": [{"id": group.id, "name": group.name} for group in control.groups.values() if group.bundle is bundle]}  # fmt: skip


def bundle_of(control: Control, call: Call) -> Bundle:
    bundle = control.find("Bundle", control.bundles, call.slots["bundleId"])
    if bundle.name == BUILT_IN and call.method != "GET":
        raise Refusal(400, "notSupported", f"Bundle {BUILT_IN} is built in and cannot be changed.")
    return bundle


@serves("bundlesUsingGET", "GET /v1.0/bundles")
def list_bundles(control: Control, call: Call) -> Reply:
    return Reply(200, {"bundlesList": [as_wire(control, bundle) for bundle in control.bundles.values()]})


@serves("bundleInfoUsingGET", "GET /v1.0/bundles/{bundleId}")
def show_bundle(control: Control, call: Call) -> Reply:
    return Reply(200, as_wire(control, bundle_of(control, call)))


@serves("createBundleUsingPOST", "POST /v1.0/bundles")
@answers_details
def create_bundle(control: Control, call: Call) -> dict:
    name, applications = _checked(control, call)
    if control.switches.duplicate_names == "refuse" and named(control.bundles, name):
        raise Refusal(400, "alreadyExists", f"Bundle {name} already exists.")
    bundle = Bundle(control.ids.make("bundle", name), name, applications=applications)
    control.bundles[bundle.id] = bundle
    return as_wire(control, bundle)


@serves("updateBundleUsingPOST", "POST /v1.0/bundles/{bundleId}")
@answers_details
def update_bundle(control: Control, call: Call) -> dict:
    bundle = bundle_of(control, call)
    bundle.name, bundle.applications = _checked(control, call)
    return as_wire(control, bundle)


def _checked(control: Control, call: Call) -> tuple[str, list]:
    body = call.json()
    if not body.get("bundleName"):
        raise invalid("bundleName is needed.")
    app_ids = body.get("appIds") or []
    if not isinstance(app_ids, list):
        raise invalid("appIds is a list.")
    return body["bundleName"], [control.find("Application", control.applications, app_id) for app_id in dict.fromkeys(app_ids)]


@serves("deleteBundleUsingDELETE", "DELETE /v1.0/bundles/{bundleId}")
def delete_bundle(control: Control, call: Call) -> Reply:
    """Groups lose it as well."""
    control.remove_bundle(bundle_of(control, call))
    return Reply(204)
