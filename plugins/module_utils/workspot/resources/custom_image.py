# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding a custom image to a cloud: the noun behind workspot_custom_image. Source: workspot-behaviour.md, sections 5.8 and 8 (question 17)."""

from __future__ import annotations

import re

from ...core.errors import ApiError, Refused
from ...core.plan import DONE, UNSEEN, Change
from ...core.reconcile import Noun
from ...core.schema import CREATE, Field, Schema
from ..client import AWS, GCP, Accepted, Call
from .clouds import CUSTOM_IMAGE, check_place, find_cloud, list_custom_images, require

ADD = Call("createCustomImagesUsingPOST", "POST", "/v1.0/clouds/{subscriptionName}/customImages", (GCP, AWS))
ADDED = Schema(
    "custom image",
    "custom images",
    (
        Field("name", sent="imageName", when=CREATE),
        Field("image_type", sent="imageType", when=CREATE),
        Field("cloud_region", sent="region", when=CREATE),  # as an option, `region` is that of the tenant
    ),
)
ALREADY_THERE = re.compile(r"already|exists", re.IGNORECASE)


class CustomImage(Noun):
    result = "custom_image"
    schema = CUSTOM_IMAGE
    options = {
        "cloud": {"type": "str", "required": True},
        **ADDED.argument_spec(),
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present"], "default": "present"},
    }

    def observe(self, client, options):
        cloud = find_cloud(client, options["cloud"])
        require(ADD, cloud, f"add image '{options['name']}' to cloud '{cloud['name']}'")
        return self._find(client, cloud, options)

    def plan(self, client, options, record):
        cloud = find_cloud(client, options["cloud"])
        if record:
            if options["image_type"] not in (None, record["image_type"]):
                raise Refused(
                    f"Cannot change image_type of image '{options['name']}' from {record['image_type']} to {options['image_type']}: "
                    "the API sets it at creation only"
                )
            return []
        check_place(client, cloud, options["cloud_region"], None)
        doing = f"add image '{options['name']}' to cloud '{cloud['name']}'"
        place = (list_custom_images, cloud["name"])
        image = {"name": options["name"], "image_type": options["image_type"], "region": options["cloud_region"], "cloud": cloud["name"]}

        def send():
            try:
                return client.call(ADD, doing, ADDED.body(options, CREATE), subscriptionName=cloud["name"])
            except ApiError as error:
                # Perhaps another run was faster. What exists is what was asked for only if the list shows it so.
                if ALREADY_THERE.search(f"{error.facts.get('token') or ''} {error.facts.get('text') or ''}"):
                    client.refresh(place)
                    if self._find(client, cloud, options):
                        return Accepted(None, None)
                raise

        return [
            Change(
                "add",
                "custom image",
                f"{cloud['name']}/{options['name']}",
                doing,
                after={name: value for name, value in image.items() if value is not None},
                send=send,
                seen=lambda: DONE if self._find(client, cloud, options) else UNSEEN,
                place=place,
            )
        ]

    def absent(self, options):
        return {**super().absent(options), "cloud": options["cloud"]}

    @staticmethod
    def _find(client, cloud, options):
        """The image of this name, and of this region if one is given: regions may have images of one name. One listed without may be of any."""
        images, region = client.records(list_custom_images, cloud["name"]), options["cloud_region"]
        if region is not None:
            named = CUSTOM_IMAGE.matches(images, options["name"])
            images = [image for image in named if image["region"] == region] or [image for image in named if image["region"] is None]
        image = CUSTOM_IMAGE.find(images, options["name"], where=f" in cloud '{cloud['name']}'", optional=True)
        return image and {**image, "cloud": cloud["name"]}


CUSTOM_IMAGE_NOUN = CustomImage()
