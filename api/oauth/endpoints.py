"""Endpoints beside the token endpoint: revocation, introspection, waiting devices."""

from __future__ import annotations

from typing import Any

from authlib.consts import default_json_headers
from authlib.oauth2.rfc6749.errors import InvalidRequestError, InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint

from api.node import the_node
from api.oauth.grants import METHODS, Answer
from registry.identity.oauth.credentials import Living
from registry.identity.oauth.rules import DEVICE_GRANT, DEVICE_INTERVAL, DEVICE_SECONDS, scopes_of
from registry.identity.oauth.tokens import Claims
from registry.identity.rules import Actor


class Revocation(RevocationEndpoint):  # type: ignore[misc] # Authlib ships no types
    """RFC 7009: a program ends a token of its own; of other texts it learns nothing."""

    CLIENT_AUTH_METHODS = METHODS

    def check_params(self, request: Any, _client: Any) -> None:
        """Demand a token; see ``_demand_token`` for its hint."""
        _demand_token(request)

    def create_endpoint_response(self, request: Any) -> Answer:
        """Always 200 once the program is known (section 2.2)."""
        client = self.authenticate_endpoint_client(request)
        self.check_params(request, client)
        oauth, token, me = the_node().private.oauth, request.form["token"], client.get_client_id()
        claims = oauth.tokens.claims(token)
        if claims is None:
            oauth.credentials.revoke_refresh(token, me) or oauth.programs.revoke_bearer(token, me)
        elif claims.client_id == me:
            oauth.tokens.revoke(claims)
        return 200, {}, default_json_headers


class Introspection(IntrospectionEndpoint):  # type: ignore[misc] # Authlib ships no types
    """RFC 7662, for programs about their own tokens."""

    CLIENT_AUTH_METHODS = METHODS

    def check_params(self, request: Any, _client: Any) -> None:
        """Demand a token; see ``_demand_token`` for its hint."""
        _demand_token(request)

    def authenticate_token(self, request: Any, client: Any) -> Claims | Actor | Living | None:
        """The token's claims if it is this program's and good in every respect.

        For its long-lived token, which says nothing itself, the program as it acts with it.
        """
        self.check_params(request, client)
        side = the_node().private
        tokens, bearer = side.oauth.tokens, side.sessions.client(request.form["token"])
        if bearer is not None:
            return bearer if bearer.id == client.get_client_id() else None
        claims: Claims | None = tokens.claims(request.form["token"])
        if claims is None:
            return side.oauth.credentials.living(request.form["token"], client.get_client_id())
        if claims.client_id != client.get_client_id():
            return None
        return claims if tokens.actor(request.form["token"]) is not None else None

    def create_introspection_payload(self, token: Claims | Actor | Living | None) -> dict[str, Any]:
        """What it says; of everything else only that it is not active."""
        if token is None:
            return {"active": False}
        tokens = the_node().private.oauth.tokens
        if isinstance(token, Living):
            return _refreshable(token, tokens.issuer)
        said = {
            "active": True,
            "client_id": token.client_id,
            "token_type": "Bearer",
            "scope": " ".join(scopes_of(" ".join(token.scopes))),
            "aud": tokens.audience,
            "iss": tokens.issuer,
        }
        if isinstance(token, Actor):
            return said | {"sub": token.id}
        return said | {
            "sub": token.subject,
            "exp": token.expires_at,
            "iat": token.issued_at,
            "jti": token.jti,
        }


def _demand_token(request: Any) -> None:
    """Raises ``invalid_request`` without a token.

    A hint that we do not know is no error, as any hint may be wrong (RFC 7009 section 2.1, RFC 7662 section
    2.1): every token is looked for in every place.
    """
    if "token" not in request.form:
        raise InvalidRequestError("Say which token this is about.")


def _refreshable(token: Living, issuer: str) -> dict[str, Any]:
    """A refresh token: no call of the API takes it, so it has no token_type and no audience."""
    return {
        "active": True,
        "client_id": token.client_id,
        "scope": " ".join(token.scopes),
        "sub": token.person_id,
        "iss": issuer,
        "exp": token.expires_at,
    }


class DeviceEndpoint(DeviceAuthorizationEndpoint):  # type: ignore[misc] # Authlib ships no types
    """RFC 8628 section 3.1: a device asks for its two codes."""

    CLIENT_AUTH_METHODS = METHODS

    def create_endpoint_response(self, request: Any) -> Answer:
        """The codes, and where its person has to go."""
        client = self.authenticate_client(request)
        if not client.check_grant_type(DEVICE_GRANT):
            raise UnauthorizedClientError
        scope = client.get_allowed_scope(request.payload.scope)
        if scope is None:
            raise InvalidScopeError
        oauth = the_node().private.oauth
        new = oauth.devices.start(client.get_client_id(), scopes_of(scope))
        page = f"{oauth.tokens.issuer}/device"
        body = {
            "device_code": new.device_code,
            "user_code": new.user_code,
            "verification_uri": page,
            "verification_uri_complete": f"{page}?code={new.user_code}",
            "expires_in": DEVICE_SECONDS,
            "interval": DEVICE_INTERVAL,
        }
        return 200, body, default_json_headers
