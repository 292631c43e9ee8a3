# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole tenant, or any part of it, led to its desired state in one go: the engine behind workspot_tenant."""

from __future__ import annotations

from ..core import desired, guard
from ..core.desired import ItemsFailed
from ..core.drift import drift_of
from ..core.errors import InvalidInput, Refused
from ..core.guard import GUARD, Population
from ..core.journal import Journal
from ..core.render import tenant_line
from .kinds import KINDS, expand, removal
from .resources.desktops import RUNNING, desktops_of, list_desktops
from .resources.pools import list_pools
from .resources.users import read_user
from .resources.users_report import list_users

OPTIONS = {
    **{key: kind.argument for key, kind in KINDS.items()},
    "purge": {"type": "list", "elements": "str", "choices": [key for key, kind in KINDS.items() if kind.removable], "default": []},
    "on_error": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
    "journal": {"type": "path"},
    "wait_timeout": {"type": "int", "default": 7200},
    "poll_interval": {"type": "int", "default": 5},
    **GUARD["options"],
}
# Up to this many users are read one by one; more cost less in the users report, however many they are.
FEW_USERS = 4


def lead(ctx):
    """Plan everything, judge the plan, and unless in check mode carry it out. Returns the task's result; raises FleetError.

    Nothing is written before everything is planned and the guard has nothing against it.
    """
    wanted = {key: ctx.params[key] for key in KINDS if ctx.params[key] is not None}
    purge = _check(ctx.params, wanted)
    items = [item for key in wanted for entry in wanted[key] for item in expand(key, entry, wanted)]
    desired.check_all(items)
    client = ctx.client
    if ctx.params["journal"]:
        client.journal = Journal(ctx.params["journal"], client.clock)
    with client.holding():
        _read_users(client, wanted, purge)
        desired.plan_all(client, items)
        unmanaged = _unmanaged(client, wanted, items)
        removals = [removal(key, title, address) for key, title, address in unmanaged if key in purge]
        desired.plan_all(client, removals)
        items += removals
        writes = [change for item in items for change in item.writes]
        objections = guard.objections(ctx.params["guard"], writes, _populations(client, wanted, items))
        report = {
            "changed": bool(writes),
            "plan": desired.describe(items),
            "cost": client.cost(desired.plan_of(items)),
            "diff": desired.diffs(items),
            "objections": objections,
            "drift": drift_of(items, [(key, title) for key, title, _address in unmanaged if key not in purge]),
        }
        _tell(ctx, items, report)
        if ctx.check_mode:
            return _outcome(report, items, planned_only=True)
        stop = ctx.params["on_error"] == "stop"
        if objections:
            refusal = Refused(f"Nothing was sent: {'; '.join(objections)}")
            refusal.partial = {**report, "changed": False}
            raise refusal
        if not (stop and any(item.error for item in items)):
            desired.apply_all(client, items, ctx.params["wait_timeout"], go_on=not stop)
        report["changed"] = any(item.work and item.work.sent for item in items)
        return _outcome(report, items, planned_only=False)


def _check(params, wanted):
    """The kinds whose unmanaged objects shall go. Raises InvalidInput."""
    guard.check(params["guard"])
    if not wanted:
        raise InvalidInput(f"Nothing is asked for; give at least one of {', '.join(KINDS)}")
    for key in params["purge"]:
        if not wanted.get(key):
            raise InvalidInput(f"purge: {key} without any {key} would remove all there are; name those that shall stay")
    _check_memberships(wanted.get("applications") or (), wanted.get("bundles") or ())
    return set(params["purge"])


