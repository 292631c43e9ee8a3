# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All users from the users report: one operation and one download, however many there are.

Source: contract, path /v1.0/reports/users; workspot-behaviour.md, section 3.3. The shape of the file is not published, so it is read
tolerantly: JSON or CSV, a list under any key, and column names without regard to case and separators.
"""

from __future__ import annotations

import csv
import io
import json

from ...core.errors import BadAnswer
from ...core.wait import Deadline
from ..client import Call
from ..downloads import make_and_fetch
from .users import USER

MAKE_REPORT = Call("generateAllUsersReportUsingGET", "GET", "/v1.0/reports/users")
# Seconds that the report of a large tenant may take.
LONGEST = 1800


def list_users(client):
    """Every user as a record, for as long as making the report takes at most; a place of the snapshot."""
    return all_users(client, Deadline(client.clock, LONGEST))


def all_users(client, deadline):
    """Every user as a record of USER. Ids of users, and what the report does not tell, are None."""
    content = make_and_fetch(client, MAKE_REPORT, "make the users report", deadline)
    return [_record(row) for row in rows_of(content)]


def rows_of(content, report="users report"):
    """The rows of a report on users as dictionaries with folded keys. Raises BadAnswer for anything but a list of objects with an e-mail address."""
    text = content.decode("utf-8-sig", "replace")
    try:
        rows = _list_in(json.loads(text))
    except ValueError:
        rows = list(csv.DictReader(io.StringIO(text)))
        if not rows and not _fold(text).startswith("email"):
            rows = None
    if rows is None or not all(isinstance(row, dict) for row in rows):
        raise BadAnswer(f"The {report} is neither JSON with a list of users nor CSV with an e-mail column; its format is not known here")
    rows = [{_fold(key): value for key, value in row.items() if key} for row in rows]
    if not all(row.get("email") for row in rows):
        raise BadAnswer(f"The {report} has rows without an e-mail address; its format is not known here")
    return rows


def _list_in(data):
    """The list that the data is, or the one under its keys that is of users by its name or its rows; None if that cannot be told."""
    if not isinstance(data, dict):
        return data if isinstance(data, list) else None
    lists = {_fold(key): value for key, value in data.items() if isinstance(value, list)}
    candidates = [rows for key, rows in lists.items() if key == "users" or any(_fold(name) == "email" for row in rows for name in _names(row))]
    (only,) = candidates if len(candidates) == 1 else lists.values() if not candidates and len(lists) == 1 else (None,)
    return only


def _names(row):
    return row if isinstance(row, dict) else ()


def _record(row):
    """A row as a record of USER. The report has no user ids and no addresses; a user's pools are those of his desktops and entitlements."""
    desktops, entitlements = _items(row.get("persistentdesktops"), "desktopname"), _items(row.get("nonpersistentpools"), "poolname")
    pools = [{"id": desktop.get("poolid"), "poolName": desktop.get("poolname")} for desktop in desktops if desktop.get("poolname")]
    pools += [{"id": pool.get("id"), "poolName": pool.get("poolname")} for pool in entitlements]
    unique = {pool["poolName"]: pool for pool in pools}
    wire = {
        "email": row["email"],
        "firstName": row.get("firstname"),
        "lastName": row.get("lastname"),
        "costCenter": row.get("costcenter"),
        "assignedDesktops": [{"id": desktop.get("id"), "desktopName": desktop.get("desktopname")} for desktop in desktops],
        "assignedPools": list(unique.values()),
    }
    return USER.record(wire)


def _items(value, name):
    """A list of objects, or of names with semicolons between them as CSV has it."""
    if isinstance(value, str):
        value = [part for part in value.split(";") if part]
    return [{_fold(key): field for key, field in item.items()} if isinstance(item, dict) else {name: str(item)} for item in value or []]


def _fold(key):
    return "".join(letter for letter in str(key).casefold() if letter.isalnum())
