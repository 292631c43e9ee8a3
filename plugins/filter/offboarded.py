# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter offboarded: what became of people who left, and of their desktops."""

from __future__ import annotations

from ansible_collections.euc.fleet.plugins.module_utils.workspot.resources.pools import is_persistent
from ansible_collections.euc.fleet.plugins.plugin_utils.report.data import plain
from ansible_collections.euc.fleet.plugins.plugin_utils.untemplated import never_a_template

DOCUMENTATION = r"""
name: offboarded
short_description: What became of people who left, and of their desktops
version_added: 1.0.0
description:
  - Tells of each user and desktop of a run of the role P(euc.fleet.user_offboarding#role) what became of it, judged by what is there afterwards,
    for the filter P(euc.fleet.report#filter).
positional: _input
options:
  _input:
    description:
      - What the run knows. C(asked) and C(on_hold) are e-mail addresses, the latter in lower case; C(users) are those that there are, as
        M(euc.fleet.workspot_user_info) returns them; C(removable) are the addresses of those that may be deleted, empty if none shall be.
      - C(desktops) are those of the users before, with C(label), pool and name; C(lost) those of the users' records that no pool shows, with C(user)
        and C(name); C(after) all desktops afterwards.
      - C(logged_off), C(retained) and C(released) are the results of the rollouts, and C(removed) that of M(euc.fleet.workspot_tenant).
      - C(check) tells whether the run only looked, C(remove_users) whether users shall be deleted, C(fate) what becomes of a suspended desktop.
    type: dict
    required: true
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Tell who was on hold
  ansible.builtin.debug:
    msg: "{{ (run | euc.fleet.offboarded) | map(attribute='msg') }}"
  vars:
    run:
      asked: [ann@example.com]
      on_hold: [ann@example.com]
      users: []
      removable: []
      desktops: []
      lost: []
      after: []
      logged_off: {}
      retained: {}
      released: {}
      removed: {}
      check: false
      remove_users: false
      fate: suspended, is deleted on 2026-01-31
"""

RETURN = r"""
---
_value:
  description: A dictionary for each user and desktop, with C(kind), C(name), C(status), C(msg), C(changes), and C(operation) of a desktop.
  type: list
  elements: dict
"""


def offboarded(run):
    run = plain(run)
    results = [*_not_leaving(run), *(_user(user, run) for user in run["users"])]
    results += [_desktop(desktop, run) for desktop in run["desktops"]]
    results += [
        _told("desktops", desktop["name"], "failed", f"belongs to {desktop['user']}, and none of his pools shows it; nothing was done about it")
        for desktop in run["lost"]
    ]
    return never_a_template(results)


def _told(kind, name, status, msg, changes=(), operation=None):
    return {"kind": kind, "name": name, "status": status, "msg": msg, "changes": list(changes), "operation": operation}


def _of(name, task):
    return (result for result in task.get("results", []) if result["name"] == name)


def _not_leaving(run):
    there = {user["email"].casefold() for user in run["users"]}
    for email in run["asked"]:
        if email.casefold() in run["on_hold"]:
            yield _told("users", email, "skipped", "is on hold")
        elif email.casefold() not in there:
            yield _told("users", email, "skipped", "is no user of Workspot Control")


def _user(user, run):
    email = user["email"]
    if email in run["removable"]:
        status, msg = _removed(email, run)
        return _told("users", email, status, msg, [f"delete user '{email}'"])
    if run["remove_users"]:
        return _told("users", email, "not_attempted", "stays a user, for not all desktops could be let go")
    shared = ", ".join(pool["name"] for pool in user["assigned_pools"] if not is_persistent(pool))
    return _told("users", email, "ok", f"stays a user, and keeps what is shared: {shared}" if shared else "stays a user")


def _removed(email, run):
    removed = run["removed"]
    result = next(_of(email, removed), {})
    status = {"ok": "ok", "changed": "not_attempted" if run["check"] else "done"}.get(result.get("status"), "failed")
    return status, result.get("msg") or (removed.get("msg", "it was not tried") if status == "failed" else None)


def _desktop(desktop, run):
    acts = [*_of(desktop["label"], run["retained"]), *_of(desktop["label"], run["released"])]
    status, msg = _fate(desktop, acts, run)
    operation = next((act["operation"] for act in acts if act.get("operation")), None)
    return _told("desktops", desktop["label"], status, msg, [change for act in acts for change in act["changes"]], operation)


def _fate(desktop, acts, run):
    user = desktop["user"]
    if run["check"]:
        return "not_attempted", f"of {user}"
    now = next((after for after in run["after"] if after["id"] == desktop["id"] and after["status"] != "Deleting"), None)
    if now is None:
        return "done", "deleted"
    if (now["user"] or "").casefold() == user.casefold():
        tasks = [run[name] for name in ("logged_off", "retained", "released")]
        reasons = [act["msg"] for act in acts if act.get("msg")] or [task["msg"] for task in tasks if task.get("msg")][:1]
        return "failed", f"stays with {user}: {'; '.join(reasons) or 'it is still assigned'}"
    if all(act["status"] == "skipped" for act in _of(desktop["label"], run["released"])):
        return "skipped", f"belongs to {now['user'] or 'nobody'} now, and no more to {user}, so it was left alone"
    if now["status"] != "Suspended":
        return "done", f"is in the pool again ({now['status']}), so nothing of it is kept for {user}"
    return "done", run["fate"]


class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        return {"offboarded": offboarded}
