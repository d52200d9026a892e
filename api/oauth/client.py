"""A program in the form that Authlib asks questions of."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.errors import InvalidClientError

from registry.identity.oauth.programs import Program
from registry.identity.oauth.rules import narrowed

CREDENTIALS_MAX = 2_000
"""Characters of Basic credentials that are looked at."""


class OAuthClient(ClientMixin):  # type: ignore[misc] # Authlib ships no types
    """Answers from a ``Program``; every comparison of an address is letter by letter."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def get_client_id(self) -> str:
        """Its id."""
        return self.program.id

    def get_default_redirect_uri(self) -> str | None:
        """The only registered address; None when a request has to say which."""
        uris = self.program.redirect_uris
        return uris[0] if len(uris) == 1 else None

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What was asked for if it is all allowed, else None: nothing is dropped in silence."""
        found = narrowed((scope or "").split(), self.program.scopes)
        return " ".join(found) if found is not None else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Whether exactly this address is registered (RFC 9700 section 4.1.3)."""
        return redirect_uri in self.program.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Whether this is its secret."""
        return self.program.secret_matches(client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002 - Authlib passes it
        """Its own way of showing who it is, at every endpoint alike."""
        return method == self.program.auth_method

    def check_response_type(self, response_type: str) -> bool:
        """Only codes, and only for programs that may ask for them."""
        return response_type == "code" and self.check_grant_type("authorization_code")

    def check_grant_type(self, grant_type: str) -> bool:
        """Whether it may use this grant."""
        return grant_type in self.program.grant_types


def from_basic(query_client: Callable[[str], OAuthClient | None], request: Any) -> OAuthClient | None:
    """The program of HTTP Basic credentials, or None; raises ``invalid_client`` (401).

    Both parts are form-encoded (RFC 6749 section 2.3.1), so a plus is a blank; the stock method leaves
    it a plus.
    """
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(given[:CREDENTIALS_MAX], validate=True).decode("ascii")
    except ValueError:
        pair = ""
    client_id, _, secret = pair.partition(":")
    client = query_client(unquote_plus(client_id))
    if client is None or not client.check_client_secret(unquote_plus(secret)):
        raise InvalidClientError(status_code=401, description="The client or its secret is not right.")
    return client
