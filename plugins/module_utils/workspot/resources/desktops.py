# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What desktops are, how one is found, and what their states mean. Source: workspot-behaviour.md, sections 4.1 and 5.2."""

from __future__ import annotations

import functools
import operator

from ...core.errors import Refused
from ...core.schema import Field, Schema
from ...core.settle import IN_PROGRESS
from ..client import AKAMAI, AWS, AZURE, GCP, Call
from ..listed import select
from .pools import find_pool, list_pools

LIST = Call("getpoolDesktopsUsingGET", "GET", "/v1.0/pools/{poolId}/desktops", (AZURE, GCP, AWS, AKAMAI), "desktops")

READ = Call("desktopDetailsUsingGET", "GET", "/v1.0/pools/{poolId}/desktops/{desktopId}", (AZURE, GCP, AWS, AKAMAI))

# The words of the status field that are known; any other word is data: neither usable nor broken.
RUNNING = ("Online", "Ready", "Connect", "Connected", "Disconnect", "Disconnected")
IN_SESSION = ("Connect", "Connected", "Disconnect", "Disconnected")
BUSY = ("Provisioning", "Rebooting", "Redeploy")
# What Control hands out, while nobody has it, when somebody is to have any desktop of a pool.
FREE = ("Ready", "Online", "Offline")
BROKEN = ("Failed", "Error")
# The operation's error for too many creations under way: it was not made, and may be sent again later.
OUT_OF_SLOTS = "maxConcurrentProvisioningError"
# Mean time from start to end of one creation in the contract's example. Desktops are built one after another, never side by side, in whichever pools.
SECONDS_TO_BUILD, BUILDS = 247, "builds"


def first_label(record):
    """The computer name in a desktop's fully qualified domain name."""
    return (record["fqdn"] or "").partition(".")[0]


DESKTOP = Schema(
    noun="desktop",
    plural="desktops",
    names=(operator.itemgetter("name"), first_label),
    fold_case=True,
    creatable=True,
    fields=(
        Field("id", read="id"),
        Field("name", read="name"),
        Field("fqdn", read="fqdn"),
        Field("pool", read="poolName"),
        Field("pool_id", read="poolId"),
        Field("status", read="status"),
        Field("user", read="email", decode=lambda email: email or None),
        Field("ip_address", read="ipAddress"),
        Field("tags", read="tags", type="dict", decode=lambda tags: {tag.get("name") or "": tag.get("value") or "" for tag in tags}, missing={}),
    ),
)


def list_desktops(client, pool_id):
    """The desktops of a pool as records; a place of the snapshot."""
    return [DESKTOP.record(item) for item in client.list(LIST, f"list the desktops of pool {pool_id}", poolId=pool_id)]


def read_desktop(client, desktop_id, pool):
    """One desktop of a pool by its id as a record."""
    return DESKTOP.record(client.read(READ, f"read desktop {desktop_id} of pool '{pool['name']}'", poolId=pool["id"], desktopId=desktop_id))


def desktops_of(client, pool):
    """The records of a pool's desktops."""
    return client.records(list_desktops, pool["id"])


def desktop_now(client, pool, record):
    """The desktop of this record as last read in the pool, or None."""
    return DESKTOP.find(desktops_of(client, pool), record["id"], optional=True)


def desktops_called(client, pool_wanted, wanted):
    """The records of the desktops of one pool, or of all, that are called so; all if ``wanted`` is None."""
    if pool_wanted:
        pool = find_pool(client, pool_wanted)
        read = functools.partial(read_desktop, pool=pool)
        return select(client, DESKTOP, (list_desktops, pool["id"]), wanted, read)
    desktops = [desktop for pool in client.records(list_pools) for desktop in desktops_of(client, pool)]
    return [desktop for desktop in desktops if not wanted or DESKTOP.is_called(desktop, wanted)]


def find_desktop(client, pool_wanted, wanted, optional=False):
    """The record of one desktop of a pool, both by name or id."""
    pool = find_pool(client, pool_wanted)
    return choose_desktop(desktops_of(client, pool), wanted, where=f" in pool '{pool['name']}'", optional=optional)


def choose_desktop(records, wanted, *, where="", optional=False):
    """The one of these desktops; one that is being deleted counts only if there is no other."""
    matches = DESKTOP.matches(records, wanted)
    if len(matches) == 1 and matches[0]["status"] != "Deleting":
        return matches[0]
    staying = [record for record in records if record["status"] != "Deleting"]
    return DESKTOP.find(staying, wanted, where=where, optional=True) or DESKTOP.find(records, wanted, where=where, optional=optional)


def label(record):
    """How a desktop is called in plans and errors."""
    return f"{record['pool']}/{record['name'] or first_label(record) or record['id']}"


def has_session(record):
    """Whether somebody is signed in to the desktop, connected or not."""
    return record["status"] in IN_SESSION


def refuse_moving(client, record, doing):
    """Raise Refused while a move or upgrade of the desktop goes on: its disk is being copied. One without any trace may go on as well."""
    for method in ("move", "upgrade"):
        entry = client.journal.unfinished(f"{method} desktop {label(record)}")
        status = client.operation(entry["operation"]) if entry and entry["operation"] else None
        if entry and (status is None or status.state == IN_PROGRESS):
            raise Refused(
                f"Cannot {doing}: its {method} into another pool is not seen to have ended; run the task that began it again, which waits for the end"
            )


def refuse_in_session(record, doing, forced):
    """Raise Refused if somebody has a session on the desktop, unless forced."""
    if has_session(record) and not forced:
        raise Refused(f"Will not {doing}: somebody has a session on it ({record['status']}); log the user off or set 'force: true'")
