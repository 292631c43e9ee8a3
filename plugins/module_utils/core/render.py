# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people see of a plan. Pure text and data; nothing here talks to a server."""

from __future__ import annotations

from .wait import duration

# Letters of a sentence at most.
LONGEST = 2000


def diffs(changes):
    """For Ansible's diff mode: the diff of the one object that changes, or a list with one for each. The default callback prints both."""
    objects = object_diffs(changes)
    return objects if len(objects) > 1 else diff(changes)


def object_diffs(changes):
    """One diff for each object that changes."""
    objects = {}
    for change in changes:
        objects.setdefault(change.about or (change.noun, change.name), []).append(change)
    return [diff(group) for group in objects.values()]


def diff(changes):
    """What becomes of one object: ``before`` and ``after``, each with only what changes, in names and not in ids."""
    sides = {"before": {}, "after": {}}
    for change in changes:
        # A change that begins where an earlier one ended goes on with it: what was before that one stays.
        goes_on = [name for name, value in change.before.items() if name in sides["after"] and sides["after"][name] == value]
        sides["before"].update({name: value for name, value in named(change.before).items() if name not in goes_on})
        sides["after"].update(named(change.after))
    if changes:
        header = ", ".join(dict.fromkeys(f"{change.noun} {change.name}" for change in changes))
        sides["before_header"] = sides["after_header"] = header
    return sides


def visible(text):
    """A text for people, in one line and of bearable length, in which names from elsewhere cannot control their terminal."""
    text = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def named(values):
    """These values without ids."""
    return {name: value for name, value in values.items() if name != "id" and not name.endswith(("_id", "_ids"))}


def described(kind, title, change):
    """A change as an entry of a plan over many objects."""
    return {
        "kind": kind,
        "name": title,
        "verb": change.verb,
        "summary": change.summary,
        "before": named(change.before),
        "after": named(change.after),
        "destructive": change.destructive,
    }


def plan_line(changes, cost):
    """A plan in one line: what would be done, what it costs of the shared budget, and how long it takes."""
    steps = "; ".join(change.summary for change in changes)
    return f"would {steps}: {price(cost)}"


def tenant_line(plan, cost, *, real):
    """The same for a plan over many objects: how many changes of which kind; ``real`` if they are about to be made."""
    kinds = {}
    for change in plan:
        kinds[change["kind"]] = kinds.get(change["kind"], 0) + 1
    changes = ", ".join(f"{number} in {kind}" for kind, number in kinds.items())
    return f"{'will' if real else 'would'} make {counted(len(plan), 'change')} ({changes}): {price(cost)}"


def price(cost):
    """What a plan costs of the budget that all share, and how long it takes."""
    return f"{counted(cost['writes'], 'write')}, {counted(cost['reads'], 'read')}, about {duration(cost['eta_s'])}"


def counted(number, noun):
    return f"{number} {noun}" + ("" if number == 1 else "s")
