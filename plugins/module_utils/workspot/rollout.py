# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One action on many desktops with all rails: the engine behind workspot_rollout."""

from __future__ import annotations

import dataclasses
import datetime
import re

from ..core import guard
from ..core.client import check_numbers
from ..core.errors import InvalidInput, Refused
from ..core.forecast import Expected, ImaginedCrew, forecast
from ..core.guard import GUARD, Population
from ..core.journal import Journal
from ..core.logbook import END, NEVER, Logbook, NoLogbook, digest_of
from ..core.plan import Plan
from ..core.render import counted, described, diff
from ..core.rollout import AS_IT_SHALL_BE, RolloutStopped
from ..core.wait import duration
from ..core.waves import DONE, FAILED, NOT_ATTEMPTED, SKIPPED, WAITING, Limits, Rollout, Target, waves_of
from . import acts, selection
from .crew import DesktopCrew
from .resources.desktops import RUNNING, desktops_of, label
from .resources.sessions import check_message
from .selection import SELECT

OPTIONS = {
    "select": SELECT,
    "action": {"type": "str", "choices": list(acts.KINDS), "required": True},
    "target_pool": {"type": "str"},
    **acts.DOMAIN,
    "days": {"type": "int"},
    "forever": {"type": "bool", "default": False},
    "tags": {"type": "dict"},
    "force": {"type": "bool", "default": False},
    "session_policy": {"type": "str", "choices": ["skip", "wait", "force"], "default": "skip"},
    "session_sources": {"type": "str", "choices": ["both", "status"], "default": "both"},
    "text": {"type": "str"},
    "grace": {"type": "int", "default": 300},
    "waves": {
        "type": "dict",
        "options": {"canary": {"type": "int", "default": 0}, "size": {"type": "int"}, "percent": {"type": "int"}},
        "mutually_exclusive": [("size", "percent")],
    },
    "spacing": {"type": "int", "default": 0},
    "max_outstanding": {"type": "int", "default": 10},
    "max_failures": {"type": "int", "default": 0},
    "max_unhealthy_percent": {"type": "int", "default": 20},
    "deadline": {"type": "str"},
    "journal": {"type": "path"},
    "repeat_after": {"type": "int", "default": 0},
    "stop_file": {"type": "path"},
    "wait_timeout": {"type": "int", "default": 3600},
    "poll_interval": {"type": "int", "default": 15},
    **GUARD["options"],
}
LEAST = {"grace": 0, "spacing": 0, "max_outstanding": 1, "max_failures": 0, "max_unhealthy_percent": 0, "repeat_after": NEVER}
# What makes it another rollout if it changes; rails may be set otherwise when a run is continued.
IDENTITY = ("url", "region", "select", "action", "target_pool", "days", "forever", "tags", "text")


@dataclasses.dataclass
class Planned:
    """What a target would get as things stand now: changes, or the sentence why none."""

    record: dict | None
    plan: Plan
    why_not: str = ""


def roll_out(ctx):
    """Select, plan, judge, and unless in check mode act wave by wave. Returns the task's result; raises FleetError."""
    task, client = ctx.params, ctx.client
    until = _check(task, client.clock)
    logbook = NoLogbook()
    if task["journal"]:
        logbook = Logbook(task["journal"], digest_of(_identity(task)), client.clock, task["repeat_after"])
        client.journal = Journal(f"{task['journal']}.writes", client.clock)
    with client.holding():
        waves = logbook.waves or logbook.recall(_waves(ctx))
        pool_ids = sorted({target.group for wave in waves for target in wave})
        crew = DesktopCrew(client, logbook, task, pool_ids)
        limits = Limits(task["max_outstanding"], task["spacing"], until, task["max_failures"], task["wait_timeout"])
        rollout = Rollout(waves, crew, limits)
        planned = {target.id: _plan(crew, target) for target in rollout.targets if target.status == WAITING}
        report = _report(ctx, rollout, crew, pool_ids, planned)
        if ctx.check_mode:
            return _foretold(ctx, rollout, crew, planned, report)
        if report["objections"]:
            refusal = Refused(f"Nothing was sent: {'; '.join(report['objections'])}")
            _foretold(ctx, rollout, crew, planned, report)
            refusal.partial = {**report, **_results(rollout), "changed": False}
            raise refusal
        for target in rollout.targets:
            if target.status == WAITING and planned[target.id].why_not == AS_IT_SHALL_BE and not target.begun:
                target.end(SKIPPED, AS_IT_SHALL_BE)
        if logbook.waves or _count(rollout, WAITING):
            logbook.open(waves)
            try:
                rollout.run(report["cost"]["eta_s"])
                if not rollout.stopped_because and not _count(rollout, FAILED):
                    logbook.note(END)
            finally:
                logbook.close()
        return _outcome(ctx, rollout, crew, report)


