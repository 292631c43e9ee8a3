# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of tags, checked before any call. Source: the vendor's page on desktop tags."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_tags import problem_of, texts
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import DESKTOP


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"a": "b"},
        {f"t{n}": "x" for n in range(5)},
        {"n" * 128: "v" * 512},
        {"umlaut ü": "ok"},
        {"empty": ""},
        {f"{n}" * 9: "v" * 400 for n in range(5)},
    ],
)
def test_good_tags(tags):
    assert problem_of(tags) is None


@pytest.mark.parametrize(
    "tags, words",
    [
        ({f"t{n}": "x" for n in range(6)}, "6 tags are more than the 5"),
        ({"n" * 129: "v"}, "has 129 characters"),
        ({"n": "v" * 513}, "has 513 characters"),
        ({f"{n}": "v" * 410 for n in range(5)}, "2055 characters in all"),
        ({"": "v"}, "no name"),
        *[({"n": f"a{sign}b"}, "are reserved") for sign in "<>%&\\?/"],
        *[({f"a{sign}b": "v"}, "are reserved") for sign in "<>%&\\?/"],
    ],
)
def test_bad_tags(tags, words):
    assert words in problem_of(tags)


def test_values_become_the_text_that_yaml_showed():
    assert texts({"a": True, "b": 5, 3: "x", "d": "True"}) == {"a": "true", "b": "5", "3": "x", "d": "True"}


@pytest.mark.parametrize("value, shown", [(["a", 1], '["a", 1]'), ({}, "{}")])
def test_a_list_is_no_value(value, shown):
    with pytest.raises(InvalidInput) as refusal:
        texts({"fine": "x", "apps": value})
    assert str(refusal.value) == f"The value of tag 'apps' is one text, not {shown}"


def test_a_tag_without_a_value_has_an_empty_one():
    record = DESKTOP.record({"tags": [{"name": "owner", "value": None}]})
    assert record["tags"] == {"owner": ""} and problem_of(record["tags"]) is None
