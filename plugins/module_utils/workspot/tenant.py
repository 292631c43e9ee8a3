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
from .resources.pools import find_pool, list_pools
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
        client.journal.check()
    with client.holding():
        _read_users(client, wanted, purge)
        desired.plan_all(client, items)
        unmanaged = _unmanaged(client, wanted, items, purge)
        removals = [removal(key, title, address) for key, title, address in unmanaged if key in purge]
        _refuse_endless(client, removals)
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
            refusal.partial = {**report, **desired.report(items, planned_only=False), "changed": False}
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
    for key, entries in wanted.items():
        _refuse_twice(key, entries)
    for key in params["purge"]:
        if all(entry.get("state") == "absent" for entry in wanted.get(key, ())):
            raise InvalidInput(f"purge: {key} without any {key} that stay would remove all there are; name those that shall stay")
    _check_desktops(wanted, params["purge"])
    _refuse_leaving(wanted)
    _check_memberships(wanted.get("applications") or (), wanted.get("bundles") or ())
    return set(params["purge"])


def _refuse_twice(key, entries):
    """An object has one state, so it stands in a list once."""
    kind, seen = KINDS[key], set()
    for entry in entries:
        title = kind.title(entry)
        folded = title.casefold() if kind.noun.schema.fold_case else title
        if folded in seen:
            raise InvalidInput(f"{key}: {title} is given twice in {key}")
        seen.add(folded)


def _check_desktops(wanted, purge):
    """Nobody knows which desktop somebody gets who gets any, so purge could take it away again."""
    if "desktops" in purge:
        pools = {desktop["pool"] for desktop in wanted["desktops"]}
        for assignment in wanted.get("assignments", ()):
            if assignment["pool"] in pools and not assignment["desktop"] and assignment["state"] != "absent":
                raise InvalidInput(
                    f"purge: desktops does not go with an assignment of any desktop of pool '{assignment['pool']}': name the desktop of '{assignment['user']}'"
                )


# What items may name of other kinds, as (kind that names, option, kind that is named).
REFERENCES = (
    ("groups", "bundle", "bundles"),
    ("applications", "bundles", "bundles"),
    ("bundles", "applications", "applications"),
    ("applications", "pool", "app_pools"),
    ("app_pools", "reference_pool", "app_pools"),
    ("pools", "gateway_cluster", "gateway_clusters"),
    ("applications", "gateway_cluster", "gateway_clusters"),
    ("templates", "clone_of", "templates"),
    ("desktops", "user", "users"),
    ("assignments", "user", "users"),
    ("global_desktops", "user", "users"),
)


def _named_by_others(wanted):
    """By kind, the names and ids of objects that items which stay refer to, with who does."""
    named = {key: {} for key in KINDS}
    for holder, option, kind in REFERENCES:
        for entry in wanted.get(holder, ()):
            given = entry[option] if entry.get("state") != "absent" else None
            for name in given if isinstance(given, list) else [given] if given else []:
                named[kind][name.casefold()] = f"{KINDS[holder].title(entry)} in {holder}"
    return named


def _refuse_leaving(wanted):
    """Raise InvalidInput if something shall be absent that another item refers to."""
    named = _named_by_others(wanted)
    for key, entries in wanted.items():
        for entry in entries:
            name = (entry.get("email") or entry.get("name") or "").casefold()
            if entry.get("state") == "absent" and name in named[key]:
                raise InvalidInput(f"{KINDS[key].title(entry)} in {key} shall be absent, and {named[key][name]} names it")


def _check_memberships(applications, bundles):
    """An application can name its bundles and a bundle its applications; both must say the same."""
    by_name = {bundle["name"]: bundle for bundle in bundles if bundle["applications"] is not None and bundle["state"] != "absent"}
    for application in applications:
        name = application["name"]
        if application["bundles"] is None:
            continue
        for bundle in by_name.values():
            has, says = name in bundle["applications"], bundle["name"] in application["bundles"]
            if (says and not has and bundle["purge_applications"]) or (has and not says and application["purge_bundles"]):
                raise InvalidInput(f"Application '{name}' and bundle '{bundle['name']}' do not agree on whether the one is in the other")


def _read_users(client, wanted, purge):
    """One report instead of one read a user, where that is cheaper; also for those that only assignments and desktops name."""
    emails = [item["email"] for item in wanted.get("users", ())]
    if len(emails) <= FEW_USERS and "users" not in purge:
        return
    emails += [item["user"] for key in ("desktops", "assignments") for item in wanted.get(key, ()) if item["user"]]
    known = {user["email"].casefold(): user for user in client.records(list_users)}
    # A report in which nobody has a cost center may have no such column: whoever shall have one is then read.
    if all(user["cost_center"] is None for user in known.values()):
        asking = {item["email"] for item in wanted.get("users", ()) if item["cost_center"] is not None}
        emails = [email for email in emails if email not in asking]
    for email in emails:
        client.seed((read_user, email), known.get(email.casefold()))


