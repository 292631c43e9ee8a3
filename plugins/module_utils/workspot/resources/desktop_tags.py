# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tags of one desktop: the noun behind workspot_desktop_tags. Source: workspot-behaviour.md, section 4.1 (tag rules)."""

from __future__ import annotations

import json

from ...core.errors import InvalidInput, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ...core.reconcile import Noun
from ..client import AWS, AZURE, GCP, Call
from .desktops import DESKTOP, desktop_now, find_desktop, label, list_desktops
from .pools import find_pool, require_persistent

TAG = Call("tagDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops/{desktopId}/tags", (AZURE, GCP, AWS))

MOST_TAGS, LONGEST_NAME, LONGEST_VALUE, LONGEST_TOTAL = 5, 128, 512, 2048
RESERVED = "<>%&\\?/"
UNFIT = ("Failed", "Deleting")


class DesktopTags(Noun):
    result = "desktop"
    schema = DESKTOP
    options = {
        "pool": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "tags": {"type": "dict", "required": True},
        "purge": {"type": "bool", "default": False},
    }

    def check(self, options):
        odd = [name for name, value in options["tags"].items() if value is None or isinstance(value, (list, dict))]
        if odd:
            raise InvalidInput(
                f"The value of tag '{odd[0]}' must be one text, number or boolean; to remove tags, give the others with 'purge: true'"
            )
        if len(texts(options["tags"])) < len(options["tags"]):
            raise InvalidInput(f"A tag of desktop '{options['name']}' is given twice: its name as a text and as a number are the same to the API")
        problem = problem_of(texts(options["tags"]))
        if problem:
            raise InvalidInput(f"The tags for desktop '{options['name']}' break a rule: {problem}")

    def observe(self, client, options):
        return find_desktop(client, options["pool"], options["name"])

    def places(self, client, options):
        return ((list_desktops, find_pool(client, options["pool"])["id"]),)

    def plan(self, client, options, record):
        given = texts(options["tags"])
        wanted = given if options["purge"] else {**record["tags"], **given}
        if wanted == record["tags"]:
            return []
        pool, name = find_pool(client, options["pool"]), label(record)
        doing = f"tag desktop '{name}'"
        TAG.require(pool, doing)
        require_persistent(pool, doing, "desktops of persistent pools have tags")
        if not wanted:
            raise Refused(f"Cannot clear the tags of desktop '{name}': the API refuses an empty list, so at least one tag must stay")
        problem = problem_of(wanted)
        if problem:
            raise Refused(f"Cannot {doing}: together with the tags it has, {problem}; set 'purge: true' to replace them")
        if record["status"] in UNFIT:
            raise Refused(f"Cannot {doing}: it is {record['status']}, and Workspot Control refuses tags in that state")

        def built():
            status = (desktop_now(client, pool, record) or {"status": "gone"})["status"]
            if status in (*UNFIT, "gone"):
                return f"the desktop is {status}, so it has not been tagged"
            return MOVING if status == "Provisioning" else DONE

        place = (list_desktops, pool["id"])
        body = {"desktopId": record["id"], "poolId": pool["id"], "tags": [{"name": key, "value": value} for key, value in wanted.items()]}
        changes = [
            Change(
                "tag",
                "desktop",
                name,
                doing,
                before={"tags": record["tags"]},
                after={"tags": wanted},
                send=lambda: client.call(TAG, doing, body, poolId=pool["id"], desktopId=record["id"]),
                seen=lambda: DONE if (desktop_now(client, pool, record) or {}).get("tags") == wanted else UNSEEN,
                place=place,
                stage=1,
                record=record,
            )
        ]
        if record["status"] == "Provisioning":
            if not options["wait"]:
                raise Refused(f"Cannot {doing} yet: it is still Provisioning; let the task wait, or run it later")
            changes.append(
                Change(
                    "wait for",
                    "desktop",
                    name,
                    f"wait for desktop '{name}'",
                    seen=built,
                    place=place,
                )
            )
        return changes


def texts(tags):
    """Tags as the API keeps them: values are text; YAML's true and 5 become "true" and "5". Raises InvalidInput for lists and dictionaries."""
    for name, value in tags.items():
        if isinstance(value, (dict, list)):
            raise InvalidInput(f"The value of tag '{name}' is one text, not {json.dumps(value)}")
    return {
        str(name): value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in tags.items()
    }


def problem_of(tags):
    """The first rule that these tags break, in words; None if they are fine."""
    if len(tags) > MOST_TAGS:
        return f"{len(tags)} tags are more than the {MOST_TAGS} that a desktop may have"
    for name, value in tags.items():
        if not name:
            return "a tag has no name"
        if len(name) > LONGEST_NAME:
            return f"the name '{name[:20]}...' has {len(name)} characters, more than {LONGEST_NAME}"
        if len(value) > LONGEST_VALUE:
            return f"the value of '{name}' has {len(value)} characters, more than {LONGEST_VALUE}"
        reserved = sorted(set(name + value) & set(RESERVED))
        if reserved:
            return f"tag '{name}' has {' '.join(reserved)}, and {' '.join(RESERVED)} are reserved"
    total = sum(len(name) + len(value) for name, value in tags.items())
    if total > LONGEST_TOTAL:
        return f"names and values have {total} characters in all, more than {LONGEST_TOTAL}"
    return None


DESKTOP_TAGS = DesktopTags()
