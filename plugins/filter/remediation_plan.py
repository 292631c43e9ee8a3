# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter remediation_plan: which step is next for each desktop that is not well. Documented in remediation_plan.yml."""

from __future__ import annotations

import collections
import datetime
import fnmatch
import hashlib
import json
import re

from ansible.errors import AnsibleFilterError
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.desktops import BROKEN, RUNNING, label
from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import is_persistent
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

STEPS = ("resume", "reboot", "screenshot", "redeploy")
# How often a step is begun whose end nobody has seen, for the run was killed, before it counts as tried.
BEGINNINGS = 2


def remediation_plan(
    looks,
    pools,
    memory,
    now,
    statuses=BROKEN,
    cooldown=14400,
    max_unhealthy_percent=20,
    max_desktops=10,
    screenshots=False,
    redeploy_pools=(),
    redeploy_desktops=(),
    exclude_tag="",
    exclude_names=(),
):
    """The plan of one run. Raises AnsibleFilterError with one sentence for what makes no sense."""
    looks = [{desktop["id"]: desktop for desktop in plain(look)} for look in looks]
    persistent = {pool["id"] for pool in plain(pools) if is_persistent(pool)}
    _no_whole_pool({pool["name"] for pool in plain(pools) if pool["id"] in persistent}, redeploy_pools)
    memory = _healed(_remembered(memory), looks, statuses, now - cooldown)
    sick = {id: desktop for look in looks for id, desktop in look.items() if desktop["status"] in statuses}
    halt = "; ".join(_outages(looks[-1].values(), sick.values(), max_unhealthy_percent))
    left, chosen = [], []
    for desktop in sorted(sick.values(), key=lambda one: (label(one).casefold(), one["id"])):
        known = memory.get(desktop["id"], {}).get("tried", {})
        steps = _ladder(desktop, desktop["pool_id"] in persistent, screenshots, redeploy_pools, redeploy_desktops)
        step = next((step for step in steps if not _was_tried(known, step)), None)
        why = (
            _unconfirmed(looks, desktop["id"], statuses)
            or _excluded(desktop, exclude_tag, exclude_names)
            or _cooling(known, now, cooldown)
            or (step and len(chosen) >= max_desktops and f"has to wait for another run, for one acts on {max_desktops} at most")
        )
        if why or halt and step:
            left.append(_entry(desktop, "skipped" if why else "not_attempted", why or f"the next step would be: {step}"))
        elif step:
            chosen.append({"step": step, **_turn(desktop, step, memory, now)})
        else:
            left.append(_entry(desktop, "failed", _for_a_person(desktop, known, "redeploy" in steps)))
    by_step = {step: [one for one in chosen if one["step"] == step] for step in STEPS}
    return never_a_template({"halt": halt, "steps": by_step, "left": left, "memory": memory})


def _no_whole_pool(persistent, redeploy_pools):
    for name in redeploy_pools:
        if name in persistent:
            raise AnsibleFilterError(
                f"pool '{name}' is persistent: what is on its desktops would be lost, so name those that may be redeployed"
            )


def _remembered(text):
    """The memory of former runs by desktop id."""
    try:
        return {
            id: {"name": str(entry["name"]), "tried": {step: _tried(**tried) for step, tried in entry["tried"].items()}}
            for id, entry in json.loads(text or "{}").items()
            if entry
        }
    except (ValueError, TypeError, AttributeError, KeyError):
        raise AnsibleFilterError("this is no memory of former remediations; name another file, or repair this one") from None


def _tried(at, begun, ended):
    return {"at": float(at), "begun": int(begun), "ended": bool(ended)}


def _healed(memory, looks, statuses, since):
    """The memory without desktops that run in all looks, and whose last step is long ago: if they fall ill again, that is another illness."""

    def is_well(id):
        return all(look.get(id, {}).get("status") in set(RUNNING) - set(statuses) for look in looks)

    return {id: entry for id, entry in memory.items() if not (is_well(id) and _last(entry["tried"]) <= since)}


