# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module returns is what it documents, in check mode as in a real run; and check mode writes nothing."""

from __future__ import annotations

import base64
import functools
import json
import os
from urllib.parse import quote

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import WriteInCheckMode
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import CREDENTIALS, Context
from canaries import CANARY, CODE, plant, scenarios_of, secrets_in, secrets_of, shown
from scenarios import SCENARIOS, STATE_SCENARIOS, TENANT, Stage, problems
from support import documentation, load, module_names
from vendors import ODD, vendor_of
from vendors.workspot import ENTRA

MODULES = module_names()
# Ansible's own keys of every result, which no module documents.
ANSIBLES_OWN = {"changed", "diff", "warnings"}


def returned(module):
    return yaml.safe_load(load(module).RETURN)


def test_only_a_module_that_says_so_changes_something_at_every_run():
    for scenario in SCENARIOS:
        support = documentation(scenario.module)["attributes"]["idempotent"]["support"]
        assert support != "full" or not scenario.always


def result_key(module):
    """The key of what the module is about: that which is documented with what it contains."""
    return next((key for key, entry in returned(module).items() if "contains" in entry), None)


@functools.cache
def results_of(module):
    """The results of all scenarios of a module, in check mode, for real, and again."""
    results = []
    for scenario in SCENARIOS:
        if scenario.module == module:
            with Stage.of(scenario) as (stage, options):
                for check in (True, False, False):
                    results.append(stage.run(module, check=check, **options))
                    assert not results[-1].get("failed"), f"{scenario}: {results[-1]['msg']}"
    return results


@pytest.mark.parametrize("module", MODULES)
def test_documented_results_are_the_results(module):
    results = results_of(module)
    found = {key for result in results for key in result} - ANSIBLES_OWN
    # What a vendor replaces now and then is not in every table of scenarios.
    assert found == set(returned(module)) - (set(CREDENTIALS) - found)
    key = result_key(module)
    if key:
        values = [result[key] for result in results]
        items = [item for value in values for item in (value if isinstance(value, list) else [value])]
        assert items, "no scenario shows what a result holds"
        assert {field for item in items for field in item} == set(returned(module)[key]["contains"])


@pytest.mark.parametrize("module", MODULES)
def test_what_is_returned_always_always_is(module):
    key = result_key(module)
    always = {field for field, entry in returned(module)[key]["contains"].items() if entry["returned"] == "always"} if key else set()
    for result in results_of(module):
        for item in [] if not key else result[key] if isinstance(result[key], list) else [result[key]]:
            assert set(item) >= always
        assert set(result) >= {name for name, entry in returned(module).items() if entry["returned"] in ("success", "always")}


@pytest.mark.parametrize("module", MODULES)
def test_values_have_their_documented_types(module):
    types = {"str": str, "int": int, "float": (int, float), "bool": bool, "dict": dict, "list": list}
    documented = returned(module)

    def wrong(entries, values, where):
        for name, entry in entries.items():
            value = values.get(name)
            if value is not None and not isinstance(value, types[entry["type"]]):
                yield f"{where}{name} is {value!r}, not {entry['type']}"
            for item in (value if isinstance(value, list) else [value]) if value and "contains" in entry else ():
                yield from wrong(entry["contains"], item, f"{name}.")

    assert [problem for result in results_of(module) for problem in wrong(documented, result, "")] == []


@pytest.mark.parametrize("scenario", STATE_SCENARIOS, ids=str)
def test_check_mode_tells_what_the_real_run_then_does(scenario):
    with Stage.of(scenario) as (stage, options):
        checked = stage.run(scenario.module, check=True, **options)
        real = stage.run(scenario.module, **options)
    assert (checked["changed"], checked["changes"], checked["diff"]) == (real["changed"], real["changes"], real["diff"])
    assert real["changed"]
    assert set(checked) - {"cost"} == set(real) - {"operation"}
    noun = result_key(scenario.module)
    assert set(checked[noun]) == set(real[noun])
    differing = {
        field
        for field, value in checked[noun].items()
        if None not in (value, real[noun][field]) and type(value) is not type(real[noun][field])
    }
    assert differing == set()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_no_write_leaves_in_check_mode(scenario):
    with Stage.of(scenario) as (stage, options):
        before = stage.rest()
        stage.writes()
        stage.run(scenario.module, check=True, **options)
        assert stage.writes() == []
        assert stage.rest() == before


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_a_run_sends_the_writes_of_the_table_and_the_next_one_none(scenario):
    with Stage.of(scenario) as (stage, options):
        first = stage.run(scenario.module, **options)
        assert (first["changed"], stage.writes()) == (scenario.changes, list(scenario.writes))
        if not scenario.always:
            again = stage.run(scenario.module, **options)
            assert (again["changed"], stage.writes(), again.get("changes", [])) == (False, [], [])
        assert problems(scenario.ends, stage.rest()) == []


@pytest.mark.parametrize("scenario", STATE_SCENARIOS, ids=str)
def test_diff_shows_only_what_changes(scenario):
    with Stage.of(scenario) as (stage, options):
        if not scenario.always:
            stage.run(scenario.module, **options)
            assert stage.run(scenario.module, **options)["diff"] == {"before": {}, "after": {}}
        else:
            diff = stage.run(scenario.module, **options)["diff"]
            assert all(entry["before"] is not None for entry in (diff if isinstance(diff, list) else [diff]))