def _check_memberships(applications, bundles):
    """An application can name its bundles and a bundle its applications; both must say the same."""
    by_name = {bundle["name"]: bundle for bundle in bundles if bundle["applications"] is not None and bundle["state"] != "absent"}
    for application in applications:
        name = application["name"]
        for bundle in by_name.values():
            has = name in bundle["applications"]
            if has and application["state"] == "absent":
                raise InvalidInput(f"Bundle '{bundle['name']}' lists application '{name}', which shall be absent")
            if application["bundles"] is None:
                continue
            says = bundle["name"] in application["bundles"]
            if (says and not has and bundle["purge_applications"]) or (has and not says and application["purge_bundles"]):
                raise InvalidInput(f"Application '{name}' and bundle '{bundle['name']}' do not agree on whether the one is in the other")


def _read_users(client, wanted, purge):
    """One report instead of one read a user, where that is cheaper; also for those that only assignments and desktops name."""
    emails = [item["email"] for item in wanted.get("users", ())]
    if len(emails) <= FEW_USERS and "users" not in purge:
        return
    emails += [item["user"] for key in ("desktops", "assignments") for item in wanted.get(key, ()) if item["user"]]
    known = {user["email"].casefold(): user for user in client.records(list_users)}
    for email in emails:
        client.seed((read_user, email), known.get(email.casefold()))


def _unmanaged(client, wanted, items):
    """What is there in the part of the tenant that the desired state speaks of, and is not in it, as (kind, title, address)."""
    found = []
    for key, entries in wanted.items():
        kind = KINDS[key]
        # Without the report nothing tells who else is a user.
        if entries and not (key == "users" and client.age((list_users,)) == float("inf")):
            ours = {kind.identity(item.record) for item in items if item.record and isinstance(item.noun, type(kind.noun))}
            found += [(key, title, address) for title, address, identity in kind.present(client, entries) if identity not in ours]
    return found


def _populations(client, wanted, items):
    """What the guard's shares are shares of: the desktops of each pool, and all objects of every other kind that loses some."""
    writes = [change for item in items for change in item.writes]
    populations = []
    for pool in client.records(list_pools) if any(change.noun in ("desktop", "pool") for change in writes) else ():
        place = (list_desktops, pool["id"])
        taken = {change.name for change in writes if change.place == place and (change.destructive or change.verb == "pause")}
        shrinking = [
            change.before["desktops"] - change.after["desktops"] for change in writes if change.destructive and change.name == pool["name"]
        ]
        if taken or shrinking:
            desktops = desktops_of(client, pool)
            lost = len(taken) + sum(shrinking)
            available = sum(desktop["status"] in RUNNING for desktop in desktops)
            populations.append(Population(f"pool '{pool['name']}'", len(desktops), available, lost, lost))
    for key in wanted:
        lost = sum(change.verb == "delete" for item in items if item.kind == key for change in item.writes)
        if lost and key not in ("desktops", "assignments"):
            total = len(KINDS[key].present(client, wanted[key])) if key != "users" or client.age((list_users,)) < float("inf") else lost
            populations.append(Population(key, total, total, lost, lost))
    return populations


def _tell(ctx, items, report):
    """What people see before anything is written."""
    for item in items:
        if not item.error:
            for remark in item.noun.remarks(item.options, item.record):
                ctx.warn(remark)
    if report["plan"]:
        ctx.progress(tenant_line(report["plan"], report["cost"]))
    if report["objections"] and ctx.check_mode:
        ctx.warn(f"A real run would send nothing: {'; '.join(report['objections'])}")


def _outcome(report, items, *, planned_only):
    """The result, or the failure that carries it if an item could not be planned or led to its state."""
    report = {**report, **desired.report(items, planned_only=planned_only), **_not_comparable(items)}
    failed = [item for item in items if item.error]
    if failed:
        first, more = failed[0], f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        error = ItemsFailed(f"{first.title} in {first.kind}: {first.error}{more}")
        error.partial = report
        raise error
    return report


def _not_comparable(items):
    """Fields that were sent, or would be, and that no read can confirm, by kind."""
    fields = {}
    for item in items:
        for name in [] if item.error else item.noun.not_comparable(item.options, item.plan):
            fields.setdefault(item.kind, set()).add(name)
    return {"not_comparable": {kind: sorted(names) for kind, names in fields.items()}} if fields else {}
