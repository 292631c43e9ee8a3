# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that are easily found again: where modules take any, scenarios that put them there, and a search for all their spellings."""

from __future__ import annotations

import base64

from scenarios import SCENARIOS, Scenario
from support import load
from vendors import CANARY, ODD, vendor_of

# A code is good once, so this stands in no table that is run again and again; `<code>` is what a person's browser comes back with.
CODE = Scenario(
    "citrix_workspace_token",
    "a code is traded",
    {"grant": "code", "redirect_uri": "http://localhost/signed-in", "code": "<code>", "code_verifier": f"{CANARY}-{'v' * 43}"},
    changed=True,
)


def secrets_of(module):
    """Where a module takes secrets of its own, beside those of its connection: paths of names of options."""
    known = vendor_of(module).client.CONNECTION["options"]
    own = {name: argument for name, argument in load(module).SPEC.arguments()["argument_spec"].items() if name not in known}
    return [".".join(path) for path in _secret_paths(own)]


def _secret_paths(arguments):
    for name, argument in arguments.items():
        if argument.get("no_log"):
            yield (name,)
        yield from ((name, *path) for path in _secret_paths(argument.get("options") or {}))


def secrets_in(module, options):
    """Those of a module's secrets that the options give, by path; the values of all items of a list."""
    found = {path: list(_values(options, path.split("."))) for path in secrets_of(module)}
    return {path: values for path, values in found.items() if values}


def _values(options, path):
    for item in options if isinstance(options, list) else [options]:
        if path[0] in item:
            yield from _values(item[path[0]], path[1:]) if path[1:] else [item[path[0]]]


def plant(module, options):
    """The same options with a canary for each secret of the module's own that they give, but for those of a sign-in, which go together."""
    return _planted(options, [path.split(".") for path in secrets_of(module)])


def _planted(options, paths):
    if isinstance(options, list):
        return [_planted(item, paths) for item in options]
    planted = dict(options)
    for name in {path[0] for path in paths} & options.keys():
        inner = [path[1:] for path in paths if path[0] == name and path[1:]]
        if inner:
            planted[name] = _planted(options[name], inner)
        elif not name.startswith("code"):
            planted[name] = f"{CANARY}-{name}{ODD}"
    return planted


def scenarios_of(module):
    """Scenarios that together use all secrets of a module that any of them uses, and at least one; the richest first."""
    left, chosen = set(secrets_of(module)), []
    candidates = [one for one in [*SCENARIOS, CODE] if one.module == module]
    while not chosen or left & {path for one in candidates for path in secrets_in(module, one.options)}:
        chosen.append(max(candidates, key=lambda one: len(left & secrets_in(module, one.options).keys())))
        left -= secrets_in(module, chosen[-1].options).keys()
    return chosen


def spellings(secret):
    """What to look for in bytes: a text as itself, in hexadecimal digits, and in base64 wherever it begins in what was encoded."""
    raw = secret.encode()
    encoded = [base64.b64encode(b"\0" * shift + raw).rstrip(b"=") for shift in range(3)]
    # Letters that are made of the neighbours as well are left out.
    cores = [text[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6] for shift, text in enumerate(encoded)]
    return {raw, raw.hex().encode(), *cores, *(core.translate(bytes.maketrans(b"+/", b"-_")) for core in cores)}


def shown(content, *secrets):
    """The lines that show a canary or one of the other secrets, however it is spelt."""
    sought = {spelling for secret in (CANARY, *secrets) for spelling in spellings(secret)}
    return [line for line in content.splitlines() if any(spelling in line for spelling in sought)]
