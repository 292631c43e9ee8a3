# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call and one reply, as all control planes of the simulator see them."""

import email
import email.policy
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote


@dataclass
class Reply:
    """An answer on its way. `data` becomes JSON unless `raw` is set; faults may mark it as dropped, cut or late."""

    status: int
    data: Any = None
    raw: bytes | None = None
    content_type: str = "application/json"
    headers: dict = field(default_factory=dict)
    dropped: bool = False
    cut: bool = False
    delay: float = 0.0  # real seconds

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return b"" if self.data is None else json.dumps(self.data, separators=(",", ":")).encode()


class Refusal(Exception):
    """Raised by a handler to answer with an error envelope."""

    def __init__(self, status: int, error: str, description: str, **more):
        super().__init__(description)
        self.reply = Reply(status, {**more, "error": error, "description": description})


@dataclass(frozen=True)
class Endpoint:
    """One operation of an API and the function that serves it."""

    operation_id: str
    method: str
    template: str  # path with {slots}
    handler: Any
    clouds: tuple = ()  # clouds that offer it; empty = not bound to clouds
    category: str | None = None  # what it counts as: read, write, token, or None for calls outside the budget
    public: bool = False  # needs no token

    @property
    def segments(self) -> list[str]:
        return self.template.split("/")


def serves(operation_id: str, method_and_path: str, *, clouds: tuple = (), category: str | None = "", public: bool = False):
    """Mark a function as the handler of one operation, such as @serves("poolsUsingGET", "GET /v1.0/pools")."""
    method, template = method_and_path.split(" ", 1)
    if category == "":
        category = "read" if method == "GET" else "write"

    def decorate(handler):
        handler.endpoint = Endpoint(operation_id, method, template, handler, clouds, category, public)
        return handler

    return decorate


def endpoints_of(*modules) -> list[Endpoint]:
    """All operations that the handlers of these modules serve, paths with fewer slots first."""
    found = [value.endpoint for module in modules for value in vars(module).values()
             if isinstance(getattr(value, "endpoint", None), Endpoint)]
    return sorted(found, key=lambda endpoint: endpoint.template.count("{"))


@dataclass
class Call:
    """One request, read completely."""

    method: str
    raw_path: str  # still percent-encoded: a name in it may hold a slash
    query_string: str
    headers: dict  # names in lower case
    body: bytes
    origin: str  # scheme://host:port by which the client reached the server
    endpoint: Endpoint | None = None
    slots: dict = field(default_factory=dict)

    @property
    def path(self) -> str:
        return unquote(self.raw_path)

    @property
    def query(self) -> dict:
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()

    @property
    def bearer(self) -> str | None:
        scheme, _space, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    def find_endpoint(self, endpoints: list[Endpoint], *, fold_case: bool = False) -> None:
        """Fill in which operation this is. The trailing slash of a path counts, as in the contract; its case unless `fold_case`."""
        fold = str.lower if fold_case else str
        asked = self.raw_path.split("/")
        for endpoint in endpoints:
            if endpoint.method == self.method and len(endpoint.segments) == len(asked):
                pairs = list(zip(endpoint.segments, asked))
                if all(fold(wanted) == fold(got) or (wanted.startswith("{") and got) for wanted, got in pairs):
                    self.endpoint = endpoint
                    self.slots = {wanted[1:-1]: unquote(got) for wanted, got in pairs if wanted.startswith("{")}
                    return

    def form(self) -> dict:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def parts(self) -> dict[str, bytes]:
        """The fields of a multipart form."""
        head = f"Content-Type: {self.headers.get('content-type', '')}\r\n\r\n".encode()
        message = email.message_from_bytes(head + self.body, policy=email.policy.HTTP)
        return {part.get_param("name", "", "content-disposition"): part.get_payload(decode=True) for part in message.iter_parts()}

    def json(self) -> dict:
        """The body as an object; no body is an empty object."""
        if not self.body:
            return {}
        try:
            data = json.loads(self.body)
        except ValueError:
            raise Refusal(400, "badRequest", "The body is not JSON.") from None
        if not isinstance(data, dict):
            raise Refusal(400, "badRequest", "The body is not a JSON object.")
        return data
