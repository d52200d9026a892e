"""A part of the API: what an operation takes and gives is said once and both checked and documented.

A view gets, in this order: the actor (where a scope is needed), the checked query, the checked
body, and the parts of its path by name. It calls one service and returns a response.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema
from werkzeug.exceptions import HTTPException

from api import problems
from api.auth import View, counted, needs
from api.parser import StrictParser
from registry.errors import CommonsError

PREFIX = "/api/v1"
BLUEPRINTS = "api_"
"""Begins the name of every blueprint here, since pages have blueprints of the same names."""
SCHEMES = ("bearer", "oauth2")
"""Names of what the document calls security schemes; each operation takes either."""
ALWAYS = (400, 404, 429, 503)
"""Problems that any address can answer with."""


@dataclass(frozen=True, slots=True)
class Speaks:
    """What an operation takes and gives.

    ``problems`` are statuses beyond those that follow from the rest. ``headers`` are extra
    parameters as OpenAPI objects. ``media`` is set where the answer is not JSON. ``kind`` names the
    limits that it is counted under, where these are not those of reading (GET) or writing.
    """

    summary: str
    answer: type[Schema] | None = None
    status: int = 200
    scopes: tuple[str, ...] = ()
    query: type[Schema] | None = None
    body: type[Schema] | None = None
    body_required: bool = True
    conditional: bool = False
    media: str = "application/json"
    problems: tuple[int, ...] = ()
    kind: str = ""
    headers: tuple[dict[str, Any], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def possible(self) -> list[int]:
        """Every status of a problem that the operation can answer with, sorted."""
        found = {*ALWAYS, *self.problems}
        if self.scopes:
            found |= {401, 403}
        if self.query is not None:
            found |= {422}
        if self.body is not None:
            found |= {413, 415, 422}
        if self.conditional:
            found |= {409, 412, 428}
        return sorted(found)


class Section:
    """A blueprint whose operations are declared with ``Speaks``."""

    def __init__(self, name: str, description: str) -> None:
        self.name = name
        self.blueprint = Blueprint(BLUEPRINTS + name, __name__, url_prefix=PREFIX, description=description)
        self.blueprint.ARGUMENTS_PARSER = StrictParser()
        self.blueprint.register_error_handler(CommonsError, problems.from_error)
        self.blueprint.register_error_handler(HTTPException, problems.from_http)

    def get(self, rule: str, speaks: Speaks) -> Callable[[View], View]:
        """Declare an operation that reads."""
        return self._operation("GET", rule, speaks)

    def post(self, rule: str, speaks: Speaks) -> Callable[[View], View]:
        """Declare an operation that makes or does something."""
        return self._operation("POST", rule, speaks)

    def patch(self, rule: str, speaks: Speaks) -> Callable[[View], View]:
        """Declare an operation that changes part of an object."""
        return self._operation("PATCH", rule, speaks)

    def delete(self, rule: str, speaks: Speaks) -> Callable[[View], View]:
        """Declare an operation that removes an object."""
        return self._operation("DELETE", rule, speaks)

    def _operation(self, method: str, rule: str, speaks: Speaks) -> Callable[[View], View]:
        def declare(view: View) -> View:
            layers = [*self._documents(view, speaks), *self._arguments(speaks)]
            kind = speaks.kind or ("read" if method == "GET" else "write")
            layers.append(needs(*speaks.scopes, kind=kind) if speaks.scopes else counted(kind))
            wrapped = reduce(lambda inner, layer: layer(inner), layers, view)
            endpoint = f"{method.lower()}_{view.__name__}"
            self.blueprint.add_url_rule(rule, endpoint, wrapped, methods=[method], tags=[self.name])
            return view

        return declare

    def _documents(self, view: View, speaks: Speaks) -> list[Callable[[View], View]]:
        blueprint = self.blueprint
        layers = [
            blueprint.doc(operationId=f"{self.name}-{view.__name__}".replace("_", "-"), **_extra(speaks))
        ]
        if speaks.answer is not None:
            layers.append(blueprint.response(speaks.status, speaks.answer, content_type=speaks.media))
        return layers

    def _arguments(self, speaks: Speaks) -> list[Callable[[View], View]]:
        """Innermost last: the query is read before the body, and stands before it.

        Schemas are made here, once: made at each request they cost more than what they check, and leave
        circles of objects behind.
        """
        layers = []
        if speaks.body is not None:
            layers.append(
                self.blueprint.arguments(speaks.body(), location="json", required=speaks.body_required)
            )
        if speaks.query is not None:
            layers.append(self.blueprint.arguments(speaks.query(), location="query"))
        return layers


def _extra(speaks: Speaks) -> dict[str, Any]:
    extra: dict[str, Any] = {"summary": speaks.summary, "x-problems": speaks.possible(), **speaks.extra}
    extra["security"] = [{scheme: list(speaks.scopes)} for scheme in SCHEMES] if speaks.scopes else []
    if speaks.answer is None:
        extra["x-media"] = speaks.media
    headers = list(speaks.headers)
    if speaks.conditional:
        headers.append(IF_MATCH)
    if headers:
        extra["x-headers"] = headers
    return extra


IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version that you have seen (RFC 9110 section 13.1.1).",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
