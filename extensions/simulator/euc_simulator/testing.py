# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator for tests: starts in a thread of this process, on a free port.

    with Simulator(tenant={"pools": [{"name": "Sales", "desktops": 3}]}, speed=0) as simulator:
        requests.get(simulator.url + "/v1.0/pools", ...)
        simulator.advance(60)
        assert simulator.counters()["reads"] == 1
"""

import asyncio
import functools
import json
import ssl
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path

from . import tenant as tenant_file
from .server import SimulatorServer
from .tls import make_certificate
from .world import World


class Simulator:
    """tenant: the data of a tenant file, or its path. Unlike the command line, nothing is throttled unless asked for."""

    def __init__(self, tenant: dict | str | Path | None = None, *, speed: float = 60.0, throttle: str | None = None, seed: int = 0,
                 contract: str | Path | None = None, tls: bool = False, port: int = 0, **switches):
        if isinstance(tenant, (str, Path)):
            tenant = tenant_file.read(Path(tenant))
        reads, writes = (throttle or "0/0").split("/")
        switches = {"reads_per_minute": int(reads), "writes_per_minute": int(writes), **switches}
        self._folder = tempfile.TemporaryDirectory(prefix="euc-simulator-")
        certificate = make_certificate(Path(self._folder.name)) if tls else None
        self.ca_path = str(certificate[0]) if certificate else None
        self._ready = threading.Event()
        world = World(tenant, speed=speed, seed=seed, switches=switches, contracts=(contract,) if contract else ())
        self._server = SimulatorServer(world, port=port, certificate=certificate, on_ready=lambda url: self._ready.set())
        self.url = self._server.url
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve_here()), daemon=True)

    def __enter__(self) -> "Simulator":
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the simulator did not start within 10 seconds")
        return self

    def __exit__(self, *_problem) -> None:
        self._server.stop()
        self._thread.join(10)
        self._folder.cleanup()

    @functools.cached_property
    def _opener(self) -> urllib.request.OpenerDirector:
        https = [urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self.ca_path))] if self.ca_path else []
        return urllib.request.build_opener(urllib.request.ProxyHandler({}), *https)

    def admin(self, method: str, what: str, data=None):
        """Any call of the admin API, such as admin("GET", "log"); ValueError with its sentence when it refuses."""
        request = urllib.request.Request(f"{self.url}/_simulator/{what}", method=method,
                                         data=None if data is None else json.dumps(data).encode())
        try:
            with self._opener.open(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise ValueError(json.load(refusal)["error"]) from None

    # What was asked
    def log(self) -> list[dict]:
        return self.admin("GET", "log")

    def counters(self) -> dict:
        return self.admin("GET", "counters")

    def forget(self) -> None:
        """Empty journal and counters."""
        self.admin("DELETE", "log")

    def violations(self) -> list[dict]:
        return self.admin("GET", "violations")

    # What is there
    def state(self) -> dict:
        return self.admin("GET", "state")

    def reset(self, tenant: dict | None = None) -> None:
        """Another tenant; nothing of the old one stays."""
        self.admin("PUT", "state", tenant or {})

    def change(self, **nouns) -> None:
        """What an administrator does elsewhere: change(desktops=[{"pool": ..., "name": ..., "status": "Connected"}])."""
        self.admin("PATCH", "state", nouns)

    def switches(self, **values) -> dict:
        """Set some; returns all."""
        return self.admin("PATCH", "switches", values)

    # Time
    def advance(self, seconds: float) -> None:
        self.admin("POST", "clock", {"advance": seconds})

    def speed(self, speed: float) -> None:
        self.admin("POST", "clock", {"speed": speed})

    def now(self) -> float:
        return self.admin("GET", "clock")["now"]

    # Faults
    def fault(self, kind: str, *, times: int = 1, skip: int = 0, method: str | None = None, path: str | None = None,
              operation_id: str | None = None, **data) -> dict:
        match = {"method": method, "path": path, "operation_id": operation_id}
        match = {key: value for key, value in match.items() if value is not None}
        return self.admin("POST", "faults", {"kind": kind, "times": times, "skip": skip, "match": match, "data": data})

    def faults(self) -> list[dict]:
        return self.admin("GET", "faults")

    def clear_faults(self) -> None:
        self.admin("DELETE", "faults")
