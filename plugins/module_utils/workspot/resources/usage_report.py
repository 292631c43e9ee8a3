# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of active users. Source: workspot-behaviour.md, section 3.3; the vendor's guide."""

from __future__ import annotations

import datetime

from ...core.errors import InvalidInput
from ..client import Call
from ..downloads import make_and_save

MAKE_REPORT = Call("usageReportUsingPOST", "POST", "/v1.0/reports/generateusagereport")
MOST_DAYS = 30


def save_usage_report(ctx):
    """Have the report made for the days from start to end, both included, and save it."""
    start, end = (_day(ctx.params[name], name) for name in ("start", "end"))
    today = datetime.datetime.now(datetime.timezone.utc).date()
    if end < start:
        raise InvalidInput(f"The report would end on {end}, before it starts on {start}")
    if end > today:
        raise InvalidInput(f"A usage report tells what was, and {end} is still to come: it is {today} in UTC")
    if (end - start).days > MOST_DAYS:
        raise InvalidInput(f"A usage report covers {MOST_DAYS} days at most, and {start} to {end} are {(end - start).days}")
    if (today - start).days > MOST_DAYS:
        raise InvalidInput(f"A usage report reaches {MOST_DAYS} days back at most, and {start} is {(today - start).days} days ago")
    body = {"start": start.isoformat(), "end": end.isoformat(), "format": ctx.params["format"].upper()}
    return make_and_save(ctx, MAKE_REPORT, f"make the usage report from {start} to {end}", body)


def _day(text, name):
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise InvalidInput(f"{name} is a date such as 2026-05-31, not '{text}'") from None
