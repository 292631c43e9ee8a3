# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated tenants, for promises that hold for every tenant; and what differs between two states of one."""

from __future__ import annotations

from hypothesis import strategies as st

DESKTOPS = [f"D-{number}" for number in range(4)]
USERS = [f"u{number}@example.com" for number in range(4)]
NEW_DESKTOPS, NEW_USERS = ["N-1", "N-2"], ["new1@example.com", "new2@example.com"]

words = st.sampled_from(["", "a", "b", "sales", "5", "Grün 7"])
tag_names = st.sampled_from(["owner", "dept", "floor", "x", "y", "z", "ü"])


def tags(least=0, most=5):
    return st.dictionaries(tag_names, words, min_size=least, max_size=most)


@st.composite
def tenants(draw):
    """A pool that the API offers everything for, with desktops in all conditions, and users with and without desktops."""
    conditions = st.sampled_from(
        [{"status": "Ready"}, {"status": "Offline"}, {"power": "paused"}, {"status": "Connected"}, {"status": "Suspended"}]
    )
    desktops = [
        {"name": name, "pool": "Sales", "tags": draw(tags()), "user": draw(st.sampled_from([None, *USERS])), **draw(conditions)}
        for name in DESKTOPS
    ]
    return {
        "simulator": {"token_life_seconds": 1_000_000_000},
        "pools": [
            {
                "name": "Sales",
                "cloud": "Google Cloud",
                "description": draw(words),
                "desktop_name_prefix": "D",
                "display_name": "Shop",
                "login_type": "SSO_AAD",
            }
            | draw(
                st.fixed_dictionaries(
                    {"create_desktop_on_delete": st.just(False), "desktops_on_unassign": st.sampled_from(["suspend", "return"])}
                )
            )
        ],
        "users": [{"email": email, "first_name": draw(words), "last_name": "L", "cost_center": draw(words)} for email in USERS],
        "desktops": desktops,
    }


def changed_fields(before, after):
    """(kind, name, field) of everything that differs between two states, with None as field for an object that came or went."""
    found = set()
    for kind in before:
        sides = [{item.get("email") or (item.get("pool"), item["name"]): item for item in state[kind]} for state in (before, after)]
        for name in sides[0].keys() | sides[1].keys():
            old, new = sides[0].get(name), sides[1].get(name)
            if old is None or new is None:
                found.add((kind, name, None))
            else:
                found |= {(kind, name, field) for field in old.keys() | new.keys() if old.get(field) != new.get(field)}
    return found
