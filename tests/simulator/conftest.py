# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator for each test, asked over HTTP as any client would."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

CONTRACT = Path(__file__).resolve().parent.parent / "contracts" / "workspot-control.openapi.yaml"

TENANT = {
    "pools": [
        {
            "name": "Sales EU",
            "cloud": "Azure Cloud",
            "region": "westeurope",
            "template": "Win11",
            "vm_type": "STANDARD",
            "desktop_name_prefix": "SALES",
            "desktops_on_unassign": "suspend",
        },
        {
            "name": "Lab",
            "cloud": "Google Cloud",
            "region": "europe-west1",
            "zone": "europe-west1-b",
            "template": "Lab image",
            "create_desktop_on_delete": True,
            "desktops_on_unassign": "return",
            "desktops": 2,
            "desktop_name_prefix": "LAB",
        },
        {"name": "Kiosk", "cloud": "Azure Cloud", "pool_type": "Non-Persistent", "desktops": 1},
        {"name": "Own machines", "cloud": "Custom Cloud"},
        {"name": "Far away", "cloud": "Akamai", "desktops": 1},
    ],
    "desktops": [
        {"name": "SALES-001", "pool": "Sales EU", "user": "ann@example.com", "tags": {"dept": "sales"}},
        {"name": "SALES-002", "pool": "Sales EU"},
        {"name": "SALES-003", "pool": "Sales EU", "status": "Failed"},
    ],
    "users": [
        {"email": "ann@example.com", "first_name": "Ann", "last_name": "Adams", "cost_center": "115"},
        {"email": "ben@example.com", "first_name": "Ben", "last_name": "Berg"},
    ],
}


class Api(requests.Session):
    """A signed-in client with short names for what the tests do again and again."""

    def __init__(self, simulator, sign_in=True):
        super().__init__()
        self.trust_env = False
        self.simulator = simulator
        if simulator.ca_path:
            self.verify = simulator.ca_path
        if sign_in:
            self.sign_in()

    def request(self, method, url, *args, **kwargs):
        if url.startswith("/"):
            url = self.simulator.url + url
        return super().request(method, url, *args, timeout=10, **kwargs)

    def token(self, auth=("sim-client", "sim-secret"), **form):
        form = {"grant_type": "password", "username": "admin@example.com", "password": "sim-password", **form}
        return requests.post(f"{self.simulator.url}/oauth/token", auth=auth, data=form, timeout=10, verify=self.verify)

    def sign_in(self):
        answer = self.token()
        self.headers["Authorization"] = "Bearer " + answer.json()["access_token"]

    def pool(self, name):
        return next(pool for pool in self.get("/v1.0/pools").json()["desktopPools"] if pool["name"] == name)

    def pool_path(self, name):
        return f"/v1.0/pools/{self.pool(name)['id']}"

    def desktops(self, pool):
        return {desktop["name"]: desktop for desktop in self.get(self.pool_path(pool) + "/desktops").json()["desktops"]}

    def desktop_path(self, pool, name):
        return f"{self.pool_path(pool)}/desktops/{self.desktops(pool)[name]['id']}"

    def ids(self, path, key, name="name"):
        """Ids by name of what a path lists under a key."""
        return {item[name]: item["id"] for item in self.get(path).json()[key]}

    def user(self, email):
        return self.get(f"/v1.0/users/{email.replace('@', '%40')}/")

    def finish(self, answer, seconds=0.0, status=202):
        """The operation that an answer has started, after so many simulated seconds."""
        assert answer.status_code == status, answer.text
        self.simulator.advance(seconds)
        return self.get(answer.json()["statusURL"]).json()


@pytest.fixture
def start(request):
    """start(**what Simulator takes) gives a signed-in Api; the clock is frozen unless a speed is given."""
    from contextlib import ExitStack

    from euc_simulator.testing import Simulator

    with ExitStack() as stack:

        def start(tenant=None, sign_in=True, **options):
            simulator = stack.enter_context(Simulator(TENANT if tenant is None else tenant, **{"speed": 0, **options}))
            return stack.enter_context(Api(simulator, sign_in))

        yield start


@pytest.fixture
def tenant():
    return TENANT


@pytest.fixture
def contract():
    return CONTRACT


@pytest.fixture
def checked(start):
    """start(), with the contract; in the end no answer may have broken it."""
    started = []

    def begin(tenant=None, **options):
        started.append(start(tenant, contract=CONTRACT, **options))
        return started[-1]

    yield begin
    for api in started:
        assert [problem for problem in api.simulator.violations() if problem["where"] == "answer"] == []


@pytest.fixture
def api(start):
    """The usual tenant; every call is checked against the contract unless it breaks it on purpose."""
    api = start(contract=CONTRACT)
    yield api
    assert [problem for problem in api.simulator.violations() if problem["where"] == "answer"] == []


@pytest.fixture
def lenient(start):
    """The usual tenant without contract, so that the handlers themselves see wrong requests."""
    return start()
