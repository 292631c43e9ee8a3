# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What workspot_tenant_info promises of an export, on every tenant there is here; and that a simulator serves the twin of one."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
import yaml
from ansible_collections.euc.fleet.plugins.module_utils.workspot.export import KINDS
from euc_simulator.generate import generate
from scenarios import TENANT, Stage
from support import ROOT, load
from vendors.workspot import VENDOR

FILES = sorted((ROOT / name).relative_to(ROOT) for place in ("demo", "tests") for name in (ROOT / place).rglob("*tenant.yml"))
# The files of the other integration targets add to this one.
SETUP = Path("tests/integration/targets/setup_simulator/files/tenant.yml")

MODULES = {key: f"workspot_{key.removesuffix('s')}" for key in KINDS}
# What a desktop of a tenant has besides the options of its module.
BESIDE = {"desktops": {"tags", "user"}}
# Options that tell how to act and not what to be, or that have a meaning only when something is created.
CONTROLS = {
    *("state", "force", "allow_shrink", "update_write_only", "purge_bundles", "purge_applications", "purge_global_desktops"),
    *("desktops", "reference_pool", "icon", "bundles", "pool", "desktop", "user", "clone_of", "register", "cloud_region", "fqdn"),
    *("template_os", "template_type"),
}


def read(file):
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


def whole(file):
    """The tenant of a file, or that of all targets with what the file adds."""
    tenant, addition = (read(SETUP), read(file)) if "targets" in file.parts and file != SETUP else (read(file), {})
    return {**tenant, **{key: [*tenant.get(key, ()), *items] for key, items in addition.items() if isinstance(items, list)}}


ODD = read("tests/conformance/odd_tenant.yml")
TENANTS = {**{str(file): whole(file) for file in FILES}, "generated": generate(60, 7, 25, seed=4), "empty": generate(0, 0, 0)}


def export(tenant, check=False, prepare=lambda simulator: None, **options):
    with Stage(tenant, contract=VENDOR.contract_path) as stage:
        prepare(stage.simulator)
        result = stage.run("workspot_tenant_info", check=check, **options)
        assert not result.get("failed"), result["msg"]
        assert stage.simulator.violations() == [] and stage.writes() == []
    return result


export_of = functools.cache(lambda name: export(TENANTS[name]))


def text(data):
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def saved(result):
    """The export as it comes back from a file."""
    return yaml.safe_load(text({key: result[key] for key in ("tenant", "facts")}))


def uncounted(result):
    """The facts without how many desktops pools have: those that are being deleted are counted there and left out here."""
    pools = [{name: value for name, value in pool.items() if not name.endswith("_count")} for pool in result["facts"]["pools"]]
    return {**result["facts"], "pools": pools}


def items(result):
    return [(key, item) for key, found in result["tenant"].items() for item in found]


def test_there_are_tenants_with_everything_in_them():
    assert len(FILES) >= 5
    assert {key for name in TENANTS for key, _item in items(export_of(name))} == set(KINDS)


@pytest.mark.parametrize("name", TENANTS)
def test_the_twin_of_a_tenant_has_the_same_export(name):
    result = export_of(name)
    again = export({**saved(result), "simulator": TENANTS[name].get("simulator", {})})
    assert text(again["tenant"]) == text(result["tenant"])
    assert text(uncounted(again)) == text(uncounted(result))


@pytest.mark.parametrize("name", TENANTS)
def test_every_item_has_options_of_its_module_alone(name):
    for key, item in items(export_of(name)):
        options = load(MODULES[key]).SPEC.options
        assert set(item) - BESIDE.get(key, set()) <= set(options), item
        assert None not in item.values()


def tasks(key, item):
    """The tasks that ask for one item."""
    own = {name: value for name, value in item.items() if name not in BESIDE.get(key, ())}
    yield MODULES[key], own
    if key == "desktops" and "tags" in item:
        yield "workspot_desktop_tags", {**own, "tags": item["tags"]}
    if key == "desktops" and "user" in item:
        yield "workspot_assignment", {"pool": item["pool"], "desktop": item["name"], "user": item["user"]}


@pytest.mark.parametrize("name", [name for name in TENANTS if name != "generated"])
def test_the_module_of_each_item_finds_nothing_to_do(name):
    with Stage(TENANTS[name]) as stage:
        for key, item in items(export_of(name)):
            for module, options in tasks(key, item):
                found = stage.run(module, check=True, **options)
                assert (found.get("msg"), found["changed"], found.get("changes")) == (None, False, []), options