def _check(task, clock):
    """The deadline on the clock. Raises InvalidInput."""
    selection.check(task["select"])
    guard.check(task["guard"])
    check_message(task["text"])
    check_numbers(task, LEAST)
    check_numbers(task["waves"] or {}, {"canary": 0, "size": 1, "percent": 1}, within="waves.")
    if task["repeat_after"] and not task["journal"]:
        raise InvalidInput("repeat_after needs a journal, which remembers what is done")
    acts.check(task)
    return _deadline(task["deadline"], clock)


def _identity(task):
    """What is asked for. A memory is of all that had the same done, whichever desktops a run selects; a warning is a rail, and a message an act."""
    passing = {"select"} if task["repeat_after"] else set()
    passing |= {"text"} if task["action"] != "message" else set()
    return {name: task[name] for name in IDENTITY if name not in passing}


def _deadline(text, clock):
    """Seconds from now, or the next time that the clock of this machine shows this time of day."""
    if text is None:
        return None
    if re.fullmatch(r"\d+", text):
        return clock.time() + int(text)
    try:
        at = datetime.time.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"deadline is a number of seconds or a time of day such as '22:30', not '{text}'") from None
    now = datetime.datetime.now()
    then = datetime.datetime.combine(now.date(), at)
    return clock.time() + (then - now).total_seconds() % 86400


def _waves(ctx):
    select, given = ctx.params["select"], ctx.params["waves"] or {}
    targets = [Target(desktop["id"], label(desktop), desktop["pool_id"]) for desktop in selection.selected(ctx.client, select)]
    for remark in selection.remarks(ctx.client, select):
        ctx.warn(remark)
    return waves_of(targets, given.get("canary") or 0, given.get("size"), given.get("percent"))


def _plan(crew, target):
    """As if its turn was now; an act that an earlier run began is found in the journals."""
    record = crew.record(target)
    if target.begun:
        crew.find_begun(target)
    try:
        plan = crew.foresee(target)
    except (Refused, InvalidInput) as error:
        return Planned(record, Plan(), str(error))
    return Planned(record, plan, "" if plan.changes else AS_IT_SHALL_BE)


