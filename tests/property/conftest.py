# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many examples are tried. The same ones each time, so that a red run is about the change at hand; EUC_FLEET_EXPLORE=500 looks further."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

EXPLORE = int(os.environ.get("EUC_FLEET_EXPLORE") or 0)
# An example is a few runs against a simulator: it takes its time, and making a failing one smaller takes minutes.
settings.register_profile(
    "fleet",
    max_examples=EXPLORE or 25,
    derandomize=not EXPLORE,
    phases=set(Phase) if EXPLORE else set(Phase) - {Phase.shrink, Phase.explain},
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("fleet")
