# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter unknown_names."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.filter.unknown_names import unknown_names


@pytest.mark.parametrize(
    "names, ignore_case, told",
    [
        (["Sales", "Lab"], False, []),
        (["sails", "sails", 7], False, ["'sails' (did you mean 'Sales'?)", "'7'"]),
        (["sales"], False, ["'sales' (did you mean 'Sales'?)"]),
        (["sales", "LAB"], True, []),
    ],
)
def test_names_that_nothing_has(names, ignore_case, told):
    assert unknown_names(names, ["Sales", "Lab", None], ignore_case) == told
