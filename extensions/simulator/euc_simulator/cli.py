# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console script: `euc-simulator serve`, `euc-simulator rehearse` and `euc-simulator generate`."""

import argparse
import asyncio
import errno
import os
import sys
import tempfile
from pathlib import Path

import yaml

from . import __version__
from .generate import generate
from .rehearse import CannotRehearse, rehearse
from .server import SimulatorServer, write_ready_file
from .switches import SWITCHES, SwitchError
from .tenant import TenantError, read, write
from .tls import make_certificate
from .world import World


def _throttle(text: str) -> dict:
    """`20/15` (reads/writes a minute) or `off`, as switches."""
    if text == "off":
        return {"reads_per_minute": 0, "writes_per_minute": 0}
    reads, slash, writes = text.partition("/")
    if not (slash and reads.isdigit() and writes.isdigit()):
        raise argparse.ArgumentTypeError("say READS/WRITES a minute, such as 20/15, or off")
    return {"reads_per_minute": int(reads), "writes_per_minute": int(writes)}


def _port(text: str) -> int:
    if not (text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _switch(text: str) -> tuple:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("say NAME=VALUE")
    return name, yaml.safe_load(value) if value else ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="euc-simulator", description="Control planes on loopback (127.0.0.1 only).")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)

    switches = "\n".join(f"  {switch.name} = {switch.default!r}: {switch.help}" for switch in SWITCHES)
    serve = commands.add_parser("serve", help="serve a tenant", formatter_class=argparse.RawDescriptionHelpFormatter,
                                epilog=f"switches and their defaults:\n{switches}")
    serve.add_argument("--port", type=_port, default=0, help="0 = any free port (default)")
    serve.add_argument("--tenant", type=Path, metavar="FILE", help="tenant file (YAML)")
    serve.add_argument("--speed", type=float, default=60.0, help="simulated seconds in a real one; 0 = stepped only (default 60)")
    serve.add_argument("--throttle", type=_throttle, default={}, metavar="20/15|off", help="reads/writes a minute (default 20/15)")
    serve.add_argument("--style", choices=("429", "400"), help="status of a throttled answer (default 429)")
    serve.add_argument("--window", choices=("sliding", "fixed"), help="how a minute is measured (default sliding)")
    serve.add_argument("--seed", type=int, default=0, help="ids follow from it (default 0)")
    serve.add_argument("--ready-file", type=Path, metavar="PATH", help='gets {"url", "pid"} as JSON once the server listens')
    serve.add_argument("--contract", type=Path, action="append", default=[], metavar="FILE", dest="contracts",
                       help="check requests and answers against this OpenAPI file; may be given more than once")
    serve.add_argument("--tls", action="store_true", help="HTTPS with a certificate made now; its path is in the ready file")
    serve.add_argument("--set", type=_switch, action="append", default=[], dest="switches", metavar="NAME=VALUE", help="set a switch")

    play = commands.add_parser("rehearse", help="run a playbook on the twin of a tenant, and tell what it asked for and changed")
    play.add_argument("--tenant", type=Path, metavar="FILE", required=True, help="export of a tenant, or tenant file (YAML)")
    play.add_argument("--speed", type=float, default=60.0, help="simulated seconds in a real one (default 60)")
    play.add_argument("playbook", help="playbook to run")
    play.add_argument("options", nargs=argparse.REMAINDER, metavar="...", help="further words for ansible-playbook, such as --check --diff")

    make = commands.add_parser("generate", help="print a tenant file")
    make.add_argument("--desktops", type=int, default=100)
    make.add_argument("--pools", type=int, default=5)
    make.add_argument("--users", type=int, default=50)
    make.add_argument("--seed", type=int, default=0)
    return parser


def _serve(arguments: argparse.Namespace) -> None:
    switches = dict(arguments.throttle)
    if arguments.style:
        switches["throttle_style"] = arguments.style
    if arguments.window:
        switches["throttle_window"] = arguments.window
    switches.update(arguments.switches)
    world = World(read(arguments.tenant) if arguments.tenant else None, speed=arguments.speed, seed=arguments.seed,
                  switches=switches, contracts=arguments.contracts)
    with tempfile.TemporaryDirectory(prefix="euc-simulator-") as folder:
        certificate = make_certificate(Path(folder)) if arguments.tls else None

        def ready(url: str) -> None:
            print(f"euc-simulator {__version__} at {url}", file=sys.stderr, flush=True)
            if arguments.ready_file:
                facts = {"url": url, "pid": os.getpid()}
                if certificate:
                    facts["certificate"] = str(certificate[0])
                write_ready_file(arguments.ready_file, facts)

        server = SimulatorServer(world, port=arguments.port, certificate=certificate, on_ready=ready)
        asyncio.run(server.serve_until_signal())


def _words(problem: Exception, arguments: argparse.Namespace) -> str:
    """One sentence, with the file or the port that it is about."""
    if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
        return f"port {arguments.port} is taken; give another --port, or none for any that is free"
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.filename}: {problem.strerror}"
    if isinstance(problem, TenantError) and str(arguments.tenant) not in str(problem):
        return f"{arguments.tenant}: {problem}"
    return str(problem)


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        if arguments.command == "serve":
            _serve(arguments)
        elif arguments.command == "rehearse":
            return rehearse(arguments.tenant, [arguments.playbook, *arguments.options], arguments.speed)
        else:
            sys.stdout.write(write(generate(arguments.desktops, arguments.pools, arguments.users, arguments.seed)))
    except (TenantError, SwitchError, CannotRehearse, OSError) as problem:
        print(f"euc-simulator: {_words(problem, arguments)}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as problem:
        print(f"euc-simulator: {problem.name} is missing; install euc-simulator[contract,tls].", file=sys.stderr)
        return 2
    return 0
