# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates and their life cycle (behaviour notes, 4.8): Draft <-> Preview, Draft or Preview -> Published, Published -> Draft."""

import re

from ..clock import iso
from ..wire import Call, Refusal, Reply, serves
from .clouds import AKAMAI, AWS, AZURE, GCP, cloud_of
from .control import Control
from .errors import invalid, not_found
from .operations import OperationFailure, accepted
from .outcomes import answers_status
from .subscriptions import subscription_of, vm_classes
from .things import Subscription, Template

FIELDS = {
    "cpu": "cpu", "fqdn": "fqdn", "last_updated_date": "lastUpdatedDate", "maintenance_policy_name": "maintenancePolicyName",
    "memory": "memory", "parent_template": "parentTemplate", "pause_resume_supported": "pauseResumeSupported",
    "provider": "provider", "region": "region", "storage": "storage", "template_os": "templateOs",
    "template_os_type": "templateOsType", "template_type": "templateType",
}  # fmt: skip
DRAFT, PREVIEW, PUBLISHED = "Draft", "Preview", "Published"
_CLOUDS = (AZURE, GCP, AWS)


def as_wire(control: Control, template: Template) -> dict:
    return {"name": template.name, "status": template.status, "assignedPools": pools_of(control, template), **template.readable(FIELDS)}


def pools_of(control: Control, template: Template) -> list[str]:
    """Names of the desktop and server pools that are made from it."""
    ours = (None, template.subscription.name)
    return [pool.name for pool in (*control.pools.values(), *control.app_pools.values())
            if pool.details.get("template") == template.name and pool.details.get("subscription_name") in ours]


def _named(control: Control, subscription: Subscription, name) -> Template | None:
    return next((template for template in control.templates.values() if template.subscription is subscription and template.name == name), None)


def template_of(control: Control, call: Call) -> Template:
    template = _named(control, subscription_of(control, call), call.slots["templateName"])
    if template is None:
        raise not_found(control, "Template", call.slots["templateName"])
    return template


@serves("getTemplatesUsingGET", "GET /v1.0/clouds/{subscriptionName}/templates", clouds=(AZURE, GCP, AWS, AKAMAI))
def list_templates(control: Control, call: Call) -> Reply:
    subscription = subscription_of(control, call)
    return Reply(200, {"templates": [as_wire(control, template) for template in control.templates.values() if template.subscription is subscription]})


@serves("getTemplateUsingGET", "GET /v1.0/clouds/{subscriptionName}/templates/{templateName}", clouds=(AZURE, GCP, AWS, AKAMAI))
def show_template(control: Control, call: Call) -> Reply:
    """A list even for one template."""
    return Reply(200, {"templates": [as_wire(control, template_of(control, call))]})


# ---- New ones

@serves("buildTemplateUsingPOST", "POST /v1.0/clouds/{subscriptionName}/templates/build", clouds=(GCP, AWS))
def build(control: Control, call: Call) -> Reply:
    subscription, body = subscription_of(control, call), call.json()
    for field in ("templateName", "imageName", "vmType"):
        if not body.get(field):
            raise invalid(f"{field} is needed.")
    if body.get("setupDomainJoin") and not body.get("domainToJoin"):
        raise invalid("With setupDomainJoin domainToJoin is needed.")
    image = next((image for image in subscription.custom_images if image["image_name"] == body["imageName"]), None)
    if subscription.custom_images and image is None:
        raise not_found(control, "Image", body["imageName"])
    vm_class = next((item for item in vm_classes(subscription) if item["name"] == body["vmType"]), None)
    if subscription.vm_classes is not None and vm_class is None:
        raise not_found(control, "VM class", body["vmType"])
    _check_place(control, subscription, body)
    details = {"provider": "Custom Image", "region": "Global" if cloud_of(subscription) == GCP else (image or {}).get("region"),
               "template_os": (image or {}).get("image_type"), "template_os_type": body.get("templateOS"),
               "template_type": body.get("templateType"), "pause_resume_supported": True, **_size(vm_class)}  # fmt: skip
    return _create(control, call, subscription, body["templateName"], details, DRAFT)


def _size(vm_class: dict | None) -> dict:
    """What a template has of its VM class; memory of a class is in GB, of a template in MB."""
    if vm_class is None:
        return {}
    return {"cpu": vm_class.get("cpu"), "memory": f"{1024 * vm_class.get('memory', 0)} MB", "storage": f"{vm_class.get('disk_size', 0)} GB"}


