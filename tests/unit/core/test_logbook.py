# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of a rollout between two processes."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.euc.fleet.plugins.module_utils.core.logbook import END, NEVER, STARTING, Logbook
from ansible_collections.euc.fleet.plugins.module_utils.core.wait import Clock
from ansible_collections.euc.fleet.plugins.module_utils.core.waves import DONE, Target


@pytest.mark.parametrize("used_before", [False, True])
def test_whoever_planned_on_an_older_journal_does_not_act(tmp_path, used_before):
    path = str(tmp_path / "journal")

    def planned():
        logbook = Logbook(path, "digest", Clock(), NEVER)
        return logbook, logbook.recall([[Target("1", "D", "pool")]])

    def carry_out(logbook, waves):
        logbook.open(waves)
        for target in waves[0]:
            logbook.note(STARTING, target)
            logbook.note(DONE, target)
        logbook.note(END)
        logbook.close()

    if used_before:
        carry_out(*planned())
    slow, quick = planned(), planned()
    carry_out(*quick)
    with pytest.raises(InvalidInput, match="was used by another process while this one planned; run again"):
        carry_out(*slow)
    assert planned()[1][0][0].status == DONE
