# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a server answers and whatever an option holds: a result that people and Ansible can bear, and nothing outside of its place."""

from __future__ import annotations

import contextlib
import json
import os
import re
import string
import zlib

import pytest
from hypothesis import assume, given, seed, settings
from hypothesis import strategies as st
from scenarios import SCENARIOS, Stage, tenant_of
from support import ROOT, load

NASTY = [
    *("{{ 7 * 7191 }}", "{% for i in range(9) %}x{% endfor %}", "{{ lookup('pipe', 'touch /tmp/owned') }}", "!unsafe x"),
    *("..", "../..", "../../../etc/passwd", "/etc/passwd", "..\\..\\x", "a/b", "%2e%2e%2f", "?x=1&y=2", "#fragment", "a b"),
    *("\x00", "\x1b[2J\x1b[31mred", "line\nbreak", "\r\nSet-Cookie: x=1", "\u202egnp.exe", "\ud800", "𐍈" * 50, "İ"),
    *("x" * 100_000, "", " ", "null", "true", "0", "-1", "1e999", "<script>alert(1)</script>", "'; DROP TABLE desktops; --"),
]
texts = st.sampled_from(NASTY) | st.text(string.printable, max_size=20)
scalars = st.none() | st.booleans() | st.integers() | st.integers(10**30, 10**31) | st.floats(allow_nan=False, allow_infinity=False) | texts
anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12)
# What is no answer of any kind, or too much of one.
# By names that a failure can bear to show.
BODIES = {
    "deep": "[" * 50_000 + "]" * 50_000,
    "deep objects": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "wide": json.dumps({"desktopPools": [{}] * 20_000, "status": "x" * 1_000_000}),
    "never again": '{"error": "TooManyRequests", "X-Retry-After-Secs": 1e400}',
    **{text: text for text in ("", " ", "null", "[]", "{}", '"text"', "1e400", "NaN", "\ufeff{}", '{"a": 1', '"\\ud800"')},
}
statuses = st.sampled_from([200, 202, 400, 401, 403, 404, 429, 500])
EXPLORE = int(os.environ.get("EUC_FLEET_EXPLORE") or 0)
# What each scenario's task asks for, by (module, name): without logins, and without polls beside other calls.
CALLS = {
    tuple(cell.strip(" `") for cell in row.split("|")[1:3]): re.findall(r"`(\w+)`", row.split("|")[3])
    for row in (ROOT / "docs" / "calls.md").read_text(encoding="utf-8").splitlines()
    if row.startswith("| `")
}
MODULES = sorted({scenario.module for scenario in SCENARIOS if CALLS[scenario.module, scenario.name]})
# What a task leaves beside the files that it names.
KEPT = re.compile(r"home/user/state/(budget|journal|run)-[0-9a-f]{20}\.jsonl?")


def examine(module, times, *strategies):
    """Try so many examples, others for each module: with the one seed that a test has, all would see the same."""

    def trying(test):
        test = settings(max_examples=EXPLORE or times)(given(*strategies)(test))
        (test if EXPLORE else seed(zlib.crc32(module.encode()))(test))()

    return trying


def assert_bearable(result):
    """A result or one sentence, in which no control character reaches the terminal and nothing goes on for pages."""
    json.dumps(result)
    message = result.get("msg", "")
    assert not message.startswith("Defect"), message
    assert "Traceback" not in message and len(message) < 3000, message
    if result.get("failed"):
        assert message and all(letter.isprintable() for letter in message), repr(message)


@contextlib.contextmanager
def nothing_written_but(stage, *names):
    """With the folder of files as working directory: no file but these appears or changes there, nor anywhere above it."""

    def files():
        paths = [os.path.join(folder, name) for folder, _folders, names in os.walk(stage.machine) for name in names]
        return {os.path.relpath(path, stage.machine): os.stat(path).st_mtime_ns for path in paths}

    before, here = files(), os.getcwd()
    os.chdir(stage.files)
    try:
        yield
    finally:
        os.chdir(here)
    written = {path for path, _time in files().items() ^ before.items() if not KEPT.fullmatch(path)}
    assert written <= {f"home/user/files/{name}" for name in names}, written


def run_under(disturbance, kind, data, truthful=True):
    """The result of a scenario, a call of which is answered so; ``truthful``: what is said to be refused did not run."""
    scenario, call, check = disturbance
    with Stage.of(scenario) as (stage, options):
        stage.simulator.fault(kind, operation_id=call, **data)
        tenant = tenant_of(stage.simulator.state())
        with nothing_written_but(stage, "saved"):
            result = stage.run(scenario.module, check=check, **{**options, **short(scenario.module)})
        struck = stage.simulator.faults()[0]["struck"]
        assume(struck or not check)  # which leaves out more than the writes
        assert struck, "the fault never struck, so nothing was tested"
        # What was done is not hidden, whatever came of it.
        if truthful and not scenario.first and tenant_of(stage.simulator.state()) != tenant:
            assert result["changed"] and not check, result
        return result


def short(module):
    """Waits end soon: a server that tells nonsense for ever is asked for a while only."""
    known = load(module).SPEC.arguments()["argument_spec"]
    return {name: 3600 for name in ("wait_timeout", "retry_timeout") if name in known}


def disturbances(module):
    """(scenario, the operation that is disturbed, whether in check mode), each of them as likely as the others."""
    return st.sampled_from(
        [
            (scenario, call, check)
            for scenario in SCENARIOS
            if scenario.module == module
            for call in CALLS[scenario.module, scenario.name]
            for check in ((False,) if call in scenario.writes else (False, True))
        ]
    )


