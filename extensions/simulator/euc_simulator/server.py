# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP server: one request after another through faults, control plane, contract and journal. Loopback only."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import tempfile
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from .admin import admin_routes
from .clock import iso
from .faults import error_page
from .log import readable_body
from .wire import Call, Reply
from .world import World

LOOPBACK = "127.0.0.1"


class ApiServer:
    """ASGI application of all control planes; knows the sockets, so that faults are real."""

    def __init__(self, world: World):
        self._world = world
        self.connections = set()  # of uvicorn's protocols, shared with the server once it runs

    async def __call__(self, scope, receive, send) -> None:
        request = Request(scope, receive)
        call = Call(request.method, scope["raw_path"].decode("ascii", "replace").split("?")[0],
                    scope["query_string"].decode("ascii", "replace"), dict(request.headers), await request.body(),
                    f"{request.url.scheme}://{request.url.netloc}")
        # From here to the end of the call nothing awaits: a call is never interleaved with another one.
        entry = self._arrive(call)
        reply = self._answer(call, entry)
        entry["status"] = None if reply.dropped else reply.status
        if reply.delay:
            await asyncio.sleep(reply.delay)
        await self._transmit(scope, send, call, reply)

    def _arrive(self, call: Call) -> dict:
        world = self._world
        world.timeline.catch_up()
        plane = world.plane_of(call)
        call.find_endpoint(plane.endpoints, fold_case=getattr(plane, "fold_case", False))
        endpoint = call.endpoint
        entry = {
            "time": iso(world.timeline.now),
            "method": call.method,
            "path": call.path,
            "query": call.query_string,
            "operation_id": endpoint.operation_id if endpoint else None,
            "status": None,
            "body": readable_body(call.body, call.content_type),
            "token_carried": not {"authorization", "auth_token"}.isdisjoint(call.headers),
            "fault": None,
            "ran": False,
        }
        world.journal.note(entry, endpoint.category if endpoint else None)
        return entry

    def _answer(self, call: Call, entry: dict) -> Reply:
        world = self._world
        if world.away:
            return error_page(503)
        plane, fault = world.plane_of(call), world.faults.strike(call)
        entry["fault"] = fault.kind if fault else None
        reply = fault.instead(world, call) if fault else None
        if reply is not None:
            return reply
        reply = plane.answer(call)
        entry["ran"] = reply.status < 400
        if problem := world.contract.reply_problem(call, reply):
            world.note_violation(call, "answer", f"status {reply.status}: {problem}")
        reply = plane.spell(reply)
        return fault.after(world, reply) if fault else reply

    async def _transmit(self, scope, send, call: Call, reply: Reply) -> None:
        body = reply.body()
        if reply.dropped or (reply.cut and not body):
            await self._hang_up(scope, gently=False)
            return
        headers = [(name.lower().encode(), value.encode()) for name, value in reply.headers.items()]
        if reply.status != 204:
            headers.append((b"content-length", str(len(body)).encode()))
        if body:
            headers.append((b"content-type", reply.content_type.encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        if reply.cut:
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await self._hang_up(scope, gently=True)
            return
        await send({"type": "http.response.body", "body": b"" if call.method == "HEAD" else body})

    async def _hang_up(self, scope, gently: bool) -> None:
        """Close the client's connection under its feet. gently: what was sent still arrives."""
        connection = next((connection for connection in self.connections if connection.client == tuple(scope["client"])), None)
        if connection:
            connection.transport.close() if gently else connection.transport.abort()
            # Until the server has noticed, or it would try to end the answer by itself.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2):
                    while connection in self.connections:
                        await asyncio.sleep(0)


class SimulatorServer(uvicorn.Server):
    """A uvicorn server that says when it listens and leaves signals to its caller."""

    def __init__(self, world: World, *, port: int = 0, certificate: tuple[Path, Path] | None = None, on_ready=lambda url: None):
        api = ApiServer(world)
        app = Starlette(routes=[Mount("/_simulator", routes=admin_routes(world)), Mount("/", app=api)])
        chain, key = certificate or (None, None)
        super().__init__(uvicorn.Config(app, http="h11", loop="asyncio", lifespan="off", ws="none", access_log=False,
                                        date_header=False, log_level="error", server_header=False, timeout_graceful_shutdown=1,
                                        ssl_certfile=chain, ssl_keyfile=key))
        api.connections = self.server_state.connections
        self._on_ready = on_ready
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_asked = asyncio.Event()
        self._socket = _listen(port)
        self.url = f"{'https' if certificate else 'http'}://{LOOPBACK}:{self._socket.getsockname()[1]}"

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        self._on_ready(self.url)

    async def main_loop(self) -> None:
        """Waits for stop(), where uvicorn would look ten times a second."""
        await self._stop_asked.wait()

    async def shutdown(self, sockets=None) -> None:
        """Hangs up at once, where uvicorn would wait a tenth of a second: tests stop a simulator each."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.close()

    def capture_signals(self):
        return contextlib.nullcontext()

    def stop(self) -> None:
        """May be called from any thread."""
        self._loop.call_soon_threadsafe(self._stop_asked.set)

    async def serve_until_signal(self) -> None:
        """For a process of its own: SIGTERM and SIGINT stop the server, and the process ends with 0."""
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.stop)
        await self.serve_here()

    async def serve_here(self) -> None:
        self._loop = asyncio.get_running_loop()
        with self._socket:
            await self.serve(sockets=[self._socket])


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio sends small writes without delay only on sockets that say they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    listener.listen(512)
    return listener


def write_ready_file(path: Path, facts: dict) -> None:
    """Written whole or not at all: whoever waits for the file may read it as soon as it is there."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False) as file:
        json.dump(facts, file)
    os.replace(file.name, path)
