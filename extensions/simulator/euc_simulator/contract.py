# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every request and answer against the OpenAPI file that has its operation. Needs the extra `contract` (openapi-core)."""

from functools import lru_cache
from pathlib import Path

import yaml

from .wire import Call, Reply

# The document names the vendor's hosts only; calls are checked as if they had gone to this one.
_ORIGIN = "https://contract.invalid"


def tighten(node) -> None:
    """Make unknown fields a failure: the published schemas never say `additionalProperties: false`. A file is bytes, not text."""
    if isinstance(node, dict):
        if node.get("format") == "binary":
            node.pop("type", None)
        if isinstance(node.get("properties"), dict) and "additionalProperties" not in node:
            node["additionalProperties"] = False
        for value in node.values():
            tighten(value)
    elif isinstance(node, list):
        for value in node:
            tighten(value)


@lru_cache
def _load(path: Path):
    """The OpenAPI object and the operationIds of a file; read once, since a test run starts many simulators."""
    from openapi_core import Config, OpenAPI

    with open(path, encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    tighten(document.get("components", {}).get("schemas", {}))
    tighten(document["paths"])
    document["servers"] = [{"url": _ORIGIN}]
    operations = [operation for item in document["paths"].values() for operation in item.values()
                  if isinstance(operation, dict) and "operationId" in operation]
    for operation in operations:
        operation.pop("servers", None)
    known = {operation["operationId"] for operation in operations}
    # The document is checked where it is written; checking it again at each start would take seconds.
    config = Config(spec_validator_cls=None, extra_media_type_deserializers={"application/x-ica": bytes.decode})
    return OpenAPI.from_dict(document, config=config), known


class _NoContract:
    """Stands in when no contract was given: nothing is ever wrong."""

    def request_problem(self, call: Call) -> str | None:
        return None

    def reply_problem(self, call: Call, reply: Reply) -> str | None:
        return None


NO_CONTRACT = _NoContract()


class Contract:
    def __init__(self, *paths: Path):
        self._documents = {operation_id: openapi for openapi, known in map(_load, paths) for operation_id in known}

    def request_problem(self, call: Call) -> str | None:
        """What is wrong with a request, or None. Calls that no contract holds are none of its business."""
        openapi = self._covering(call)
        return _first(openapi.iter_request_errors(_Request(call))) if openapi else None

    def reply_problem(self, call: Call, reply: Reply) -> str | None:
        openapi = self._covering(call)
        # The older edition's throttle answer, a 400, is documented in prose and not in the contract.
        if openapi is None or reply.dropped or (reply.status == 400 and b"X-Retry-After-Secs" in reply.body()):
            return None
        return _first(openapi.iter_response_errors(_Request(call), _Response(reply)))

    def _covering(self, call: Call):
        return self._documents.get(call.endpoint.operation_id) if call.endpoint else None


def _first(problems) -> str | None:
    """The first problem in one line, with the schema's own words behind it where there are any."""
    for problem in problems:
        causes = [str(problem)]
        while problem := problem.__cause__:
            causes.append(str(getattr(problem, "message", problem)))
            causes += [f"{'.'.join(map(str, error.path)) or 'body'}: {error.message}"
                       for error in getattr(problem, "schema_errors", ())]
        return "; ".join(causes)
    return None


class _Request:
    """A call as openapi-core wants to see it."""

    host_url = _ORIGIN

    def __init__(self, call: Call):
        from openapi_core.datatypes import RequestParameters
        from werkzeug.datastructures import Headers, ImmutableMultiDict

        self.path = call.raw_path
        self.method = call.method.lower()
        self.body = call.body or None
        self.content_type = call.headers.get("content-type") or "application/json"
        self.parameters = RequestParameters(query=ImmutableMultiDict(call.query), header=Headers(call.headers),
                                            cookie=ImmutableMultiDict())


class _Response:
    """A reply as openapi-core wants to see it."""

    def __init__(self, reply: Reply):
        from werkzeug.datastructures import Headers

        # The contract declares no 404; where a switch asks for one it stands for the 400.
        self.status_code = 400 if reply.status in (404, 405) else reply.status
        self.data = reply.body()
        self.content_type = reply.content_type
        self.headers = Headers(reply.headers)
