# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the files that repeat what the plugins already say: meta/runtime.yml, the indexes of plugins and roles in README.md, and the
documentation of workspot_tenant's items.

With --check nothing is written; the names of stale files are printed and the exit status is 1.
"""

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path

import yaml
from tenant_fragment import tenant_fragment

ROOT = Path(__file__).resolve().parent.parent
EVENT_SOURCES = ROOT / "extensions" / "eda" / "plugins" / "event_source"
COLLECTION = "euc.fleet"
REQUIRES_ANSIBLE = ">=2.16.0"
# One action group per system, so that `module_defaults: group/euc.fleet.workspot:` reaches all of its modules.
SYSTEMS = {"workspot": "Workspot Control", "ras": "Parallels RAS", "citrix": "Citrix Workspace"}

LICENSE_HEADER = """\
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""
INDEX_START, INDEX_END = "<!-- modules:start -->", "<!-- modules:end -->"


def documentation(path: Path) -> dict:
    """Read DOCUMENTATION, or the file beside the plugin."""
    beside = path.with_suffix(".yml")
    if beside.exists():
        return yaml.safe_load(beside.read_text())["DOCUMENTATION"]
    return yaml.safe_load(constant(path, "DOCUMENTATION"))


def constant(path: Path, name: str) -> str:
    """Read a text of a plugin without importing the plugin, which may need libraries that are not installed."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", None) == name for target in node.targets):
            return ast.literal_eval(node.value)
    raise SystemExit(f"{path.relative_to(ROOT)}: no {name}")


def modules_by_system() -> dict[str, dict[str, str]]:
    """Return {system: {module: short description}}, sorted; a module of no known system is an error."""
    systems: dict[str, dict[str, str]] = {system: {} for system in SYSTEMS}
    for path in sorted((ROOT / "plugins" / "modules").glob("[!_]*.py")):
        system = path.stem.partition("_")[0]
        if system not in systems:
            raise SystemExit(f"{path.relative_to(ROOT)}: the prefix must be one of {', '.join(SYSTEMS)}")
        systems[system][path.stem] = documentation(path)["short_description"]
    return {system: modules for system, modules in systems.items() if modules}


def other_plugins() -> dict[str, str]:
    """Return {"workspot (inventory)": short description} of the plugins that users name and that are no modules."""
    kinds = {kind: ROOT / "plugins" / kind for kind in ("inventory", "lookup", "filter")} | {"event source": EVENT_SOURCES}
    return {
        f"{path.stem} ({kind})": documentation(path)["short_description"]
        for kind, folder in kinds.items()
        for path in sorted(folder.glob("[!_]*.py"))
    }


def runtime_metadata(systems: dict[str, dict[str, str]]) -> str:
    metadata: dict = {"requires_ansible": REQUIRES_ANSIBLE}
    if systems:
        metadata["action_groups"] = {system: list(modules) for system, modules in systems.items()}
        routed = sorted(module for modules in systems.values() for module in modules)
        metadata["plugin_routing"] = {
            "modules": {module: {"action_plugin": f"{COLLECTION}.in_process"} for module in routed},
        }
    body = yaml.dump(metadata, Dumper=IndentedDumper, sort_keys=False, default_flow_style=False)
    return f"---\n{LICENSE_HEADER}\n# Written by tools/generate.py from plugins/modules; not edited by hand.\n\n{body}"


class IndentedDumper(yaml.SafeDumper):
    """Indent lists below their key, as ansible-lint wants them."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def readme_with_index(systems: dict[str, dict[str, str]]) -> str:
    readme = (ROOT / "README.md").read_text()
    before, start, rest = readme.partition(INDEX_START)
    _old, end, after = rest.partition(INDEX_END)
    if not (start and end):
        raise SystemExit(f"README.md: the markers {INDEX_START} and {INDEX_END} are missing")
    tables = "\n".join(index_table(SYSTEMS[system], modules) for system, modules in systems.items())
    tables += index_table("Plugins", other_plugins(), heading="Plugin")
    return f"{before}{start}\n{tables}{role_table()}{end}{after}"


def index_table(title: str, plugins: dict[str, str], heading: str = "Module") -> str:
    """``plugins``: name, perhaps with its kind in parentheses, and what it does."""
    names = {plugin: "`{}.{}`{}{}".format(COLLECTION, *plugin.partition(" ")) for plugin in plugins}
    rows = "".join(f"| {names[plugin]} | {description} |\n" for plugin, description in plugins.items())
    return f"\n### {title}\n\n| {heading} | What it does |\n| --- | --- |\n{rows}\n"


def roles() -> dict[str, str]:
    """Return {role: description} of the roles that users name; what they share has no argument spec."""
    folders = sorted(path.parent for path in (ROOT / "roles").glob("*/meta/argument_specs.yml"))
    return {meta.parent.name: yaml.safe_load((meta / "main.yml").read_text())["galaxy_info"]["description"] for meta in folders}


def role_table() -> str:
    rows = "".join(f"| [`{COLLECTION}.{role}`](roles/{role}/README.md) | {description} |\n" for role, description in roles().items())
    return f"\n### Roles and playbooks\n\n| Role, and playbook of the same name | What it does |\n| --- | --- |\n{rows}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the files that are stale")
    arguments = parser.parse_args()

    systems = modules_by_system()
    wanted = {
        ROOT / "meta" / "runtime.yml": runtime_metadata(systems),
        ROOT / "README.md": readme_with_index(systems),
        ROOT / "plugins" / "doc_fragments" / "tenant.py": tenant_fragment(),
    }
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if arguments.check:
            print(f"{path.relative_to(ROOT)}: stale; run tools/generate.py", file=sys.stderr)
        else:
            path.write_text(wanted[path])
            print(f"wrote {path.relative_to(ROOT)}")
    return int(arguments.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
