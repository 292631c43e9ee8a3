# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a finished operation links, served as an object store serves them: whoever has the link may fetch it, until it expires."""

import hashlib
import hmac
import secrets
from urllib.parse import quote

from ..wire import Call, Reply, serves

_SIGNING_KEY = secrets.token_bytes(32)
_TYPES = {"json": "application/json", "csv": "text/csv", "png": "image/png", "msrincident": "application/x-msrincident"}


def link_origin(control, call: Call) -> str:
    return call.origin if control.switches.download_host == "self" else control.switches.download_host.rstrip("/")


def publish(control, origin: str, name: str, content: bytes, life: float | None = None) -> str:
    """Put a file up for so many simulated seconds (else as switch download_life_seconds says); returns its link."""
    life = control.switches.download_life_seconds if life is None else life
    key = f"{len(control.downloads) + 1}-{name}"
    control.downloads[key] = content
    expires = f"{control.timeline.now + life:.3f}"
    return f"{origin}/downloads/{quote(key, safe='')}?Expires={expires}&Signature={_sign(key, expires)}"


def _sign(key: str, expires: str) -> str:
    return hmac.new(_SIGNING_KEY, f"{key}\n{expires}".encode(), hashlib.sha256).hexdigest()


@serves("downloadFile", "GET /downloads/{key}", category=None, public=True)
def download(control, call: Call) -> Reply:
    """The link is the permission: any other credential is refused, as an object store does."""
    key, expires = call.slots["key"], call.query.get("Expires", "0")
    if "authorization" in call.headers:
        return _store_error(400, "InvalidArgument", "Only one auth mechanism allowed.")
    if not hmac.compare_digest(call.query.get("Signature", ""), _sign(key, expires)) or key not in control.downloads:
        return _store_error(403, "SignatureDoesNotMatch", "The signature does not match.")
    if float(expires) <= control.timeline.now:
        return _store_error(403, "AccessDenied", "Request has expired.")
    return Reply(200, raw=control.downloads[key], content_type=_TYPES[key.rpartition(".")[2]])


def _store_error(status: int, code: str, message: str) -> Reply:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return Reply(status, raw=text.encode(), content_type="application/xml")
