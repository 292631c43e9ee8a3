# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that say which objects a task is about. Empty, as the template of an unset variable leaves them, they would mean others, or all."""

from __future__ import annotations

from .errors import InvalidInput

NAMING = (
    *("name", "email", "user", "desktop", "pool", "target_pool", "reference_pool", "cluster", "cloud", "cloud_region", "clone_of"),
    *("operation", "start_date", "end_date"),
)


def refuse_empty(options, where=""):
    """Raise InvalidInput for such an option that is given and empty, also within a list of objects."""
    for name, value in options.items():
        values = value if isinstance(value, list) else [value]
        if name in NAMING and any(isinstance(text, str) and not text.strip() for text in values):
            raise InvalidInput(f"{where}{name} is empty; give what it shall name, or leave the option out, with 'omit' if need be")
        for item in values:
            if isinstance(value, list) and isinstance(item, dict):
                refuse_empty(item, f"{name}: ")
