# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to a user's session on a desktop. Source: workspot-behaviour.md, section 4.1."""

from __future__ import annotations

from ...core.errors import InvalidInput
from ...core.plan import DONE, MOVING, UNSEEN, Change
from ..client import AWS, AZURE, GCP, Call
from .desktops import desktop_now, has_session, label, list_desktops

LOG_OFF = Call("logoffUserUsingPOST", "POST", "/v1.0/users/{email}/logoff", (AZURE, GCP, AWS))
SEND_MESSAGE = Call("sendMessageToUserUsingPOST", "POST", "/v1.0/users/{email}/sendMessage", (AZURE, GCP, AWS))

LONGEST_MESSAGE = 250
# No duration is published for commands to a session; the expectation that a plan's ETA is made of.
SECONDS = 10


def check_message(text):
    if text is not None and not 1 <= len(text) <= LONGEST_MESSAGE:
        raise InvalidInput(f"A message has 1 to {LONGEST_MESSAGE} characters, this one {len(text)}")


def message(client, pool, desktop, user, text, seconds, stage=0):
    """Show a message on the desktop. Nothing tells whether it was shown; to see it twice does less harm than to miss it."""
    doing = f"show a message to '{user}' on desktop '{label(desktop)}'"
    SEND_MESSAGE.require(pool, doing)
    body = {"desktopId": desktop["id"], "poolId": pool["id"], "message": text, "displayDuration": seconds}
    return Change(
        "message",
        "user",
        user,
        doing,
        after={"message": text},
        send=lambda: client.call(SEND_MESSAGE, doing, body, email=user),
        stage=stage,
        seconds=SECONDS,
    )


def log_off(client, pool, desktop, user, stage=0):
    """End the user's session on the desktop."""
    doing = f"log '{user}' off desktop '{label(desktop)}'"
    LOG_OFF.require(pool, doing)
    body = {"desktopId": desktop["id"], "poolId": pool["id"]}

    def seen():
        now = desktop_now(client, pool, desktop)
        return UNSEEN if now and has_session(now) else DONE

    return Change(
        "log off",
        "user",
        user,
        doing,
        before={"status": desktop["status"]},
        after={"status": "Ready"},
        send=lambda: client.call(LOG_OFF, doing, body, email=user),
        seen=seen,
        place=(list_desktops, pool["id"]),
        stage=stage,
        repeatable=False,
        destructive=True,
        seconds=SECONDS,
    )


def end_of_session(client, pool, desktop, stage, grace=None):
    """Waiting until nobody has a session on the desktop, or until the grace in seconds is over."""
    until = None if grace is None else client.clock.time() + grace

    def seen():
        now = desktop_now(client, pool, desktop)
        waited_enough = until is not None and client.clock.time() >= until
        return MOVING if now and has_session(now) and not waited_enough else DONE

    doing = f"wait for the end of the session on desktop '{label(desktop)}'"
    return Change(
        "wait for", "session", label(desktop), doing, seen=seen, place=(list_desktops, pool["id"]), stage=stage, seconds=grace or 0
    )
