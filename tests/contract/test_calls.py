# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection believes about the API is what the contract says: every call, every field, every exchange."""

from __future__ import annotations

import functools
import importlib.util
import re

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.module_utils.core.schema import BOTH, CREATE, UPDATE, Schema
from scenarios import SCENARIOS, STATE_SCENARIOS, Stage
from support import ROOT
from vendors import vendor_of, vendors

VENDORS = vendors().values()
CALL_KINDS = tuple(vendor.call_kind for vendor in VENDORS)


def instances(kind):
    """All module-level instances of a class in module_utils of any vendor, by a name that tells where they are."""
    found = {}
    for vendor in VENDORS:
        for file in vendor.files():
            for name, value in vars(vendor.code(file)).items():
                if isinstance(value, kind) and not any(value is known for known in found.values()):
                    found[f"{vendor}.{file.rpartition('/')[2]}.{name}"] = value
    return found


def tool(name):
    """A program of the folder tools as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


call_table = tool("call_table")
# The rows of docs/calls.md by their scenarios.
TABLE = {
    ": ".join(cell.strip(" `") for cell in row.split("|")[1:3]): row
    for row in call_table.TABLE.read_text(encoding="utf-8").splitlines(keepends=True)
    if row.startswith("| `")
}
# What takes a third read to find as it is asked for, and why.
MORE_READS = {
    # Only the gateway clusters tell the name of the one that an application is routed through.
    "workspot_application: created in two bundles with an icon": 3,
    # A group's bundle stands with the bundles, and its global desktops have a call of their own.
    "workspot_group: another bundle, and one global desktop instead of another": 3,
    # It has moved only if it is in one pool and no more in the other.
    "workspot_desktop_move: moved": 3,
    "workspot_desktop_move: upgraded": 3,
}

CALLS, SCHEMAS = instances(CALL_KINDS), instances(Schema)

# Which operations a noun's fields go out with (by the kind of request) and come back from.
# Behind the id, a noun that is part of another thing has its place there.
# `untold` are fields of the answer that the noun leaves out, for they are about something else.
# A noun without an entry fails a test; one that is put together from several answers has none of its own.
OPERATIONS = {
    "pool": {CREATE: ["createDesktopPoolUsingPOST"], UPDATE: ["updateDesktopPoolUsingPOST"], "read": ["poolsUsingGET"]},
    "desktop": {CREATE: ["createDesktopUsingPOST", "createCustomDesktopUsingPOST"], "read": ["getpoolDesktopsUsingGET"]},
    "user": {CREATE: ["addUserUsingPOST"], UPDATE: ["assignCostCenterUsingPOST"], "read": ["userDetailsUsingGET"]},
    "assignment": None,
    "bundle": {CREATE: ["createBundleUsingPOST"], UPDATE: ["updateBundleUsingPOST"], "read": ["bundlesUsingGET"]},
    "group": {"read": ["groupsUsingGET"]},
    "application": {CREATE: ["createCloudAppUsingPOST"], UPDATE: ["updateCloudAppUsingPOST"], "read": ["applicationsUsingGET"]},
    "application server pool": {
        CREATE: ["createCloudAppPoolUsingPOST"],
        UPDATE: ["updateCloudAppPoolUsingPOST"],
        "read": ["cloudAppPoolsUsingGET"],
    },
    "application server": {"read": ["cloudAppServersUsingGET"]},
    "cloud": {"read": ["publicCloudsUsingGET"]},
    "network": {"read": ["getCloudNetworksUsingGET", "getCloudNetworksByRegionUsingGET"]},
    "security group": {"read": ["getSecurityGroupsUsingGET"]},
    "VM class": {"read": ["getTemplateVmClassesUsingGET"]},
    "gateway VM class": {"read": ["getGatewayVmClassesUsingGET"]},
    "gateway image": {"read": ["getGatewayImagesUsingGET"]},
    "custom image": {CREATE: ["createCustomImagesUsingPOST"], "read": ["customImagesUsingGET"]},
    "template": {
        CREATE: ["buildTemplateUsingPOST", "cloneTemplateUsingPOST", "registerTemplateUsingPOST"],
        "read": ["getTemplatesUsingGET", "getTemplateUsingGET"],
    },
    "gateway cluster": {CREATE: ["createGWClusterUsingPOST"], UPDATE: ["updateGatewayCusterUsingPOST"], "read": ["gwClustersUsingGET"]},
    "region of a gateway cluster": {"read": ["gwClustersUsingGET regionalClusters"]},
    "pool behind a gateway": {"read": ["gwClustersUsingGET regionalClusters.pools"]},
    "NPS server": {CREATE: ["createGWClusterUsingPOST npsServers"], UPDATE: ["updateGatewayCusterUsingPOST npsServers"]},
    "gateway": {CREATE: ["addGwHostUsingPOST"], "read": ["gwClusterHostsUsingGET"]},
    "connection": {"read": ["getGWHostConnectionsUsingGET connections"]},
    "sample": {"read": ["getGWHostPerformanceUsingGET cpu", "getGWHostPerformanceUsingGET memory"]},
    "global desktop": {"read": ["globalDesktopsUsingGET"]},
    "global desktop for all": {"read": ["globalDesktopUsingGET"]},
    "pool of a global desktop": {"read": ["globalDesktopUsingGET assignedPools"]},
    "group of a global desktop": {"read": ["globalDesktopUsingGET groupsAssigned"]},
    "global desktop of a user": {"read": ["globalDesktopDetailsUsingGET"]},
    "pool of a user's global desktop": {"read": ["globalDesktopDetailsUsingGET assignedPools"]},
    "desktop behind a global desktop": {"read": ["globalDesktopDetailsUsingGET assignedPools.assignedDesktop"]},
    "stale device": {"read": ["staleDevicesUsingGET"]},
}
for vendor in VENDORS:
    OPERATIONS.update(vendor.nouns)


@functools.cache
def document(name):
    """The contract of a vendor; its references begin with the vendor's name."""
    text = vendors()[name].contract_path.read_text(encoding="utf-8").replace("#/components/", f"{name}#/components/")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def operations(name=None):
    """(method, path, operation) by operation id, of one vendor or of all."""
    verbs = ("get", "post", "put", "patch", "delete")
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for known in ([name] if name else vendors())
        for path, item in document(known)["paths"].items()
        for method, operation in item.items()
        if method in verbs
    }


