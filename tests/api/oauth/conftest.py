"""Programs of every kind at a node, on each database engine in turn."""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from api.node import Node
from registry.identity.oauth.models import Client
from registry.identity.oauth.rules import DEVICE_GRANT
from registry.identity.rules import Actor
from registry.identity.secrets import hash_secret
from tests.conftest import SettableClock
from tests.factories import People, settings_in
from tests.postgres import PostgresServer
from web.app import create_app
from web.wiring import build, close

CALLBACK = "https://tool.example/callback"
SECRET = "s3cret-._~!*'():/?#[]@ with everything"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
KINDS = {"service": "1" * 32, "signer": "2" * 32, "web": "3" * 32, "native": "4" * 32, "foreign": "5" * 32}
"""Kind of program → its id."""


@dataclass
class Town:
    """A node with people and programs, and a browserless client that speaks to it."""

    node: Node
    app: Flask
    http: FlaskClient
    people: People
    clock: SettableClock
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))

    @property
    def issuer(self) -> str:
        return self.node.private.oauth.tokens.issuer

    def elsewhere(self) -> Town:
        """The same town seen through a client of its own, for threads."""
        return replace(self, http=self.app.test_client())

    def app_redeem(self, code: str) -> TestResponse:
        return self.elsewhere().redeem(code)

    def app_refresh(self, token: str) -> TestResponse:
        return self.elsewhere().refresh(token)

    def app_assert(self, assertion: str) -> TestResponse:
        return self.elsewhere().token("signer", grant_type="client_credentials", client_assertion=assertion)

    def post(self, path: str, kind: str | None = "service", **fields: str) -> TestResponse:
        """A form, with the credentials of a program of this kind."""
        headers = {}
        if kind in ("service", "web", "foreign"):
            pair = f"{quote(KINDS[kind], safe='')}:{quote(SECRET, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        elif kind == "native":
            fields.setdefault("client_id", KINDS["native"])
        elif kind == "signer":
            fields |= {
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": fields.get("client_assertion") or self.assertion(),
            }
        return self.http.post(path, data=fields, headers=headers)

    def token(self, kind: str = "service", **fields: str) -> TestResponse:
        return self.post("/oauth/token", kind, **fields)

    def assertion(self, **changes: Any) -> str:
        now, me = int(self.clock().timestamp()), KINDS["signer"]
        claims = {
            "iss": me,
            "sub": me,
            "aud": self.issuer,
            "exp": now + 120,
            "iat": now,
            "jti": "j1",
        } | changes
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    def code(self, kind: str = "web", actor: Actor | None = None, scope: str = "submissions:write") -> str:
        """A code as the consent page gives it."""
        return self.node.private.oauth.credentials.give_code(
            actor or self.people.member, KINDS[kind], tuple(scope.split()), CALLBACK, CHALLENGE
        )

    def redeem(self, code: str, kind: str = "web", **changes: str) -> TestResponse:
        fields = {"code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER} | changes
        return self.token(kind, grant_type="authorization_code", **fields)

    def refresh(self, token: str, kind: str = "web", **fields: str) -> TestResponse:
        return self.token(kind, grant_type="refresh_token", refresh_token=token, **fields)

    def mine(self, token: str) -> int:
        """Status of a call that needs ``submissions:read``."""
        answer = self.http.get("/api/v1/submissions", headers={"Authorization": f"Bearer {token}"})
        return answer.status_code

    def submit(self, token: str) -> int:
        """Status of a call that needs ``submissions:write``."""
        body = {"account": {"title": "A draft"}, "submit": False}
        headers = {"Authorization": f"Bearer {token}"}
        return self.http.post("/api/v1/submissions", json=body, headers=headers).status_code


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Flows are tried on both engines; long tables of what is refused, on SQLite alone."""
    if "town" in metafunc.fixturenames:
        tables = any(mark.name == "parametrize" for mark in metafunc.definition.iter_markers())
        postgresql = pytest.param("postgresql", marks=pytest.mark.postgres)
        metafunc.parametrize("town", ["sqlite"] if tables else ["sqlite", postgresql], indirect=True)


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    settings = settings_in(tmp_path / "node")
    if request.param == "sqlite":
        folder, people = request.getfixturevalue("founded")
    else:
        folder, people, *originals = request.getfixturevalue("founded_on_postgresql")
        server: PostgresServer = request.getfixturevalue("postgres")
        private, public = map(server.copy, originals)
        settings = replace(settings, private_database=private, public_database=public)
    shutil.copytree(folder, settings.data_dir)
    node = build(settings, clock)
    app = create_app(node)
    built = Town(node, app, app.test_client(), people, clock)
    register_programs(built)
    yield built
    close(node)


def register_programs(town: Town) -> None:
    """One program of each kind for the member's organization, and one of another."""
    everything = "submissions:read submissions:write reviews:read"
    browser = "authorization_code refresh_token"
    ways: dict[str, dict[str, Any]] = {
        "service": {"secret_hash": hash_secret(SECRET), "grant_types": "client_credentials"},
        "signer": {
            "auth_method": "private_key_jwt",
            "grant_types": "client_credentials",
            "jwks": {"keys": [town.key.as_dict(private=False)]},
        },
        "web": {"secret_hash": hash_secret(SECRET), "grant_types": browser, "redirect_uris": [CALLBACK]},
        "native": {
            "auth_method": "none",
            "grant_types": f"{browser} {DEVICE_GRANT}",
            "redirect_uris": [CALLBACK],
        },
        "foreign": {
            "secret_hash": hash_secret(SECRET),
            "grant_types": f"{browser} client_credentials",
            "redirect_uris": [CALLBACK],
        },
    }
    with town.node.private.database.work() as session:
        for kind, way in ways.items():
            owner = town.people.other_member if kind == "foreign" else town.people.member
            session.add(
                Client(
                    id=KINDS[kind],
                    organization_id=owner.organization_id,
                    name=f"the {kind} program",
                    scopes=everything,
                    created_at=town.clock(),
                    **way,
                )
            )


def error(answer: TestResponse) -> tuple[int, str]:
    """Status and error code of a refusal, which is JSON and cannot be cached."""
    assert answer.mimetype == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.status_code, (answer.json or {})["error"]


def sent_to(answer: TestResponse) -> tuple[str, dict[str, str]]:
    """Where a browser is sent: address without query, and the query."""
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.scheme}://{parts.netloc}{parts.path}", {k: v[0] for k, v in parse_qs(parts.query).items()}
