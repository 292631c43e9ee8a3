# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong on its face, or refused for the user's own good, is told in one clear sentence, and nothing is sent."""

from __future__ import annotations

import pytest
from scenarios import Stage

SPARE_ID = "00000000-1111-4222-8333-444444444444"
# Module, options, and the whole sentence, or its beginning where it ends with "...".
WRONG = [
    (
        "workspot_app_server",
        {"pool": "Office servers", "name": "office-002", "state": "absent", "force": True},
        "Will not delete application server 'Office servers/OFFICE-002' by its name: the pool may build a fresh server that may get the same one, "
        "and a second run would delete that; give its id, 5b8f6f4e-1f7e-4a35-9d3a-2f6f4b1d0c52",
    ),
    (
        "workspot_desktop",
        {"pool": "Support", "name": "SUP-001", "state": "absent", "force": True},
        "Will not delete desktop 'Support/SUP-001' by its name: the pool builds a fresh desktop that may get the same one, ...",
    ),
]


def case_id(case):
    return f"{case[0]}: {case[2][:60]}" if isinstance(case, tuple) else None


@pytest.mark.parametrize("case", WRONG, ids=case_id)
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_what_is_wrong_is_told_in_one_sentence_and_nothing_is_sent(case, check):
    module, options, sentence = case
    with Stage() as stage:
        result = stage.run(module, check=check, **options)
        assert result.get("failed") and not result["changed"], result
        message = result["msg"]
        assert message.startswith(sentence[:-3]) if sentence.endswith("...") else message == sentence
        assert "\n" not in message and len(message) < 300
        assert result["error"]["kind"] in ("invalid_input", "not_found", "refused")
        assert stage.writes() == []
