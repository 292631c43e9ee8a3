# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection believes about the API is what the contract says: every call, every field, every exchange."""

from __future__ import annotations

import functools
import importlib

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.module_utils.core.schema import BOTH, CREATE, UPDATE, Schema
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import Call
from scenarios import SCENARIOS, Stage
from support import CONTRACT, PLUGINS, ROOT

FILES = sorted((ROOT / "plugins" / "module_utils" / "workspot").rglob("*.py"))
CODE = [importlib.import_module(".".join((PLUGINS, *path.relative_to(ROOT / "plugins").with_suffix("").parts))) for path in FILES]


def instances(kind):
    """All module-level instances of a class in module_utils/workspot, by a name that tells where they are."""
    found = {}
    for module in CODE:
        for name, value in vars(module).items():
            if isinstance(value, kind) and not any(value is known for known in found.values()):
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = value
    return found


CALLS, SCHEMAS = instances(Call), instances(Schema)

# Which operations a noun's fields go out with (by the kind of request) and come back from.
# A noun without an entry fails a test; one that is put together from several answers has none of its own.
OPERATIONS = {
    "pool": {CREATE: ["createDesktopPoolUsingPOST"], UPDATE: ["updateDesktopPoolUsingPOST"], "read": ["poolsUsingGET"]},
    "desktop": {CREATE: ["createDesktopUsingPOST", "createCustomDesktopUsingPOST"], "read": ["getpoolDesktopsUsingGET"]},
    "user": {CREATE: ["addUserUsingPOST"], UPDATE: ["assignCostCenterUsingPOST"], "read": ["userDetailsUsingGET"]},
    "assignment": None,
    "bundle": {CREATE: ["createBundleUsingPOST"], UPDATE: ["updateBundleUsingPOST"], "read": ["bundlesUsingGET"]},
    "group": {"read": ["groupsUsingGET"]},
    "global desktop": {"read": ["globalDesktopsUsingGET"]},
    "gateway cluster": None,
    "application": {CREATE: ["createCloudAppUsingPOST"], UPDATE: ["updateCloudAppUsingPOST"], "read": ["applicationsUsingGET"]},
    "application server pool": {
        CREATE: ["createCloudAppPoolUsingPOST"],
        UPDATE: ["updateCloudAppPoolUsingPOST"],
        "read": ["cloudAppPoolsUsingGET"],
    },
    "application server": {"read": ["cloudAppServersUsingGET"]},
}


@functools.cache
def document():
    with open(CONTRACT, encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def operations():
    """(method, path, operation) by operation id."""
    verbs = ("get", "post", "put", "patch", "delete")
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, item in document()["paths"].items()
        for method, operation in item.items()
        if method in verbs
    }


def resolve(node):
    while "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        node = document()["components"][node["$ref"].split("/")[2]][name]
    return node


def schema_in(content):
    return resolve(next(iter(resolve(content)["content"].values()))["schema"])


def answer_of(operation_id):
    """The schema of a successful answer."""
    responses = operations()[operation_id][2]["responses"]
    return schema_in(next(answer for status, answer in sorted(responses.items()) if str(status).startswith("2")))


def sendable(operation_id):
    return set(schema_in(operations()[operation_id][2]["requestBody"]).get("properties", ()))


def readable(operation_id):
    """Field names of an answer, or of the items of its list."""
    schema = answer_of(operation_id)
    listed = {call.operation_id: call.listed for call in CALLS.values()}[operation_id]
    return set((resolve(schema["properties"][listed]["items"]) if listed else schema)["properties"])


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_as_the_contract_has_it(name):
    call = CALLS[name]
    method, path, operation = operations()[call.operation_id]
    assert (call.method, call.path) == (method, path)
    assert set(call.clouds) == set(operation.get("x-clouds", ()))


@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if call.listed])
def test_a_list_is_wrapped_as_the_contract_has_it(name):
    assert answer_of(CALLS[name].operation_id)["properties"][CALLS[name].listed]["type"] == "array"


