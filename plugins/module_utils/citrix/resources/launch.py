# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A launch: ask until it is ready, within a limit. Source: parallels-citrix-behaviour.md, 2.4."""

from __future__ import annotations

import dataclasses
import re

from ...core.errors import MISREAD, ApiError, BadAnswer, FleetError, InvalidInput, OutcomeUnknown, Refused, TimedOut, misread
from ...core.files import check_destination, save
from ...core.wait import Deadline, duration
from ..client import Call
from .resources import LAUNCH_LINKS, find_resource, why_not

# Each brokers a session, so that none is sent twice after a doubt. Asking again for one that has begun is no such act.
LAUNCH_ICA = Call("launchIcaFile", "GET", writing=True, as_client=True)
FETCH_TICKET = Call("fetchLaunchTicket", "GET", writing=True, as_client=True)
CREATE_TICKET = Call("createLaunchTicket", "POST", writing=True, as_client=True)
# What each link wants, as it was named since February 2026 and before.
CALLS = {"icaFileUrl": LAUNCH_ICA, "launchUrl": LAUNCH_ICA, "icaFileFetchTicketUrl": FETCH_TICKET, "launchStatusUrl": CREATE_TICKET}

LAUNCH = {
    "method": {"type": "str", "choices": ["ica_file", "ticket"], "default": "ica_file"},
    "dest": {"type": "path"},
    "mode": {"type": "str", "default": "0600"},
    "wait_timeout": {"type": "int", "default": 120},
    "max_wait_interval": {"type": "int", "default": 60},
    "return_secrets": {"type": "bool", "default": False, "no_log": False},
}

READY, AGAIN = "success", "retry"
# Seconds to wait when a 202 names no number, or an odd one.
USUAL_WAIT, SHORTEST_WAIT = 5, 1
INI_SECTION = re.compile(rb"(\xef\xbb\xbf)?\s*\[[^\]\r\n]+\]")
# Whoever can read an ICA file can use its session.
WORLD = 0o007


@dataclasses.dataclass
class Launch:
    """How a launch went, or stands: ``secret`` is what the API gave in the end, the ICA text in bytes or the receiver's URI."""

    resource: dict
    status: str = "planned"
    attempts: int = 0
    elapsed: float = 0.0
    transaction_id: str | None = None
    error_id: str | None = None
    suggest_restart: bool | None = None
    secret: bytes | str | None = None

    def describe(self):
        """For a result; nothing secret."""
        told = {field.name: getattr(self, field.name) for field in dataclasses.fields(self) if field.name != "secret"}
        return {**told, "elapsed": round(self.elapsed, 1)}


def launch_and_report(ctx):
    """The result of citrix_workspace_launch. In check mode the resource is found, and nothing is launched."""
    params = ctx.params
    mode = _check(params)
    client = ctx.client
    launch = Launch(find_resource(client, params))
    link = launch_link(launch.resource, params["method"])
    report = {"changed": True, "dest": params["dest"], "size": None}
    if ctx.check_mode:
        return {**report, **launch.describe()}
    deadline = Deadline(client.clock, params["wait_timeout"])
    try:
        _run(client, launch, link, params, deadline)
    except (FleetError, *MISREAD) as error:
        failure = error if isinstance(error, FleetError) else misread(error)
        # A request that left may have brokered a session, whatever came back.
        failure.partial = {**launch.describe(), "changed": launch.attempts > 0}
        raise failure from None
    if params["method"] == "ica_file":
        report["size"] = len(launch.secret)
        if params["dest"]:
            save(params["dest"], launch.secret, mode)
    elif params["return_secrets"]:
        report["receiver_uri"] = launch.secret
    return {**report, **launch.describe()}


