# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nouns of a farm have in common: states, who made them, and how one is found."""

from __future__ import annotations

from collections import Counter

from ..core.schema import Field
from .enums import AGENT_STATE, HEALTH, NOTHING, SERVER_TYPE, UNKNOWN, health

# Options of info modules whose listing tells less than the single object.
DETAILED = {"id": {"type": "str"}, "name": {"type": "str"}, "site_id": {"type": "int"}, "details": {"type": "bool", "default": False}}


def enum_field(name, read, enum):
    """A field that holds the code and the name of an enumeration."""
    return Field(name, read=read, decode=enum.read, missing=NOTHING)


def number(name, read):
    return Field(name, read=read, type="int")


# Status rows give ids as text and settings as numbers, so they are text here (behaviour notes, 1.3).
ID = Field("id", read="id", decode=str)
SITE_ID = number("site_id", "siteId")
STATE = (
    enum_field("server_type", "serverType", SERVER_TYPE),
    enum_field("agent_state", "agentState", AGENT_STATE),
    Field("health", read="agentState", decode=health, missing=UNKNOWN),
)
HISTORY = (
    Field("created_by", read="adminCreate"),
    Field("changed_by", read="adminLastMod"),
    Field("created", read="timeCreate"),
    Field("changed", read="timeLastMod"),
)


def matching(records, options, name="name"):
    """The records that the options ``id``, ``name`` and ``site_id`` ask for, in order of names.

    How the server compares names is not published, so that it is done here, exactly.
    """
    wanted = {
        field: options[option] for field, option in (("id", "id"), (name, name), ("site_id", "site_id")) if options.get(option) is not None
    }
    fitting = [record for record in records if all(record[field] == value for field, value in wanted.items())]
    return sorted(fitting, key=lambda record: (record[name] or "", record["id"]))


def listed_with_state(client, listing, status, schema):
    """The records of two listings that tell of the same things: settings, of which a listing has the main ones only, and state."""
    states = {str(row.get("id")): row for row in client.list(status, f"list the state of the {schema.plural}")}
    return [schema.record({**states.get(str(row.get("id")), {}), **row}) for row in client.list(listing, f"list the {schema.plural}")]


def with_all_settings(client, schema, read, record):
    """The record with what only the single object tells; ``read`` is the place's function that has its answer: one read."""
    wire = client.records(read, record["id"])[0]
    return {**record, **{field.name: field.value_in(wire) for field in schema.fields if field.read in wire}}


def summary(records):
    """How many records there are in each health class."""
    counts = Counter(record["health"] for record in records)
    return {name: counts[name] for name in (*HEALTH, UNKNOWN)}


def describe(record):
    """A record's state for people: ``'ws-north' is Broken (MissingDAGRoles)``."""
    state, reason = record["agent_state"], (record.get("broken_reason") or NOTHING)["name"]
    words = state["name"] or ("in an unknown state" if state["code"] is None else f"in the unknown state {state['code']}")
    return f"'{record['name']}' is {words}" + (f" ({reason})" if words == "Broken" and reason not in (None, "Ignore") else "")
