# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter variables_file: what is written is what is read, and nothing of it is a template."""

from __future__ import annotations

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible_collections.euc.fleet.plugins.filter.variables_file import variables_file
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template
from report_samples import HOSTILE


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor("!unsafe", lambda loader, node: ("unsafe", loader.construct_scalar(node)))


@pytest.mark.parametrize("value", [*HOSTILE, None, True, 3, "0815", "yes", "null", [], {}, ["{# a #}", {"b": 1}]])
def test_it_reads_back_as_it_was(value, tmp_path):
    expected = str(value).encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
    written = tmp_path / "variables.yml"
    written.write_text(variables_file({"value": value}), encoding="utf-8")
    assert DataLoader().load_from_file(str(written)) == {"value": expected}


@pytest.mark.parametrize("text", ["{{ a }}", "a {% if b %}", "{# c #}"])
def test_what_looks_like_a_template_is_marked(text):
    assert yaml.load(variables_file({"a": [text, "plain"]}), Loader) == {"a": [("unsafe", text), "plain"]}


def test_what_ansible_has_marked_is_written_as_well():
    read = {"pools": [{"name": "Sales", "description": "{{ a }}", "desktops": 3, "notes": None}]}
    assert variables_file(never_a_template(read)) == variables_file(read)


def test_order_is_kept_and_nothing_refers_to_something_else():
    shared = {"z": 1, "a": 2}
    assert variables_file({"b": shared, "a": shared}) == "---\nb:\n  z: 1\n  a: 2\na:\n  z: 1\n  a: 2\n"
