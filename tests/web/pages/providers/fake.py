"""An identity provider over real HTTP, which does as it should until a test makes it misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.wrappers import Request, Response

from registry.clock import Clock
from tests.serving import on_port

CLIENT, SECRET = "this-node", "s3cret-._~!*'():/?#[]@ with everything"
Change = Callable[[dict[str, Any]], dict[str, Any]]


def unchanged(document: dict[str, Any]) -> dict[str, Any]:
    return document


@dataclass
class FakeProvider:
    """``describe`` and ``claim`` change what it says; ``answers`` replace whole answers by path."""

    clock: Clock
    issuer: str = ""
    describe: Change = unchanged
    claim: Change = unchanged
    names_itself: bool = True
    auth_methods: tuple[str, ...] = ("client_secret_basic",)
    published: list[dict[str, Any]] | None = None
    header: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Callable[[], Response]] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, url: str, subject: str = "a-1", **claims: Any) -> str:
        """What the provider's page does with a person who agrees; the address it sends them back to."""
        asked = self.question(url)
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked | {"claims": json.dumps({"sub": subject, **claims})}
        return self.back(asked, code=code)

    def back(self, asked: dict[str, str], **answer: str) -> str:
        named = {"iss": self.issuer} if self.names_itself else {}
        return f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], **named, **answer})}"

    def question(self, url: str) -> dict[str, str]:
        """What the node asks; every part is there once and as the standards want it."""
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["scope"].split()[0] == "openid"
        assert asked["code_challenge_method"] == "S256"
        assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
        return asked

    def serve(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.asked.append(request.path)
        if request.path in self.answers:
            return self.answers[request.path]()(environ, start_response)
        known = {
            "/.well-known/openid-configuration": self.document,
            "/jwks": self.jwks,
            "/token": lambda: self.token(request),
        }
        return known[request.path]()(environ, start_response)

    def document(self) -> Response:
        base = self.issuer
        said = {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/jwks",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["ES256", "RS256"],
            "token_endpoint_auth_methods_supported": list(self.auth_methods),
            "authorization_response_iss_parameter_supported": self.names_itself,
        }
        return answer(self.describe(said))

    def jwks(self) -> Response:
        return answer({"keys": self.published or [self.key.as_dict(private=False)]})

    def token(self, request: Request) -> Response:
        """The token endpoint: credentials, code, address and proof must all be right."""
        form = request.form
        if "client_secret_basic" in self.auth_methods:
            pair = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
            client, secret = map(unquote, pair.split(":"))
        else:
            client, secret = form["client_id"], form["client_secret"]
        asked = self.codes.pop(form["code"], {})
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        good = (client, secret) == (CLIENT, SECRET) and form["redirect_uri"] == asked.get("redirect_uri")
        if not good or proof.rstrip(b"=").decode() != asked.get("code_challenge"):
            return answer({"error": "invalid_grant"}, 400)
        return answer({"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked)})

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(self.clock().timestamp())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        header = {"alg": "ES256", "kid": self.key.kid} | self.header
        return jwt.encode(header, self.claim(told | json.loads(asked["claims"])), self.key)


def answer(document: object, status: int = 200) -> Response:
    return Response(json.dumps(document), status, content_type="application/json")


@contextmanager
def running(provider: FakeProvider, *, path: str = "") -> Iterator[FakeProvider]:
    """The provider at a free port of this machine."""
    with on_port(provider.serve) as port:
        provider.issuer = f"http://127.0.0.1:{port}{path}"
        yield provider