def resolve(node):
    while "$ref" in node:
        name, _sign, path = node["$ref"].partition("#/")
        node = functools.reduce(lambda part, key: part[key], path.split("/"), document(name))
    return node


def schema_in(content):
    return resolve(next(iter(resolve(content)["content"].values()))["schema"])


def answer_of(operation_id):
    """The schema of a successful answer."""
    responses = operations()[operation_id][2]["responses"]
    return schema_in(next(answer for status, answer in sorted(responses.items()) if str(status).startswith("2")))


def part(schema, path):
    """The schema at a place within another one; a number or nothing stands for the items of a list."""
    for key in path.split(".") if path else ():
        schema = resolve(schema)
        if schema.get("type") == "array":
            schema = resolve(schema["items"])
            if key.isdigit():
                continue
        if key not in schema.get("properties", ()):
            return None
        schema = schema["properties"][key]
    schema = resolve(schema)
    return resolve(schema["items"]) if schema.get("type") == "array" else schema


def request(where):
    """The schema of what a request carries."""
    operation_id, _space, path = where.partition(" ")
    return part(schema_in(operations()[operation_id][2]["requestBody"]), path)


def answer(where):
    """The schema of what an answer tells, or of the items of its list."""
    operation_id, _space, path = where.partition(" ")
    listed = {call.operation_id: getattr(call, "listed", None) for call in CALLS.values()}.get(operation_id)
    return part(answer_of(operation_id), ".".join(filter(None, (listed, path))))


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_as_the_contract_has_it(name):
    call = CALLS[name]
    method, path, operation = operations()[call.operation_id]
    # Where an API tells its addresses itself, the contract's paths are only indicative, and no call has one.
    assert (call.method, getattr(call, "path", path)) == (method, path)
    assert set(getattr(call, "clouds", ())) == set(operation.get("x-clouds", ()))


@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if getattr(call, "listed", None)])
def test_a_list_is_wrapped_as_the_contract_has_it(name):
    assert answer_of(CALLS[name].operation_id)["properties"][CALLS[name].listed]["type"] == "array"


@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if not getattr(call, "listed", None)])
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


