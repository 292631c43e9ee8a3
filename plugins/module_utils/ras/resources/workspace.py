# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One AVD workspace: the noun behind ras_avd_workspace. Source: behaviour notes, 1.6 and 4.1."""

from __future__ import annotations

from ...core.errors import Ambiguous, InvalidInput, NotFound, Refused
from ...core.plan import DONE, MOVING, UNSEEN, Change, in_turn
from ...core.reconcile import Noun
from ...core.schema import CREATE, UPDATE
from ..calls import Call
from ..common import describe, matching
from ..enums import BROKEN, DELETING, FAILED, IN_PROGRESS, NOT_APPLIED, UNKNOWN
from .workspaces import READ, WORKSPACE, list_workspace_status

CREATE_CALL = Call("createAvdWorkspace", "POST", "/api/AVD/Workspace")
LINK = Call("linkExistingAvdWorkspace", "POST", "/api/AVD/Workspace/Existing")
CHANGE = Call("updateAvdWorkspace", "PUT", "/api/AVD/Workspace/{id}")
DELETE = Call("deleteAvdWorkspace", "DELETE", "/api/AVD/Workspace/{id}")
REPAIR = Call("repairAvdWorkspace", "POST", "/api/AVD/Workspace/{id}/Repair")

# No duration is published for what Azure does; these are only expectations that a plan's ETA and the patience with a sign are made of.
SECONDS_TO_MAKE, SECONDS_TO_DELETE = 300, 120
NEEDED_TO_CREATE = ("provider_id", "resource_group", "location")
NEEDED_TO_LINK = ("provider_id", "resource_group")
NOUN = "AVD workspace"


