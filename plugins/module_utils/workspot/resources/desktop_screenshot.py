# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of a desktop's login screen. Source: workspot-behaviour.md, sections 3.3 and 4.1."""

from __future__ import annotations

from ...core.errors import Refused
from ..client import AZURE, Call
from ..downloads import make_and_save
from .desktops import find_desktop, has_session, label
from .pools import find_pool

SCREENSHOT = Call("screenshotDesktopUsingPOST", "POST", "/v1.0/pools/{poolId}/desktops/{desktopId}/screenshotDesktop", (AZURE,))


def take_screenshot(ctx):
    """Save the picture; refused while somebody has a session, for then the API returns nothing."""
    pool, desktop = find_pool(ctx.client, ctx.params["pool"]), find_desktop(ctx.client, ctx.params["pool"], ctx.params["name"])
    doing = f"take a screenshot of desktop '{label(desktop)}'"
    SCREENSHOT.require(pool, doing)
    if has_session(desktop):
        raise Refused(f"Cannot {doing}: somebody has a session on it ({desktop['status']}), and only the login screen is shown")
    if desktop["status"] not in ("Online", "Ready"):
        raise Refused(f"Cannot {doing}: it is {desktop['status']}, and only a running desktop has a screen")
    return make_and_save(ctx, SCREENSHOT, doing, poolId=pool["id"], desktopId=desktop["id"])
