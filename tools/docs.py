# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site in .cache/docs: the repository's Markdown, and a page for each plugin and role. Warnings are errors.

antsibull-docs and sphinx-build must be on the PATH, and the collection on Ansible's, as tools/check.py puts them there.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import generate
import scratch

SITE = scratch.ROOT / ".cache" / "docs"
SETTINGS = scratch.ROOT / "docs" / "site"


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
        plugins[plugin] = (f"{name}_{kind.strip('()')}.rst", text)
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


def main() -> None:
    source = scratch.sync("docs-source")
    reference = source / "reference"
    reference.mkdir()
    run("antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error", "--dest-dir", reference, "euc.fleet")
    for name, text in indexes().items():
        (reference / f"{name}.md").write_text(text)
    shutil.copy(SETTINGS / "index.md", source)
    shutil.rmtree(SITE, ignore_errors=True)
    run("sphinx-build", "-q", "-W", "--keep-going", "-j", "2", "-c", SETTINGS, "-d", source.parent / "doctrees", source, SITE)
    print(SITE / "index.html")


def run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True)


if __name__ == "__main__":
    main()
