# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong on its face, or refused for the user's own good, is told in one clear sentence, and nothing is sent."""

from __future__ import annotations

import pytest
from scenarios import Stage

# Of nothing; and it begins like the name of a computer.
NO_ID = "a0000000-1111-4222-8333-444444444444"
NEW_CLUSTER = {
    "name": "Nordic",
    "cloud": "Google",
    "cloud_region": "europe-north1",
    "auth_type": "AAD",
    "gateway_policy": "Default Gateway",
    "image": "Windows Server (2025)",
    "vm_class": "Standard Gateway",
    "name_prefix": "nordic",
    "number_of_hosts": 1,
}
NO_SUCH_ID = f"There is no {{}} with id {NO_ID}; to create one, give its name"
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
    # An id is never taken for the name of something new.
    ("workspot_app_pool", {"name": NO_ID, "reference_pool": "Design servers"}, NO_SUCH_ID.format("application server pool")),
    ("workspot_application", {"name": NO_ID, "pool": "Office servers", "full_path": "C:\\a.exe"}, NO_SUCH_ID.format("application")),
    ("workspot_bundle", {"name": NO_ID}, NO_SUCH_ID.format("bundle")),
    ("workspot_desktop", {"pool": "Sales", "name": NO_ID}, NO_SUCH_ID.format("desktop")),
    ("workspot_gateway_cluster", {**NEW_CLUSTER, "name": NO_ID}, NO_SUCH_ID.format("gateway cluster")),
    ("workspot_pool", {"name": NO_ID, "reference_pool": "Sales"}, NO_SUCH_ID.format("pool")),
]


def case_id(case):
    return f"{case[0]}: {case[2][:60]}"


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
