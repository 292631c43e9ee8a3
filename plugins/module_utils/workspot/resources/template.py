# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One template and its life cycle: the noun behind workspot_template. Source: workspot-behaviour.md, sections 4.8, 5.8 and 8 (question 16)."""

from __future__ import annotations

from ...core.errors import InvalidInput, NotFound, OperationFailed, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change, in_turn
from ...core.reconcile import Noun
from ...core.schema import CREATE, Field, Schema
from ..client import AKAMAI, AWS, AZURE, GCP, Call, cloud_name
from .clouds import check_listed, check_place, find_cloud, require
from .joining import DOMAIN
from .templates import ALL, BROKEN, DRAFT, ONE, PREVIEW, PUBLISHED, SETTLED, TEMPLATE, find_template, list_templates, status_of

BUILD = Call("buildTemplateUsingPOST", "POST", f"{ALL}/build", (GCP, AWS))
CLONE = Call("cloneTemplateUsingPOST", "POST", f"{ONE}/clone", (GCP, AWS))
REGISTER = Call("registerTemplateUsingPOST", "POST", f"{ALL}/register", (GCP, AWS))
TO_DRAFT = Call("draftTemplateUsingPOST", "POST", f"{ONE}/draft", (AZURE, GCP, AWS))
TO_PREVIEW = Call("previewTemplateUsingPOST", "POST", f"{ONE}/preview", (AZURE, GCP, AWS))
PUBLISH = Call("publishTemplateUsingPOST", "POST", f"{ONE}/publish", (AZURE, GCP, AWS))
DELETE = Call("deleteTemplateUsingDELETE", "DELETE", ONE, (AZURE, GCP, AWS, AKAMAI))

# What each way of creating one takes. Nothing of it is compared later, for only part of it is shown, and that in other words.
# Their `region` is `cloud_region` as an option, for `region` is that of the tenant.
_REGION = Field("cloud_region", sent="region", when=CREATE)
_PLACE = (
    Field("network_id", sent="networkId", when=CREATE),
    Field("security_group_id", sent="securityGroupId", when=CREATE),
    Field("zone", sent="zone", when=CREATE),
    Field("notes", sent="notes", when=CREATE),
)
BUILT = Schema(
    "template",
    "templates",
    (
        Field("name", sent="templateName", when=CREATE),
        Field("build", sent="imageName", when=CREATE),
        Field("template_os", sent="templateOS", when=CREATE),
        Field("template_type", sent="templateType", when=CREATE),
        Field("vm_type", sent="vmType", when=CREATE),
        *_PLACE,
        Field("setup_domain_join", sent="setupDomainJoin", when=CREATE, type="bool"),
        *DOMAIN,
    ),
)
CLONED = Schema("template", "templates", (Field("name", sent="name", when=CREATE), _REGION, *_PLACE))
REGISTERED = Schema("template", "templates", (Field("name", sent="name", when=CREATE), _REGION))

# The option that says how a template comes about: verb, call, what it takes, and what the template then is.
ORIGINS = {
    "build": ("build", BUILD, BUILT, DRAFT),
    "clone_of": ("clone", CLONE, CLONED, DRAFT),
    "register": ("register", REGISTER, REGISTERED, PUBLISHED),
}
AT_CREATION = [field.name for field in (*BUILT.fields, _REGION) if field.name not in ("name", *ORIGINS)]
STEPS = {DRAFT: ("draft", TO_DRAFT), PREVIEW: ("preview", TO_PREVIEW), PUBLISHED: ("publish", PUBLISH)}
# No duration is published for any of it; these are only the expectations that a plan's ETA is made of.
SECONDS_TO_CREATE, SECONDS_TO_STEP = 1800, 300


