# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which refusals prove that something is not there, and which only might."""

from __future__ import annotations

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core.errors import ApiError
from ansible_collections.euc.fleet.plugins.module_utils.workspot.client import says_unknown

ANN = ("user", "ann@example.com")


@pytest.mark.parametrize(
    "text",
    [
        "User ann@example.com was not found",
        "User not found: ann@example.com",
        "The user 'ann@example.com' does not exist.",
        "ann@example.com could not be found",
        "No such user",
        "User ann@example.com doesn't exist",
    ],
)
@pytest.mark.parametrize("status", [400, 404])
def test_words_about_the_user_prove_absence(text, status):
    assert says_unknown(ApiError("", status=status, token="notFound", text=text), *ANN)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": 400, "token": "invalidRequest", "text": "User ann@example.com was not found"},
        {"status": 400, "text": "The user service is not available"},
        {"status": 400, "text": "The user service was not found"},
        {"status": 400, "text": "User token is invalid"},
        {"status": 400, "text": "Unknown error while reading user"},
        {"status": 400, "text": "User directory not found; try again later"},
        {"status": 404},
        {"status": 404, "text": "Not Found"},
        {"status": 403, "text": "User ann@example.com was not found"},
    ],
)
def test_anything_else_is_passed_on(facts):
    assert not says_unknown(ApiError("", **facts), *ANN)
