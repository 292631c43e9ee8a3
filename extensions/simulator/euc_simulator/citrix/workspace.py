# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Citrix workspace holds: one signed-in user's resources and sessions, and how the user signs in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from ..wire import Refusal


@dataclass
class Resource:
    """An app or desktop. `launch_error` is what its launches end with, `launch_rounds` how often they say "not yet"."""

    id: str
    name: str
    enabled: bool = True
    client_types: list = field(default_factory=lambda: ["ica30"])
    favorite: bool = False
    launch_error: str = ""
    launch_rounds: int | None = None  # None = as the switch says
    launches: int = 0  # that have begun

    @property
    def launchable(self) -> bool:
        """Web and SaaS apps are listed without launch links."""
        return "ica30" in self.client_types


@dataclass
class Session:
    id: str
    resource: str  # name of what it runs
    disconnected: bool = False


@dataclass
class SignIn:
    """The OAuth client of the workspace, and what its user has signed in to already. A private client has a secret."""

    application_id: str = "sim-application"
    client_id: str = "sim-citrix-client"
    client_secret: str = ""
    redirect_uris: list = field(default_factory=lambda: ["http://localhost/signed-in"])
    refresh_token: str = "sim-refresh-token"
    prompt_login: bool = False


class Workspace:
    def __init__(self, world):
        self.switches, self.timeline, self.ids = world.switches, world.timeline, world.ids
        self.sign_in = SignIn()
        self.resources: dict[str, Resource] = {}
        self.sessions: dict[str, Session] = {}
        self.access_tokens: dict[str, float] = {}  # when they expire
        self.refresh_tokens = {self.sign_in.refresh_token}
        self.codes: dict[str, dict] = {}  # what the authorize call asked for, by code
        self.rounds: dict[str, int] = {}  # answers "not yet" still to come, by retry key
        self.tickets: dict[str, Resource] = {}  # one-time tickets for the Citrix launcher

    def resource(self, resource_id: str) -> Resource:
        if resource_id not in self.resources:
            raise Refusal(404, "not_found", "There is no such resource.")
        return self.resources[resource_id]

    def make_secret(self, kind: str) -> str:
        return f"{kind}-{secrets.token_urlsafe(24)}"

    def accepts(self, access_token: str | None) -> bool:
        return self.access_tokens.get(access_token, 0) > self.timeline.now


def oauth_refusal(status: int, error: str, description: str) -> Refusal:
    """An error as OAuth words it, and as the store does."""
    refusal = Refusal(status, error, description)
    refusal.reply.data = {"error": error, "error_description": description}
    return refusal
