# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schemas: what is sent, what is read, what differs, and who is meant by a name."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import Ambiguous, NotFound, Refused
from ansible_collections.euc.fleet.plugins.module_utils.core.schema import BOTH, CREATE, UPDATE, Field, Schema

CAR = Schema(
    noun="car",
    plural="cars",
    fields=(
        Field("id", read="carId"),
        Field("name", sent="carName", read="name"),
        Field("color", sent="paint", read="colour", when=BOTH),
        Field("seats", sent="seats", read="seats", when=CREATE, type="int"),
        Field("alarm_code", sent="alarm", when=BOTH, secret=True),
        Field("insurance", sent="insurance", when=BOTH, clear=None),
    ),
)
RED = {"id": "1", "name": "Beetle", "color": "red", "seats": 4}


def test_a_record_has_every_readable_field_in_the_users_words():
    assert CAR.record({"carId": "1", "colour": "red", "unknown": 1}) == {"id": "1", "name": None, "color": "red", "seats": None}


def test_a_body_carries_what_is_given_and_allowed():
    options = {"color": "blue", "seats": 2, "alarm_code": "x", "insurance": None}
    assert CAR.body(options, CREATE) == {"paint": "blue", "seats": 2, "alarm": "x"}
    assert CAR.body(options, UPDATE) == {"paint": "blue", "alarm": "x"}


def test_empty_clears_an_existing_object_and_is_left_out_of_a_new_one():
    assert CAR.body({"color": "", "insurance": ""}, UPDATE) == {"paint": "", "insurance": None}
    assert CAR.body({"color": "", "insurance": ""}, CREATE) == {}


def test_only_given_readable_options_can_differ():
    assert [field.name for field in CAR.differences({"color": "blue", "alarm_code": "new", "seats": None}, RED)] == ["color"]
    assert CAR.differences({"color": "red"}, RED) == []


def test_empty_is_no_difference_from_nothing():
    assert CAR.differences({"color": ""}, {**RED, "color": None}) == []
    assert [field.name for field in CAR.differences({"color": ""}, RED)] == ["color"]


def test_what_no_call_can_change_is_told_apart():
    assert [field.name for field in CAR.fixed_differences({"seats": 2, "color": "blue"}, RED)] == ["seats"]


def test_write_only_fields_are_named():
    assert CAR.write_only({"color": "x", "alarm_code": "x", "insurance": ""}, UPDATE) == ["alarm_code", "insurance"]


def test_only_what_can_be_read_proves_that_an_update_ran():
    assert CAR.shows({"color": "red", "alarm_code": "new"}, RED)
    assert not CAR.shows({"color": "blue", "alarm_code": "new"}, RED)
    assert not CAR.shows({"alarm_code": "new"}, RED)


def test_the_argument_spec_marks_secrets_and_leaves_read_only_fields_out():
    assert CAR.argument_spec() == {
        "color": {"type": "str"},
        "seats": {"type": "int"},
        "alarm_code": {"type": "str", "no_log": True},
        "insurance": {"type": "str"},
    }


def test_an_id_is_found_before_a_name():
    records = [{**RED, "id": "1", "name": "2"}, {**RED, "id": "2", "name": "3"}]
    assert CAR.find(records, "2")["id"] == "2"


def test_no_prefix_and_no_pattern_finds_anything():
    for wanted in ("Beet", "Beetle*", "B?etle", "beetle"):
        with pytest.raises(NotFound):
            CAR.find([RED], wanted)


def test_two_matches_are_an_error_that_lists_both():
    with pytest.raises(Ambiguous, match=r"'Beetle' fits 2 cars in town: Beetle \(id 1\), Beetle \(id 2\); give the id"):
        CAR.find([RED, {**RED, "id": "2"}], "Beetle", where=" in town")


def test_an_unknown_name_is_told_with_the_nearest_ones():
    with pytest.raises(NotFound, match="There is no car 'Beatle'; did you mean 'Beetle'"):
        CAR.find([RED], "Beatle")
    with pytest.raises(NotFound, match="there are no cars"):
        CAR.find([], "Beatle")
    assert CAR.find([], "Beatle", optional=True) is None


# A field that refers to another object: its option takes a name, the wire knows the id.
HOUSE = Schema(
    noun="house",
    plural="houses",
    fields=(
        Field("name", read="name"),
        Field("street_id", sent="streetId", read="streetId", when=CREATE, option="street"),
        Field("tenant_ids", sent="tenantIds", read="tenants", when=BOTH, type="list", option="tenants", missing=[]),
        Field("bell", sent="bell", when=BOTH),
    ),
)
NUMBER_7 = {"name": "No. 7", "street": "High Street", "street_id": "s1", "tenants": ["Ann"], "tenant_ids": ["a"]}


