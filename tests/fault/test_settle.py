# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine, given changes that no module would make: whatever goes wrong, what was done before is told."""

from __future__ import annotations

import support
from ansible_collections.euc.fleet.plugins.module_utils.core.journal import ACCEPTED, Journal
from ansible_collections.euc.fleet.plugins.module_utils.core.plan import UNSEEN, Change, Plan
from ansible_collections.euc.fleet.plugins.module_utils.core.reconcile import Work, carry_out
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import Context
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Deadline
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import Accepted
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktop_tags import TAG
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import list_pools
from scenarios import Stage
from vendors.workspot import VENDOR


def client_of(stage, **connection):
    """A client of the staged tenant, as a task has it."""
    spec = support.load("workspot_pool").SPEC
    defaults = {name: argument.get("default") for name, argument in spec.arguments()["argument_spec"].items()}
    options = {**defaults, "url": stage.simulator.url, **VENDOR.login, **connection}
    return Context(spec, options).client


def test_what_was_done_is_told_when_another_run_is_found_at_it_and_cannot_be_asked_about():
    with Stage() as stage:
        client = client_of(stage, retry_timeout=30)
        stage.simulator.fault("status", path="/v1.0/operation/", status=500, times=1000)

        def send():
            # Another run gets there between the look into the journal and the write.
            other = Journal(client.journal._path, client.clock)
            other.note(second.key, ACCEPTED, "its-operation")
            return client.call(TAG, second.doing, {}, poolId="p", desktopId="d")

        first = Change("paint", "car", "a", "paint car 'a'", send=lambda: Accepted(None, None))
        second = Change(
            "paint", "car", "b", "paint car 'b'", send=send, seen=lambda: UNSEEN, place=(list_pools,), stage=1, repeatable=False
        )
        work = Work(Plan([first, second]), client)
        carry_out([work], client, Deadline(client.clock, 60))
        assert work.account().partial["done"] == ["paint car 'a'"]
        assert work.account().partial["not_done"] == ["paint car 'b'"]
        assert stage.writes() == []
