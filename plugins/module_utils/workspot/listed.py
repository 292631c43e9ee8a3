# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nouns have in common whose objects stand in one listing, with one call each to create, change and delete."""

from __future__ import annotations

import re

from ..core.errors import ApiError, NotFound, Refused
from ..core.plan import DONE, UNSEEN, Change
from ..core.reconcile import Noun
from ..core.schema import CREATE, UPDATE, sides

STATE = {"type": "str", "choices": ["present", "absent"], "default": "present"}
UPDATE_WRITE_ONLY = {"type": "str", "choices": ["on_create", "always"], "default": "on_create"}
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Listed(Noun):
    """One object of a listing. The three calls answer at once, so that nothing has to be waited for.

    ``listing`` is the place's function (a staticmethod), ``slot`` the object's id in the paths of ``update_call`` and ``delete_call``.
    ``touches`` are places that also show what the calls change; ``held_by`` is the key in a record of what loses the object with its end.
    """

    listing = create_call = update_call = delete_call = None
    slot = held_by = ""
    touches = ()

    def observe(self, client, options):
        return self.find(client, options["name"])

    def places(self, client, options):
        return ((self.listing,),)

    def find(self, client, wanted):
        return self.schema.find(client.records(self.listing), wanted, optional=True)

    def plan(self, client, options, record):
        if options["state"] == "absent":
            return [self.deletion(client, options, record)] if record else []
        if record is None:
            refuse_id(self.schema.noun, options["name"])
        wanted = self.wanted(client, options, record)
        # An object may be called by its id, and that is no wish to rename it.
        return self.update(client, {**wanted, "name": record["name"]}, record) if record else self.creation(client, wanted)

    def not_comparable(self, options, plan):
        if options["state"] == "absent":
            return []
        creating = any(change.verb == "create" for change in plan.changes)
        return self.schema.write_only(options, CREATE if creating else UPDATE)

    def wanted(self, client, options, record):
        """The options with the ids of all objects that they name; ``record`` is None for an object that is still to be created."""
        return options

    def site(self, client, options):
        """The pool whose cloud decides which of the calls there are; None if that is no matter of clouds. ``options`` may be a record."""
        return None

    def _require(self, client, call, options, doing, differing=None):
        pool = self.site(client, options)
        if pool:
            call.require(pool, doing, differing=differing)

    def creation(self, client, wanted):
        name, body = wanted["name"], self.schema.body(wanted, CREATE)
        doing = f"create {self.schema.noun} '{name}'"
        self._require(client, self.create_call, wanted, doing)
        return [
            Change(
                "create",
                self.schema.noun,
                name,
                doing,
                after=self.schema.shown(wanted, CREATE),
                send=lambda: client.call(self.create_call, doing, body),
                seen=lambda: DONE if self.find(client, name) else UNSEEN,
                place=(self.listing,),
                touches=self.touches,
                repeatable=False,
            )
        ]

    def update(self, client, wanted, record):
        self.schema.refuse_fixed(wanted, record)
        changing = self.schema.changing(wanted, record, write_only=wanted.get("update_write_only") == "always")
        if not changing:
            return []
        doing, body = f"update {self.schema.noun} '{record['name']}'", self.update_body(changing, record)
        after = self.schema.shown(changing, UPDATE)
        self._require(client, self.update_call, record, doing, differing=sides(record, after))

        def seen():
            now = self.find(client, record["id"])
            # What only the server knows is sent again: that does no harm.
            return DONE if now and self.schema.shows(changing, now) else UNSEEN

        return [
            Change(
                "update",
                self.schema.noun,
                record["name"],
                doing,
                before={key: record[key] for key in after},
                after=after,
                send=lambda: client.call(self.update_call, doing, body, **{self.slot: record["id"]}),
                seen=seen,
                place=(self.listing,),
                touches=self.touches,
                record=record,
                note=self.schema.hidden(changing),
            )
        ]

    def update_body(self, changing, record):
        return self.schema.body(changing, UPDATE)

    def deletion(self, client, options, record):
        doing = f"delete {self.schema.noun} '{record['name']}'"
        self._require(client, self.delete_call, record, doing)
        holders = record[self.held_by] if self.held_by else ()
        return Change(
            "delete",
            self.schema.noun,
            record["name"],
            doing,
            before={"name": record["name"]},
            send=lambda: client.call(self.delete_call, doing, **{self.slot: record["id"]}),
            seen=lambda: UNSEEN if self.find(client, record["id"]) else DONE,
            place=(self.listing,),
            touches=self.touches,
            destructive=True,
            note=f"{self.held_by} that lose it: {', '.join(holders)}" if holders else "",
        )


def refuse_id(noun, name):
    """Raise NotFound if the name of an object that is to be created is an id: it is that of something that is not there any more."""
    if ID.fullmatch(name):
        raise NotFound(f"There is no {noun} with id {name}; to create one, give its name", name=name)


def refuse_by_name(record, wanted, doing, reason):
    """Raise Refused if what a pool has numbered shall be deleted by its name, which a fresh one may get; the id is safe to repeat."""
    if wanted != record["id"] and re.search(r"\d$", record["name"] or ""):
        raise Refused(
            f"Will not {doing} by its name: {reason} that may get the same one, and a second run would delete that; give its id, {record['id']}"
        )


def select(client, schema, place, wanted, read):
    """What an info module shows, in order of names: all records at a place, or those that are called ``wanted``.

    An id is asked for by itself; whether a refusal then means that there is none is not published, so the listing decides.
    """
    if wanted and ID.fullmatch(wanted):
        try:
            record = read(client, wanted)
        except ApiError as error:
            if error.facts["status"] not in (400, 404):
                raise
        else:
            if record["id"]:
                return [record]
    fitting = [record for record in client.records(*place) if not wanted or schema.is_called(record, wanted)]
    return sorted(fitting, key=lambda record: record["name"] or "")
