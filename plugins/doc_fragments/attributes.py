# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every module says about check mode, diff mode, async and idempotency."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Can run in check mode and return what it would do, without changing anything.
  diff_mode:
    description: Returns what changes (or would change, in check mode) when run in diff mode.
  async:
    description: Can be used with the C(async) keyword. The module then runs in an interpreter of its own.
    support: full
  idempotent:
    description: When run twice in a row outside check mode with the same arguments, the second run changes nothing.
notes:
  - A failed task returns C(error) with C(kind) and, where they apply, C(status), C(token), C(text) and C(operation). After partial work it
    returns C(done), C(not_done) and C(not_attempted) as well, and C(changed) stays true.
"""

    STATE = r"""
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
"""

    INFO = r"""
attributes:
  check_mode:
    support: full
    details:
      - This module only reads, and its transport refuses to write.
  diff_mode:
    support: N/A
    details:
      - This module changes nothing.
  idempotent:
    support: full
"""

    LOCK = r"""
attributes:
  check_mode:
    support: full
    details:
      - Nothing is locked in check mode.
  diff_mode:
    support: N/A
    details:
      - This module changes nothing in the tenant.
  async:
    support: none
  idempotent:
    support: full
"""

    ACTION = r"""
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: none
    details:
      - A command acts every time.
"""

    FILE = r"""
attributes:
  check_mode:
    support: full
    details:
      - Nothing is asked for in check mode, so the file is always expected to change.
  diff_mode:
    support: N/A
    details:
      - A file is not shown.
  idempotent:
    support: partial
    details:
      - The file is made anew every time, and counts as a change only if its content differs.
"""
