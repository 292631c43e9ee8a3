# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call budget of a customer."""

from __future__ import annotations


def pools(api, times=1):
    """The last of so many answers."""
    return [api.get("/v1.0/pools") for _time in range(times)][-1]


def test_nothing_is_throttled_unless_asked_for(start):
    assert pools(start(), 40).status_code == 200


def test_sliding_window(start):
    api = start(throttle="3/2", throttle_counts_rejected=False)
    pools(api)
    api.simulator.advance(30)
    pools(api, 2)
    answer = pools(api)
    assert answer.status_code == 429
    assert answer.json() == {"X-Retry-After-Secs": 30, "description": "RateLimitExceeded", "error": "TooManyRequests"}
    assert "Retry-After" not in answer.headers
    api.simulator.advance(29)
    assert pools(api).status_code == 429
    api.simulator.advance(1)
    assert pools(api).status_code == 200
    assert pools(api).json()["X-Retry-After-Secs"] == 30


def test_rejected_calls_count_unless_switched_off(start):
    api = start(throttle="3/2")
    pools(api, 4)
    api.simulator.advance(59)
    assert pools(api, 3).json()["X-Retry-After-Secs"] == 60
    api.simulator.switches(throttle_counts_rejected=False)
    api.simulator.advance(60)
    assert pools(api, 3).status_code == 200


def test_fixed_window(start):
    api = start(throttle="3/2", throttle_window="fixed", throttle_counts_tokens=False)
    api.simulator.advance(60 - api.simulator.now() % 60 + 50)
    pools(api, 3)
    assert pools(api).json()["X-Retry-After-Secs"] == 10
    api.simulator.advance(10)
    assert pools(api, 3).status_code == 200


def test_style_400(start):
    api = start(throttle="1/2", throttle_style=400)
    assert pools(api, 2).status_code == 400
    assert pools(api).json()["error"] == "TooManyRequests"


def test_tokens_count_as_writes_unless_switched_off(start):
    api = start(throttle="9/2")  # signing in was the first
    assert api.token().status_code == 200
    assert api.token().status_code == 429
    api.simulator.switches(throttle_counts_tokens=False)
    assert api.token().status_code == 200


def test_reads_and_writes_have_budgets_of_their_own(start):
    api = start(throttle="1/2")
    pools(api, 2)
    assert api.post("/v1.0/users", json={"email": "x@example.com"}).status_code == 202
    assert api.post("/v1.0/users", json={"email": "y@example.com"}).status_code == 429
    assert api.simulator.counters()["throttled"] == 2
