"""Who may call what: tokens, scopes, and other organizations' objects, which do not exist for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from api.node import Node
from registry.config import Settings
from registry.identity.rules import OPENS_NOTHING, SCOPES
from tests.api.live import Caller, Live, serving
from tests.api.test_conditional import WRITES
from tests.factories import account
from web.app import create_app
from web.wiring import build, close

NOWHERE = "0" * 32
CHANGE = {"kind": "retract", "reason": "wrong", "revision": 1}
READS = {
    "/api/v1/submissions": "submissions:read",
    "/api/v1/submissions/{id}": "submissions:read",
    "/api/v1/submissions/{id}/findings": "submissions:read",
    "/api/v1/submissions/{id}/history": "submissions:read",
    "/api/v1/offers": "submissions:read",
    "/api/v1/publishers": "submissions:write",
    "/api/v1/reviews": "reviews:read",
    "/api/v1/reviews/{id}": "reviews:read",
}
GUARDED = [
    *(("GET", path, None) for path in READS),
    ("GET", "/api/v1/trail", None),
    ("GET", "/api/v1/trail/verification", None),
    ("POST", "/api/v1/submissions", {"account": {}}),
    *WRITES.values(),
    ("GET", "/api/v1/submissions/{id}/attachments", None),
    ("POST", "/api/v1/submissions/{id}/attachments", {}),
    ("GET", f"/api/v1/submissions/{{id}}/attachments/{NOWHERE}", None),
    ("PATCH", f"/api/v1/submissions/{{id}}/attachments/{NOWHERE}", {"description": "x"}),
    ("DELETE", f"/api/v1/submissions/{{id}}/attachments/{NOWHERE}", None),
    ("GET", "/api/v1/reviews/{id}/attachments", None),
    ("GET", f"/api/v1/reviews/{{id}}/attachments/{NOWHERE}", None),
    ("POST", "/api/v1/submissions/bulk", {}),
    ("POST", "/api/v1/submissions/bulk/copy", {}),
    ("POST", "/api/v1/submissions/similar", {}),
    ("GET", "/api/v1/submissions/{id}/erasure", None),
    ("GET", "/api/v1/submissions/{id}/risk", None),
    ("GET", "/api/v1/reviews/{id}/risk", None),
    ("POST", "/api/v1/reviews/{id}/actions/resolve-relation", {"belongs": True}),
    ("POST", "/api/v1/reviews/{id}/actions/recuse", {"reason": "close"}),
    ("POST", "/api/v1/reviews/{id}/actions/unmask", {"reason": "safety"}),
    ("POST", "/api/v1/reviews/{id}/actions/ask", {"question": "Which clinic kind?"}),
    ("POST", "/api/v1/reviews/{id}/actions/read-answers", {"upto": 1}),
    ("POST", "/api/v1/reviews/{id}/actions/classify", {"facet": "kind", "codes": ["kind/incident"]}),
    ("GET", "/api/v1/reviews/{id}/questions", None),
    ("GET", "/api/v1/reviews/{id}/notes", None),
    ("POST", "/api/v1/reviews/{id}/notes", {"text": "Ask a pharmacist."}),
    ("POST", "/api/v1/reviews/actions/batch", {"act": "claim", "reports": []}),
    ("GET", "/api/v1/reviews/views", None),
    ("POST", "/api/v1/reviews/views", {"name": "Mine"}),
    ("DELETE", "/api/v1/reviews/views/{id}", None),
    ("GET", "/api/v1/care", None),
    ("GET", "/api/v1/care/{id}", None),
    ("GET", "/api/v1/changes/{id}", None),
    ("GET", "/api/v1/merges/preview", None),
    ("GET", "/api/v1/submissions/{id}/appeal", None),
    ("GET", "/api/v1/submissions/{id}/changes", None),
    ("POST", "/api/v1/care/{id}/actions/dismiss", {}),
    ("POST", "/api/v1/care/{id}/changes", {}),
    ("POST", "/api/v1/changes/{id}/actions/approve", {}),
    ("POST", "/api/v1/changes/{id}/actions/refuse", {}),
    ("POST", "/api/v1/changes/{id}/actions/take-back", {}),
    ("POST", "/api/v1/merges", {}),
    ("POST", "/api/v1/records/aiid:1/readings", {}),
    ("DELETE", "/api/v1/records/aiid:1/readings/severity", None),
    ("POST", "/api/v1/reviews/{id}/actions/merge", {}),
    ("POST", "/api/v1/reviews/{id}/actions/reject-appeal", {}),
    ("POST", "/api/v1/reviews/{id}/actions/uphold", {}),
    ("POST", "/api/v1/submissions/{id}/actions/answer-held", {}),
    ("POST", "/api/v1/submissions/{id}/actions/appeal", {}),
    ("POST", "/api/v1/submissions/{id}/actions/revise", {}),
    ("POST", "/api/v1/submissions/{id}/changes", {}),
    ("POST", "/api/v1/submissions/{id}/changes/actions/take-back", {}),
    ("GET", "/api/v1/reviews/late", None),
    ("GET", "/api/v1/reviews/wishes", None),
    ("POST", "/api/v1/reviews/wishes", {}),
    ("POST", "/api/v1/reviews/actions/next", None),
    ("GET", "/api/v1/second-codings", None),
    ("GET", "/api/v1/second-codings/{id}", None),
    ("POST", "/api/v1/second-codings/{id}", {"codings": []}),
    ("GET", "/api/v1/submissions/{id}/questions", None),
    ("POST", "/api/v1/submissions/{id}/questions/1/actions/answer", {"answer": "A large one."}),
    ("POST", "/api/v1/reviews/{id}/actions/uphold", {"text": "It was not."}),
    ("GET", "/api/v1/offers/{id}", None),
    ("POST", "/api/v1/offers/{id}/actions/take", {"identity": "named"}),
    ("POST", "/api/v1/offers/{id}/actions/refuse", {"reason": "No."}),
]


@pytest.mark.parametrize(("method", "path", "body"), GUARDED)
@pytest.mark.parametrize("token", [None, "", "wrong", "x" * 10_000, "é"])
def test_without_a_valid_token_the_answer_is_401(
    shared: Live, method: str, path: str, body: object, token: str
) -> None:
    answer = Caller(shared.port, token).send(method, path.format(id="0" * 32), body)
    assert answer.status == 401
    said = answer.headers["WWW-Authenticate"]
    assert said.startswith("Bearer ")
    assert ('error="invalid_token"' in said) == bool(token), "RFC 6750 section 3.1"


@pytest.mark.parametrize(("method", "path", "body"), GUARDED)
def test_without_the_scope_the_answer_is_403(shared: Live, method: str, path: str, body: object) -> None:
    weak = shared.caller("Lake Health", "records:read", "cases:write")
    answer = weak.send(method, path.format(id="0" * 32), body, {"If-Match": '"1"'})
    assert answer.status == 403
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("path", [path for path in READS if "{id}" in path])
def test_reading_works_with_the_one_scope_it_needs(shared: Live, path: str) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    owner = "Open Review" if "reviews" in path else "Lake Health"
    answer = shared.caller(owner, READS[path]).get(path.format(id=made.json["id"]))
    assert answer.status == 200


@pytest.mark.parametrize("name", [name for name, (_, path, _) in WRITES.items() if "submissions" in path])
def test_another_organizations_report_does_not_exist(shared: Live, name: str) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    method, path, body = WRITES[name]
    answer = shared.other.send(method, path.format(id=made.json["id"]), body, {"If-Match": made.etag})
    missing = shared.other.send(method, path.format(id="0" * 32), body, {"If-Match": made.etag})
    assert (answer.status, answer.body) == (404, missing.body)


@pytest.mark.parametrize("path", [path for path in READS if "submissions/{id}" in path])
def test_another_organizations_report_cannot_be_read(shared: Live, path: str) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    answer = shared.other.get(path.format(id=made.json["id"]))
    assert (answer.status, answer.body) == (404, shared.other.get(path.format(id="0" * 32)).body)


def test_nobody_reviews_a_report_of_their_own_organization(shared: Live) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    own = [item["id"] for item in shared.member.get("/api/v1/reviews?limit=50").json["items"]]
    assert made.json["id"] not in own
    assert shared.member.get(f"/api/v1/reviews/{made.json['id']}").status == 404
    claim = shared.member.post(f"/api/v1/reviews/{made.json['id']}/actions/claim", If_Match=made.etag)
    assert claim.status == 404


def test_reviewers_do_not_see_drafts(shared: Live) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": {"title": "Begun"}, "submit": False})
    assert shared.reviewer.get(f"/api/v1/reviews/{made.json['id']}").status == 404


def test_a_cookie_opens_nothing(shared: Live, node: Node) -> None:
    answer = shared.nobody.get("/api/v1/submissions", Cookie=f"commons={shared.member.token}")
    assert answer.status == 401


def test_every_operation_is_either_public_or_guarded_here(app: Flask) -> None:
    guarded = {
        (method, path)
        for path, item in app.test_client().get("/api/v1/openapi.json").get_json()["paths"].items()
        for method, operation in item.items()
        if method != "parameters" and operation["security"]
    }
    tested = {(method.lower(), _written(path)) for method, path, _ in GUARDED}
    assert guarded == tested


@pytest.fixture
def public_only(node: Node) -> Iterator[int]:
    """A node that serves the same data without its private side."""
    node.log.publish()
    settings = Settings(data_dir=node.settings.data_dir, secret_key="test-" * 8, public_only=True)
    copy = build(settings, node.clock)
    with serving(copy) as port:
        yield port
    close(copy)


@pytest.mark.parametrize(("method", "path", "body"), GUARDED)
def test_a_public_only_node_has_no_private_addresses(
    public_only: int, method: str, path: str, body: object
) -> None:
    answer = Caller(public_only, "any token").send(method, path.format(id="0" * 32), body)
    assert answer.status == 404


def test_a_public_only_node_serves_what_is_public(public_only: int) -> None:
    for path in (
        "/api/v1/taxonomy",
        "/api/v1/openapi.json",
        "/api/v1/search",
        "/healthz",
        "/readyz",
        "/ledger/checkpoint",
    ):
        assert Caller(public_only).get(path).status == 200


def test_scopes_are_those_of_the_table(app: Flask) -> None:
    paths = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    named = {
        scope
        for item in paths.values()
        for method, operation in item.items()
        if method != "parameters"
        for rule in operation["security"]
        for scopes in rule.values()
        for scope in scopes
    }
    assert named == {"submissions:read", "submissions:write", "reviews:read", "reviews:write", "node:admin"}
    assert named == set(SCOPES) - OPENS_NOTHING


def test_the_application_can_be_made_twice(node: Node) -> None:
    assert create_app(node).url_map is not create_app(node).url_map


def _written(path: str) -> str:
    """A path of the table as the API's own description writes it."""
    named = {
        "/offers/{id}": "/offers/{offer}",
        "/care/{id}": "/care/{record}",
        "/changes/{id}": "/changes/{change}",
        "/views/{id}": "/views/{view}",
        "/questions/1/": "/questions/{number}/",
        "/aiid:1/": "/{record_id}/",
        "/readings/severity": "/readings/{field}",
        "{id}": "{submission}",
        NOWHERE: "{attachment}",
    }
    for short, long in named.items():
        path = path.replace(short, long)
    return path
