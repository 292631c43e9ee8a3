# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token goes to the system that it is for. Whatever that one's answers name, a second server gets no token, no password and no cookie."""

from __future__ import annotations

import contextlib
import http.server
import threading

import pytest
from scenarios import SCENARIOS, TENANT, Stage
from vendors import vendor_of

# Of each module, the scenario with most writes: answers to writes name most addresses.
BUSIEST = {scenario.module: scenario for scenario in sorted(SCENARIOS, key=lambda scenario: len(scenario.writes))}


class Stranger(http.server.BaseHTTPRequestHandler):
    """Answers everything with an empty object, and writes down what it was sent."""

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.heard.append((self.path, f"{self.command} {self.path} {self.headers} {body!r}"))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_words):
        pass


@contextlib.contextmanager
def stranger():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    server.heard, server.origin = [], f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def secrets_in(heard):
    signs = ("canary", "authorization", "cookie", "bearer", "sim-secret", "sim-password")
    return [text for _path, text in heard if any(sign in text.casefold() for sign in signs)]


@pytest.mark.parametrize("scenario", BUSIEST.values(), ids=str)
def test_a_redirect_is_not_followed(scenario):
    vendor = vendor_of(scenario.module)
    with stranger() as elsewhere, Stage.about(scenario.module, vendor.admitting(TENANT)) as stage:
        for path in (vendor.calls_path, ""):  # the calls only, and then logging in as well
            stage.simulator.fault(
                "answer", path=path, status=307, text="", headers={"Location": f"{elsewhere.origin}/here"}, times=10_000
            )
            stage.run(scenario.module, **{**stage.fill_in(scenario), **vendor.canaries, "retry_timeout": 60})
        assert stage.simulator.faults()[0]["struck"] or not stage.simulator.log()
        assert elsewhere.heard == []


@pytest.mark.parametrize("scenario", [scenario for scenario in BUSIEST.values() if scenario.module.startswith("workspot_")], ids=str)
def test_addresses_in_answers_get_no_token(scenario):
    with stranger() as elsewhere, Stage.of(scenario) as (stage, options):
        stage.simulator.switches(status_host=elsewhere.origin, download_host=elsewhere.origin)
        result = stage.run(scenario.module, **{**options, "retry_timeout": 60})
        assert secrets_in(elsewhere.heard) == []
        # An operation is asked for at the system itself, whatever address its answer gives.
        assert all("operation" not in path for path, _text in elsewhere.heard)
        assert bool(elsewhere.heard) == (scenario.module in DOWNLOADING), result


# What is there only for whoever has the link is fetched from where the link leads, without the token.
DOWNLOADING = {"workspot_usage_report", "workspot_desktop_screenshot", "workspot_user_action", "workspot_user_info", "workspot_tenant_info"}