@pytest.mark.parametrize("module", MODULES)
def test_any_value_in_an_answer_is_borne(module):
    @examine(module, 6, disturbances(module), st.integers(0, 200), anything, st.sampled_from([1, 1000]))
    def holds(disturbance, at, value, times):
        assert_bearable(run_under(disturbance, "mangle", {"at": at, "value": value, "times": times}))


@pytest.mark.parametrize("module", MODULES)
def test_any_answer_is_borne(module):
    @examine(module, 4, disturbances(module), st.sampled_from(sorted(BODIES)), statuses)
    def holds(disturbance, body, status):
        data = {"status": status, "text": BODIES[body], "times": 5}
        assert_bearable(run_under(disturbance, "answer", data, truthful=not 400 <= status < 500))


paths = st.sampled_from([".", "saved/", "../x", "../../x", "sub/../../../x", "$HOME/x", "x" * 5000, "/proc/self/nothing/x"])


def option_values(spec):
    kinds = {
        "str": texts,
        "path": texts | paths,
        "int": st.integers(-(10**12), 10**12),
        "bool": st.booleans(),
        "dict": st.dictionaries(texts, texts, max_size=3),
    }
    if "choices" in spec:
        return st.sampled_from(spec["choices"])
    if spec.get("type") == "list":
        return st.lists(st.fixed_dictionaries({}) if spec.get("elements") == "dict" else texts, max_size=3)
    return kinds.get(spec.get("type", "str"), texts)


@pytest.mark.parametrize("module", sorted({scenario.module for scenario in SCENARIOS}))
def test_any_option_is_borne(module):
    own = {name: spec for name, spec in load(module).SPEC.options.items() if name not in ("wait_timeout", "poll_interval")}
    names = st.lists(st.sampled_from(sorted(own)), max_size=3, unique=True) if own else st.just([])

    @examine(module, 3, st.sampled_from([scenario for scenario in SCENARIOS if scenario.module == module]), names, st.data())
    def holds(scenario, names, data):
        given_options = {name: data.draw(option_values(own[name])) for name in names}
        with Stage.of(scenario) as (stage, options):
            before = tenant_of(stage.simulator.state())
            with nothing_written_but(stage):
                result = stage.run(module, check=True, **{**options, **given_options, **short(module)})
            if "error" in result or not result.get("failed"):  # otherwise Ansible itself has refused the options, in its words
                assert_bearable(result)
            assert tenant_of(stage.simulator.state()) == before or scenario.first  # which goes on by itself


@pytest.mark.parametrize("name", [name for name in NASTY if name.strip() and len(name) < 1000 and "\x00" not in name])
def test_a_name_is_never_an_address(name):
    # It is looked up or refused; the paths that are called hold ids, or the name as one quoted part.
    with Stage() as stage:
        for module, options in (
            ("workspot_user", {"email": f"{name}@example.com"}),
            ("workspot_desktop", {"pool": name, "name": name}),
            ("workspot_pool", {"name": name, "reference_pool": "Sales"}),
        ):
            assert_bearable(stage.run(module, check=True, **options))
        asked = [entry["operation_id"] for entry in stage.simulator.log()]
        assert set(asked) <= {"userDetailsUsingGET", "poolsUsingGET", "getpoolDesktopsUsingGET", "gwClustersUsingGET", "issueToken"}, asked


@pytest.mark.parametrize("id", ["..", ".", "../..", "a/../../../users", ""])
def test_an_id_is_never_another_address(id):
    # `DELETE /v1.0/pools/POOL/desktops/..` is what HTTP clients send as `DELETE /v1.0/pools/POOL/`.
    desktop = {"poolId": "q", "poolName": "Q", "name": "D", "id": id, "status": "Ready", "tags": []}
    with Stage({"pools": [{"name": "P", "id": "p", "cloud": "Azure Cloud"}, {"name": "Q", "id": "q", "cloud": "Azure Cloud"}]}) as stage:
        answers = {"poolsUsingGET": {"desktopPools": [{"id": id, "name": "P"}, {"id": "q", "name": "Q"}]}, "getpoolDesktopsUsingGET": {"desktops": [desktop]}}
        for operation_id, answer in answers.items():
            stage.simulator.fault("answer", operation_id=operation_id, text=json.dumps(answer), times=1000)
        for module, options in (
            ("workspot_desktop_info", {"pool": "P"}),
            ("workspot_desktop", {"pool": "Q", "name": "D", "state": "absent"}),
            ("workspot_desktop_action", {"pool": "Q", "name": "D", "action": "reboot"}),
            ("workspot_desktop_tags", {"pool": "Q", "name": "D", "tags": {"a": "b"}}),
            ("workspot_operation_info", {"operation": [id or ".."]}),
        ):
            result = stage.run(module, **options)
            assert_bearable(result)
            assert result["error"]["kind"] in ("refused", "invalid_input") and not result["changed"], result
        assert {entry["operation_id"] for entry in stage.simulator.log()} <= {"issueToken", *answers}


@pytest.mark.parametrize("life", ["NaN", "1e400", "-1e400", "1" * 400, "1e18", "-1", '"soon"', "{}"])
@pytest.mark.parametrize("module, options", [("workspot_token", {}), ("citrix_workspace_token", {"grant": "refresh"})])
def test_a_token_of_any_life_is_borne(module, options, life):
    with Stage() as stage:
        text = f'{{"access_token": "a-token", "expires_in": {life}}}'
        for operation_id in ("issueToken", "token"):
            stage.simulator.fault("answer", operation_id=operation_id, text=text)
        result = stage.run(module, **options)
        assert any(fault["struck"] for fault in stage.simulator.faults())
        assert_bearable(json.loads(json.dumps(result)))
