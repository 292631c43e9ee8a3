# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two shapes in which a farm says no (behaviour notes, 1.4)."""

from ..wire import Refusal, Reply

MEDIA_TYPE = "application/json; api-version=1.0"
TITLES = {401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests"}


class RasRefusal(Refusal):
    def __init__(self, status: int, data: dict, description: str):
        super().__init__(status, "", description)
        self.reply = Reply(status, data, content_type=MEDIA_TYPE)


def problem(status: int, detail: str) -> RasRefusal:
    """Problem details, as 401 and 404 have them."""
    return RasRefusal(status, {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}, detail)


def refused(text: str) -> RasRefusal:
    """A refused operation; its code 0 is an error all the same."""
    return RasRefusal(400, {"code": 0, "msg": text}, text)


def not_found(farm, noun: str, number) -> RasRefusal:
    text = f"There is no {noun} {number}."
    return refused(text) if farm.switches.ras_not_found_status == 400 else problem(404, text)