def test_no_order_of_the_server_shows():
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in ODD.items()}
    # Of two desktops of one name the first gets another id than the second.
    both = [
        export(
            {**tenant, "desktops": [{**desktop, "name": f"{desktop['name']}-{desktop.get('status')}"} for desktop in tenant["desktops"]]}
        )
        for tenant in (ODD, turned)
    ]
    assert text(both[0]["tenant"]) == text(both[1]["tenant"])


def test_both_formats_of_the_users_report_give_the_same():
    tables = [export(ODD, prepare=lambda simulator, kind=kind: simulator.switches(users_report_format=kind)) for kind in ("json", "csv")]
    # A table has names alone: of two pools of that name it does not tell which one the user has.
    assert tables[0]["tenant"]["users"] == tables[1]["tenant"]["users"]
    missing = [item for item in tables[0]["tenant"]["assignments"] if item not in tables[1]["tenant"]["assignments"]]
    assert [item["pool"][-1] for item in missing] == ["2"]
    assert "User 'Ann@example.com': no pool of the listing is certainly 'Shared', which the user has" in tables[1]["unmanageable"]


def test_what_is_odd_is_called_by_id_left_out_or_said():
    result = export(ODD)
    tenant = result["tenant"]
    facts = {key: {fact["name"]: fact for fact in found if "name" in fact} for key, found in result["facts"].items()}
    assert [pool["name"] for pool in tenant["pools"]] == [
        "11111111-0000-4000-8000-000000000001",
        "11111111-0000-4000-8000-000000000002",
        *("alpha", "Beta", "Büro", "büro", "Kiosk"),
    ]
    assert facts["pools"]["11111111-0000-4000-8000-000000000001"]["called"] == "Shared"
    assert {"user": "Ann@example.com", "pool": "11111111-0000-4000-8000-000000000002"} in tenant["assignments"]
    assert [(item["pool"], item["name"]) for item in tenant["desktops"] if item["pool"] in ("alpha", "Beta", "büro")] == [
        *(("alpha", "COMING"), ("alpha", "GOING"), ("Beta", "KEPT"), ("büro", "SAME"))
    ]
    assert sorted(facts["desktops"][item["name"]]["called"] for item in tenant["desktops"] if item["pool"] == "Büro") == ["SAME", "same"]
    assert next(item["tags"] for item in tenant["desktops"] if "tags" in item) == {"a": "01", "z": "last"}
    assert facts["desktops"]["BROKEN"].items() >= {"user": "ben@example.com", "tags": {"owner": "ben"}, "status": "Failed"}.items()
    assert [template["name"] for template in tenant["templates"]] == ["being built", "Win 11"]
    assert [bundle["applications"] for bundle in tenant["bundles"]] == [
        ["22222222-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002", "Web mail"],
        [],
    ]
    assert [desktop["name"] for desktop in tenant["global_desktops"]] == ["Somewhere"]
    assert tenant["groups"][1] == {"name": "zeta", "bundle": "All", "global_desktops": ["Nowhere", "Somewhere"]}
    assert "parameters" not in next(item for item in tenant["applications"] if item["full_path"] == r"C:\two.exe")
    for sentence in (
        "Gateway cluster 'World': it has 2 regions, and the API creates clusters in one",
        "Cloud 'Own': the API lists no templates on VMware",
        "Template 'Google/broken': left out, for it is Failed",
        "Pool 'alpha': desktops that are being deleted are left out (1)",
        "Desktop 'Beta/BROKEN': left out, for it is Failed",
        "Application 'Web mail': left out, for only its bundles tell of it, as of web applications",
        "Pool 'alpha': on Akamai the API creates and changes no pools, only on GCP",
        "Groups 'Eta', 'zeta': no call creates or deletes a group, or takes its bundle away",
    ):
        assert sentence in result["unmanageable"]


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_the_same_alone_as_among_others(key):
    alone, everything = export(ODD, gather=[key]), export(ODD)
    assert alone["tenant"] == {key: everything["tenant"][key]}
    assert alone["left_out"] == {key: everything["left_out"][key]}
    assert set(alone["facts"]) == {key, "clouds"} if key == "templates" else {key}
    assert set(alone["unmanageable"]) <= set(everything["unmanageable"])