def _outages(desktops, sick, limit):
    names = {desktop["pool_id"]: desktop["pool"] for desktop in (*desktops, *sick)}
    totals, ill = (collections.Counter(desktop["pool_id"] for desktop in some) for some in (desktops, sick))
    for pool_id, number in ill.items():
        if number * 100 > totals[pool_id] * limit:
            yield (
                f"{number} of {totals[pool_id]} desktops of pool '{names[pool_id]}' are not well, which is an outage and nothing for single "
                f"desktops: max_unhealthy_percent allows {limit} %"
            )


def _ladder(desktop, persistent, screenshots, redeploy_pools, redeploy_desktops):
    """The steps that are possible and allowed, the mildest first."""
    allowed = label(desktop) in redeploy_desktops or desktop["pool"] in redeploy_pools
    possible = {
        "resume": persistent and desktop["status"] not in (*RUNNING, *BROKEN),
        "reboot": persistent,
        "screenshot": screenshots,
        "redeploy": allowed,
    }
    return [step for step in STEPS if possible[step]]


def _was_tried(known, step):
    return step in known and (known[step]["ended"] or known[step]["begun"] >= BEGINNINGS)


def _last(known):
    return max((tried["at"] for tried in known.values()), default=float("-inf"))


def _unconfirmed(looks, id, statuses):
    words = [look.get(id, {"status": "gone"})["status"] for look in looks]
    return "" if all(word in statuses for word in words) else f"not confirmed: it was {words[0]}, and {words[-1]} when looked at again"


def _excluded(desktop, tag, names):
    if tag and tag in desktop["tags"]:
        return f"excluded by its tag {tag}"
    called = (desktop["name"] or "").casefold()
    return "excluded by its name" if any(fnmatch.fnmatchcase(called, name.casefold()) for name in names) else ""


def _cooling(known, now, cooldown):
    if now - _last(known) >= cooldown:
        return ""
    step = max(known, key=lambda step: known[step]["at"])
    done = "was tried" if known[step]["begun"] else "could not be taken"
    return f"{step} {done} at {_clock(known[step]['at'])}; nothing more before {_clock(known[step]['at'] + cooldown)}"


def _turn(desktop, step, memory, now):
    """What the role needs of a desktop that gets a step, with what is to be remembered of it: ``begun`` before, ``ended`` if it came to its end,
    ``skipped`` if nothing was sent, as to a desktop in use, which is looked at again after the cool-down, and ``before`` if it had no turn."""
    before = memory.get(desktop["id"], {})
    tried = before.get("tried", {})
    times = tried.get(step, {"begun": 0})["begun"]

    def entry(begun, ended):
        return {"name": label(desktop), "tried": {**tried, step: {"at": now, "begun": begun, "ended": ended}}}

    return {
        "id": desktop["id"],
        "pool_id": desktop["pool_id"],
        "name": label(desktop),
        "picture": f"{_file_name(desktop['id'])}.png",
        "before": before,
        "begun": entry(times + 1, False),
        "skipped": entry(times, False),
        "ended": entry(times + 1, True),
    }


def _file_name(id):
    """A name of its own for each id, in whatever folder and on whatever file system. An id is what Control says: this one may be a way out."""
    return id if re.fullmatch("[0-9a-z-]{1,63}", id) else hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()


def _for_a_person(desktop, known, redeployable):
    tried = ", ".join(f"{step} ({_clock(known[step]['at'])})" for step in STEPS if _was_tried(known, step))
    forbidden = "" if redeployable else "; to redeploy it, which loses what is on it, nobody has allowed"
    return f"a person has to look at it: it is {desktop['status']}, {f'and was not healed by {tried}' if tried else 'and no step is possible'}{forbidden}"


def _clock(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def _entry(desktop, status, msg):
    return {"kind": "desktops", "name": label(desktop), "status": status, "msg": msg}


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"remediation_plan": remediation_plan}
