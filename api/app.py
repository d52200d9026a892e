"""Putting the API onto the application: operations, document, problems, headers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request
from flask_smorest import Api
from werkzeug.routing import RoutingException

from api import (
    appeals,
    attachments,
    bulk,
    caring,
    curating,
    files,
    flagging,
    health,
    ledger,
    limits,
    merging,
    offers,
    openness,
    originals,
    own_work,
    paths,
    pointing,
    problems,
    questions,
    queueing,
    readings,
    records,
    remarks,
    reviews,
    revising,
    same_event,
    searching,
    second_codings,
    similar,
    statistics,
    submissions,
    trail,
    vocabulary,
)
from api.fed import BLUEPRINTS as FED
from api.harvest import BLUEPRINTS as HARVEST
from api.harvest import taxii
from api.node import EXTENSION, Node
from api.oauth import server as oauth
from api.openapi import Document, account_reference
from api.schemas.problem import Problem
from registry.errors import N_, Malformed

PRIVATE = (
    submissions.section,
    revising.section,
    appeals.section,
    same_event.section,
    own_work.section,
    merging.section,
    queueing.section,
    bulk.section,
    attachments.section,
    originals.section,
    offers.section,
    reviews.section,
    second_codings.section,
    questions.section,
    remarks.section,
    trail.section,
    flagging.section,
    caring.section,
    curating.section,
)
PUBLIC = (
    searching.section,
    similar.section,
    records.section,
    readings.section,
    pointing.section,
    vocabulary.section,
    openness.section,
    statistics.section,
)
"""Operations that need the private side; a public-only node refuses them and does not document them."""
ROOTS = (
    "/api/",
    "/healthz",
    "/readyz",
    ledger.ROOT,
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/introspect",
    "/oauth/device",
    "/oauth/jwks",
    "/.well-known/",
    "/mirror/",
    "/fed/",
    "/oai",
    "/feeds/",
    "/exports/",
    "/catalog.",
    "/taxii2/",
)
"""Addresses that answer programs, errors included; all others answer people."""
NOT_UTF8 = N_(
    "The query of this address is not UTF-8: byte %(position)s. Encode the text as UTF-8 before escaping it."
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Rest(Api):  # type: ignore[misc] # flask-smorest ships no types
    """Gathers the operations; errors and their documentation are ours (``api.problems``)."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self) -> None:
        super().__init__()
        self._undocumented: list[Any] = []

    def register_blueprint(self, blp: Any, **options: Any) -> None:
        """Serve the operations; they are written down when somebody asks for the document (``written``).

        Most processes never serve it, and to write it takes longer than all else at the start.
        """
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._undocumented.append(blp)

    def written(self) -> dict[str, Any]:
        """What is documented of the operations."""
        while self._undocumented:
            blueprint = self._undocumented.pop(0)
            blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
            self.spec.tag({"name": blueprint.name, "description": blueprint.description})
        told: dict[str, Any] = self.spec.to_dict()
        return told

    def _register_error_handlers(self) -> None:
        """None for the whole application: pages have their own."""


def register(app: Flask) -> None:
    """Put everything under ``/api/v1``, and the health checks, onto the application."""
    app.config.update(API_TITLE="Incident Commons", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    paths.register(app)
    files.register(app)
    app.before_request(answer_unknown)
    app.before_request(refuse_unreadable)
    app.after_request(harden)
    app.after_request(limits.tell)
    rest = Rest()
    rest.init_app(app, spec_kwargs={"servers": [{"url": "/"}], "info": _INFO})
    rest.ma_plugin.converter.add_attribute_function(account_reference)
    for converter in paths.CONVERTERS.values():
        rest.register_converter(converter, paths.parameter_schema)
    rest.spec.components.schema("Problem", schema=Problem)
    node: Node = app.extensions[EXTENSION]
    for section in PUBLIC:
        rest.register_blueprint(section.blueprint)
    for section in PRIVATE:
        (app if node.private_side is None else rest).register_blueprint(section.blueprint)
    app.register_blueprint(Document(rest.written, node.taxonomy).blueprint())
    app.register_blueprint(health.blueprint)
    for blueprint in (*FED, *HARVEST):
        app.register_blueprint(blueprint)
    app.register_blueprint(ledger.blueprint)
    oauth.register(app)


def answer_unknown() -> Response | None:
    """Answer unknown addresses and methods under our roots before the pages' handlers see them."""
    error = request.routing_exception
    if error is None or isinstance(error, RoutingException) or not is_ours():
        return None  # a RoutingException is a redirect: to the same address without doubled slashes
    return _spoken(problems.from_http(error))


def refuse_unreadable() -> Response | None:
    """Answer a query that is not UTF-8 with the place; read leniently it would ask for something else."""
    if not is_ours() or b"%" not in request.query_string:
        return None
    try:
        unquote_to_bytes(request.query_string).decode("utf-8")
    except UnicodeDecodeError as error:
        return _spoken(problems.from_error(Malformed(NOT_UTF8, position=error.start)))
    return None


def _spoken(problem: Response) -> Response:
    """In the words of the protocol that is spoken at this address."""
    return taxii.spoken(problem) if request.path.startswith(f"{taxii.ROOT}/") else problem


def is_ours() -> bool:
    """Whether the request is for a program."""
    return request.path.startswith(ROOTS)


def harden(response: Response) -> Response:
    """What a browser may do with an answer of ours: nothing but read it; a file is sealed off by itself."""
    if is_ours() and response.status_code != HTTPStatus.NOT_MODIFIED:  # which finds a copy with all of them
        sealed = response.headers.get("Content-Security-Policy") == attachments.SEALED_OFF
        response.headers.update(
            {k: v for k, v in HEADERS.items() if not (sealed and k.startswith("Content"))}
        )
    return response


_INFO = {
    "summary": "A federated public registry of AI incidents",
    "description": (
        "Reading public records needs no token. Errors are problem details (RFC 9457); writes on an "
        "existing object need If-Match with the ETag that was read."
    ),
    "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
}