class Template(Noun):
    result = "template"
    schema = TEMPLATE
    wait_timeout = 7200
    options = {
        "cloud": {"type": "str", "required": True},
        **REGISTERED.argument_spec(),
        **BUILT.argument_spec(),
        "name": {"type": "str", "required": True},
        "clone_of": {"type": "str"},
        "register": {"type": "bool", "default": False},
        "state": {"type": "str", "choices": ["present", "draft", "preview", "published", "absent"], "default": "present"},
    }

    def check(self, options):
        name, origins = options["name"], [option for option in ORIGINS if options[option]]
        if len(origins) > 1:
            raise InvalidInput(f"Template '{name}' comes about in one way, and {' and '.join(origins)} are given")
        taken = [field.name for field in ORIGINS[origins[0]][2].fields] if origins else []
        wrong = [option for option in AT_CREATION if options[option] is not None and option not in taken]
        if wrong:
            reason = f"cannot be given with {origins[0]}" if origins else "goes with build, clone_of or register only"
            raise InvalidInput(f"{', '.join(wrong)} of template '{name}' {reason}")
        if options["build"] and not options["vm_type"]:
            raise InvalidInput(f"To build template '{name}', give its VM class in vm_type")
        if options["setup_domain_join"] and not options["domain"]:
            raise InvalidInput(f"For template '{name}' to join a domain, give it in domain")
        if _joins(options) and not (options["domain_user"] and options["domain_password"]):
            raise InvalidInput(f"For template '{name}' to join domain '{options['domain']}', give domain_user and domain_password as well")

    def observe(self, client, options):
        return find_template(client, find_cloud(client, options["cloud"])["name"], options["name"], optional=True)

    def places(self, client, options):
        return ((list_templates, find_cloud(client, options["cloud"])["name"]),)

    def plan(self, client, options, record):
        cloud = find_cloud(client, options["cloud"])
        if options["state"] == "absent":
            return [self._deletion(client, cloud, record)] if record else []
        wanted = options["state"].capitalize()
        if record is None:
            creation, status = self._creation(client, cloud, options)
            changes = [creation]
        elif record["status"] in SETTLED:
            changes, status = [], record["status"]
        elif record["status"] in BROKEN:
            raise OperationFailed(
                f"Template '{cloud['name']}/{record['name']}' exists but is {record['status']}; remove it with state: absent and run again"
            )
        else:
            # It is on its way, probably since an earlier run of this task.
            origin = _origin(options)
            changes, status = [self._arrival(client, cloud, record["name"])], ORIGINS[origin][-1] if origin else DRAFT
        if wanted in STEPS:
            changes += self._steps(client, cloud, (record or options)["name"], status, wanted)
        return in_turn(changes)

    def absent(self, options):
        return {**super().absent(options), "cloud": options["cloud"]}

    def not_comparable(self, options, plan):
        origin = _origin(options)
        if origin is None or options["state"] == "absent":
            return []
        return [name for name in ORIGINS[origin][2].write_only(options, CREATE) if name != "name"]

    def _creation(self, client, cloud, options):
        name = options["name"]
        origin = _origin(options)
        if origin is None:
            raise NotFound(
                f"There is no template '{name}' in cloud '{cloud['name']}'; to create it, say how with build, clone_of or register",
                creatable=True,
                name=name,
            )
        verb, call, schema, status = ORIGINS[origin]
        doing = f"{verb} template '{cloud['name']}/{name}'"
        path, after = {"subscriptionName": cloud["name"]}, {"name": name, "cloud": cloud["name"], "status": status}
        if origin == "clone_of":
            path["templateName"] = after["parent_template"] = find_template(client, cloud["name"], options["clone_of"])["name"]
        require(call, cloud, doing)
        if origin == "register" and not options["cloud_region"] and cloud_name(cloud["config_type"]) == AWS:
            raise InvalidInput(f"To {doing}, give its cloud_region: cloud '{cloud['name']}' is on {cloud['config_type']}")
        check_listed(client, cloud, "custom_images", "build", options["build"])
        check_listed(client, cloud, "vm_classes", "vm_type", options["vm_type"])
        check_place(client, cloud, options["cloud_region"], options["zone"])
        body = schema.body({**options, "setup_domain_join": _joins(options)}, CREATE)
        change = self._arrival(client, cloud, name)
        change.verb, change.doing, change.after = "create", doing, after
        change.send = lambda: client.call(call, doing, body, **path)
        change.repeatable = False
        source = options["build"] or after.get("parent_template")
        change.note = f"from '{source}'" if source else ""
        return change, status

    @staticmethod
    def _arrival(client, cloud, name):
        """Waiting until a template of this name is there and settled."""

        def seen():
            status = status_of(client, cloud["name"], name)
            if status in BROKEN:
                return f"the template is {status}; remove it with state: absent and run again"
            return DONE if status in SETTLED else MOVING if status else UNSEEN

        return Change(
            "wait for",
            "template",
            f"{cloud['name']}/{name}",
            f"wait for template '{cloud['name']}/{name}'",
            seen=seen,
            place=(list_templates, cloud["name"]),
            seconds=SECONDS_TO_CREATE,
        )

    def _steps(self, client, cloud, name, status, wanted):
        """The way from one state to another: a published template becomes a draft before it can be previewed."""
        way = [] if status == wanted else [DRAFT, PREVIEW] if (status, wanted) == (PUBLISHED, PREVIEW) else [wanted]
        for before, after in zip([status, *way], way):
            yield self._step(client, cloud, name, before, after)

    @staticmethod
    def _step(client, cloud, name, before, after):
        verb, call = STEPS[after]
        doing = f"{verb} template '{cloud['name']}/{name}'"
        require(call, cloud, doing)

        def seen():
            status = status_of(client, cloud["name"], name)
            return DONE if status == after else UNSEEN

        return Change(
            verb,
            "template",
            f"{cloud['name']}/{name}",
            doing,
            before={"status": before},
            after={"status": after},
            send=lambda: client.call(call, doing, subscriptionName=cloud["name"], templateName=name),
            seen=seen,
            place=(list_templates, cloud["name"]),
            repeatable=False,
            seconds=SECONDS_TO_STEP,
        )

    @staticmethod
    def _deletion(client, cloud, record):
        name = record["name"]
        doing = f"delete template '{cloud['name']}/{name}'"
        require(DELETE, cloud, doing)
        if record["assigned_pools"]:
            raise Refused(
                f"Cannot {doing}: pools use it: {', '.join(record['assigned_pools'])}; give them another template in Control first"
            )
        return Change(
            "delete",
            "template",
            f"{cloud['name']}/{name}",
            doing,
            before={"name": name, "status": record["status"]},
            send=lambda: client.call(DELETE, doing, subscriptionName=cloud["name"], templateName=name),
            seen=lambda: UNSEEN if find_template(client, cloud["name"], name, optional=True) else DONE,
            place=(list_templates, cloud["name"]),
            destructive=True,
        )


def _origin(options):
    return next((option for option in ORIGINS if options[option]), None)


def _joins(options):
    """Whether the template shall join a domain, as far as the options say so: to name one is to join it, unless they say no."""
    return True if options["setup_domain_join"] is None and options["domain"] else options["setup_domain_join"]


TEMPLATE_NOUN = Template()