@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if not call.listed])
def test_a_call_whose_answer_is_a_list_says_so(name):
    call = CALLS[name]
    if call.method == "GET":
        # An answer with one property, an array, is a wrapper; what else is an object, or an operation's.
        properties = answer_of(call.operation_id).get("properties", {})
        assert [field for field, schema in properties.items() if len(properties) == 1 and resolve(schema).get("type") == "array"] == []


def test_there_are_calls_and_nouns_to_check():
    # An empty table would let every test above and below pass.
    assert len(CALLS) >= 20 and len(SCHEMAS) >= 5


def test_no_operation_is_written_down_twice():
    ids = [call.operation_id for call in CALLS.values()]
    assert sorted(ids) == sorted(set(ids))


def test_every_noun_is_mapped_to_operations():
    assert {schema.noun for schema in SCHEMAS.values()} <= set(OPERATIONS)


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if OPERATIONS.get(schema.noun)])
@pytest.mark.parametrize("when", [CREATE, UPDATE])
def test_every_field_that_is_sent_is_in_the_request(name, when):
    schema = SCHEMAS[name]
    requests = [sendable(operation_id) for operation_id in OPERATIONS[schema.noun].get(when, ())]
    sent = {field.sent for field in schema.fields if field.sent and field.when in (when, BOTH)}
    # One of the noun's calls takes them all: fields from two calls would be refused together.
    assert not sent or any(sent <= request for request in requests), sent - set().union(*requests)


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if OPERATIONS.get(schema.noun)])
def test_every_field_that_is_read_is_in_the_answer(name):
    schema = SCHEMAS[name]
    answers = set().union(*(readable(operation_id) for operation_id in OPERATIONS[schema.noun]["read"]))
    assert {field.read for field in schema.fields if field.read} <= answers


@pytest.mark.parametrize(
    "name", [name for name, schema in SCHEMAS.items() if OPERATIONS.get(schema.noun) and any(field.read for field in schema.fields)]
)
def test_every_field_of_the_answer_is_read(name):
    # What the API tells, the collection returns: nothing is lost without a reason.
    schema = SCHEMAS[name]
    answers = set().union(*(readable(operation_id) for operation_id in OPERATIONS[schema.noun]["read"]))
    assert answers <= {field.read for field in schema.fields}


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if OPERATIONS.get(schema.noun)])
def test_choices_are_those_of_the_contract(name):
    schema = SCHEMAS[name]
    for when in (CREATE, UPDATE):
        for operation_id in OPERATIONS[schema.noun].get(when, ()):
            properties = schema_in(operations()[operation_id][2]["requestBody"])["properties"]
            for field in schema.fields:
                if field.sent in properties and field.when in (when, BOTH):
                    wire = resolve(properties[field.sent])
                    allowed = resolve(wire.get("items", {})).get("enum") or wire.get("enum")
                    assert not allowed or set(field.choices or ()) == {value for value in allowed if value is not None}, field.name


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_every_exchange_of_a_scenario_is_within_the_contract(scenario):
    with Stage.of(scenario, contract=CONTRACT) as (stage, options):
        for check in (True, False, False):
            result = stage.run(scenario.module, check=check, **options)
            assert not result.get("failed"), result["msg"]
        # Names that the simulator could not place would not have been checked at all.
        assert {entry["operation_id"] for entry in stage.simulator.log()} <= {*operations(), "downloadFile"}
        assert stage.simulator.violations() == []


def test_operations_that_some_module_reaches(capsys):
    """Which of the contract's operations a scenario reaches; when all modules are there, that shall be all of them."""
    reached = set()
    for scenario in SCENARIOS:
        with Stage.of(scenario) as (stage, options):
            stage.run(scenario.module, **options)
            reached |= set(stage.simulator.counters()["operations"])
    reached &= set(operations())
    with capsys.disabled():
        print(f"\n{len(reached)} of {len(operations())} operations of Workspot Control are reached by some module")
    # A call that no scenario makes is one that no test has ever sent.
    assert {call.operation_id for call in CALLS.values()} - reached == set()