def _report(ctx, rollout, crew, pool_ids, planned):
    """What is known before anything is sent."""
    task, client, kind = ctx.params, ctx.client, crew.kind
    pools = {pool_id: desktops_of(client, crew.pool(pool_id)) for pool_id in pool_ids}
    available = {pool_id: sum(desktop["status"] in RUNNING for desktop in desktops) for pool_id, desktops in pools.items()}
    to_do = [target for target in rollout.targets if target.id in planned and not planned[target.id].why_not]
    writes = [change for target in to_do for change in planned[target.id].plan.writes]
    populations = []
    for pool_id, desktops in pools.items():
        taken = [planned[target.id].record for target in to_do if kind.down and target.group == pool_id and not target.begun]
        in_reach = sum((record or {}).get("status") in RUNNING for record in taken)
        name, usable = f"pool '{crew.pool(pool_id)['name']}'", available[pool_id]
        populations.append(Population(name, len(desktops), len(taken), available=usable, left=usable - in_reach))
    rails = dict(task["guard"] or {})
    least = rails.get("min_available")
    if kind.returns:
        # What comes back is missed for a while only: then the rail counts at every start.
        rails["min_available"] = None
    imagined = ImaginedCrew(
        {target.id: _expected(task, crew, target, planned[target.id]) for target in to_do},
        available,
        least if kind.returns else None,
        client.poll_interval,
        {"read": task["reads_per_minute"], "write": task["writes_per_minute"], "poll": (task["reads_per_minute"] + 1) // 2},
        {"read": client.usage()["reads"], "write": client.usage()["logins"]},
        len(pools) + crew.usage.reads if kind.disturbs else 0,
        task["max_outstanding"],
    )
    return {
        "changed": bool(writes),
        "waves": [[target.name for target in wave] for wave in rollout.waves],
        "plan": [described("desktops", target.name, change) for target in to_do for change in planned[target.id].plan.writes],
        "cost": forecast(rollout.waves, imagined, rollout.limits),
        "diff": [diff(planned[target.id].plan.writes) for target in to_do],
        "objections": [*guard.objections(rails, writes, populations), *([crew.outage()] if crew.outage() else [])],
    }


def _expected(task, crew, target, planned):
    kind = crew.kind
    looks = {"down": kind.down, "listed": not kind.for_sessions, "asks": kind.asks}
    if target.begun:
        return Expected(0, max((change.seconds for change in planned.plan.changes), default=0), writes=0, reads=0, **looks)
    notice = task["grace"] if crew.warns(planned.record) else 0
    seconds = sum(max(change.seconds for change in stage) for stage in planned.plan.stages())
    return Expected(notice, seconds, len(planned.plan.writes), kind.reads, **looks)


def _foretold(ctx, rollout, crew, planned, report):
    """The result of a rollout that is not carried out."""
    for target in rollout.targets:
        foreseen = planned.get(target.id)
        if foreseen and foreseen.why_not:
            target.end(SKIPPED, foreseen.why_not)
        elif foreseen:
            target.changes = [change.summary for change in foreseen.plan.writes]
            target.end(NOT_ATTEMPTED)
    if ctx.check_mode and report["objections"]:
        ctx.warn(f"A real run would send nothing: {'; '.join(report['objections'])}")
    cost = report["cost"]
    waves = counted(len(rollout.waves), "wave")
    ctx.progress(f"{crew.action} of {counted(_count(rollout, NOT_ATTEMPTED), 'desktop')} in {waves}, about {duration(cost['eta_s'])}")
    return {**report, **_results(rollout)}


def _outcome(ctx, rollout, crew, report):
    report = {**report, **_results(rollout), "changed": crew.sent}
    failed = [target for target in rollout.targets if target.status == FAILED]
    if failed or (rollout.stopped_because and not rollout.cut_short):
        why = f"The rollout was stopped: {rollout.stopped_because}" if rollout.stopped_because else f"{len(failed)} of the acts failed"
        first = f"; {failed[0].name}: {failed[0].msg}" if failed else ""
        error = RolloutStopped(f"{why}{first}")
        error.partial = report
        raise error
    if rollout.cut_short:
        ctx.warn(f"{rollout.stopped_because}: {_count(rollout, NOT_ATTEMPTED)} desktops are left; run again to go on")
    return report


def _results(rollout):
    results = []
    for number, wave in enumerate(rollout.waves, 1):
        for target in wave:
            more = {"msg": target.msg} if target.msg else {}
            more |= {"operation": target.operation} if target.operation else {}
            results.append(
                {"kind": "desktops", "name": target.name, "wave": number, "status": target.status, "changes": target.changes, **more}
            )
    counts = {status: _count(rollout, status) for status in (DONE, SKIPPED, FAILED, NOT_ATTEMPTED)}
    return {"results": results, "summary": {"objects": len(results), **counts}, "stopped_because": rollout.stopped_because}


def _count(rollout, status):
    return sum(target.status == status for target in rollout.targets)
