# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inventory opened and read is not what Ansible's workers go on with: they are forks of the same process."""

from __future__ import annotations

import os

from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import CONNECTION, _shared

OPTIONS = {name: argument.get("default") for name, argument in CONNECTION["options"].items()} | {"access_token": "any-token"}


def test_a_fork_begins_without_connections_and_listings():
    session, snapshot, *_files = _shared(True, **OPTIONS)
    assert _shared(True, **OPTIONS)[0] is session
    child = os.fork()
    if not child:
        mine = _shared(True, **OPTIONS)
        os._exit(0 if mine[0] is not session and mine[1] is not snapshot else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert _shared(True, **OPTIONS)[0] is session
