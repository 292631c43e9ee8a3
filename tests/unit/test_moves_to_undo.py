# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter moves_to_undo: the way back fits how far the move came, and what may still be moved is left alone."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.filter.moves_to_undo import moves_to_undo

FAILED, RUNNING = {"operation": "op-1"}, {"operation": "op-2"}
REFUSED = {"msg": "Could not move desktop 'A/B/S-1': HTTP 400 invalidState: it could not be moved, which must be undone first."}
OPERATIONS = [{"id": "op-1", "status": "failed"}, {"id": "op-2", "status": "running"}]


@pytest.mark.parametrize(
    "failure, status, user, method, way",
    [
        (FAILED, "Failed", "ann@example.com", "move", "reboot"),
        (FAILED, "Failed", None, "move", "cancel"),
        (FAILED, "Failed", "ann@example.com", "upgrade", "cancel"),
        (FAILED, "Ready", "ann@example.com", "move", "none"),
        (FAILED, None, None, "move", "unknown"),
        (FAILED, "Deleting", None, "move", "unknown"),
        (RUNNING, "Failed", "ann@example.com", "move", "unknown"),
        ({"operation": "op-9"}, "Failed", "ann@example.com", "move", "unknown"),
        (REFUSED, "Failed", "ann@example.com", "move", "reboot"),
        (REFUSED, "Failed", None, "move", "cancel"),
        # That an earlier move failed says nothing about one that went on since.
        ({**REFUSED, **RUNNING}, "Failed", "ann@example.com", "move", "unknown"),
        ({"msg": "HTTP 400: it is being moved"}, "Failed", "ann@example.com", "move", "unknown"),
        ({"msg": None}, "Failed", "ann@example.com", "move", "unknown"),
    ],
)
def test_the_way_back(failure, status, user, method, way):
    desktop = {"id": "d1", "name": "S-1", "fqdn": None, "pool": "A/B", "user": user, "status": status}
    other = {**desktop, "id": "d2", "name": "S-2", "status": "Failed"}
    results = [{"name": "A/B/S-1", "status": "failed", **failure}, {"name": "A/B/S-2", "status": "done", **failure}]
    there = status not in (None, "Deleting")
    found = moves_to_undo(results, OPERATIONS, [other, *([desktop] if status else [])], method)
    assert found == [{"name": "A/B/S-1", "id": "d1" if there else None, "way": way}]
