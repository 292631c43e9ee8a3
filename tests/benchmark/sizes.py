# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a job has to do: what is measured, or a handful, with which a test sees that every job runs and what it calls.

EUC_FLEET_HANDFUL=FOLDER takes the handful and writes its page there. Its seconds mean nothing.
"""

from __future__ import annotations

import os

HANDFUL = os.environ.get("EUC_FLEET_HANDFUL")


def size(measured, handful):
    return handful if HANDFUL else measured
