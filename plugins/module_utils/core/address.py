# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids and names within the path of a call, most of which a server has told. None of them leads to another call's address."""

from __future__ import annotations

import re
from urllib.parse import quote

from .errors import Refused

# HTTP clients take `..` for a step up, encoded or not, and some servers decode a slash first. Half a surrogate pair is no text at all.
LEADS_ELSEWHERE = re.compile(r"^$|(^|[/\\])\.{1,2}($|[/\\])|[\ud800-\udfff]")


def is_addressable(value):
    """Whether an id or a name names one thing below its listing: neither nothing, which would be the listing itself, nor a way elsewhere."""
    return isinstance(value, (str, int)) and not LEADS_ELSEWHERE.search(str(value))


def path_of(template, doing, values):
    """The path of a call with these ids and names, by slot, percent-encoded. Raises Refused for one that is not addressable."""
    for slot, value in values.items():
        if not is_addressable(value):
            raise Refused(f"Could not {doing}: {slot} is {str(value)[:100]!r}, and as part of an address it would lead elsewhere; nothing was sent")
    return template.format(**{slot: quote(str(value), safe="") for slot, value in values.items()})
