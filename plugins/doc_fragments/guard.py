# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rails of modules that change many objects; mirrors GUARD of module_utils/core/guard.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  guard:
    description:
      - Limits for the whole plan, checked before the first write. If one is exceeded, nothing is sent.
      - In check mode the plan is shown all the same, with a warning that tells what speaks against it.
    type: dict
    suboptions:
      max_changes:
        description: The plan may have this many changes.
        type: int
      max_destructive:
        description: The plan may have this many changes that cannot be undone, such as deleting or unassigning a desktop.
        type: int
      max_percent:
        description:
          - Changes may take away this share, in percent, of the desktops of any pool and of all pools of the plan, and of any other kind of objects.
          - Deleting, unassigning and pausing take a desktop away.
        type: int
      min_available:
        description: After the plan at least this many desktops that can be used must be left in each pool that loses one.
        type: int
      confirm:
        description: Whether changes that cannot be undone are meant. Without it, a plan that has any is refused.
        type: bool
        default: false
"""
