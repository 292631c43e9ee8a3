# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of all users, made in the background and fetched by a pre-signed link (behaviour notes, 3.3).

Neither the shape of the file nor the name of the field with the link's life is published; here the file is {"Users": [...]}
(or the same as CSV) and the field is `expiresIn`, in seconds.
"""

import csv
import hashlib
import hmac
import io
import json
import secrets
from collections import defaultdict

from ..wire import Call, Reply, serves
from .operations import accepted

_SIGNING_KEY = secrets.token_bytes(32)


@serves("generateAllUsersReportUsingGET", "GET /v1.0/reports/users")
def make_users_report(control, call: Call) -> Reply:
    kind = control.switches.users_report_format
    origin = call.origin if control.switches.download_host == "self" else control.switches.download_host.rstrip("/")

    def work() -> dict:
        rows = _user_rows(control)
        content = json.dumps({"Users": rows}).encode() if kind == "json" else _as_csv(rows)
        return publish(control, origin, f"users.{kind}", content)

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
    writer = csv.writer(text)
    writer.writerow(["email", "firstName", "lastName", "role", "costCenter", "groups", "lastLogin", "persistentDesktops", "nonPersistentPools"])
    for row in rows:
        flat = {**row, "groups": ";".join(row["groups"]), "persistentDesktops": ";".join(item["desktopName"] for item in row["persistentDesktops"]),
                "nonPersistentPools": ";".join(item["poolName"] for item in row["nonPersistentPools"])}  # fmt: skip
        writer.writerow(flat[column] for column in ("email", "firstName", "lastName", "role", "costCenter", "groups", "lastLogin",
                                                    "persistentDesktops", "nonPersistentPools"))  # fmt: skip
    return text.getvalue().encode()


# ---- Downloads, as an object store serves them

def publish(control, origin: str, name: str, content: bytes) -> dict:
    """Put a file up for download; returns the `details` of the operation that made it."""
    life = control.switches.download_life_seconds
    key = f"{len(control.reports) + 1}-{name}"
    control.reports[key] = content
    expires = f"{control.timeline.now + life:.3f}"
    url = f"{origin}/downloads/{key}?Expires={expires}&Signature={_sign(key, expires)}"
    return {"downloadUrl": url, "expiresIn": int(life)}


def _sign(key: str, expires: str) -> str:
    return hmac.new(_SIGNING_KEY, f"{key}\n{expires}".encode(), hashlib.sha256).hexdigest()


@serves("downloadFile", "GET /downloads/{key}", category=None, public=True)
def download(control, call: Call) -> Reply:
    """The link is the permission: any other credential is refused, as an object store does."""
    key, expires = call.slots["key"], call.query.get("Expires", "0")
    if "authorization" in call.headers:
        return _store_error(400, "InvalidArgument", "Only one auth mechanism allowed.")
    if not hmac.compare_digest(call.query.get("Signature", ""), _sign(key, expires)) or key not in control.reports:
        return _store_error(403, "SignatureDoesNotMatch", "The signature does not match.")
    if float(expires) <= control.timeline.now:
        return _store_error(403, "AccessDenied", "Request has expired.")
    kind = "application/json" if key.endswith(".json") else "text/csv"
    return Reply(200, raw=control.reports[key], content_type=kind)


def _store_error(status: int, code: str, message: str) -> Reply:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return Reply(status, raw=text.encode(), content_type="application/xml")
