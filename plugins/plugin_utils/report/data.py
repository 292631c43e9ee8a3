# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report is made of, from what Ansible hands over: plain data in one order, so that the same input gives the same bytes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ansible.errors import AnsibleFilterError


def plain(value):
    """A copy without Ansible's own types, lazy or marked. Keys are sorted; half a character, which no file can hold, is replaced."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in sorted((text(key), item) for key, item in value.items())}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float)) else text(value)


def text(value):
    # The methods of str itself: those of a text that ansible-core before 2.19 has marked as unsafe give marked texts again.
    return str.encode(str(value), "utf-8", "replace").decode("utf-8")


def objects(value, what, *required):
    """A list of dictionaries that all have these keys. Raises AnsibleFilterError with one sentence that names ``what``."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise AnsibleFilterError(f"euc.fleet.report: {what} is a list of dictionaries")
    for item in value:
        missing = [key for key in required if item.get(key) is None]
        if missing:
            raise AnsibleFilterError(f"euc.fleet.report: an item of {what} has no {missing[0]}: {item}")
    return value
