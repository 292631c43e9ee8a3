# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's own calls, under /_simulator: neither throttled nor guarded, and no part of any API."""

import json
from functools import wraps

import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .clock import iso
from .faults import FaultError
from .switches import SwitchError
from .tenant import TenantError, parse, write
from .world import World


class _Answer(JSONResponse):
    """JSON in ASCII: texts that UTF-8 has not, such as half a surrogate pair, can be asked for as well."""

    def render(self, content) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode()


async def _data(request: Request):
    """The body, JSON or YAML; none is an empty object."""
    data = parse((await request.body()).decode())
    return {} if data is None else data


def _speaking(endpoint):
    """Turn a wrong request into one clear sentence."""

    @wraps(endpoint)
    async def spoken(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (TenantError, SwitchError, FaultError) as problem:
            return _Answer({"error": str(problem)}, 400)
        except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError, AttributeError) as problem:
            return _Answer({"error": f"This body cannot be used: {problem}"}, 400)

    return spoken


def admin_routes(world: World) -> list[Route]:
    async def log(request: Request) -> Response:
        if request.method == "DELETE":
            world.journal.clear()
        return _Answer(world.journal.entries)

    async def counters(request: Request) -> Response:
        if request.method == "DELETE":
            world.journal.clear()
        return _Answer(world.journal.counters())

    async def state(request: Request) -> Response:
        world.timeline.catch_up()
        if request.method == "PUT":
            world.reset(await _data(request))
        elif request.method == "PATCH":
            world.change(await _data(request))
        if "yaml" in request.headers.get("accept", ""):
            return Response(write(world.dump()), media_type="application/yaml")
        return _Answer(world.dump())

    async def clock(request: Request) -> Response:
        if request.method == "POST":
            wish = await _data(request)
            if set(wish) - {"advance", "speed"}:
                raise ValueError("the clock takes advance and speed")
            if "speed" in wish:
                world.clock.speed = float(wish["speed"])
            world.clock.advance(float(wish.get("advance", 0)))
        world.timeline.catch_up()
        return _Answer({"now": world.timeline.now, "time": iso(world.timeline.now), "speed": world.clock.speed})

    async def switches(request: Request) -> Response:
        if request.method == "PATCH":
            world.switches.change(await _data(request))
        return _Answer(world.switches.values())

    async def faults(request: Request) -> Response:
        if request.method == "POST":
            return _Answer(world.faults.arm(await _data(request)).as_data(), 201)
        if request.method == "DELETE":
            world.faults.clear()
        return _Answer([fault.as_data() for fault in world.faults.armed])

    async def violations(request: Request) -> Response:
        if request.method == "DELETE":
            world.violations.clear()
        return _Answer(world.violations)

    return [
        Route("/log", _speaking(log), methods=["GET", "DELETE"]),
        Route("/counters", _speaking(counters), methods=["GET", "DELETE"]),
        Route("/state", _speaking(state), methods=["GET", "PUT", "PATCH"]),
        Route("/clock", _speaking(clock), methods=["GET", "POST"]),
        Route("/switches", _speaking(switches), methods=["GET", "PATCH"]),
        Route("/faults", _speaking(faults), methods=["GET", "POST", "DELETE"]),
        Route("/violations", _speaking(violations), methods=["GET", "DELETE"]),
    ]
