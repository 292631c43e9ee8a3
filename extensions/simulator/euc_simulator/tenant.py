# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tenant file: readable YAML in the words of the collection, so that an export of a live tenant loads as its twin."""

import json
from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class TenantError(ValueError):
    """A tenant that cannot be used, in one sentence."""


def parse(text: str):
    """YAML, or JSON, which is read much faster when it is known to be JSON."""
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            pass
    return yaml.load(text, Loader=_LOADER)


def read(path: Path) -> dict:
    try:
        return parse(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise TenantError(f"{path} is not YAML{f', see line {mark.line + 1}' if mark else ' in UTF-8'}.") from None


def write(data: dict) -> str:
    return yaml.dump(data, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=120)


def check_keys(data, planes, what: str = "tenant") -> None:
    if not isinstance(data, dict):
        raise TenantError("A tenant is a mapping of nouns (pools, desktops, users, ...).")
    known = ["simulator", *(key for plane in planes for key in plane.KEYS)]
    refuse_unknown(what, data, known)


def refuse_unknown(what: str, item: dict, known) -> None:
    """Raise TenantError when an item has a key that nobody reads."""
    if not isinstance(item, dict):
        raise TenantError(f"{what} must be a mapping, not {item!r}.")
    unknown = [str(key) for key in item if key not in known]
    if unknown:
        raise TenantError(f"Unknown in {what}: {', '.join(unknown)}. Known: {', '.join(known)}.")
