"""The four grants of this server. Password and implicit do not exist.

Authlib checks the request and authenticates the program; what a credential is exchanged for is
decided by ``registry.identity.oauth``, in one transaction that has one winner.
"""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6749.errors import (
    AccessDeniedError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    UnauthorizedClientError,
)
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import (
    AuthorizationPendingError,
    DeviceCodeGrant,
    ExpiredTokenError,
    SlowDownError,
)

from api.node import the_node
from registry.identity.oauth.credentials import CodeView, Redeemed, RefreshView
from registry.identity.oauth.devices import Progress
from registry.identity.oauth.rules import AUTH_METHODS, is_challenge, narrowed, scopes_of

Answer = tuple[int, dict[str, Any], list[tuple[str, str]]]
METHODS = list(AUTH_METHODS)
CONFIDENTIAL = ["client_secret_basic", "private_key_jwt"]
WAITING = {
    Progress.PENDING: AuthorizationPendingError,
    Progress.SLOW_DOWN: SlowDownError,
    Progress.DENIED: AccessDeniedError,
    Progress.EXPIRED: ExpiredTokenError,
}
"""Where a device stands → the error that says so (RFC 8628 section 3.5)."""


class S256(CodeChallenge):  # type: ignore[misc] # Authlib ships no types
    """PKCE for every program, with S256 only (RFC 9700 section 2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Refuse a request without a challenge; the stock extension lets it pass."""
        super().validate_code_challenge(grant, redirect_uri)
        data = grant.request.payload.data
        if not is_challenge(data.get("code_challenge"), data.get("code_challenge_method")):
            raise InvalidRequestError("Send a code_challenge of 43 characters with method S256.")

    def validate_code_verifier(self, grant: Any, result: Any) -> None:
        """Demand the verifier whatever the program's way of authenticating."""
        if not grant.request.form.get("code_verifier"):
            raise InvalidRequestError("Missing 'code_verifier'")
        super().validate_code_verifier(grant, result)


class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc] # Authlib ships no types
    """A person's consent, brought by a code."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Nothing: the code was made and kept by ``generate_authorization_code``."""

    def generate_authorization_code(self) -> str:
        """Begin the grant of what the page lent (``request.granted``); its code is good for one minute."""
        request = self.request
        uri = request.payload.redirect_uri or request.client.get_default_redirect_uri()
        return the_node().private.oauth.credentials.give_code(
            request.user,
            request.client.get_client_id(),
            request.granted,
            uri,
            request.payload.data["code_challenge"],
        )

    def query_authorization_code(self, code: str, client: Any) -> CodeView | None:
        """The code if this program may redeem it."""
        return the_node().private.oauth.credentials.code(code, client.get_client_id())

    def create_token_response(self) -> Answer:
        """Use the code up; whoever comes second gets nothing, and the first one's grant ends."""
        request = self.request
        wants = request.client.check_grant_type("refresh_token")
        redeemed = the_node().private.oauth.credentials.redeem_code(request.authorization_code, refresh=wants)
        return answer(request.client.get_client_id(), redeemed)


class RefreshGrant(grants.RefreshTokenGrant):  # type: ignore[misc] # Authlib ships no types
    """The next tokens for the last refresh token."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def _validate_request_token(self, client: Any) -> RefreshView:
        token = self.request.form.get("refresh_token")
        if not token:
            raise InvalidRequestError("Missing 'refresh_token' in request.")
        view = the_node().private.oauth.credentials.refresh(token, client.get_client_id())
        if view is None:
            raise InvalidGrantError
        return view

    def _validate_token_scope(self, token: RefreshView) -> None:
        asked = self.request.payload.scope
        if narrowed((asked or "").split(), token.scopes) is None:
            raise InvalidScopeError

    def create_token_response(self) -> Answer:
        """Exchange the refresh token; asking for less narrows the access token, not the grant."""
        request = self.request
        redeemed = the_node().private.oauth.credentials.redeem_refresh(request.refresh_token)
        asked = scopes_of(request.payload.scope) or None
        return answer(request.client.get_client_id(), redeemed, asked)


class ProgramGrant(grants.ClientCredentialsGrant):  # type: ignore[misc] # Authlib ships no types
    """A program acting by itself, for its organization."""

    TOKEN_ENDPOINT_AUTH_METHODS = CONFIDENTIAL

    def create_token_response(self) -> Answer:
        """An access token; there is no refresh token, since the program can always ask again."""
        client = self.request.client
        me, oauth = client.get_client_id(), the_node().private.oauth
        scopes = narrowed((self.request.payload.scope or "").split(), oauth.programs.acting(me))
        if not scopes:
            raise InvalidScopeError
        tokens = oauth.tokens
        made = tokens.make_for_program(me, scopes, client.program.generation)
        return 200, shape(made, scopes, int(tokens.life.total_seconds())), self.TOKEN_RESPONSE_HEADER


class DeviceGrant(DeviceCodeGrant):  # type: ignore[misc] # Authlib ships no types
    """A device whose person typed its code elsewhere."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def validate_token_request(self) -> None:
        """Find out who asks; where the device stands is asked once, when answering."""
        if not self.request.form.get("device_code"):
            raise InvalidRequestError("Missing 'device_code' in payload")
        client = self.authenticate_token_endpoint_client()
        if not client.check_grant_type(self.GRANT_TYPE):
            raise UnauthorizedClientError
        self.request.client = client

    def create_token_response(self) -> Answer:
        """Tokens once the person allowed it, else where it stands."""
        client = self.request.client
        wants = client.check_grant_type("refresh_token")
        found = the_node().private.oauth.devices.poll(
            self.request.form["device_code"], client.get_client_id(), refresh=wants
        )
        if isinstance(found, Progress):
            raise WAITING[found]
        return answer(client.get_client_id(), found)


def answer(client_id: str, redeemed: Redeemed | None, asked: tuple[str, ...] | None = None) -> Answer:
    """The token response for what was redeemed; raises ``invalid_grant`` for None."""
    if redeemed is None:
        raise InvalidGrantError
    scopes = asked or redeemed.scopes
    tokens = the_node().private.oauth.tokens
    made = tokens.make_for_person(
        client_id=client_id, subject=redeemed.person_id, scopes=scopes, grant_id=redeemed.grant_id
    )
    body = shape(made, scopes, int(tokens.life.total_seconds()))
    if redeemed.refresh is not None:
        body["refresh_token"] = redeemed.refresh
    return 200, body, grants.BaseGrant.TOKEN_RESPONSE_HEADER


def shape(token: str, scopes: tuple[str, ...], seconds: int) -> dict[str, Any]:
    """A token response (RFC 6749 section 5.1)."""
    return {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "scope": " ".join(scopes)}
