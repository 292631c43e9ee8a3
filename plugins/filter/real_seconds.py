# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter real_seconds: how long one of Ansible's own waits lasts at the clock's speed."""

from __future__ import annotations

import math

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Clock

DOCUMENTATION = r"""
name: real_seconds
short_description: How long to wait at the speed of a rehearsal
version_added: 1.0.0
description:
  - Modules of the collection wait at the speed that the environment variable E(EUC_FLEET_CLOCK_SPEED) names, as a rehearsal on a simulator
    that runs as fast wants it. Ansible's own waits, such as C(pause) and C(delay), know nothing of it; this filter tells how long they last then.
  - Without that variable, seconds stay what they are.
options:
  _input:
    description: Seconds, of the tenant's time.
    type: int
    required: true
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Give the desktops two minutes, and in a rehearsal at speed 60 two seconds
  ansible.builtin.pause:
    seconds: "{{ 120 | euc.fleet.real_seconds }}"
"""

RETURN = r"""
---
_value:
  description: Seconds to wait, rounded up to whole ones.
  type: int
"""


def real_seconds(seconds):
    try:
        return math.ceil(int(seconds) / Clock().speed)
    except (InvalidInput, ValueError, TypeError) as error:
        raise AnsibleFilterError(f"euc.fleet.real_seconds: {error}") from None


class FilterModule:
    def filters(self):
        return {"real_seconds": real_seconds}