def _check(params):
    """The file mode. Raises InvalidInput for options that are wrong whatever the workspace has."""
    if params["dest"] and params["method"] == "ticket":
        raise InvalidInput("dest goes with method: ica_file; a ticket is no file")
    if params["return_secrets"] and params["method"] == "ica_file":
        raise InvalidInput("return_secrets goes with method: ticket; an ICA file is written to dest")
    if not re.fullmatch(r"0?[0-7]{3}", params["mode"]):
        raise InvalidInput(f"mode is an octal number such as '0600', not '{params['mode']}'; quote it")
    mode = int(params["mode"], 8)
    if mode & WORLD:
        raise InvalidInput(f"mode {params['mode']} would let everybody on this machine use the session; leave the last digit 0")
    if params["dest"]:
        check_destination(params["dest"])
    return mode


def launch_link(resource, method):
    """Name and address of the link for a method; the newer generation first. Raises Refused."""
    cause = why_not(resource)
    names = [name for name in LAUNCH_LINKS[method] if name in resource["links"]]
    if cause is None and not names:
        cause = f"it has no link for method {method}"
    if cause:
        raise Refused(f"Cannot launch '{resource['name']}': {cause}; nothing was sent")
    return names[0], resource["links"][names[0]]


def _run(client, launch, link, params, deadline):
    """Call the link, and then what each 202 names, until the launch is ready."""
    name, url = link
    doing = f"launch '{launch.resource['name']}'"
    while True:
        answer = _ask(client, CALLS[name], doing, url, launch, deadline)
        launch.elapsed = deadline.elapsed()
        launch.status = _status(answer)
        if launch.status == READY:
            launch.secret = _outcome(answer, doing, params["method"])
            client.session.mask(launch.secret if isinstance(launch.secret, str) else None)
            return
        if launch.status != AGAIN:
            launch.error_id, launch.suggest_restart = answer.body.get("errorId"), answer.body.get("suggestRestart")
            restart = "; restarting the machine might help" if launch.suggest_restart else ""
            raise ApiError(
                f"Could not {doing}: the workspace answered {launch.status} ({launch.error_id or 'no error id'}){restart}",
                status=answer.status,
                error_id=launch.error_id,
            )
        url = answer.body.get("retryUrl")
        if not url:
            raise BadAnswer(f"Could not {doing}: the workspace asks to try again and does not say where (no retryUrl)")
        pause = _pause(answer.body.get("pollTimeout"), params["max_wait_interval"])
        if pause > deadline.remaining():
            limit = duration(deadline.seconds)
            raise TimedOut(
                f"Could not {doing} within {limit}: after {launch.attempts} answers it was not ready; raise 'wait_timeout' or run later"
            )
        client.progress(f"{doing}: not ready after {duration(launch.elapsed)}, asking again in {duration(pause)}")
        client.clock.sleep(pause)


def _ask(client, call, doing, url, launch, deadline):
    first = launch.attempts == 0

    def leaving():
        launch.attempts += 1

    try:
        return client.call(call, doing, url=url, deadline=deadline, leaving=leaving, as_text=True, writing=first)
    except OutcomeUnknown as error:
        cause = str(error).rpartition("; ")[0]
        raise OutcomeUnknown(
            f"{cause}; a session may have been brokered, and running the task again brokers another", **error.facts
        ) from None
    finally:
        launch.transaction_id = client.transaction_id


def _status(answer):
    """READY, AGAIN, or the word of a failure. The HTTP status decides before the word in the body does."""
    if answer.status == 202:
        return AGAIN
    body = answer.body if isinstance(answer.body, dict) else {}
    return body.get("status") or READY


def _outcome(answer, doing, method):
    """What a launch that is ready gives. Raises BadAnswer for what cannot be that."""
    if method == "ticket":
        uri = answer.body.get("receiverUri") if isinstance(answer.body, dict) else None
        if not isinstance(uri, str):
            raise BadAnswer(f"Could not {doing}: the answer holds no receiverUri", status=answer.status)
        return uri
    if not INI_SECTION.match(answer.content):
        raise BadAnswer(f"Could not {doing}: what came is no ICA file, for it begins with no section", status=answer.status)
    return answer.content


def _pause(told, longest):
    """Seconds to wait: what the 202 asks for, within bounds."""
    usable = isinstance(told, (int, float)) and not isinstance(told, bool) and told > 0
    return min(max(told if usable else USUAL_WAIT, SHORTEST_WAIT), longest)