POOLS, APPLICATIONS = {"poolsUsingGET": 1}, {"applicationsUsingGET": 1, "bundlesUsingGET": 1}
REPORT = {"generateAllUsersReportUsingGET": 1, "downloadFile": 1}
GLOBAL = {"globalDesktopsUsingGET": 1, "globalDesktopUsingGET": 4}
COST = {
    "gateway_clusters": {"gwClustersUsingGET": 1, **POOLS},
    "templates": {"publicCloudsUsingGET": 1, "getTemplatesUsingGET": 3},
    "app_pools": {"cloudAppPoolsUsingGET": 1},
    "pools": POOLS,
    "applications": {**APPLICATIONS, "cloudAppPoolsUsingGET": 1, "gwClustersUsingGET": 1},
    "bundles": APPLICATIONS,
    "users": REPORT,
    "desktops": {**POOLS, "getpoolDesktopsUsingGET": 6},
    "assignments": {**REPORT, **POOLS},
    "groups": {"groupsUsingGET": 1, "bundlesUsingGET": 1, **GLOBAL},
    "global_desktops": {**GLOBAL, **POOLS},
}


@pytest.mark.parametrize("gather", [[key] for key in KINDS] + [list(KINDS)], ids=",".join)
@pytest.mark.parametrize("cache_ttl", [60, 0])
def test_each_listing_is_read_once(gather, cache_ttl):
    with Stage() as stage:
        stage.run("workspot_tenant_info", gather=gather, cache_ttl=cache_ttl)
        counters = stage.simulator.counters()
    asked = {name: count for name, count in counters["operations"].items() if name not in ("issueToken", "statusCheckUsingGET")}
    wanted = {}
    for key in gather:
        wanted.update(COST[key])
    assert (asked, counters["writes"]) == (wanted, 0)


@pytest.mark.parametrize("operation", sorted({operation for cost in COST.values() for operation in cost} | {"statusCheckUsingGET"}))
def test_a_read_that_fails_is_never_an_empty_list(operation):
    with Stage() as stage:
        stage.simulator.fault("garbage", operation_id=operation, times=100)
        result = stage.run("workspot_tenant_info", retry_timeout=60)
        assert stage.simulator.faults()[0]["struck"]
    assert result["failed"] and result["msg"]
    assert "tenant" not in result


@pytest.mark.parametrize("key", KINDS)
def test_an_option_is_exported_or_left_out_or_tells_how_to_act(key):
    # The odd tenant alone need not show each option: what the schema can read counts.
    kind = KINDS[key]
    readable = {field.label for field in kind.schema.fields if field.read}.union(kind.keys)
    left_out = set(export_of("tests/conformance/tenant.yml")["left_out"][key])
    options = set(load(MODULES[key]).SPEC.options)
    assert left_out <= options
    assert not left_out & readable
    assert options - left_out - readable <= CONTROLS | {"bundle", "global_desktops", "pools"}


def test_secrets_are_left_out_and_said_to_be():
    left_out = export_of("tests/conformance/tenant.yml")["left_out"]
    assert {"domain_password", "local_admin_password", "nps_servers"} <= set(left_out["gateway_clusters"])
    assert "domain_password" in left_out["desktops"] and "domain_password" in left_out["templates"]


def test_a_kind_that_is_not_known_is_refused():
    with Stage() as stage:
        result = stage.run("workspot_tenant_info", gather=["pools", "printers"])
        assert "value of gather must be one or more of: gateway_clusters, templates" in result["msg"]
        assert stage.simulator.log() == []


def test_the_first_export_may_be_a_rehearsal():
    assert export(TENANT, check=True)["tenant"] == export_of("tests/conformance/tenant.yml")["tenant"]


@pytest.mark.parametrize("name", TENANTS)
def test_an_export_given_back_changes_nothing(name):
    with Stage(TENANTS[name]) as stage:
        exported = saved(stage.run("workspot_tenant_info"))["tenant"]
        stage.simulator.forget()
        result = stage.run("workspot_tenant", check=True, **exported) if any(exported.values()) else {"plan": [], "drift": {}}
        assert not result.get("failed"), result["msg"]
        assert result["plan"] == []
        assert {kind: entries for kind, entries in result["drift"].items() if entries and kind != "unmanaged"} == {}


def test_what_somebody_gives_away_in_control_is_seen():
    with Stage(TENANT) as stage:
        exported = saved(stage.run("workspot_tenant_info"))["tenant"]
        desktop = next(item for item in exported["desktops"] if not item.get("user") and item["pool"] == "Sales")
        user = next(item for item in exported["users"] if item["cost_center"] == "")
        stage.simulator.change(desktops=[{"pool": "Sales", "name": desktop["name"], "user": "carl@example.com"}])
        stage.simulator.change(users=[{"email": user["email"], "cost_center": "666"}])
        drift = stage.run("workspot_tenant", check=True, **exported)["drift"]
    assert {"kind": "assignments", "name": f"carl@example.com -> Sales/{desktop['name']}"} in drift["unmanaged"]
    assert [entry["name"] for entry in drift["changed"]] == [user["email"]]
