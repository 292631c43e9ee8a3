# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications on application server pools (behaviour notes, 5.4): some fields read otherwise than they are written."""

from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, GCP, require_cloud
from .control import Control
from .errors import invalid
from .outcomes import answers_details
from .things import Application, named

FIELDS = {
    "application_type": "applicationType", "cloud_app_type": "cloudAppType", "full_path": "fullPath", "login_option": "loginOption",
    "parameters": "parameters", "route_through_gateway": "routeThroughGateway", "server_type": "serverType",
    "target_platforms": "targetPlatforms",
}  # fmt: skip
DEFAULT = {"application_type": "Cloud Application", "cloud_app_type": "Custom Application", "server_type": "Workspot Cloud App pools",
           "parameters": "", "route_through_gateway": "Never"}  # fmt: skip
SETTINGS = {"workingDir": "working_dir", "loginDomain": "login_domain", "appIconName": "app_icon_name", "useDefaultIcon": "use_default_icon"}
# What an update can change as well.
_CHANGEABLE = {"fullPath": "full_path", "loginOption": "login_option", "appParams": "parameters", "routeThroughGateway": "route_through_gateway",
               "targetPlatforms": "target_platforms"}  # fmt: skip
_FIXED = {"applicationType": "application_type", "cloudAppType": "cloud_app_type", "serverType": "server_type"}
# Written -> read.
_READ_AS = {"Custom": "Custom Application", "Workspot Cloud App Pools": "Workspot Cloud App pools"}
_CLOUDS = (AZURE, GCP, AWS)
MOST_IN_ICON = 100 * 1024


def as_wire(control: Control, application: Application) -> dict:
    kind = control.switches.application_bundles
    bundles = [bundle.id if kind == "ids" else bundle.name for bundle in control.bundles.values() if application in bundle.applications]
    answer = {"id": application.id, "name": application.name, "poolId": application.app_pool.id, "poolName": application.app_pool.name,
              "bundles": bundles, **application.readable(FIELDS)}
    if application.gateway_cluster:
        answer["gatewayClusterId"] = application.gateway_cluster.id
    return answer


def _listed(control: Control) -> dict[str, Application]:
    return {id_: application for id_, application in control.applications.items() if application.listed}


def application_of(control: Control, call: Call) -> Application:
    application = control.find("Application", _listed(control), call.slots["appId"])
    require_cloud(application.app_pool, call.endpoint)
    return application


@serves("applicationsUsingGET", "GET /v1.0/cloudAppPools/applications", clouds=_CLOUDS)
def list_applications(control: Control, call: Call) -> Reply:
    return Reply(200, {"applications": [as_wire(control, application) for application in _listed(control).values()]})


@serves("appDetailsUsingGET", "GET /v1.0/cloudAppPools/applications/{appId}", clouds=_CLOUDS)
def show_application(control: Control, call: Call) -> Reply:
    return Reply(200, as_wire(control, application_of(control, call)))


@serves("createCloudAppUsingPOST", "POST /v1.0/cloudAppPools/applications", clouds=(*_CLOUDS, AKAMAI))
@answers_details
def create_application(control: Control, call: Call) -> dict:
    body = call.json()
    for field in ("name", "poolId", "fullPath"):
        if not body.get(field):
            raise invalid(f"{field} is needed.")
    pool = control.find("Application server pool", control.app_pools, body["poolId"])
    require_cloud(pool, call.endpoint)
    if control.switches.duplicate_names == "refuse" and named(control.applications, body["name"]):
        raise Refusal(400, "alreadyExists", f"Application {body['name']} already exists.")
    written = _checked(control, body)
    application = Application(control.ids.make("application", body["name"]), body["name"], dict(DEFAULT), app_pool=pool)
    application.details.update({key: _READ_AS.get(body[wire], body[wire]) for wire, key in _FIXED.items() if body.get(wire)})
    control.applications[application.id] = application
    _write(control, application, body, *written)
    return as_wire(control, application)


@serves("updateCloudAppUsingPOST", "POST /v1.0/cloudAppPools/applications/{appId}", clouds=_CLOUDS)
@answers_details
def update_application(control: Control, call: Call) -> dict:
    """Fields left out stay; a list replaces."""
    application, body = application_of(control, call), call.json()
    _write(control, application, body, *_checked(control, body))
    return as_wire(control, application)


def _checked(control: Control, body: dict) -> tuple:
    """The gateway cluster and the bundles that the body names."""
    if body.get("useDefaultIcon") and body.get("appIconName"):
        raise invalid("useDefaultIcon and appIconName exclude each other.")
    cluster = control.find("Gateway cluster", control.gateway_clusters, body["gatewayClusterId"]) if body.get("gatewayClusterId") else None
    bundles = [control.find("Bundle", control.bundles, bundle_id) for bundle_id in body["bundles"]] if body.get("bundles") is not None else None
    return cluster, bundles


def _write(control: Control, application: Application, body: dict, cluster, bundles) -> None:
    application.name = body.get("name") or application.name
    application.gateway_cluster = cluster or application.gateway_cluster
    application.details.update({key: body[wire] for wire, key in _CHANGEABLE.items() if body.get(wire) is not None})
    application.settings.update({key: body[wire] for wire, key in SETTINGS.items() if body.get(wire) is not None})
    if body.get("useDefaultIcon"):
        application.settings.pop("app_icon_name", None)
    elif body.get("appIconName"):
        application.settings.pop("use_default_icon", None)
    if bundles is not None:
        for bundle in control.bundles.values():
            if application in bundle.applications and bundle not in bundles:
                bundle.applications.remove(application)
        for bundle in bundles:
            if application not in bundle.applications:
                bundle.applications.append(application)


@serves("deletecloudAppUsingDELETE", "DELETE /v1.0/cloudAppPools/applications/{appId}", clouds=(*_CLOUDS, AKAMAI))
def delete_application(control: Control, call: Call) -> Reply:
    """Bundles lose it as well."""
    control.remove_application(application_of(control, call))
    return Reply(204)


@serves("uploadCloudAppIconUsingPOST", "POST /v1.0/cloudAppPools/applications/{appId}/icon", clouds=(*_CLOUDS, AKAMAI))
@answers_details
def upload_icon(control: Control, call: Call) -> dict:
    application, icon = application_of(control, call), call.parts().get("icon")
    if not icon:
        raise invalid("The part icon is needed, with an image.")
    if len(icon) > MOST_IN_ICON:
        raise Refusal(413, "iconTooLarge", "The icon is larger than 100 KB.")
    application.settings.pop("app_icon_name", None)
    application.settings["use_default_icon"] = False
    return as_wire(control, application)
