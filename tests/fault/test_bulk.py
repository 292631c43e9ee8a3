# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are too much: too large, too deep, compressed too well, too slow, or with headers that make no sense. One sentence, in bounded memory."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import subprocess
import sys
import threading

import pytest
from conftest import COLLECTIONS
from support import ROOT, run_module

MIB = 1 << 20
# Of a process, above what it has when it has begun.
MEMORY = 700 * MIB
TASK = """
import json, resource, sys
sys.path[:0] = [{tests!r}, {collections!r}]
from support import run_module
run_module("workspot_pool_info", "http://127.0.0.1:1", retry_timeout=1)  # all is imported
with open("/proc/self/statm") as file:
    used = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {memory},) * 2)
for path in sys.argv[2:]:
    result = run_module("workspot_pool_info", f"{{sys.argv[1]}}/{{path}}", retry_timeout=30)
    print(json.dumps([path, result["error"]["kind"], result["msg"]]))
"""


def dripping():
    while True:
        yield b" "
        if STOP.wait(0.1):
            return


STOP = threading.Event()
# (headers, the pieces of the body) by path
ANSWERS = {
    "wide": lambda: ({}, [b"[" + b"{}," * (31 * MIB // 3) + b"{}]"]),
    "deep": lambda: ({}, [b"[" * MIB]),
    "large": lambda: ({}, (b" " * MIB for _piece in range(100))),
    "a bomb": lambda: ({"Content-Encoding": "gzip"}, [gzip.compress(bytes(400 * MIB), 1)]),
    "a bomb in a bomb": lambda: ({"Content-Encoding": "gzip, gzip"}, [gzip.compress(gzip.compress(bytes(400 * MIB), 1))]),
    "dripping": lambda: ({"Content-Length": "1000000"}, dripping()),
    "dripping chunks": lambda: ({"Transfer-Encoding": "chunked"}, (b"1\r\n%b\r\n" % piece for piece in dripping())),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers, pieces = ANSWERS[self.path.split("/")[1].replace("%20", " ")]()
        self.send_response(200)
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):  # who has heard enough hangs up
            for piece in pieces:
                self.wfile.write(piece)
        self.close_connection = True

    def log_message(self, *_words):
        pass


@pytest.fixture
def url():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    STOP.clear()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    STOP.set()
    server.shutdown()
    server.server_close()


def test_no_answer_takes_more_memory_than_there_is(url):
    task = TASK.format(tests=str(ROOT / "tests"), collections=COLLECTIONS, memory=MEMORY)
    paths = ["wide", "deep", "large", "a bomb", "a bomb in a bomb"]
    done = subprocess.run([sys.executable, "-c", task, url, *paths], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = {path: (kind, msg) for path, kind, msg in map(json.loads, done.stdout.splitlines())}
    assert {kind for kind, _msg in told.values()} == {"bad_answer"}
    for path, words in (
        *((path, "a body that is no JSON") for path in ("wide", "deep")),
        *((path, "the answer is endless (32 MiB") for path in ("large", "a bomb")),
        ("a bomb in a bomb", "which nobody asked for"),
    ):
        assert words in told[path][1], (path, told[path])


@pytest.mark.parametrize("path", ["dripping", "dripping chunks"])
def test_an_answer_that_drips_in_has_an_end(url, path):
    # Of the clock's time, which runs 600 times as fast in tests: a minute above the time limit of the request.
    result = run_module("workspot_pool_info", f"{url}/{path}", request_timeout=1, retry_timeout=600)
    assert "the answer is endless (0 MiB in 1" in result["msg"], result
