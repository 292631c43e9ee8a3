# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where everything is: the discovery document, and that of the authorization server. Source: parallels-citrix-behaviour.md, 2.1 and 2.2."""

from __future__ import annotations

from ..core.errors import ApiError, BadAnswer, InvalidInput, Refused
from ..core.http import decode, origin

# The only address that a client builds; the newer prefix first. Everything else is told by the documents.
PREFIXES = ("citrixapi", "api")
PATH = "/{prefix}/discovery/configurations"
# The service whose endpoints a user's resources and sessions have.
STORE = "store"
# Seconds for which a document may be kept.
KEPT = 300


class Discovery:
    """The documents of one workspace, read when they are first needed and kept for five minutes.

    ``prefix`` is that of the paths or ``auto``. Origins that the document names get the session's trust, and no others.
    """

    def __init__(self, application_id, prefix):
        self.headers = {"Citrix-ApplicationId": application_id}
        self.prefix = None
        self._prefixes = PREFIXES if prefix == "auto" else (prefix,)
        self._read_at = float("-inf")
        self._document = self._metadata = None

    def document(self, session):
        if session.clock.time() - self._read_at > KEPT:
            self._document, self._metadata = self._read(session), None
            self._read_at = session.clock.time()
            for endpoint in self._endpoints():
                session.trust(endpoint["url"])
        return self._document

    def endpoint(self, session, wanted, option=None):
        """The address of an endpoint of the store by its id. Raises Refused with the ids that are there; ``option`` takes another one."""
        self.document(session)
        urls = {endpoint["id"]: endpoint["url"] for endpoint in self._endpoints(STORE)}
        if wanted not in urls:
            advice = f"; name the right one in '{option}'" if option else ""
            raise Refused(f"The workspace names no endpoint '{wanted}'; it has {', '.join(sorted(urls)) or 'none'}{advice}")
        return urls[wanted]

    def describe(self, session):
        """The document in the user's words."""
        document = self.document(session)
        names = [service.get("service") for service in document["services"]]
        return {
            "api_prefix": self.prefix,
            "services": names,
            "endpoints": {name: {endpoint["id"]: endpoint["url"] for endpoint in self._endpoints(name)} for name in names},
            "auth_scopes": document.get("authScopes") or [],
            "client_settings": self.client_settings(session),
        }

    def client_settings(self, session):
        return self.document(session).get("clientSettings") or {}

    def metadata(self, session):
        """What the authorization server says of itself; fetched without any credential, for it is another host."""
        url = (self.client_settings(session).get("oidcConfiguration") or {}).get("oidc_discovery_endpoint")
        if not url:
            raise BadAnswer("The discovery document names no authorization server (oidc_discovery_endpoint), so nobody can sign in")
        if self._metadata is None:
            self._metadata = decode(session.download(url, doing="read where to sign in"))
            if not isinstance(self._metadata, dict):
                raise BadAnswer(f"Could not read where to sign in: what {origin(url)} answered is no JSON object")
        return self._metadata

    def authorization_server(self, session, endpoint):
        """An endpoint of the authorization server, such as ``token_endpoint``; it must be the server that told it, for secrets go there."""
        url = self.metadata(session).get(endpoint)
        asked = self.client_settings(session)["oidcConfiguration"]["oidc_discovery_endpoint"]
        if not isinstance(url, str) or origin(url) != origin(asked) or (session.url.startswith("https:") and not url.startswith("https:")):
            raise Refused(
                f"Cannot sign in: {origin(asked)} names {url or 'nothing'} as its {endpoint}, and secrets go to {origin(asked)} only"
            )
        return url

    def _read(self, session):
        for prefix in self._prefixes:
            try:
                answer = session.call(
                    "GET", PATH.format(prefix=prefix), doing="read the discovery document", headers=self.headers, anonymous=True
                )
            except ApiError as error:
                if error.facts["status"] != 404:
                    raise
            else:
                if not isinstance(answer.body, dict) or not isinstance(answer.body.get("services"), list):
                    raise BadAnswer(f"Could not read the discovery document: {session.url} answered something else; check 'workspace_url'")
                self.prefix = prefix
                return answer.body
        tried = " and ".join(PATH.format(prefix=prefix) for prefix in self._prefixes)
        advice = "check 'workspace_url'" if len(self._prefixes) > 1 else "check 'workspace_url', or leave 'api_prefix' at auto"
        raise InvalidInput(f"{session.url} is no Citrix workspace: it answers 404 at {tried}; {advice}", status=404)

    def _endpoints(self, service=None):
        for group in self._document["services"]:
            if service in (None, group.get("service")):
                yield from (one for one in group.get("endpoints") or () if one.get("id") and one.get("url"))
