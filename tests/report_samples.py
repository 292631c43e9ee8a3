# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of reports render: those of the file beside, and names that mean harm."""

from __future__ import annotations

import copy
from pathlib import Path

import yaml

SAMPLE = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
DESKTOPS = [
    {"pool": pool, "status": status}
    for pool, statuses in SAMPLE["desktops"].items()
    for status, number in statuses.items()
    for _number in range(number)
]
HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=http://evil.example/x.png onerror='x'>",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "a|b\\|c`d``e`",
    "[link](http://evil.example) ![picture](http://evil.example/y.png) **bold** _it_ ~~no~~ @someone #1",
    "first\nsecond\r\n| third | row |\t<br>",
    "\x00bell\x07 \x1b[31mred\x1b[0m \x85 \ufffe",
    "שלום \u202egnp.exe\u2066 \u200f",
    "half \ud800 a character ]]> &amp; -->",
    " spaces around ",
    "名前" * 30,
    "x" * 3000,
    "",
]


def drift():
    """Result of a comparison, fresh for each test to change."""
    return copy.deepcopy(SAMPLE["drift"])


def options(**more):
    return {**copy.deepcopy(SAMPLE["options"]), **more}


def hostile_drift():
    """Each hostile text wherever a text of the tenant or the caller can stand."""
    entries = [
        {"kind": "pools", "name": text, "fields": {text: {"before": text, "after": [text]}, "tags": {"before": {"a": 1}, "after": {text: text}}}}
        for text in HOSTILE
    ]
    return {
        "failed": True,
        "msg": HOSTILE[0],
        "objections": HOSTILE,
        "drift": {"changed": entries, "unknown": [{"kind": text or "pools", "name": "n", "reason": text or "?"} for text in HOSTILE]},
        "plan": [{"kind": "pools", "name": text, "summary": f"change '{text}'", "destructive": True} for text in HOSTILE],
        "results": [{"kind": "users", "name": text, "status": "ok"} for text in HOSTILE],
    }


def hostile_options():
    return {
        "title": HOSTILE[0] + HOSTILE[2],
        "tenant": HOSTILE[1],
        "generated": HOSTILE[7],
        "ignore": [{"field": HOSTILE[1], "kind": "pools", "reason": text or "?"} for text in HOSTILE],
    }
