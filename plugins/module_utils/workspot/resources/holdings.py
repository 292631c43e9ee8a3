# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where it shows what a user has: what gives a desktop to somebody, or takes one away, touches these places."""

from __future__ import annotations

from .global_desktops import read_for_user
from .users import read_user
from .users_report import list_users


def places_of(email):
    """The places that tell of the holdings of a user; none for nobody."""
    return ((read_user, email), (read_for_user, email), (list_users,)) if email else ()
