# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Switches: every number the simulation needs, and every choice that the published facts leave open.

They can be set in the tenant file (section `simulator`), on the command line (`--set NAME=VALUE`) and while the
simulator runs (`PATCH /_simulator/switches`). Seconds are simulated seconds.
"""

from dataclasses import dataclass
from typing import Any


class SwitchError(ValueError):
    """A switch that does not exist, or a value that it does not take."""


@dataclass(frozen=True)
class Switch:
    name: str
    default: Any
    help: str
    choices: tuple = ()

    def accept(self, value: Any) -> Any:
        """The value in this switch's own type, or SwitchError."""
        if self.choices:
            for choice in self.choices:
                if str(value) == str(choice):
                    return choice
            raise SwitchError(f"switch {self.name} takes one of {', '.join(map(str, self.choices))}, not {value!r}")
        if isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
        elif isinstance(self.default, (int, float)):
            if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
                return value
        elif value is not None:
            return str(value)
        raise SwitchError(f"switch {self.name} takes a {type(self.default).__name__}, not {value!r}")


SWITCHES = (
    # Throttling: behaviour notes, section 2 and open question 3.
    Switch("reads_per_minute", 20, "GET calls a minute for the whole customer; 0 = no limit"),
    Switch("writes_per_minute", 15, "POST and DELETE calls a minute for the whole customer; 0 = no limit"),
    Switch("throttle_style", 429, "status of a throttled answer", (429, 400)),
    Switch("throttle_window", "sliding", "how a minute is measured", ("sliding", "fixed")),
    Switch("throttle_counts_rejected", True, "whether refused calls use up the budget as well"),
    Switch("throttle_counts_tokens", True, "whether /oauth/token counts as a write"),
    # Access: sections 1.1 to 1.4.
    Switch("region", "right", "wrong = the tenant lives elsewhere, so every call is 403", ("right", "wrong")),
    Switch("auth_type", "any", "which tokens the tenant accepts", ("any", "client_secret", "entra")),
    Switch("token_life_seconds", 3600, "life of a token"),
    # Answers: sections 3.1, 3.4 and open questions 4, 6, 7.
    Switch("not_found_status", 400, "status of an answer about an unknown thing", (400, 404)),
    Switch("not_found_text", "{noun} {name} was not found", "its description; {noun} and {name} are filled in"),
    Switch("status_host", "self", "origin written into status URLs; self = this server's own"),
    Switch("status_key", "statusURL", "spelling of the key", ("statusURL", "StatusURL", "StatusUrl")),
    Switch("download_host", "self", "origin written into download links; self = this server's own"),
    Switch("download_life_seconds", 900, "life of a download link"),
    Switch("users_report_format", "json", "what the users report is written in", ("json", "csv")),
    Switch("users_report_cost_centers", True, "whether the users report tells the cost centers"),
    # Desktops: sections 2, 3.4, 4.1, 4.2 and open questions 10, 11.
    Switch("provisioning_cap", 10, "outstanding desktop creations; one more fails in its operation"),
    Switch("provisioning_seconds", 240, "time to build one desktop; they are built one after the other"),
    Switch("provisioning_fails", "", "regular expression: desktops with such a name fail to build"),
    Switch("online_seconds", 20, "time a started desktop is Online before it is Ready"),
    Switch("listing_lag_seconds", 0, "time until a new desktop shows up in the list of its pool"),
    Switch("duplicate_names", "allow", "whether a second desktop of the same name may be created", ("allow", "refuse")),
    Switch("deleting_seconds", 60, "time a deleted desktop is still listed as Deleting"),
    Switch("pausing_seconds", 60, "time to pause a desktop"),
    Switch("paused_status", "Offline", "status word of a paused desktop, which the vendor does not publish"),
    Switch("resuming_seconds", 60, "time to wake a paused desktop"),
    Switch("rebooting_seconds", 120, "time a rebooted desktop is Rebooting"),
    Switch("pool_write_failure", "refused", "a failed pool write is refused with 400, or answered 200 with status Failure",
           ("refused", "answered")),
    Switch("shrink", "refuse", "what lowering numberOfDesktops does", ("refuse", "delete")),
    Switch("redeploying_seconds", 300, "time to redeploy a desktop"),
    Switch("screenshot_seconds", 10, "time to take a screenshot"),
    Switch("screenshot_in_session", "failed", "what a screenshot ends with while a user is signed in: Failed, or Succeeded without a link",
           ("failed", "empty")),
    Switch("link_key", "downloadUrl", "name of the link to a screenshot or an invitation in the operation's details"),
    Switch("moving_seconds", 900, "time to move a desktop"),
    Switch("upgrading_seconds", 1800, "time to upgrade a desktop"),
    Switch("moving_status", "Offline", "status word of a desktop that is moved or upgraded, which the vendor does not publish"),
    Switch("move_fails", "no", "at which stage moves and upgrades fail", ("no", "early", "late", "last")),
    Switch("move_keeps_tags", True, "whether a moved or upgraded desktop has its tags afterwards"),
    Switch("entra_only", False, "whether the tenant is Entra-ID-only: no domain is joined, and deleted Azure desktops leave stale devices"),
    # Users: section 4.4.
    Switch("user_seconds", 10, "time to create a user"),
    Switch("assign_seconds", 15, "time to hand a free desktop to a user"),
    Switch("second_assign_pool", "another", "what a repeated pool assignment does", ("another", "nothing")),
    Switch("cost_centers", "user", "who sets cost centers: the API for each user, or the directory alone", ("user", "directory")),
    Switch("stale_devices_page", 50, "devices on a page of the list of stale devices"),
    Switch("stale_device_dates", "rfc3339", "how their dates are written: as the contract's type asks, or as its example shows",
           ("rfc3339", "example")),
    # Everything else: sections 3.2, 4.5 to 4.9 and open questions 14 to 17.
    Switch("write_failure", "refused", "a failed write that answers a status is refused with 400, or answered 200 with status Failed",
           ("refused", "answered")),
    Switch("global_desktop_seconds", 15, "time to write to a global desktop, or to give it to a group or user"),
    Switch("application_bundles", "ids", "what an application lists its bundles by", ("ids", "names")),
    Switch("app_server_seconds", 300, "time to build application servers; those of a pool side by side"),
    Switch("app_pool_in_use", "refuse", "what deleting an application server pool with applications does", ("refuse", "delete")),
    Switch("template_seconds", 900, "time to build, clone or register a template"),
    Switch("template_step_seconds", 120, "time a template takes to become Draft, Preview or Published"),
    Switch("template_building_status", "Provisioning", "status word of a template that is being made, which the vendor does not publish"),
    Switch("template_fails", "", "regular expression: templates with such a name cannot be made"),
    Switch("custom_images", "added", "what the list of custom images holds: those that were added, or those that can be",
           ("added", "candidates")),
    Switch("cluster_create_status", 202, "what creating a gateway cluster answers", (202, 200)),
    Switch("gateway_seconds", 600, "time to build gateways; those of a cluster side by side"),
    Switch("new_gateway_mode", "Disabled", "mode of a new gateway", ("Disabled", "Enabled", "Maintenance")),
    Switch("gateway_reboot", "synchronous", "how the reboot of a gateway answers; the other way is announced", ("synchronous", "asynchronous")),
    Switch("gateway_reboot_seconds", 180, "time a rebooted gateway is Rebooting"),
    Switch("gateway_mode_after_reboot", "same", "mode of a gateway after a reboot", ("same", "Maintenance", "Disabled")),
    Switch("connection_target", "fqdn", "what a gateway's connection calls its desktop", ("fqdn", "name", "ip_address")),
    Switch("session_seconds", 5, "time to end a session, to show a message, or to make an invitation"),
    Switch("invitation_life_seconds", 3600, "life of the link to a remote assistance invitation"),
    Switch("refresh_status", 200, "what refreshing group entitlements answers", (200, 204)),
    Switch("report_seconds", 30, "time to make a report"),
    # The events feed: section 6 and open question 24.
    Switch("siem_authorization", "any", "which form of the Authorization header is taken", ("any", "WS", "WSEvents")),
    Switch("siem_company", "active", "whether the company may use the feed; if not, every call is 403", ("active", "suspended")),
    Switch("siem_skew_seconds", 900, "how far off the timestamp of a request may be, in real seconds"),
    Switch("siem_request_seconds", 60, "time to make the events of a request ready"),
    Switch("siem_request_life_seconds", 3600, "life of a request for events"),
    Switch("siem_page", 1000, "most events in an answer"),
    Switch("siem_repeats", 0, "events before the checkpoint that are told again"),
    Switch("event_arrival_seconds", 0, "time from an event until the feed has it"),
    # Parallels RAS: parallels-citrix-behaviour.md, sections 1 and 5.
    Switch("ras_enums", "number", 'how enumerations are written: 53, "53", "53 = Broken" or "Broken"', ("number", "digits", "text", "name")),
    Switch("ras_idle_seconds", 3600, "time after which the unused session of a farm's administrator ends"),
    Switch("ras_token_key", "authToken", "spelling of the token in the answer to a logon", ("authToken", "AuthToken")),
    Switch("ras_rights", "all", "what the administrator of the farm may do", ("all", "none")),
    Switch("ras_not_found_status", 404, "status of an answer about an unknown thing of a farm", (404, 400)),
    Switch("ras_name_filter", "whole", "how the server compares names when it filters", ("whole", "part")),
    Switch("ras_write_status", 200, "status of an accepted write that has nothing to tell", (200, 204)),
    Switch("ras_provisioning_seconds", 120, "time to make an AVD workspace, or to link one"),
    Switch("ras_repairing_seconds", 120, "time to repair an AVD workspace"),
    Switch("ras_deleting_seconds", 60, "time to delete an AVD workspace"),
    Switch("ras_azure", "works", "how that ends: well, or Broken", ("works", "fails")),
    Switch("ras_logons_seconds", 5, "time until an RD Session Host tells how it takes logons now"),
    Switch("ras_session_seconds", 5, "time to end or disconnect a user's session"),
    Switch("ras_apply", "clears", "whether settings still count as pending once they are applied", ("clears", "leaves them pending")),
    # Citrix Workspace: parallels-citrix-behaviour.md, sections 2 and 5.
    Switch("citrix_prefix", "citrixapi", "first part of its paths: since August 2025, or before; none = the domain is no workspace",
           ("citrixapi", "api", "none")),
    Switch("citrix_links", "both", "generations of launch links: since February 2026, before, or both", ("both", "current", "preview")),
    Switch("citrix_link_query", "", "query that launch links have already"),
    Switch("citrix_favorite_link", "favoriteUrl", "name of the link to a resource's favorite; empty = there is none"),
    Switch("citrix_client_types_key", "clientTypes", "field of the client types; none = not told",
           ("clientTypes", "clienttypes", "clientType", "none")),
    Switch("citrix_session_endpoints", "ListSessions LogoffSessions DisconnectSessions", "ids of the endpoints of sessions; empty = there are none"),
    Switch("citrix_launch_rounds", 2, "202 answers before a launch is ready"),
    Switch("citrix_poll_timeout", 5, "seconds that a 202 asks to wait; 0 = it names none"),
    Switch("citrix_retry_host", "self", "origin written into retryUrl; self = this server's own"),
    Switch("citrix_ticket_status", 201, "status of a launch ticket", (201, 200)),
    Switch("citrix_token_life_seconds", 900, "life of an access token"),
    Switch("citrix_token_refusal", 400, "status of the answer to a token that is not accepted", (400, 401)),
    Switch("citrix_refresh_tokens", "stay", "whether a renewal replaces the refresh token", ("stay", "rotate")),
)

_BY_NAME = {switch.name: switch for switch in SWITCHES}


class Switches:
    """Current values, as attributes."""

    def __init__(self, *layers: dict):
        """Defaults, then each layer over the one before."""
        self.__dict__.update({switch.name: switch.default for switch in SWITCHES})
        for layer in layers:
            self.change(layer)

    def change(self, values: dict) -> None:
        """Set several; one bad name or value and none is set."""
        if not isinstance(values, dict):
            raise SwitchError("switches are given as names and values")
        for name in values:
            if name not in _BY_NAME:
                raise SwitchError(f"there is no switch {name!r}; there are {', '.join(_BY_NAME)}")
        self.__dict__.update({name: _BY_NAME[name].accept(value) for name, value in values.items()})

    def values(self) -> dict:
        return dict(self.__dict__)

    def changed(self) -> dict:
        """Those that differ from their default, for the tenant file."""
        return {name: value for name, value in self.__dict__.items() if value != _BY_NAME[name].default}
