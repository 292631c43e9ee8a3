# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crew of a rollout over desktops: whose turn may come, who is warned, how the pools fare, and the nouns that act."""

from __future__ import annotations

import os

from ..core.errors import BadAnswer, FleetError, InvalidInput, Refused, Throttled, Unreachable
from ..core.plan import Plan
from ..core.reconcile import observe_and_plan, plan_now
from ..core.rollout import Crew
from ..core.settle import Step
from ..core.wait import duration
from ..core.waves import FAILED, GO, LATER
from . import acts
from .resources.desktop_action import DESKTOP_ACTION
from .resources.desktops import BROKEN, BUSY, DESKTOP, RUNNING, desktops_of, list_desktops
from .resources.pools import find_pool
from .resources.sessions import message
from .resources.user_action import USER_ACTION
from .usage import Usage

# Seconds that a look at who is connected counts while a whole rollout is planned.
PLANNING = 3600


class DesktopCrew(Crew):
    def __init__(self, client, logbook, task, pool_ids):
        super().__init__(client, logbook, task["wait_timeout"])
        self.action = task["action"]
        self.kind = acts.KINDS[task["action"]]
        self.usage = Usage(client, task["session_sources"])
        self.why_later = ""
        # An act on a session waits for nobody's end of it.
        self._policy = "force" if self.kind.for_sessions else task["session_policy"]
        self._task = task
        self._pool_ids = pool_ids
        self._least = (task["guard"] or {}).get("min_available")
        self._asked, self._warned = {}, {}
        self._under_way = set()
        self._users = {}  # of the desktops, when they were chosen

    # What there is

    def pool(self, pool_id):
        return find_pool(self.client, pool_id)

    def record(self, target):
        """The desktop as last read, or None if it is not there any more."""
        return DESKTOP.find(desktops_of(self.client, self.pool(target.group)), target.id, optional=True)

    def warns(self, record):
        """Whether somebody is to be warned and given time before the act."""
        return bool(record and self._policy == "force" and self._task["text"] and record["user"] and self._uses(record))

    def _uses(self, record):
        return self.usage.of(record) if self.kind.disturbs or self.kind.warned else ""

    # Planning

    def foresee(self, target):
        """The Plan as if its turn was now. Raises Refused or InvalidInput with the reason to skip it."""
        if self.kind.disturbs:
            # A plan takes one look at all; the turns come later, and look for themselves.
            self.usage.look(fresh=PLANNING)
        if not target.begun:
            self._users[target.id] = (self.record(target) or {}).get("user")
            self._refuse(target, self._policy == "skip")
        return self._plan(target, forced=target.begun or self._policy != "skip", fresh=False)

    def plan(self, target):
        """The Plan right before it is carried out, judged once more by what is there now."""
        if target.begun:
            return self._plan(target, forced=True)
        if self.kind.disturbs and self.kind.noun is not DESKTOP_ACTION:
            # That noun looks by itself right before it sends.
            self.client.refresh((list_desktops, target.group))
        elif self.kind.for_whom:
            self.client.freshen((list_desktops, target.group))
        self._refuse(target, self._policy != "force")
        self._under_way.add(target.id)
        return self._plan(target, forced=self._policy == "force")

    def _refuse(self, target, if_used):
        record = self.record(target)
        if record is None or record["status"] == "Deleting":
            raise Refused("it is not there any more")
        if self.kind.for_whom and record["user"] != self._users[target.id]:
            raise Refused(f"it has been given to {record['user'] or 'nobody'} since it was chosen")
        if self.kind.returns and record["status"] in BUSY:
            raise Refused(f"something is going on with it already ({record['status']})")
        if if_used and self._uses(record):
            raise Refused(self._uses(record))
        if self.kind.for_sessions and not self.usage.of(record):
            raise Refused("nobody has a session on it")

    def _plan(self, target, forced, fresh=True):
        noun, record = self.kind.noun, self.record(target)
        # What is not there any more is known by its name and its id only.
        known = record or {"id": target.id, "name": target.name.rpartition("/")[2], "user": None}
        options = acts.options_for(self._task, self.pool(target.group), known, forced)
        if noun is USER_ACTION:
            # The listing tells of the user what the noun needs; to read each user would cost a call a desktop.
            return Plan(noun.plan(self.client, options, {"email": record["user"]}))
        return (observe_and_plan if fresh else plan_now)(self.client, noun, options)[1]

    def find_begun(self, target):
        """Learn from the journal of writes whether what an earlier run was about to send has left, and how the server calls it."""
        try:
            writes = self._plan(target, forced=True, fresh=False).writes
        except (Refused, InvalidInput):
            return
        entries = [entry for entry in (self.client.journal.unfinished(change.key) for change in writes) if entry]
        target.operation = target.operation or next((entry["operation"] for entry in entries), None)
        target.begun = bool(entries or target.operation)

    # Turns

    def ready(self, target):
        if self.crowded:
            self.why_later = "Control has no place for more"
            return LATER
        try:
            self._look_around(target)
        except (BadAnswer, Unreachable, Throttled) as error:
            self.why_later = f"could not look: {error}"
            return LATER
        except FleetError as error:
            self.trouble = error
            return LATER
        record, policy, now = self.record(target), self._policy, self.clock.time()
        used = record and self._uses(record)
        if used and policy == "skip":
            return used
        if not self._spares(target, record):
            return LATER
        if not used or (policy == "force" and not self.warns(record)):
            return GO
        if not self._warn(target, record):
            return LATER
        if policy == "force":
            self.why_later = "users are given time to end their sessions"
            return GO if now >= self._warned[target.id] + self._task["grace"] else LATER
        self.why_later = "sessions are waited for"
        since = self._asked.setdefault(target.id, now)
        waited = self._task["wait_timeout"]
        return f"the session on it has not ended within {duration(waited)}" if now - since >= waited else LATER

    def _look_around(self, target):
        """Read what decides, unless that was done just now."""
        if self.kind.disturbs or self.kind.for_sessions:
            self.client.freshen((list_desktops, target.group))
        if self.kind.disturbs:
            self.usage.look()

    def _spares(self, target, record):
        """Whether enough desktops of the pool are left while this one is away. Those that were begun count as away already."""
        if not (self.kind.down and self._least and record and record["status"] in RUNNING):
            return True
        others = [
            desktop for desktop in desktops_of(self.client, self.pool(target.group)) if desktop["id"] not in (target.id, *self._under_way)
        ]
        left = sum(desktop["status"] in RUNNING for desktop in others)
        if left < self._least:
            pool = self.pool(target.group)["name"]
            self.why_later = f"pool '{pool}' would have {left} available, and guard.min_available wants {self._least}"
        return left >= self._least

    def _warn(self, target, record):
        """Show the message once; not to more people at a time than can be served, if their time is limited."""
        if target.id in self._warned or not (self._task["text"] and record["user"]):
            return True
        waiting = self._warned.keys() - self.acts.keys()
        if self._policy == "force" and len(waiting) >= self._task["max_outstanding"]:
            self.why_later = "users are given time to end their sessions"
            return False
        shown_for = max(self._task["grace"], 1)
        change = message(self.client, self.pool(target.group), record, record["user"], self._task["text"], shown_for)
        Step(change, self.client).begin()
        self._warned[target.id] = self.clock.time()
        return True

    # How the pools fare

    def end(self, target, status, msg=""):
        super().end(target, status, msg)
        self._under_way.discard(target.id)
        self._warned.pop(target.id, None)

    def outage(self):
        if self.trouble:
            return str(self.trouble)
        limit = self._task["max_unhealthy_percent"]
        for pool_id in self._pool_ids:
            try:
                desktops = desktops_of(self.client, self.pool(pool_id))
            except FleetError:
                continue  # the next look tells
            sick = sum(desktop["status"] in BROKEN for desktop in desktops)
            if sick * 100 > len(desktops) * limit:
                share = f"{sick} of {len(desktops)} desktops of pool '{self.pool(pool_id)['name']}' are unhealthy"
                return f"{share}, and max_unhealthy_percent allows {limit} %"
        return ""

    def called_off(self):
        path = self._task["stop_file"]
        return f"file '{path}' asks to stop" if path and os.path.exists(path) else ""

    def recovering(self, targets):
        if not (self.kind.returns or self.action == "resume"):
            return []
        # What an earlier run has done may have gone to sleep since, or broken down for another reason.
        targets = [target for target in targets if target.id in self.acts or (self.record(target) or {}).get("status") in BUSY]
        for pool_id in sorted({target.group for target in targets}):
            self.client.refresh((list_desktops, pool_id))
        for target in targets:
            if self.ill(target):
                self.end(target, FAILED, self.ill(target))
        return [target for target in targets if target.status != FAILED and (self.record(target) or {}).get("status") not in RUNNING]

    def ill(self, target):
        if not (self.kind.returns or self.action == "resume"):
            return ""
        status = (self.record(target) or {"status": "gone"})["status"]
        return f"the desktop is {status} after its {self.action}" if status in (*BROKEN, "gone") else ""
