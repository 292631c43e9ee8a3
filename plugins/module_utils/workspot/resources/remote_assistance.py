# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An invitation to help in a user's session. Source: workspot-behaviour.md, sections 3.3 and 4.1; the vendor's guide."""

from __future__ import annotations

from ...core.errors import Refused
from ...core.plan import Change
from ...core.render import diff
from ..client import AZURE, Call
from ..downloads import make_and_save
from .desktops import has_session, label
from .user_action import USER_ACTION, session_desktop

INVITE = Call("remoteAssistUserUsingPOST", "POST", "/v1.0/users/{email}/remoteAssistanceInvitation", (AZURE,))

OPTIONS = {"password_for_expert": {"type": "str", "no_log": True}, "dest": {"type": "path"}}


def invite(ctx):
    """Save the .msrincident file, which is good for an hour, together with the password that the expert will need."""
    USER_ACTION.check(ctx.params)
    user = USER_ACTION.observe(ctx.client, ctx.params)
    pool, desktop = session_desktop(ctx.client, user, ctx.params)
    doing = f"invite '{user['email']}' to remote assistance on desktop '{label(desktop)}'"
    INVITE.require(pool, doing)
    if not has_session(desktop):
        raise Refused(f"Cannot {doing}: there is no session on it ({desktop['status']})")
    body = {"desktopId": desktop["id"], "poolId": pool["id"], "password": ctx.params["password_for_expert"]}
    step = Change("invite", "user", user["email"], doing)
    return {**make_and_save(ctx, INVITE, doing, body, email=user["email"]), "user": user, "changes": [step.describe()], "diff": diff([])}
