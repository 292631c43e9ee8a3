# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an object of the API is like, as data: which option is which wire field, and what can be read back."""

from __future__ import annotations

import collections
import dataclasses
import difflib
import functools
import operator
from collections.abc import Callable

from .errors import Ambiguous, NotFound, Refused

CREATE, UPDATE = "create", "update"
BOTH, NEVER = (CREATE, UPDATE), ()


class Listing(list):
    """The records of a place with an index of what they are called, for tasks that look up thousands of them. A record may be renamed where
    it is, so that a hit is to be checked, and that there is none proves nothing; ids never change."""

    def __init__(self, records=()):
        super().__init__(records)
        self._indexes = {}

    def called(self, name, wanted):
        """The records whose ``name(record)`` was this when they were first looked for, without regard to case."""
        if name not in self._indexes:
            index = self._indexes[name] = {}
            for record in self:
                index.setdefault((name(record) or "").casefold(), []).append(record)
        return self._indexes[name].get(wanted.casefold(), ())


@dataclasses.dataclass(frozen=True)
class Field:
    """One property of a noun.

    ``name`` is the option and the returned key; ``sent`` and ``read`` are its wire names in requests and answers (the API often has two).
    A wire name may lead into objects and lists: ``domainToJoin.password``, ``regionalClusters.0.zone``.
    Without ``read`` the field is write-only: it can never drive ``changed``; unless another call tells it ``elsewhere``, and the noun puts it
    into the record. ``when`` says which requests carry it. ``clear`` is the
    wire value that an empty option becomes, where the API can clear. ``decode`` turns a wire value into the user's, and ``missing`` is what
    a record has where the answer has nothing.

    A field that holds objects has their schema in ``of``. A field that refers to other objects holds their ids; its ``option`` takes names
    as well. A noun finds the ids before it asks the schema anything, and gives them beside the names.
    """

    name: str
    sent: str | None = None
    read: str | None = None
    elsewhere: bool = False
    when: str | tuple = NEVER
    type: str = "str"
    elements: str | None = None
    choices: tuple | None = None
    secret: bool = False
    clear: object = ""
    decode: Callable = lambda value: value
    missing: object = None
    same: Callable = operator.eq
    option: str | None = None
    of: Schema | None = None
    required: bool = False

    @property
    def label(self):
        """How users call it."""
        return self.option or self.name

    @property
    def is_option(self):
        return bool(self.when)

    @property
    def is_comparable(self):
        """Whether some answer shows what it is."""
        return bool(self.read) or self.elsewhere

    def is_carried(self, request):
        """Whether CREATE or UPDATE requests carry it."""
        return request == self.when or request in self.when

    def argument(self):
        """This field as an entry of an argument spec."""
        spec = {"type": self.type}
        if self.elements:
            spec["elements"] = self.elements
        if self.choices:
            spec["choices"] = list(self.choices)
        if self.secret:
            spec["no_log"] = True
        if self.required:
            spec["required"] = True
        if self.of:
            spec["options"] = self.of.argument_spec()
        return spec

    def encode(self, value, when):
        if self.of:
            return self._each(value, lambda item: self.of.body(item, when))
        return self.clear if value == "" else value

    def value_in(self, wire):
        """What an answer tells of this field, in the user's words."""
        for key in self.read.split("."):
            wire = (wire[int(key)] if int(key) < len(wire) else None) if isinstance(wire, list) else wire.get(key)
            if wire is None:
                return self.missing
        return self._each(wire, self.of.record) if self.of else self.decode(wire)

    @staticmethod
    def _each(value, convert):
        return [convert(item) for item in value] if isinstance(value, list) else convert(value)


def sides(before, after):
    """Fields of ``after`` with both their values, as Refused tells them; ``before`` may have more."""
    return {name: {"before": before[name], "after": value} for name, value in after.items()}