def test_a_task_that_changes_several_objects_has_a_diff_of_each():
    with Stage() as stage:
        stage.simulator.change(desktops=[{"pool": "Sales", "name": "SALES-003", "user": "carl@example.com"}])
        diffs = stage.run("workspot_assignment", check=True, user="carl@example.com", pool="Sales", state="absent")["diff"]
        assert [entry["before"]["desktop"] for entry in diffs] == ["SALES-003", "SALES-004"]
        options = {"pool": "Sales", "name": "SALES-005", "action": "reboot", "session_policy": "force", "text": "Soon"}
        diffs = stage.run("workspot_desktop_action", check=True, **options)["diff"]
        assert [entry["after"] for entry in diffs] == [{"message": "Soon"}, {"status": "Ready"}]


@pytest.mark.parametrize("module", MODULES)
def test_the_transport_itself_refuses_to_write_for_a_task_that_only_reads(module):
    # Not the module's own care: its client is told to write, whatever the module would do.
    spec = load(module).SPEC
    vendor = vendor_of(module)
    file, name, slots = vendor.write
    with Stage.about(module) as stage:
        parameters = {name: argument.get("default") for name, argument in spec.arguments()["argument_spec"].items()}
        parameters.update(vendor.reach(stage.simulator.url), **vendor.login)
        client = Context(spec, parameters, check_mode=not spec.reads_only).client
        with pytest.raises(WriteInCheckMode, match="nothing was sent"):
            client.call(getattr(vendor.code(file), name), "write something", **slots)
        assert stage.simulator.log() == []


# ---- Secrets


def test_each_secret_has_a_scenario_that_gives_it():
    missing = [
        f"{module}: {path}"
        for module in MODULES
        for path in set(secrets_of(module)) - {path for one in scenarios_of(module) for path in secrets_in(module, one.options)}
    ]
    assert missing == []


def test_every_spelling_of_a_secret_is_found():
    secret = f"{CANARY}-ö{ODD}"
    within = [base64.b64encode(f"{'x' * length}:{secret}".encode()).decode() for length in range(3)]
    for text in (*within, within[0].replace("+", "-"), json.dumps(json.dumps(secret)), quote(secret), secret.encode().hex()):
        assert shown(f"before\n<{text}>\nafter".encode()) == [f"<{text}>".encode()]
    assert shown(b"Y2FuYXJpZXM= 63616e617269 canaries") == []


def leaks(stage, *results, secrets=()):
    """Places that show a canary: results as Ansible would get them before it masks anything, and all that was left on disk."""
    places = {f"result {number}": json.dumps(result, default=str) for number, result in enumerate(results)}
    for name in os.listdir(stage.folder):
        with open(os.path.join(stage.folder, name), encoding="utf-8") as file:
            places[name] = file.read()
    return [place for place, text in places.items() if shown(text.encode(), *secrets)]


@pytest.mark.parametrize("scenario", [*SCENARIOS, CODE], ids=str)
def test_no_secret_is_in_a_result_or_on_disk(scenario):
    vendor = vendor_of(scenario.module)
    with Stage.about(scenario.module, vendor.admitting(TENANT)) as stage:
        # The canary token is not accepted, so the credentials renew it: all of them are in use.
        options = {**vendor.canaries, **plant(scenario.module, stage.prepare(scenario, **vendor.canaries))}
        results = [stage.run(scenario.module, check=check, **options) for check in (True, False)]
        assert [result.get("msg") for result in results] == [None, None]
        if load(scenario.module).SPEC.hides_result(options):
            # Asked for, and kept from callbacks and logs.
            results = [{key: value for key, value in result.items() if key not in CREDENTIALS} for result in results]
        secrets = secrets_in(scenario.module, options)
        assert all(CANARY in value for path, values in secrets.items() for value in values if path != "code")
        assert leaks(stage, *results, secrets=secrets.get("code", ())) == []


TROUBLES = ("wrong credentials", "no answer", "garbage", "refused", "proxy")
# The only one that asks nothing of a server, so that no trouble there makes it fail.
SILENT = {"workspot_run_lock"}
FAILURES = [
    (scenario, trouble)
    for module in MODULES
    if module not in SILENT
    for trouble in (*TROUBLES, *(("entra",) if module.startswith("workspot_") else ()))
    for scenario in scenarios_of(module)
]


@pytest.mark.parametrize("scenario, fault", FAILURES, ids=str)
def test_no_secret_is_in_a_failure(scenario, fault):
    module, vendor = scenario.module, vendor_of(scenario.module)
    with Stage.about(module, TENANT if fault in ("wrong credentials", "entra") else vendor.admitting(TENANT)) as stage:
        options = plant(module, stage.fill_in(scenario))
        secrets = secrets_in(module, options).get("code", ())
        options |= {"operation": ["an-operation"]} if "operation" in scenario.options else {}
        # Through a proxy that is not there the other troubles would never come about.
        options["proxy"] = "http://canary-user:canary-proxy@127.0.0.1:9" if fault == "proxy" else None
        if fault == "entra":
            options |= {
                **ENTRA,
                "entra_authority": stage.simulator.url,
                "client_id": None,
                "client_secret": None,
                "username": None,
                "password": None,
            }
        else:
            options |= vendor.canaries
        kind = {"no answer": "drop_before", "garbage": "garbage", "refused": "status"}.get(fault)
        if kind:
            stage.simulator.fault(kind, path=vendor.calls_path, times=10_000)
        result = stage.run(module, **{**options, "retry_timeout": 60})
        assert result["failed"] and result["msg"]
        assert all(armed["struck"] for armed in stage.simulator.faults()), result["msg"]
        assert leaks(stage, result, secrets=secrets) == []
