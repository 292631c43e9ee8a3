# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports, made in the background and fetched by a pre-signed link (behaviour notes, 3.3).

Of the report of all users neither the shape nor the name of the field with the link's life is published; here it is {"Users": [...]}
(or the same as CSV), and the field is `expiresIn`, in seconds. Of the usage report the name of the array is known, of its columns
the meaning of some.
"""

import csv
import io
import json
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone

from ..ids import number_from
from ..wire import Call, Reply, serves
from .downloads import link_origin, publish
from .errors import invalid
from .operations import accepted

MOST_DAYS = 30


@serves("generateAllUsersReportUsingGET", "GET /v1.0/reports/users")
def make_users_report(control, call: Call) -> Reply:
    kind = control.switches.users_report_format
    origin = link_origin(control, call)

    def work() -> dict:
        rows = _user_rows(control)
        if not control.switches.users_report_cost_centers:
            rows = [{column: value for column, value in row.items() if column != "costCenter"} for row in rows]
        content = json.dumps({"Users": rows}).encode() if kind == "json" else _as_csv(rows)
        url = publish(control, origin, f"users.{kind}", content)
        return {"downloadUrl": url, "expiresIn": int(control.switches.download_life_seconds)}

    return accepted(control, call, control.operations.run(control.switches.report_seconds, work))


def _user_rows(control) -> list[dict]:
    desktops = defaultdict(list)
    for desktop in control.desktops.values():
        if desktop.email:
            desktops[desktop.email.lower()].append(desktop)
    return [
        {"email": user.email, "firstName": user.first_name, "lastName": user.last_name, "role": user.role,
         "costCenter": user.cost_center, "groups": user.groups, "lastLogin": user.last_login,
         "persistentDesktops": [{"id": desktop.id, "desktopName": desktop.name, "poolId": desktop.pool.id, "poolName": desktop.pool.name}
                                for desktop in desktops[user.email.lower()]],
         "nonPersistentPools": [{"id": pool.id, "poolName": pool.name} for pool in user.pools]}
        for user in control.users.values()
    ]  # fmt: skip


def _as_csv(rows: list[dict]) -> bytes:
    """Lists become names with a semicolon between them."""
    text = io.StringIO()
    columns = ("email", "firstName", "lastName", "role", "costCenter", "groups", "lastLogin", "persistentDesktops", "nonPersistentPools")
    writer = csv.DictWriter(text, [column for column in columns if not rows or column in rows[0]])
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "groups": ";".join(row["groups"]), "persistentDesktops": ";".join(item["desktopName"] for item in row["persistentDesktops"]),
                         "nonPersistentPools": ";".join(item["poolName"] for item in row["nonPersistentPools"])})  # fmt: skip
    return text.getvalue().encode()


# ---- Usage

@serves("usageReportUsingPOST", "POST /v1.0/reports/generateusagereport")
def make_usage_report(control, call: Call) -> Reply:
    """Up to 30 days of the last 30; without dates, all of them."""
    body, today = call.json(), datetime.fromtimestamp(control.timeline.now, timezone.utc).date()
    first, last = _day(body, "start", today - timedelta(MOST_DAYS)), _day(body, "end", today)
    kind, origin = str(body.get("format") or "JSON"), link_origin(control, call)
    if kind not in ("JSON", "CSV"):
        raise invalid("format is JSON or CSV.")
    if first > last or (last - first).days > MOST_DAYS:
        raise invalid(f"start is not after end, and at most {MOST_DAYS} days before it.")
    if (today - first).days > MOST_DAYS:
        raise invalid(f"start is at most {MOST_DAYS} days back.")

    def work() -> dict:
        rows = [_usage(user, first, min(last, today)) for user in control.users.values()]
        content = json.dumps({"UsersUsage": rows}).encode() if kind == "JSON" else _usage_as_csv(rows)
        return {"downloadUrl": publish(control, origin, f"usage.{kind.lower()}", content)}

    return accepted(control, call, control.operations.run(control.switches.report_seconds, work))


def _day(body: dict, field: str, default: date) -> date:
    try:
        return datetime.strptime(body[field], "%Y-%m-%d").date() if body.get(field) else default
    except (TypeError, ValueError):
        raise invalid(f"{field} is a day, as YYYY-MM-DD.") from None


def _usage(user, first: date, last: date) -> dict:
    """Made up, but always the same for one user and range."""
    working_days = sum((first + timedelta(n)).weekday() < 5 for n in range((last - first).days + 1))
    daily = number_from(user.id) % 9
    return {"email": user.email, "firstName": user.first_name, "lastName": user.last_name, "costCenter": user.cost_center,
            "hoursSpent": daily * working_days, "sessionsStarted": (daily > 0) * working_days, "lastLogin": user.last_login}


def _usage_as_csv(rows: list[dict]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["email", "firstName", "lastName", "costCenter", "hoursSpent", "sessionsStarted", "lastLogin"])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
