# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What templates are, and how one is found. Source: contract, paths /v1.0/clouds/{subscriptionName}/templates*; workspot-behaviour.md, 4.8 and 5.8."""

from __future__ import annotations

from ...core.schema import Field, Schema
from ..client import AKAMAI, AWS, AZURE, GCP, Call

ALL = "/v1.0/clouds/{subscriptionName}/templates"
ONE = f"{ALL}/{{templateName}}"
LIST = Call("getTemplatesUsingGET", "GET", ALL, (AZURE, GCP, AWS, AKAMAI), "templates")
# It answers with a list as well.
READ = Call("getTemplateUsingGET", "GET", ONE, (AZURE, GCP, AWS, AKAMAI), "templates")

DRAFT, PREVIEW, PUBLISHED = "Draft", "Preview", "Published"
# The words of the status field that are known; any other word is data: a template that is on its way to one of these.
SETTLED = (DRAFT, PREVIEW, PUBLISHED)
BROKEN = ("Failed", "Error")


def _status(word):
    """A known word as it is spelled here, for their case is not published."""
    return next((known for known in (*SETTLED, *BROKEN) if known.casefold() == word.casefold()), word)


TEMPLATE = Schema(
    noun="template",
    plural="templates",
    fold_case=True,
    creatable=True,
    fields=(
        Field("name", read="name"),
        Field("status", read="status", decode=_status),
        Field("template_os", read="templateOs"),
        Field("template_os_type", read="templateOsType"),
        Field("template_type", read="templateType"),
        Field("parent_template", read="parentTemplate"),
        Field("region", read="region"),
        Field("provider", read="provider"),
        Field("cpu", read="cpu"),
        Field("memory", read="memory"),
        Field("storage", read="storage"),
        Field("fqdn", read="fqdn"),
        Field("assigned_pools", read="assignedPools", missing=[]),
        Field("maintenance_policy_name", read="maintenancePolicyName"),
        Field("pause_resume_supported", read="pauseResumeSupported"),
        Field("last_updated_date", read="lastUpdatedDate"),
    ),
)


def list_templates(client, cloud):
    """The templates of a cloud as records; a place of the snapshot."""
    return _records(client.list(LIST, f"list the templates of cloud '{cloud}'", subscriptionName=cloud), cloud)


def show_template(client, cloud, name):
    """The one template of this name, in a list that is empty if there is none."""
    doing = f"show template '{name}' of cloud '{cloud}'"
    body = client.look_up(READ, doing, ("template", name), subscriptionName=cloud, templateName=name)
    return [] if body is None else _records(client.items(body, READ.listed, doing), cloud)


def find_template(client, cloud, wanted, optional=False):
    """The record of a template, by its name without regard to case."""
    return TEMPLATE.find(client.records(list_templates, cloud), wanted, where=f" in cloud '{cloud}'", optional=optional)


def status_of(client, cloud, name):
    """The status of a template as last read, None if there is none."""
    return (find_template(client, cloud, name, optional=True) or {"status": None})["status"]


def _records(items, cloud):
    return [{**TEMPLATE.record(item), "cloud": cloud} for item in items]
