# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that nobody means to speak to."""

from __future__ import annotations

import contextlib
import http.server
import threading

REDIRECTS = (301, 302, 303, 307, 308)


class Stranger(http.server.BaseHTTPRequestHandler):
    """Answers everything with an empty object, or with a redirect, and writes down what it was sent."""

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.heard.append((self.path, f"{self.command} {self.path} {self.headers} {body!r}"))
        self.send_response(302 if self.server.leads_to else 200)
        if self.server.leads_to:
            self.send_header("Location", self.server.leads_to)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_words):
        pass


@contextlib.contextmanager
def stranger(leads_to=None):
    """A running one: ``origin`` is its address, ``heard`` are pairs of a path and the whole request."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    server.heard, server.origin, server.leads_to = [], f"http://127.0.0.1:{server.server_port}", leads_to
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