@serves("registerTemplateUsingPOST", "POST /v1.0/clouds/{subscriptionName}/templates/register", clouds=(GCP, AWS))
def register(control: Control, call: Call) -> Reply:
    """An image prepared elsewhere: it is usable for pools as it is."""
    subscription, body = subscription_of(control, call), call.json()
    if not body.get("name"):
        raise invalid("name is needed.")
    if cloud_of(subscription) == AWS and not body.get("region"):
        raise invalid("region is needed.")
    details = {"provider": "Custom Image", "region": body.get("region") or "Global", "pause_resume_supported": True}
    return _create(control, call, subscription, body["name"], details, PUBLISHED)


@serves("cloneTemplateUsingPOST", "POST /v1.0/clouds/{subscriptionName}/templates/{templateName}/clone", clouds=(GCP, AWS))
def clone(control: Control, call: Call) -> Reply:
    """A clone takes over its parent's traits."""
    parent, body = template_of(control, call), call.json()
    if not body.get("name"):
        raise invalid("name is needed.")
    _refuse_busy(parent)
    _check_place(control, parent.subscription, body)
    details = {**parent.details, "parent_template": parent.name, "region": body.get("region") or parent.details.get("region")}
    return _create(control, call, parent.subscription, body["name"], details, DRAFT)


def _check_place(control: Control, subscription: Subscription, body: dict) -> None:
    """Where a subscription lists no regions nothing is checked: a twin of a tenant may not know them."""
    regions = subscription.regions
    known = {"region": [region.name for region in regions], "zone": [zone for region in regions for zone in region.zones],
             "networkId": [network.get("id") for region in regions for network in region.networks],
             "securityGroupId": [group.get("id") for region in regions for group in region.security_groups]}  # fmt: skip
    for field, ids in known.items():
        if body.get(field) and ids and body[field] not in ids and body[field] != "Global":
            raise not_found(control, field, body[field])


def _create(control: Control, call: Call, subscription: Subscription, name: str, details: dict, status: str) -> Reply:
    """The template is listed at once, and removed again if it cannot be made."""
    if _named(control, subscription, name):
        raise Refusal(400, "alreadyExists", f"Template {name} already exists.")
    template = Template(control.ids.make("template", f"{subscription.name}/{name}"), name, details, subscription=subscription)
    template.status = control.switches.template_building_status
    control.templates[template.id] = template

    def work() -> None:
        if control.switches.template_fails and re.search(control.switches.template_fails, name):
            control.templates.pop(template.id, None)
            raise OperationFailure("templateFailed", f"Template {name} could not be made.")
        template.status = status
        template.details["last_updated_date"] = iso(control.timeline.now)

    template.operation = control.operations.run(control.switches.template_seconds, work)
    return accepted(control, call, template.operation, 200)


# ---- Steps of the life cycle

def _refuse_busy(template: Template) -> None:
    if template.is_busy:
        raise Refusal(400, "invalidState", f"Template {template.name} is being changed.")


def _step(control: Control, call: Call, allowed: tuple, becomes: str) -> Reply:
    template = template_of(control, call)
    _refuse_busy(template)
    if template.status not in allowed:
        raise Refusal(400, "invalidState", f"Template {template.name} is {template.status}; it cannot become {becomes}.")
    if becomes == PREVIEW and len(pools_of(control, template)) > 1:
        raise Refusal(400, "invalidState", f"Template {template.name} has more than one pool; a preview has one at most.")

    def work() -> None:
        template.status = becomes
        template.details["last_updated_date"] = iso(control.timeline.now)

    template.operation = control.operations.run(control.switches.template_step_seconds, work)
    return accepted(control, call, template.operation, 200)


@serves("draftTemplateUsingPOST", "POST /v1.0/clouds/{subscriptionName}/templates/{templateName}/draft", clouds=_CLOUDS)
def draft(control: Control, call: Call) -> Reply:
    return _step(control, call, (PREVIEW, PUBLISHED), DRAFT)


@serves("previewTemplateUsingPOST", "POST /v1.0/clouds/{subscriptionName}/templates/{templateName}/preview", clouds=_CLOUDS)
def preview(control: Control, call: Call) -> Reply:
    return _step(control, call, (DRAFT,), PREVIEW)


@serves("publishTemplateUsingPOST", "POST /v1.0/clouds/{subscriptionName}/templates/{templateName}/publish", clouds=_CLOUDS)
def publish(control: Control, call: Call) -> Reply:
    return _step(control, call, (DRAFT, PREVIEW), PUBLISHED)


@serves("deleteTemplateUsingDELETE", "DELETE /v1.0/clouds/{subscriptionName}/templates/{templateName}", clouds=(*_CLOUDS, AKAMAI))
@answers_status(details=lambda call: None)
def delete(control: Control, call: Call) -> None:
    template = template_of(control, call)
    _refuse_busy(template)
    if pools := pools_of(control, template):
        raise Refusal(400, "inUse", f"Template {template.name} is used by {', '.join(pools)}.")
    del control.templates[template.id]