def _unmanaged(client, wanted, items, purge):
    """What is there in the part of the tenant that the desired state speaks of, and is not in it, as (kind, title, address)."""
    found = []
    # Whose objects could not be told may own anything.
    unsure = {type(item.noun) for item in items if item.error and item.record is None}
    named = _named_by_others(wanted)
    for key, entries in wanted.items():
        kind = KINDS[key]
        if type(kind.noun) in unsure or (key == "users" and not _all_users_known(client)):
            continue
        ours = {kind.identity(item.record) for item in items if item.record and isinstance(item.noun, type(kind.noun))}
        if key == "assignments" and key not in purge:
            # Desktops name their users, so a list of assignments, even an empty one, speaks of their pools as well.
            entries = [*entries, *wanted.get("desktops", ())]
        for title, address, identity in kind.present(client, entries) if entries else ():
            names = {str(text).casefold() for text in (title, *address.values())} | {title.rpartition("/")[2].casefold()}
            if identity not in ours and not names & named[key].keys():
                found.append((key, title, address))
    return found


def _all_users_known(client):
    """Without the report nothing tells who else is a user."""
    return client.age((list_users,)) < float("inf")


def _refuse_endless(client, removals):
    """A pool that builds a fresh desktop for a deleted one would never come to an end."""
    for item in removals:
        if item.kind == "desktops" and find_pool(client, item.options["pool"])["create_desktop_on_delete"]:
            raise Refused(f"purge: desktops would delete '{item.title}', whose pool builds a fresh one each time; set create_desktop_on_delete: false first")


def _populations(client, wanted, items):
    """What the guard's shares are shares of: the desktops of each pool, and all objects of every other kind that loses some."""
    populations = _pools_that_lose(client, items)
    for key in wanted:
        lost = sum(change.verb == "delete" for item in items if item.kind == key for change in item.writes)
        if lost and key not in ("desktops", "assignments") and (key != "users" or _all_users_known(client)):
            populations.append(Population(key, len(KINDS[key].present(client, wanted[key])), lost))
    return populations


def _pools_that_lose(client, items):
    """A Population for each pool whose desktops the plan takes away: one by one, by shrinking it, or with the users who have them."""
    taken, shrunk, leaving = {}, {}, {}
    for item in items:
        for change in item.writes:
            if change.place and change.place[0] is list_desktops and (change.destructive or change.verb == "pause"):
                taken.setdefault(change.place[1], set()).add(item.record.get("desktop_id") or item.record["id"])
            elif change.noun == "pool" and change.destructive:
                shrunk[change.name] = change.before["desktops"] - change.after["desktops"]
            elif change.noun == "user" and change.destructive:
                leaving[item.record["email"].casefold()] = {pool["id"] for pool in item.record["assigned_pools"]}
    left_by_users = set().union(*leaving.values())
    populations = []
    for pool in client.records(list_pools) if taken or shrunk or left_by_users else ():
        if pool["id"] in taken or pool["id"] in left_by_users or pool["name"] in shrunk:
            desktops = [desktop for desktop in desktops_of(client, pool) if desktop["status"] != "Deleting"]
            gone = taken.get(pool["id"], set()) | {desktop["id"] for desktop in desktops if (desktop["user"] or "").casefold() in leaving}
            usable = {desktop["id"] for desktop in desktops if desktop["status"] in RUNNING}
            fewer = shrunk.get(pool["name"], 0)
            title = f"pool '{pool['name']}'"
            populations.append(Population(title, len(desktops), len(gone) + fewer, len(usable), len(usable - gone) - fewer))
    return populations


def _tell(ctx, items, report):
    """What people see before anything is written."""
    for item in items:
        if not item.error:
            for remark in item.noun.remarks(item.options, item.record):
                ctx.warn(remark)
    if report["plan"]:
        ctx.progress(tenant_line(report["plan"], report["cost"], real=not ctx.check_mode and not report["objections"]))
    if report["objections"] and ctx.check_mode:
        ctx.warn(f"A real run would send nothing: {'; '.join(report['objections'])}")


def _outcome(report, items, *, planned_only):
    """The result, or the failure that carries it if an item could not be planned or led to its state."""
    report = {**report, **desired.report(items, planned_only=planned_only), **_not_comparable(items)}
    failed = [item for item in items if item.error]
    if failed:
        others = len({(item.kind, item.title) for item in failed}) - 1
        first, more = failed[0], f" (and {others} more)" if others else ""
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
