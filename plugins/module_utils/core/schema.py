# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an object of the API is like, as data: which option is which wire field, and what can be read back."""

from __future__ import annotations

import dataclasses
import difflib
import operator
from collections.abc import Callable

from .errors import Ambiguous, NotFound, Refused

CREATE, UPDATE = "create", "update"
BOTH, NEVER = (CREATE, UPDATE), ()


@dataclasses.dataclass(frozen=True)
class Field:
    """One property of a noun.

    ``name`` is the option and the returned key; ``sent`` and ``read`` are its wire names in requests and answers (the API often has two).
    A wire name may lead into objects and lists: ``domainToJoin.password``, ``regionalClusters.0.zone``.
    Without ``read`` the field is write-only: it can never drive ``changed``. ``when`` says which requests carry it. ``clear`` is the
    wire value that an empty option becomes, where the API can clear. ``decode`` turns a wire value into the user's, and ``missing`` is what
    a record has where the answer has nothing.

    A field that holds objects has their schema in ``of``. A field that refers to other objects holds their ids; its ``option`` takes names
    as well. A noun finds the ids before it asks the schema anything, and gives them beside the names.
    """

    name: str
    sent: str | None = None
    read: str | None = None
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
        return [field.label for field in self._given(options, when) if not field.read]

    def shown(self, options, when):
        """What the given options make of a record; references by name, with their ids beside them."""
        fields = [field for field in self._given(options, when) if field.read]
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
            fields += [field for field in self._given(options, UPDATE) if not field.read]
        return {key: options[key] for field in fields for key in (field.label, field.name)}

    def refuse_fixed(self, options, record):
        """Raise Refused for given options that differ from the record and that no call can change."""
        fixed = [
            f"{field.label} of {self.noun} {record['name']!r} from {record[field.label]} to {options[field.label]}"
            for field in self.fixed_differences(options, record)
        ]
        if fixed:
            raise Refused(f"Cannot change {', '.join(fixed)}: the API sets it at creation only")

    def _differing(self, options, record):
        for field in self.fields:
            wanted = options.get(field.name)
            if field.is_option and field.read and wanted is not None:
                current = "" if wanted == "" and record[field.name] is None else record[field.name]
                if not field.same(wanted, current):
                    yield field

    @property
    def has_id(self):
        """Templates and images are known by their names alone."""
        return any(field.name == self.key for field in self.fields)

    @property
    def _handles(self):
        """Functions from a record to what it may be called, best first."""
        return (operator.itemgetter(self.key), *self.names) if self.has_id else self.names

    def is_called(self, record, wanted):
        """Whether this is the record's id or one of its names."""
        return any(self._same_name(name(record), wanted) for name in self._handles)

    def _same_name(self, name, wanted):
        return bool(name) and (name.casefold() == wanted.casefold() if self.fold_case else name == wanted)

    def find(self, records, wanted, *, where="", optional=False):
        """The one record with this id, or else with exactly this name; no prefix, no pattern.

        Raises NotFound with the nearest names, Ambiguous with all matches. ``where`` ends the sentence ("in pool 'Sales'").
        """
        for name in self._handles:
            matches = [record for record in records if self._same_name(name(record), wanted)]
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
            what=f"{self.noun.capitalize()} '{wanted}'{where}",
            name=wanted,
        )
