# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site in .cache/docs: the repository's Markdown, and a page for each plugin and role. Warnings are errors.

antsibull-docs and sphinx-build must be on the PATH, and the collection on Ansible's, as tools/check.py puts them there.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import generate
import scratch
import yaml

SITE = scratch.ROOT / ".cache" / "docs"
SETTINGS = scratch.ROOT / "docs" / "site"
RULEBOOKS = scratch.ROOT / "extensions" / "eda" / "rulebooks"


def index(title: str, entries: dict[str, tuple[str, str]], more: tuple[str, ...] = ()) -> str:
    """Return a page that leads to others.

    ``entries``: {name: (its page, what it does)}; ``more``: pages that others lead to.
    """
    rows = "".join(f"| [{name}]({page}) | {description} |\n" for name, (page, description) in entries.items())
    pages = "\n".join([f"{name} <{page}>" for name, (page, _description) in entries.items()] + list(more))
    return f"# {title}\n\n| Name | What it does |\n| --- | --- |\n{rows}\n```{{toctree}}\n:hidden:\n\n{pages}\n```\n"


def indexes() -> dict[str, str]:
    """Return {name: text} of the pages between the start page and those of single plugins and roles."""
    texts = {
        system: index(f"Modules for {generate.SYSTEMS[system]}", {name: (f"{name}_module.rst", text) for name, text in modules.items()})
        for system, modules in generate.modules_by_system().items()
    }
    plugins = {}
    for plugin, text in generate.other_plugins().items():
        name, _space, kind = plugin.partition(" ")
        page = f"{name}_event_source.md" if kind == "(event source)" else f"{name}_{kind.strip('()')}.rst"
        plugins[plugin] = (page, text)
    roles = generate.roles()
    return texts | {
        "plugins": index("Plugins", plugins),
        # The README tells what a role is for and leads to its variables.
        "roles": index(
            "Roles and playbooks",
            {name: (f"../roles/{name}/README.md", text) for name, text in roles.items()},
            tuple(f"{name}: variables <{name}_role>" for name in roles),
        ),
    }


def event_source(path: Path) -> str:
    """Return the page of a plugin for ansible-rulebook, for which antsibull-docs does not look."""
    about = generate.documentation(path)
    rows = "".join(
        f"| `{name}` ({option['type']}) | {default(option)} | {text(option['description'])} |\n" for name, option in about["options"].items()
    )
    rulebooks = "".join(
        f"| `{generate.COLLECTION}.{file.stem}` | {yaml.safe_load(file.read_text())[0]['name']} |\n" for file in sorted(RULEBOOKS.glob("*.yml"))
    )
    return (
        f"# {generate.COLLECTION}.{path.stem} event source -- {about['short_description']}\n\n{text(about['description'], chr(10) * 2)}\n\n"
        f"## Options\n\n| Option | Default | Meaning |\n| --- | --- | --- |\n{rows}\n"
        f"## Example\n\n```yaml\n{generate.constant(path, 'EXAMPLES').strip()}\n```\n\n"
        f"## Rulebooks\n\n[The guide](../docs/scheduled_remediation.md) shows them at work.\n\n| Rulebook | What it does |\n| --- | --- |\n{rulebooks}"
    )


def default(option: dict) -> str:
    return "needed" if option.get("required") else f"`{json.dumps(option['default']).strip(chr(34))}`" if "default" in option else ""


def text(description: str | list[str], between: str = " ") -> str:
    """Return a description with Ansible's markup as Markdown's."""
    whole = description if isinstance(description, str) else between.join(description)
    return re.sub(r"\b[CEOV]\(([^)]*)\)", r"`\1`", whole)


def main() -> None:
    source = scratch.sync("docs-source")
    reference = source / "reference"
    reference.mkdir()
    run("antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error", "--dest-dir", reference, "euc.fleet")
    for name, text in indexes().items():
        (reference / f"{name}.md").write_text(text)
    for path in generate.EVENT_SOURCES.glob("*.py"):
        (reference / f"{path.stem}_event_source.md").write_text(event_source(path))
    shutil.copy(SETTINGS / "index.md", source)
    shutil.rmtree(SITE, ignore_errors=True)
    run("sphinx-build", "-q", "-W", "--keep-going", "-j", "2", "-c", SETTINGS, "-d", source.parent / "doctrees", source, SITE)
    print(SITE / "index.html")


def run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True)


if __name__ == "__main__":
    main()