@dataclasses.dataclass(frozen=True)
class Schema:
    """All fields of a noun; ``names`` are functions from a record to what a user may call it besides its id, best first.

    ``creatable`` nouns may be missing in check mode because a task before this one has not really created them. ``key`` is the field that
    holds the id.
    """

    noun: str
    plural: str
    fields: tuple[Field, ...]
    names: tuple = (operator.itemgetter("name"),)
    fold_case: bool = False
    creatable: bool = False
    key: str = "id"

    def argument_spec(self):
        return {field.label: field.argument() for field in self.fields if field.is_option}

    def record(self, wire):
        """An object of an answer in the user's words: every readable field."""
        return {field.name: field.value_in(wire) for field in self.fields if field.read}

    def blank(self):
        """The record of an object that does not exist yet."""
        return self.record({})

    def body(self, options, when):
        """The wire body with all given options that this kind of request carries."""
        body = {}
        for field in self._given(options, when):
            *outer, last = field.sent.split(".")
            part = body
            for key in outer:
                part = part.setdefault(key, {})
            part[last] = field.encode(options[field.name], when)
        return body

    def write_only(self, options, when):
        """Names of given options that the request carries and no answer shows."""
        return [field.label for field in self._given(options, when) if not field.is_comparable]

    def hidden(self, changing):
        """What a plan says of the options that an update sends and no answer shows."""
        names = self.write_only(changing, UPDATE)
        return f"sends {', '.join(names)}" if names else ""

    def shown(self, options, when):
        """What the given options make of a record; references by name, with their ids beside them."""
        fields = [field for field in self._given(options, when) if field.is_comparable]
        return {key: options[key] for field in fields for key in (field.label, field.name)}

    def _given(self, options, when):
        """Fields that the options give and this kind of request carries; on creation there is nothing to clear."""
        for field in self.fields:
            value = options.get(field.label)
            if field.sent and field.is_carried(when) and value is not None and not (value == "" and when == CREATE):
                yield field

    def fixed_differences(self, options, record):
        """Given options that differ from the record and that no call can change."""
        return [field for field in self._differing(options, record) if not field.is_carried(UPDATE)]

    def differences(self, options, record):
        """Given options that differ from the record and that an update can change."""
        return [field for field in self._differing(options, record) if field.is_carried(UPDATE)]

    def changing(self, options, record, *, write_only=False):
        """The options that an update has to send: those that differ, and if asked to those that no answer shows."""
        fields = self.differences(options, record)
        if write_only:
            fields += [field for field in self._given(options, UPDATE) if not field.is_comparable]
        return {key: options[key] for field in fields for key in (field.label, field.name)}

    def shows(self, changing, record):
        """Whether a record proves that an update with these options ran: it shows some of them, and none otherwise."""
        return any(name in record for name in changing) and not self.differences(changing, record)

    def refuse_fixed(self, options, record):
        """Raise Refused for given options that differ from the record and that no call can change."""
        fixed = sides(record, {field.label: options[field.label] for field in self.fixed_differences(options, record)})
        if fixed:
            told = (f"{label} of {self.noun} {record['name']!r} from {field['before']} to {field['after']}" for label, field in fixed.items())
            raise Refused(f"Cannot change {', '.join(told)}: the API sets it at creation only", differing=fixed)

    def _differing(self, options, record):
        for field in self.fields:
            wanted = options.get(field.name)
            if field.is_option and field.is_comparable and wanted is not None:
                current = "" if wanted == "" and record[field.name] is None else record[field.name]
                if not field.same(wanted, current):
                    yield field

    @functools.cached_property
    def has_id(self):
        """Templates and images are known by their names alone."""
        return any(field.name == self.key for field in self.fields)

    @functools.cached_property
    def _by_key(self):
        return operator.itemgetter(self.key)

    @functools.cached_property
    def _handles(self):
        """Functions from a record to what it may be called, best first."""
        return (self._by_key, *self.names) if self.has_id else self.names

    def handles(self, records):
        """By what each of these records is found, in their order: its name, its id where it has none or shares it, or None without either."""
        fold = str.casefold if self.fold_case else str
        shared = collections.Counter(fold(record["name"]) for record in records if record["name"])
        return [record["name"] if shared[fold(record["name"] or "")] == 1 else record.get("id") for record in records]

    def unreadable(self, *schemas):
        """Options of this noun, and of the ``schemas`` of its creation, that no answer shows."""
        shown = {word for field in self.fields if field.read for word in (field.name, field.read)}
        options = [field for schema in (self, *schemas) for field in schema.fields if field.is_option]
        return sorted({field.label for field in options if not shown & {field.name, field.sent, field.read}})

    def is_called(self, record, wanted):
        """Whether this is the record's id or one of its names."""
        return any(self._same_name(name(record), wanted) for name in self._handles)

    def _same_name(self, name, wanted):
        return bool(name) and (name.casefold() == wanted.casefold() if self.fold_case else name == wanted)

    def matches(self, records, wanted):
        """The records with this id, or else with exactly this name, or else with the next of their names."""
        for name in self._handles:
            found = [record for record in self._candidates(records, name, wanted) if self._same_name(name(record), wanted)]
            if found:
                return found
        return []

    def _candidates(self, records, name, wanted):
        """The records that may have this name: those that the listing's index knows, or all if it knows none."""
        if not isinstance(records, Listing):
            return records
        return records.called(name, wanted) or (() if name is self._by_key else records)

    def find(self, records, wanted, *, where="", optional=False):
        """The one record with this id, or else with exactly this name; no prefix, no pattern.

        Raises NotFound with the nearest names, Ambiguous with all matches. ``where`` ends the sentence ("in pool 'Sales'").
        """
        matches = self.matches(records, wanted)
        if len(matches) > 1:
            shown = ", ".join(f"{match['name']} (id {match[self.key]})" if self.has_id else match["name"] for match in matches)
            advice = "give the id of the one you mean" if self.has_id else "the API knows them by name alone, so rename one"
            raise Ambiguous(f"'{wanted}' fits {len(matches)} {self.plural}{where}: {shown}; {advice}")
        if matches:
            return matches[0]
        if optional:
            return None
        names = [record["name"] for record in records if record.get("name")]
        near = difflib.get_close_matches(wanted, names, n=3)
        if near:
            known = f"; did you mean {' or '.join(repr(name) for name in near)}?"
        elif names:
            known = f"; there are {', '.join(repr(name) for name in sorted(names)[:5])}" + (
                f" and {len(names) - 5} more" if len(names) > 5 else ""
            )
        else:
            known = f"; there are no {self.plural}{where}"
        raise NotFound(
            f"There is no {self.noun} '{wanted}'{where}{known}",
            creatable=self.creatable,
            near=near,
            name=wanted,
        )
