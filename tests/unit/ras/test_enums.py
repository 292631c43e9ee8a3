# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enumerations in every spelling: what the contract lists is known, and nothing that a farm may send fails."""

from __future__ import annotations

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.filter.ras_enum import FilterModule, ras_enum
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.ras import enums
from vendors import vendors

SCHEMAS = yaml.safe_load(vendors()["ras"].contract_path.read_text(encoding="utf-8"))["components"]["schemas"]
KINDS = {
    "ServerType": "server_type",
    "AgentState": "agent_state",
    "BrokenReason": "broken_reason",
    "SessionState": "session_state",
    "SessionType": "session_type",
    "ConnectionMode": "connection_mode",
    "AuthenticationType": "authentication_type",
}
VALUES = [
    (kind, code, name) for schema, kind in KINDS.items() for code, name in zip(SCHEMAS[schema]["enum"], SCHEMAS[schema]["x-enum-names"])
]


def test_every_enumeration_of_the_contract_is_there():
    assert {name for name, schema in SCHEMAS.items() if "x-enum-names" in schema} == set(KINDS)
    assert set(KINDS.values()) == set(enums.ENUMS)


@pytest.mark.parametrize("kind, code, name", VALUES)
def test_every_value_in_every_spelling(kind, code, name):
    spellings = (code, str(code), f" {code} ", f"{code} = {name}", f"{code}={name}", name, name.lower(), f" {name} ")
    assert [enums.ENUMS[kind].read(value) for value in spellings] == [{"code": code, "name": name}] * len(spellings)


@pytest.mark.parametrize("kind", enums.ENUMS)
@pytest.mark.parametrize(
    "value, code, name",
    [
        (None, None, None),
        ("", None, None),
        (999, 999, None),
        ("999", 999, None),
        ("999 = Novelty", 999, "Novelty"),
        ("Novelty", None, "Novelty"),
        ("4 legs", None, "4 legs"),
        (["odd"], None, "['odd']"),
    ],
)
def test_what_is_not_known_stays_what_it_is(kind, value, code, name):
    assert enums.ENUMS[kind].read(value) == {"code": code, "name": name}


def test_names_of_newer_guides():
    assert enums.SERVER_TYPE.read("Broker") == enums.SERVER_TYPE.read("7 = Broker") == {"code": 7, "name": "PA"}
    assert enums.SERVER_TYPE.read(10) == {"code": 10, "name": "VDIHostPool"}


def test_a_number_wins_over_its_name():
    assert enums.AGENT_STATE.read("0 = Broken") == {"code": 0, "name": "OK"}


def test_zero_is_a_reason_and_nothing_is_none():
    assert enums.BROKEN_REASON.read(0)["name"] == "MissingObj"
    assert enums.BROKEN_REASON.read(None)["name"] is None


@pytest.mark.parametrize("health", [*SCHEMAS["AgentState"]["x-health-class"]])
def test_health_classes_are_those_of_the_contract(health):
    for code in SCHEMAS["AgentState"]["x-health-class"][health]:
        assert enums.health(code) == enums.health(f"{code} = X") == health


@pytest.mark.parametrize("value", [None, "", 999, "Novelty"])
def test_what_is_not_known_is_of_unknown_health(value):
    assert enums.health(value) == "unknown"


def test_a_user_may_name_a_state_or_its_number():
    assert [enums.AGENT_STATE.parse("states", value) for value in ("OK", "broken", "53", -1, "999")] == [0, 53, 53, -1, 999]
    with pytest.raises(InvalidInput, match="states takes numbers and names of agent states such as Broken.*, not 'Brokn'"):
        enums.AGENT_STATE.parse("states", "Brokn")


def test_the_filter():
    assert FilterModule().filters() == {"ras_enum": ras_enum}
    assert ras_enum("53 = Broken") == {"code": 53, "name": "Broken", "health": "failed"}
    assert ras_enum(0, "broken_reason") == {"code": 0, "name": "MissingObj"}
    with pytest.raises(AnsibleFilterError, match="and not 'state'"):
        ras_enum(0, "state")
