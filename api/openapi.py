"""The OpenAPI 3.1 document: what flask-smorest gathers, finished with what only the node knows."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Blueprint, Response
from marshmallow import fields

from api.account_schema import STATEMENTS, components
from api.problems import CONTENT_TYPE, TABLE
from api.reply import STEADY, document, dumps
from api.schemas.base import COMPONENT
from api.schemas.identities import OWN_VALUES
from api.search_parameters import parameters as search_parameters
from api.section import BLUEPRINTS, PREFIX
from registry.identity.rules import OPENS_NOTHING, SCOPES
from registry.intake.similar.rules import Kind
from taxonomy import Taxonomy

SCOPES_USED = {scope: means for scope, means in SCOPES.items() if scope not in OPENS_NOTHING}
SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An access token got by OAuth; or, for a program that acts by itself and cannot do"
        " OAuth, the long-lived one that it was registered with. Scopes are listed at each operation.",
    },
    "oauth2": {
        "type": "oauth2",
        "description": "Every address is at /.well-known/oauth-authorization-server (RFC 8414), that of the"
        " device grant (RFC 8628) too. PKCE with S256 is always needed.",
        "flows": {
            "clientCredentials": {"tokenUrl": "/oauth/token", "scopes": SCOPES_USED},
            "authorizationCode": {
                "authorizationUrl": "/oauth/authorize",
                "tokenUrl": "/oauth/token",
                "refreshUrl": "/oauth/token",
                "scopes": SCOPES_USED,
            },
        },
    },
}
PHRASES = {kind.status: kind.title for kind in TABLE.values()} | {
    404: "There is nothing at this address, or nothing that you may know of.",
    415: "Not JSON, or compressed",
    405: "This address does not do that",
}
METHODS = ("get", "post", "patch", "delete")
LIMIT_HEADERS = {
    "RateLimit-Policy": {
        "description": "What is allowed: of each limit its name, tries (q) and seconds (w), as in"
        " draft-ietf-httpapi-ratelimit-headers-11. Not sent where the node has no limits.",
        "schema": {"type": "string", "maxLength": 400},
        "example": '"search-address";q=120;w=60',
    },
    "RateLimit": {
        "description": "What is left: of each limit its name, tries (r) and seconds (t) until one more.",
        "schema": {"type": "string", "maxLength": 400},
        "example": '"search-address";r=119;t=60',
    },
    "Retry-After": {
        "description": "Seconds to wait (RFC 9110 section 10.2.3).",
        "schema": {"type": "string", "pattern": "^[0-9]{1,6}$"},
    },
}
TOO_MANY = 429
COUNTED = ("RateLimit-Policy", "RateLimit")


class Document:
    """The finished document, served as bytes; made of what is ``written`` when it is first asked for."""

    def __init__(self, written: Callable[[], dict[str, Any]], taxonomy: Taxonomy) -> None:
        self._written, self._taxonomy = written, taxonomy
        self._lock = Lock()
        self._bytes = b""

    def blueprint(self) -> Blueprint:
        """The address of the document."""
        blueprint = Blueprint(BLUEPRINTS + "openapi", __name__, url_prefix=PREFIX)
        blueprint.add_url_rule("/openapi.json", "document", self.serve)
        return blueprint

    def serve(self) -> Response:
        """The document."""
        with self._lock:
            if not self._bytes:
                self._bytes = dumps(finished(self._written(), self._taxonomy))
        return document(self._bytes, "application/json", STEADY)


def account_reference(_converter: Any, field: fields.Field[Any], **_kwargs: Any) -> dict[str, Any]:
    """How an account field is documented: by reference to its component."""
    component = field.metadata.get(COMPONENT)
    return _reference(component) if isinstance(component, str) else {}


def finished(raw: dict[str, Any], taxonomy: Taxonomy) -> dict[str, Any]:
    """The document with accounts, security, problems and headers filled in."""
    schemas = raw["components"]["schemas"]
    schemas |= components(taxonomy)
    if "NewSubmission" in schemas:  # a public-only node takes none, and lacks what it refers to
        schemas["NewSubmission"] = _new_submission()
    raw["components"]["securitySchemes"] = SECURITY
    raw["components"].pop("responses", None)
    raw["components"]["headers"] = LIMIT_HEADERS
    raw["components"]["responses"] = {_name(status): _problem(status) for status in PHRASES}
    for tag in raw["tags"]:
        tag["name"] = tag["name"].removeprefix(BLUEPRINTS)
    for path in raw["paths"].values():
        for method in METHODS:
            if method in path:
                _finish_operation(path[method], taxonomy)
    return raw


def _finish_operation(operation: dict[str, Any], taxonomy: Taxonomy) -> None:
    more = operation.pop("x-headers", [])
    if operation.pop("x-search", False):
        more += search_parameters(taxonomy)
    if more:
        operation.setdefault("parameters", []).extend(more)
    responses = operation.setdefault("responses", {})
    for status in operation.pop("x-problems"):
        responses[str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}
    media = operation.pop("x-media", None)
    if media is not None:
        shape = {"type": "object" if media.endswith("json") else "string"}
        responses["200"] = {"description": "OK", "content": {media: {"schema": shape}}}
    for status, response in responses.items():
        if status.startswith("2"):
            response["headers"] = response.get("headers", {}) | _headers(*COUNTED)


def _new_submission() -> dict[str, Any]:
    """Sent at once it must be complete; kept as a draft it need not be."""
    named = {"anyOf": [_reference("Named"), {"type": "null"}]}
    report = {"kind": {"const": Kind.REPORT.value, "default": Kind.REPORT.value}, "about": named}
    sent, kept = {"const": True, "default": True}, {"const": False}

    def says(kind: Kind) -> dict[str, Any]:
        return {"kind": {"const": kind.value}, "about": _reference("Named")}

    def variant(account: str, submit: dict[str, Any], telling: dict[str, Any], *more: str) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                "account": _reference(account),
                "submit": submit,
                "identity": {"type": "string", "enum": OWN_VALUES},
                "delegate": _reference("Delegate"),
                **telling,
            },
            "required": ["account", *more],
            "additionalProperties": False,
        }

    return {
        "oneOf": [
            variant("CompleteAccount", sent, report),
            variant("DraftAccount", kept, report, "submit"),
            *(
                variant(f"{how}{STATEMENTS[kind.value]}", submit, says(kind), *more, "kind", "about")
                for kind in Kind
                if kind.is_statement
                for how, submit, more in (("Complete", sent, ()), ("Draft", kept, ("submit",)))
            ),
        ],
        "description": "A report or a statement to keep, and whether to send it to review at once.",
    }


def _problem(status: int) -> dict[str, Any]:
    described = {
        "description": PHRASES[status],
        "content": {CONTENT_TYPE: {"schema": _reference("Problem")}},
    }
    if status == TOO_MANY:
        described["headers"] = _headers(*LIMIT_HEADERS)
    return described


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _name(status: int) -> str:
    return f"Problem{status}"


def _reference(component: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{component}"}
