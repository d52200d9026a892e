"""The document: valid by an outside judge, and exactly the addresses that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from registry.identity.rules import OPENS_NOTHING, SCOPES
from tests.api.live import Live

METHODS = {"get", "post", "patch", "put", "delete"}
NOWHERE = "0" * 32
Operation = dict[str, Any]


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.json or {}
    return found


def operations(document: dict[str, Any]) -> dict[tuple[str, str], Operation]:
    """(method, path) → operation."""
    return {
        (method, path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_an_outside_judge_finds_no_fault(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_names_every_address_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (method.lower(), re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/api/v1/") and method.lower() in METHODS
    }
    assert set(operations(document)) == served - {("get", "/api/v1/openapi.json")}


def test_every_operation_can_be_understood_alone(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len({operation["operationId"] for operation in found.values()}) == len(found)
    for key, operation in found.items():
        assert operation["summary"], key
        assert "security" in operation, key
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert good, key
        assert {"400", "404", "429", "503"} <= set(operation["responses"]), key
        for status in ("401", "403"):
            assert (status in operation["responses"]) == bool(operation["security"]), key
        for status, response in operation["responses"].items():
            if status.startswith(("4", "5")):
                assert "Problem" in str(response), (key, status)


def test_it_tells_of_the_headers_that_say_what_is_left(document: dict[str, Any]) -> None:
    counted = {"RateLimit", "RateLimit-Policy"}
    assert set(document["components"]["headers"]) == counted | {"Retry-After"}
    assert set(document["components"]["responses"]["Problem429"]["headers"]) == counted | {"Retry-After"}
    for key, operation in operations(document).items():
        good = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
        assert all(counted <= set(answer["headers"]) for answer in good), key


def test_what_it_says_of_tokens_is_true(document: dict[str, Any], shared: Live) -> None:
    """Called without a token, an operation asks for one if and only if the document says so."""
    for (method, path), operation in operations(document).items():
        address = _somewhere(path)
        answer = shared.nobody.send(method.upper(), address, {} if method != "get" else None)
        assert (answer.status == 401) == bool(operation["security"]), (method, path, answer.status)


def test_every_scope_it_speaks_of_is_enough(document: dict[str, Any], shared: Live) -> None:
    """A token with all scopes but the named ones is refused, one with just these is not."""
    for (method, path), operation in operations(document).items():
        for need in operation["security"]:
            ((scheme, scopes),) = need.items()
            assert scheme in document["components"]["securitySchemes"]
            just, rest = shared.caller("Lake Health", *scopes), shared.caller("Lake Health", "cases:read")
            address = _somewhere(path)
            body = None if method == "get" else {}
            assert rest.send(method.upper(), address, body).status == 403, (method, path)
            assert just.send(method.upper(), address, body).status not in (401, 403), (method, path)


def test_the_flows_of_oauth_are_those_of_the_server(document: dict[str, Any], shared: Live) -> None:
    """What the document says of OAuth is what the server's own metadata say (RFC 8414)."""
    said = shared.nobody.get("/.well-known/oauth-authorization-server").json
    flows = document["components"]["securitySchemes"]["oauth2"]["flows"]
    assert set(flows) == {"clientCredentials", "authorizationCode"}
    for flow in flows.values():
        assert said["token_endpoint"].endswith(flow["tokenUrl"])
        assert set(flow["scopes"]) == set(SCOPES) - OPENS_NOTHING
    assert said["authorization_endpoint"].endswith(flows["authorizationCode"]["authorizationUrl"])


def test_it_states_the_bounds_of_every_text(document: dict[str, Any]) -> None:
    """No request has a text or a list without a limit."""
    schemas = document["components"]["schemas"]
    asked = {
        f"{method} {path}": [operation.get("requestBody", {}), operation.get("parameters", [])]
        for (method, path), operation in operations(document).items()
    }
    assert [
        place
        for place, parts in asked.items()
        for shape in shapes(parts, schemas)
        for kind in kinds(shape)
        if kind in BOUNDS and not BOUNDS[kind] & set(shape)
    ] == []


BOUNDS = {"string": {"maxLength", "enum", "const", "pattern"}, "array": {"maxItems"}}
"""Type → what limits it."""


def kinds(shape: dict[str, Any]) -> list[str]:
    """The types that a schema allows; one that may be null names several."""
    found = shape.get("type", [])
    return [found] if isinstance(found, str) else list(found)


def shapes(part: Any, schemas: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every schema inside a part of the document, references followed."""
    assert depth < 60
    if isinstance(part, list):
        for item in part:
            yield from shapes(item, schemas, depth + 1)
    if isinstance(part, dict):
        yield part
        if "$ref" in part:
            yield from shapes(schemas[part["$ref"].rpartition("/")[2]], schemas, depth + 1)
        for name, inner in part.items():
            if name not in ("enum", "examples", "required", "type"):
                yield from shapes(inner, schemas, depth + 1)


def _somewhere(path: str) -> str:
    """The path with things that do not exist in place of its parts."""
    for part in ("submission", "attachment", "offer", "view", "change"):
        path = path.replace(f"{{{part}}}", NOWHERE)
    path = path.replace("{record}", "aiid:1")
    return path.replace("{record_id}", "aiid:1").replace("{number}", "1").replace("{facet}", "kind")
