# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of workspot_tenant's items: each takes what a single module takes, so it is what that module says of its options."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
HEADER = '''\
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items of a tenant's desired state. Written by tools/generate.py from the single modules; not edited by hand."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
'''

# Key of the desired state: the module that its items are tasks of, and what to know beyond that.
ITEMS = {
    "gateway_clusters": ("workspot_gateway_cluster", []),
    "templates": ("workspot_template", []),
    "app_pools": ("workspot_app_pool", []),
    "pools": ("workspot_pool", ["Pools cannot be deleted by the API."]),
    "applications": ("workspot_application", []),
    "bundles": ("workspot_bundle", []),
    "users": ("workspot_user", ["With more than a few users, one users report takes the place of one read a user."]),
    "desktops": ("workspot_desktop", ["An item may give the desktop's tags, user and power state as well."]),
    "assignments": ("workspot_assignment", ["Those to be taken away are taken away before any is made."]),
    "global_desktops": ("workspot_global_desktop", []),
    "groups": ("workspot_group", ["Groups cannot be created by the API."]),
}
DESKTOP_EXTRAS = {
    "tags": {"description": "Tags as with M(euc.fleet.workspot_desktop_tags).", "type": "dict"},
    "purge_tags": {
        "description": "Whether O(desktops[].tags) are all the tags that the desktop shall have.",
        "type": "bool",
        "default": False,
    },
    "user": {
        "description": "E-mail address of the user who shall have the desktop. It is never taken from somebody else.",
        "type": "str",
    },
    "power": {"description": "As O(euc.fleet.workspot_desktop_power#module:state).", "type": "str", "choices": ["running", "paused"]},
}


def tenant_fragment() -> str:
    sys.path.insert(0, str(ROOT / ".venv" / "collections"))
    from ansible_collections.euc.fleet.plugins.module_utils.workspot.kinds import KINDS

    options = {}
    for key, (module, notes) in ITEMS.items():
        known = _options_of(module) | (DESKTOP_EXTRAS if key == "desktops" else {})
        options[key] = {
            "description": [f"Each item takes the options of M(euc.fleet.{module}).", *notes],
            "type": "list",
            "elements": "dict",
            "suboptions": {name: _within(key, known[name], known) for name in KINDS[key].argument["options"]},
        }
    body = yaml.dump({"options": options}, sort_keys=False, allow_unicode=True, width=140)
    return f'{HEADER}{body}"""\n'


def _within(key: str, entry, options):
    """Documentation of an option with its references to the others of the same item; results of a single module are only words here."""
    if isinstance(entry, dict):
        return {name: _within(key, value, options) for name, value in entry.items()}
    if isinstance(entry, list):
        return [_within(key, value, options) for value in entry]
    if not isinstance(entry, str):
        return entry
    text = re.sub(r"\bO\((\w+)", lambda found: f"O({key}[].{found[1]}" if found[1] in options else found[0], entry)
    return re.sub(r"\bRV\(", "C(", text)


def _options_of(module: str) -> dict:
    """What a module says of its options, its fragments included; of the connection nothing is needed."""
    own = yaml.safe_load(_constant(ROOT / "plugins" / "modules" / f"{module}.py", "DOCUMENTATION"))
    options = {}
    for name in own.get("extends_documentation_fragment", ()):
        file, _dot, variable = name.removeprefix("euc.fleet.").partition(".")
        part = yaml.safe_load(_constant(ROOT / "plugins" / "doc_fragments" / f"{file}.py", (variable or "documentation").upper()))
        options.update(part.get("options", {}))
    return {**options, **own["options"]}


def _constant(path: Path, name: str) -> str:
    """A text constant of a file, of its module or of a class in it, without importing it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assign) and any(getattr(target, "id", None) == name for target in node.targets):
            return ast.literal_eval(node.value)
    raise SystemExit(f"{path.relative_to(ROOT)}: no {name}")