def test_a_reference_is_an_option_by_name_and_goes_out_by_id():
    assert list(HOUSE.argument_spec()) == ["street", "tenants", "bell"]
    wanted = {"street": "High Street", "street_id": "s1", "tenants": ["Ann"], "tenant_ids": ["a"], "bell": "loud"}
    assert HOUSE.body(wanted, CREATE) == {"streetId": "s1", "tenantIds": ["a"], "bell": "loud"}
    assert HOUSE.shown(wanted, CREATE) == {key: value for key, value in wanted.items() if key != "bell"}


def test_an_update_is_of_what_differs_and_if_asked_of_what_nothing_shows():
    wanted = {"tenants": ["Bob"], "tenant_ids": ["b"], "bell": "loud"}
    assert HOUSE.changing(wanted, NUMBER_7) == {"tenants": ["Bob"], "tenant_ids": ["b"]}
    assert HOUSE.changing(wanted, NUMBER_7, write_only=True) == wanted
    assert HOUSE.changing({"tenants": ["Anna"], "tenant_ids": ["a"]}, NUMBER_7) == {}


def test_what_is_set_at_creation_only_is_refused_in_names():
    with pytest.raises(Refused, match="Cannot change street of house 'No. 7' from High Street to Low Road: .* at creation only"):
        HOUSE.refuse_fixed({"street": "Low Road", "street_id": "s2"}, NUMBER_7)
    HOUSE.refuse_fixed({"street": "Renamed Street", "street_id": "s1"}, NUMBER_7)


def test_a_record_has_what_stands_for_nothing():
    assert HOUSE.record({"name": "No. 8", "tenants": None}) == {"name": "No. 8", "street_id": None, "tenant_ids": []}


WHEEL = Schema(
    "wheel",
    "wheels",
    (
        Field("size", sent="inches", read="inches", when=BOTH, type="int", required=True),
        Field("lock_code", sent="lock", when=CREATE, secret=True),
    ),
)
KIT_CAR = Schema(
    noun="kit car",
    plural="kit cars",
    fold_case=True,
    fields=(
        Field("name", read="name"),
        Field("maker", sent="origin.maker.name", read="origin.maker.name", when=CREATE),
        Field("plant", sent="origin.plant", read="origins.0.plant", when=CREATE),
        Field("wheels", sent="wheels", read="wheels", when=BOTH, type="list", elements="dict", of=WHEEL, missing=[]),
        Field("spare", read="spare", of=WHEEL),
    ),
)


def test_wire_names_lead_into_objects_and_lists():
    told = {"origin": {"maker": {"name": "Volk"}}, "origins": [{"plant": "Wolf"}, {"plant": "Hall"}]}
    assert KIT_CAR.record(told) == {"name": None, "maker": "Volk", "plant": "Wolf", "wheels": [], "spare": None}
    assert KIT_CAR.record({"origin": None, "origins": []})["maker"] is KIT_CAR.record({"origins": []})["plant"] is None
    assert KIT_CAR.body({"maker": "Volk", "plant": "Wolf"}, CREATE) == {"origin": {"maker": {"name": "Volk"}, "plant": "Wolf"}}


def test_objects_within_have_a_schema_of_their_own():
    assert KIT_CAR.record({"wheels": [{"inches": 15}], "spare": {"inches": 14}})["wheels"] == [{"size": 15}]
    assert KIT_CAR.record({"spare": {"inches": 14}})["spare"] == {"size": 14}
    wheels = {"wheels": [{"size": 15, "lock_code": "x"}, {"size": 16, "lock_code": None}]}
    assert KIT_CAR.body(wheels, CREATE) == {"wheels": [{"inches": 15, "lock": "x"}, {"inches": 16}]}
    assert KIT_CAR.body(wheels, UPDATE) == {"wheels": [{"inches": 15}, {"inches": 16}]}
    assert KIT_CAR.argument_spec()["wheels"]["options"] == {
        "size": {"type": "int", "required": True},
        "lock_code": {"type": "str", "no_log": True},
    }


def test_what_has_no_id_is_known_by_its_name_alone():
    cars = [{"name": "Ant"}, {"name": "Bee"}, {"name": "BEE"}]
    assert KIT_CAR.find(cars, "ANT") == {"name": "Ant"}
    with pytest.raises(Ambiguous, match="fits 2 kit cars: Bee, BEE; the API knows them by name alone"):
        KIT_CAR.find(cars, "bee")
