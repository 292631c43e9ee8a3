# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of a desktop; a write replaces them all (behaviour notes, 4.1, "Tag rules")."""

from ..wire import Call, Refusal, Reply, serves
from .clouds import AWS, AZURE, GCP
from .control import BROKEN, BUILDING, DELETING
from .desktops import require_persistent
from .errors import invalid, wrong_state

MOST_TAGS, MOST_IN_NAME, MOST_IN_VALUE, MOST_IN_ALL = 5, 128, 512, 2048
FORBIDDEN = frozenset("<>%&\\?/")


@serves("tagDesktopUsingPOST", "POST /v1.0/pools/{poolId}/desktops/{desktopId}/tags", clouds=(AZURE, GCP, AWS))
def write_tags(control, call: Call) -> Reply:
    desktop, body = control.desktop_of(call), call.json()
    require_persistent(desktop, "tagged")
    if body.get("desktopId", desktop.id) != desktop.id or body.get("poolId", desktop.pool.id) != desktop.pool.id:
        raise invalid("desktopId and poolId must be those of the path.")
    tags = _checked(body.get("tags"))
    if desktop.status in (BUILDING, DELETING, *BROKEN):
        raise wrong_state(desktop, "tagged")
    desktop.tags = tags
    return Reply(200)


def _checked(tags) -> dict[str, str]:
    """The tags as name -> value; Refusal when they break a rule."""
    if not isinstance(tags, list) or not all(isinstance(tag, dict) for tag in tags):
        raise invalid("tags is a list of name and value pairs.")
    if not 1 <= len(tags) <= MOST_TAGS:
        raise _refused(f"There must be 1 to {MOST_TAGS} tags.")
    checked: dict[str, str] = {}
    for tag in tags:
        name, value = tag.get("name"), tag.get("value")
        if not isinstance(name, str) or not isinstance(value, str) or not name:
            raise _refused("A tag has a name and a value.")
        if name in checked:
            raise _refused(f"Tag {name} is given twice.")
        if len(name) > MOST_IN_NAME or len(value) > MOST_IN_VALUE:
            raise _refused(f"A tag's name has up to {MOST_IN_NAME} characters and its value up to {MOST_IN_VALUE}.")
        if FORBIDDEN & set(name + value):
            raise _refused(f"A tag holds none of {' '.join(sorted(FORBIDDEN))}.")
        checked[name] = value
    if sum(len(name) + len(value) for name, value in checked.items()) > MOST_IN_ALL:
        raise _refused(f"All tags together have up to {MOST_IN_ALL} characters.")
    return checked


def _refused(description: str) -> Refusal:
    return Refusal(400, "invalidTags", description)