class Workspace(Noun):
    result = "workspace"
    schema = WORKSPACE
    options = {
        "id": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent", "repaired"], "default": "present"},
        "existing": {"type": "bool", "default": False},
        **WORKSPACE.argument_spec(),
    }

    rules = {"required_one_of": [["id", "name"]], "mutually_exclusive": [["id", "name"]]}

    def check(self, options):
        if options["name"] == "":
            raise InvalidInput("name is the name of a workspace, and not empty")
        settings = [
            name
            for name in ("provider_id", "resource_group", "location", "friendly_name", "description", "enabled")
            if options[name] is not None
        ]
        if options["state"] != "present" and settings:
            raise InvalidInput(f"{settings[0]} goes with state: present, not with {options['state']}")

    def observe(self, client, options):
        status = self._status(client, options)
        if status is None:
            return None
        return {**client.records(read_settings, status["id"])[0], **status}

    def _status(self, client, options):
        """The state of the workspace that is meant; None if there is none of that name. Raises NotFound for an id."""
        fitting = matching(client.records(list_workspace_status), options)
        if len(fitting) > 1:
            shown = ", ".join(f"id {record['id']} (site {record['site_id']})" for record in fitting)
            raise Ambiguous(f"'{options['name']}' fits {len(fitting)} AVD workspaces: {shown}; give 'id', or 'site_id' as well")
        if options["id"] and not fitting and options["state"] != "absent":
            raise NotFound(f"There is no {NOUN} with id {options['id']}", name=options["id"])
        return fitting[0] if fitting else None

    def plan(self, client, options, record):
        if options["state"] == "absent":
            return [self._deletion(client, record)] if record else []
        if record and record["agent_state"]["code"] == DELETING:
            raise Refused(f"Cannot change {NOUN} '{record['name']}': it is being deleted; run again when it is gone")
        if options["state"] == "repaired":
            if record is None:
                raise NotFound(f"There is no {NOUN} '{options['name']}' to repair", name=options["name"])
            return self._repair(client, record)
        return self._update(client, options, record) if record else self._creation(client, options)

    def _creation(self, client, options):
        name = options["name"]
        needed = NEEDED_TO_LINK if options["existing"] else NEEDED_TO_CREATE
        missing = [option for option in needed if options[option] is None]
        if missing:
            raise InvalidInput(
                f"There is no {NOUN} '{name}', and to {'link' if options['existing'] else 'create'} it {', '.join(missing)} must be given"
            )
        body = WORKSPACE.body(options, CREATE)
        verb, call = ("link", LINK) if options["existing"] else ("create", CREATE_CALL)
        if options["existing"]:
            # What linking takes is inferred, so it gets no more than names the workspace.
            body = {key: value for key, value in body.items() if key in ("name", "siteId", "providerId", "resourceGroup")}
        doing = f"{verb} {NOUN} '{name}'"
        made = Change(
            verb,
            NOUN,
            name,
            doing,
            after=WORKSPACE.shown(options, CREATE),
            send=lambda: client.call(call, doing, body),
            seen=lambda: self._made(client, options),
            place=(list_workspace_status,),
            repeatable=False,
            seconds=SECONDS_TO_MAKE,
        )
        later = ("enabled", "friendly_name", "description") if options["existing"] else ("enabled",)
        changing = {option: options[option] for option in later if options[option] not in (None, "")}
        return in_turn([made, self._settings(client, options, name, {}, changing)] if changing else [made])

    def _made(self, client, options):
        status = self._status(client, options)
        if status is None:
            return UNSEEN
        if status["health"] == FAILED:
            return describe(status)
        # Whether settings are applied is another task's matter.
        busy = status["health"] in (IN_PROGRESS, UNKNOWN) and status["agent_state"]["code"] != NOT_APPLIED
        return MOVING if busy else DONE

    def _update(self, client, options, record):
        wanted = {**options, "name": record["name"]}
        fixed = WORKSPACE.fixed_differences(wanted, record)
        if fixed:
            shown = ", ".join(f"{field.name} from {record[field.name]} to {wanted[field.name]}" for field in fixed)
            raise Refused(f"Cannot change {NOUN} '{record['name']}': {shown}; the API sets that at creation only")
        changing = WORKSPACE.changing(wanted, record)
        return [self._settings(client, options, record["name"], record, changing)] if changing else []

    def _settings(self, client, options, name, record, changing):
        doing, body = f"update {NOUN} '{name}'", WORKSPACE.body(changing, UPDATE)

        def seen():
            now = self.observe(client, options)
            return DONE if now and not WORKSPACE.differences(changing, now) else UNSEEN

        def send():
            return client.call(CHANGE, doing, body, id=record.get("id") or self._status(client, options)["id"])

        place = (read_settings, record["id"]) if record else (list_workspace_status,)
        before = {option: record.get(option) for option in changing}
        return Change("update", NOUN, name, doing, before=before, after=changing, send=send, seen=seen, place=place)

    def _deletion(self, client, record):
        doing = f"delete {NOUN} '{record['name']}'"

        def seen():
            now = next((status for status in client.records(list_workspace_status) if status["id"] == record["id"]), None)
            return DONE if now is None else MOVING if now["agent_state"]["code"] == DELETING else UNSEEN

        under_way = record["agent_state"]["code"] == DELETING
        return Change(
            "delete",
            NOUN,
            record["name"],
            doing,
            before={"name": record["name"]},
            send=None if under_way else lambda: client.call(DELETE, doing, id=record["id"]),
            seen=seen,
            place=(list_workspace_status,),
            touches=((read_settings, record["id"]),),
            repeatable=False,
            destructive=True,
            seconds=SECONDS_TO_DELETE,
        )

    def _repair(self, client, record):
        """A repair if it is Broken; only a wait if something is under way, which may be an earlier run's repair."""
        broken = record["agent_state"]["code"] == BROKEN
        if not broken and record["health"] != IN_PROGRESS:
            return []
        doing, moved = f"repair {NOUN} '{record['name']}'", []

        def seen():
            now = next((status for status in client.records(list_workspace_status) if status["id"] == record["id"]), None)
            if now is None:
                return "it is gone"
            if now["agent_state"]["code"] == BROKEN:
                return describe(now) if moved else UNSEEN
            if now["health"] == IN_PROGRESS and now["agent_state"]["code"] != NOT_APPLIED:
                moved.append(now)
                return MOVING
            return DONE

        return [
            Change(
                "repair",
                NOUN,
                record["name"],
                doing,
                before={"agent_state": record["agent_state"]},
                send=(lambda: client.call(REPAIR, doing, id=record["id"])) if broken else None,
                seen=seen,
                place=(list_workspace_status,),
                repeatable=False,
                seconds=SECONDS_TO_MAKE,
            )
        ]


def read_settings(client, workspace_id):
    """The settings of one workspace as a record in a list; a place of the snapshot."""
    doing, what = f"read AVD workspace {workspace_id}", f"AVD workspace with id {workspace_id}"
    return [WORKSPACE.record(client.read(READ, doing, what, id=workspace_id))]


WORKSPACE_NOUN = Workspace()