MAPPED = [name for name, schema in SCHEMAS.items() if OPERATIONS.get(schema.noun)]


@pytest.mark.parametrize("name", MAPPED)
@pytest.mark.parametrize("when", [CREATE, UPDATE])
def test_every_field_that_is_sent_is_in_the_request(name, when):
    schema = SCHEMAS[name]
    requests = [request(where) for where in OPERATIONS[schema.noun].get(when, ())]
    sent = {field.sent for field in schema.fields if field.sent and field.when in (when, BOTH)}
    # One of the noun's calls takes them all: fields from two calls would be refused together.
    unknown = [{path for path in sent if part(body, path) is None} for body in requests]
    assert not sent or set() in unknown, unknown


@pytest.mark.parametrize("name", MAPPED)
def test_every_field_that_is_read_is_in_the_answer(name):
    schema = SCHEMAS[name]
    answers = [answer(where) for where in OPERATIONS[schema.noun].get("read", ())]
    assert [field.read for field in schema.fields if field.read and not any(part(told, field.read) for told in answers)] == []


@pytest.mark.parametrize("name", [name for name in MAPPED if any(field.read for field in SCHEMAS[name].fields)])
def test_every_field_of_the_answer_is_read(name):
    # What the API tells, the collection returns: nothing is lost without a reason.
    schema = SCHEMAS[name]
    answers = set().union(*(answer(where)["properties"] for where in OPERATIONS[schema.noun]["read"]))
    told = {field.read.partition(".")[0] for field in schema.fields if field.read}
    assert answers - told == set(OPERATIONS[schema.noun].get("untold", ()))


@pytest.mark.parametrize("name", MAPPED)
def test_choices_are_those_of_the_contract(name):
    schema = SCHEMAS[name]
    for when in (CREATE, UPDATE):
        for where in OPERATIONS[schema.noun].get(when, ()):
            for field in schema.fields:
                wire = part(request(where), field.sent) if field.sent and field.when in (when, BOTH) else None
                allowed = (wire or {}).get("enum")
                assert not allowed or set(field.choices or ()) == {value for value in allowed if value is not None}, field.name


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_every_exchange_of_a_scenario_is_within_the_contract_and_in_the_table(scenario):
    vendor = vendor_of(scenario.module)
    with Stage.of(scenario, contract=vendor.contract_path) as (stage, options):
        logs = []
        for check in (True, False, False):
            result = stage.run(scenario.module, check=check, **call_table.steady(scenario.module), **options)
            assert not result.get("failed"), result["msg"]
            logs.append(stage.simulator.log()[sum(map(len, logs)) :])
        # Names that the simulator could not place would not have been checked at all.
        assert {entry["operation_id"] for entry in stage.simulator.log()} <= {*operations(vendor.name), "downloadFile"}
        assert stage.simulator.violations() == []
    assert TABLE[str(scenario)] == call_table.row(scenario, *logs[1:]), "docs/calls.md is stale; run make calls"


def test_the_table_holds_the_scenarios_and_nothing_else():
    assert list(TABLE) == [str(scenario) for scenario in SCENARIOS], "docs/calls.md is stale; run make calls"
    assert call_table.TABLE.read_text(encoding="utf-8") == call_table.HEADING + "".join(TABLE.values())


@pytest.mark.parametrize("scenario", [scenario for scenario in STATE_SCENARIOS if scenario.module.startswith("workspot_") and not scenario.always], ids=str)
def test_to_find_everything_as_asked_takes_two_reads_at_most(scenario):
    reads = int(TABLE[str(scenario)].split("|")[4])
    assert reads <= MORE_READS.get(str(scenario), 2)


def test_every_operation_is_reached_by_some_module(capsys):
    """Every operation of a contract is reached by some module, or every one that a module has: what no scenario sends has never been tried."""
    # Every module logs in, and the table leaves that out.
    reached = {name for row in TABLE.values() for name in re.findall(r"`(\w+)`", row)}
    reached |= {name for vendor in VENDORS for name in vendor.sign_ins}
    for vendor in VENDORS:
        known = set(operations(vendor.name))
        with capsys.disabled():
            print(f"\n{len(known & reached)} of {len(known)} operations of {vendor.title} are reached by some module")
        assert not vendor.whole or known <= reached, known - reached
    assert {call.operation_id for call in CALLS.values()} - reached == set()
