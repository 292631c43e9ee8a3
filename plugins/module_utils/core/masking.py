# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in what a server says: however it spells what it was sent, as in a form, in JSON, in HTML or in the header of a login."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

MASK = "********"
# Shorter than this a text is no secret, and masking it would tear words apart; and the same for parts of base64.
SHORTEST_SECRET = 4
SHORTEST_PART = 8


def secrets_in(arguments, values):
    """The texts that options marked as no_log hold, those of suboptions included, by an argument spec."""
    for name, argument in arguments.items():
        for value in _items(values.get(name)):
            if argument.get("no_log") and isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from secrets_in(argument.get("options") or {}, value)


def _items(value):
    return value if isinstance(value, list) else [value]


def spellings(secret):
    """The texts to mask for one secret; none for what is too short."""
    if not secret or len(secret) < SHORTEST_SECRET:
        return set()
    plain = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), html.escape(secret)}
    plain |= {json.dumps(secret, ensure_ascii=escaped)[1:-1] for escaped in (True, False)}
    return plain | {part for part in _in_base64(secret.encode("utf-8", "replace")) if len(part) >= SHORTEST_PART}


def _in_base64(secret):
    """What a secret becomes wherever it begins in what is encoded, without the letters that its neighbours have a part in."""
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(shift) + secret).decode()[-(-8 * shift // 6) : 8 * (shift + len(secret)) // 6]
