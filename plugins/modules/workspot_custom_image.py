#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workspot_custom_image
short_description: Custom image
version_added: 1.0.0
description:
  - Adds a custom image to a cloud of Workspot Control, so that templates can be built from it. Offered on GCP and AWS.
  - An image that the API lists counts as added. It cannot be taken away again, for the API has no call for it.
options:
  cloud:
    description: Name of the cloud subscription.
    type: str
    required: true
  name:
    description: Name of the image, exactly.
    type: str
    required: true
  image_type:
    description: Kind of the image. Set when the image is added; a later difference is refused.
    type: str
  cloud_region:
    description: Region of the image. It also tells images of one name apart; one that the API lists without a region counts as one of any.
    type: str
  state:
    description: Only V(present); the API cannot remove an image.
    type: str
    choices: [present]
    default: present
seealso:
  - module: euc.fleet.workspot_cloud_info
  - module: euc.fleet.workspot_template
extends_documentation_fragment:
  - euc.fleet.workspot
  - euc.fleet.attributes
  - euc.fleet.attributes.state
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Add an image
  euc.fleet.workspot_custom_image:
    cloud: Google
    name: windows-11-24h2
    image_type: Windows 11
"""

RETURN = r"""
---
custom_image:
  description: The image.
  returned: success
  type: dict
  contains:
    name: {description: Name of the image., type: str, returned: always}
    cloud: {description: Name of its cloud subscription., type: str, returned: always}
    image_type: {description: Kind of the image., type: str, returned: always}
    region: {description: Region of the image., type: str, returned: always}
changes:
  description: The steps that were taken, or would be in check mode, each with C(verb), C(noun), C(name), C(summary), C(before), C(after).
  returned: success
  type: list
  elements: dict
cost:
  description: What a real run would take, calls of the shared budget and seconds until done.
  returned: check mode
  type: dict
  sample: {reads: 9, writes: 1, eta_s: 252}
api:
  description: What the task cost of the customer's request budget.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import reconcile
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, connect
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.custom_image import CUSTOM_IMAGE_NOUN

SPEC = ModuleSpec(CUSTOM_IMAGE_NOUN.options, connect, shared=(CONNECTION,))


def run(ctx):
    return reconcile(ctx, CUSTOM_IMAGE_NOUN)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
