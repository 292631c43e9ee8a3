# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of other objects: names and ids side by side, and what a list option makes of them."""

from __future__ import annotations

from ansible_collections.euc.fleet.plugins.module_utils.workspot import references

ANN, BOB, OTHER_BOB = {"id": "1", "name": "Ann"}, {"id": "3", "name": "Bob"}, {"id": "2", "name": "Bob"}
RECORD = {"friends": ["Bob"], "friend_ids": ["3"]}


def merged(*given, purge):
    return references.merged(given, RECORD, "friends", "friend_ids", purge=purge)


def test_names_and_ids_are_in_the_same_order():
    assert references.names([BOB, OTHER_BOB, ANN]) == ["Ann", "Bob", "Bob"]
    assert references.ids([BOB, OTHER_BOB, ANN]) == ["1", "2", "3"]


def test_a_list_replaces_or_adds():
    assert merged(ANN, purge=True) == {"friends": ["Ann"], "friend_ids": ["1"]}
    assert merged(ANN, purge=False) == {"friends": ["Ann", "Bob"], "friend_ids": ["1", "3"]}
    assert merged(purge=True) == {"friends": [], "friend_ids": []}
    assert merged(purge=False) == RECORD


def test_an_object_that_is_given_twice_is_one():
    assert merged(BOB, BOB, purge=False) == RECORD


def test_what_a_record_refers_to_is_not_looked_up():
    held = references.known(RECORD, "friends", "friend_ids")
    assert [references.find(wanted, held, None) for wanted in ("Bob", "3")] == [BOB, BOB]
    assert references.find("Ann", held, {"Ann": ANN}.get) == ANN
    assert references.known({"boss": "Ann", "boss_id": "1"}, "boss", "boss_id") == [ANN]
    assert references.known(None, "friends", "friend_ids") == []


def test_a_name_that_fits_two_is_looked_up_where_it_is_refused():
    assert references.find("Bob", [BOB, OTHER_BOB], {"Bob": "looked up"}.get) == "looked up"


def test_no_order_counts():
    assert references.same(["1", "2"], ["2", "1"]) and not references.same(["1"], ["2", "1"])
