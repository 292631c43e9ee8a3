# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sphinx's settings for the documentation site, which tools/docs.py builds."""

import re

from docutils import nodes

project = html_title = "euc.fleet"
copyright = "2026, euc.fleet contributors"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
# The source is a copy of the whole repository, so that links between pages are those that a Git host follows.
include_patterns = ["*.md", "docs/*.md", "extensions/*/README.md", "reference/*", "roles/*/README.md"]
# One list of everything, where ours are by system; and what nobody uses by itself.
exclude_patterns = ["reference/index.rst", "roles/common/README.md"]
myst_heading_anchors = 3

html_theme = "furo"
html_copy_source = False
pygments_style = "ansible"

ANSIBLE = "https://docs.ansible.com/projects/ansible/latest"
APPENDICES = {"ansible_configuration_settings": "config", "common_return_values": "common_return_values"}


def lead_to_ansible(app, env, node, content):
    """Link what belongs to Ansible's own documentation. Its list of labels would have to be downloaded; a few rules do as well."""
    target = node["reftarget"]
    plugin = re.fullmatch(r"ansible_collections\.ansible\.builtin\.(\w+)", target)
    if plugin:
        page = f"collections/ansible/builtin/{plugin[1]}"
    elif target in APPENDICES:
        page = f"reference_appendices/{APPENDICES[target]}"
    else:
        return None
    return nodes.reference("", "", content, refuri=f"{ANSIBLE}/{page}.html", internal=False)


def drop_contents(app, page):
    """Take out the lists of sections that antsibull-docs writes; the theme shows one beside each page and marks a second as a mistake."""
    for topic in list(page.findall(nodes.topic)):
        if "contents" in topic["classes"]:
            topic.parent.remove(topic)


def setup(app):
    app.connect("missing-reference", lead_to_ansible)
    app.connect("doctree-read", drop_contents)
