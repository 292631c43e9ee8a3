# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenAPI file, as a check on callers and on the simulator itself."""

from __future__ import annotations

import yaml

# What the plane serves that is no part of the Control API.
BESIDE_CONTROL = {"entraToken", "downloadFile", "siemAsk", "siemIsReady", "siemEvents"}


def test_contract_refuses_a_wrong_request(start, contract):
    api = start(contract=contract)
    answer = api.post("/v1.0/users", json={"email": "a@example.com", "phone": "1"})
    assert (answer.status_code, answer.json()["error"]) == (400, "contractViolation")
    violation = api.simulator.violations()[-1]
    assert (violation["operation_id"], violation["where"]) == ("addUserUsingPOST", "request")
    assert "phone" in violation["message"]


def test_contract_notes_a_wrong_answer(start, contract):
    api = start({"pools": [{"name": "P", "disk_size": "big"}]}, contract=contract)
    assert api.get("/v1.0/pools").status_code == 200
    violation = api.simulator.violations()[-1]
    assert (violation["operation_id"], violation["where"]) == ("poolsUsingGET", "answer")
    api.simulator.admin("DELETE", "violations")
    assert api.simulator.violations() == []


def test_every_operation_is_served(contract):
    from euc_simulator.workspot.plane import WorkspotPlane

    document = yaml.load(contract.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    published = {
        operation["operationId"] for item in document["paths"].values() for operation in item.values() if isinstance(operation, dict)
    }
    served = [endpoint.operation_id for endpoint in WorkspotPlane.endpoints]
    assert len(published) == 106
    assert len(served) == len(set(served))
    assert set(served) - published == BESIDE_CONTROL
    assert published - set(served) == set()


def test_every_handler_is_in_the_contract_with_the_same_clouds(contract):
    from euc_simulator.workspot.plane import WorkspotPlane

    document = yaml.load(contract.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    known = {operation["operationId"]: (method.upper(), path, operation)
             for path, item in document["paths"].items() for method, operation in item.items() if isinstance(operation, dict)}  # fmt: skip
    for endpoint in WorkspotPlane.endpoints:
        if endpoint.operation_id in BESIDE_CONTROL:
            continue
        method, path, operation = known[endpoint.operation_id]
        assert (endpoint.method, endpoint.template) == (method, path)
        assert set(endpoint.clouds) - {"Custom"} == set(operation.get("x-clouds", ())), endpoint.operation_id
        assert {"token": "write"}.get(endpoint.category, endpoint.category) == operation["x-throttle"]
