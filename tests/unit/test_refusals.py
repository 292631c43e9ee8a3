# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and variables that cannot be meant: one sentence that names them, and repeats nothing that may be a secret."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.filter.refusals import refusals


@pytest.mark.parametrize(
    "kind, content",
    [
        ("desired_files", {"/t/a.yml": "users: []", "/t/b.yml": "# nothing yet", "/t/c.yml": "pools: !vault |\n  $ANSIBLE_VAULT"}),
        ("desired_state", {"users": [{"email": "ann@example.com"}], "pools": [], "desktops": None}),
        ("patterns", ["^service-", ""]),
        ("policy", "cost_centers: {pattern: 1234}"),
        ("users", "email,pool\nann@example.com,Sales\n"),
        ("users", []),
    ],
)
def test_what_can_be_meant(kind, content):
    assert refusals({"name": content}, kind) == []


@pytest.mark.parametrize(
    "kind, content, says",
    [
        ("desired_files", {}, "there is no file with a desired state"),
        ("desired_files", {"/t/a.yml": "users: ["}, "a.yml is no YAML, see line 1"),
        ("desired_files", {"/t/a.yml": "users: [\n"}, "a.yml is no YAML, see line 1"),
        ("desired_files", {"/t/a.yml": "users:\n  - {password: *canary}\n"}, "a.yml is no YAML, see line 2"),
        ("desired_files", {"/t/a.yml": "users: []\n--- \npools: []\n"}, "a.yml is no YAML, see line 2"),
        ("desired_files", {"/t/a.yml": "users: can\0ary"}, "a.yml is no YAML"),
        ("desired_files", {"/t/a.yml": "canary"}, "a.yml is no dictionary of gateway_clusters, "),
        ("desired_files", {"/t/a.yml": "user: []"}, "nobody knows 'user' (did you mean 'users'?); the keys are gateway_clusters, "),
        ("desired_files", {"/t/a.yml": "users: []", "/t/b.yml": "users: []"}, "users can only be there once, in one of the files"),
        ("desired_state", None, "the files use a variable that is not defined"),
        ("desired_state", {"users": "canary"}, "users is a list, and what is there is none"),
        ("desired_state", {"users": {"password": "canary"}}, "users is a list, and what is there is none"),
        ("desired_state", {"users": [{}, "canary"]}, "users is a list of dictionaries, and its item 2 is none"),
        ("patterns", ["^service-", "("], "'(' is no regular expression: missing ), unterminated subpattern at position 0"),
        ("policy", "tags:\n  - tags: [\n", "this is no YAML, see line 2"),
        ("policy", "tagz: []", "the policy knows no 'tagz' (did you mean 'tags'?); there is tags, cost_centers"),
        ("policy", "tags: [{tags: {a: {requird: true}}}]", "tag 'a' knows no 'requird' (did you mean 'required'?); there is required, "),
        ("policy", "cost_centers: {pattern: (}", "pattern of cost_centers is no regular expression: missing ), "),
        ("policy", "", "the policy is a dictionary, not None"),
        ("users", "email,firstname\n", "nobody knows the column 'firstname' (did you mean 'first_name' or 'last_name'?); there are email, "),
    ],
)
def test_what_cannot(kind, content, says):
    (told,) = refusals({"name": content}, kind)
    assert told.startswith(f"name: {says}") and "canary" not in told


def test_each_name_has_its_own_sentence():
    told = refusals({"keep": ["("], "drop": ["a"], "hold": ["["]}, "patterns")
    assert [sentence.partition(":")[0] for sentence in told] == ["keep", "hold"]
