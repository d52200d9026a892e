"""Programs that show who they are with a signed assertion (``private_key_jwt``, RFC 7523 section 2.2)."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749.errors import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.node import the_node
from registry.identity.oauth.program_keys import good_keys
from registry.identity.oauth.rules import ASSERTION_SECONDS
from registry.identity.oauth.tokens import LEEWAY

ALGORITHMS = ["ES256", "RS256", "PS256", "EdDSA"]
"""Public-key signatures only: with HMAC the public key would be the secret."""
JTI_MAX = 200
ASSERTION_MAX = 4_000
"""Characters of an assertion that are looked at."""


class Assertion(JWTBearerClientAssertion):  # type: ignore[misc] # Authlib ships no types
    """Under its registered name, for this server's audience, good once and for five minutes at most."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __call__(self, query_client: Any, request: Any) -> Any:
        """The program, None when it came otherwise; raises ``invalid_client``."""
        if len(request.form.get("client_assertion", "")) > ASSERTION_MAX:
            raise InvalidClientError(description="The assertion is too long.")
        try:
            return super().__call__(query_client, request)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise InvalidClientError(description="The assertion cannot be read.") from error

    def extract_assertion(self, assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims, not yet believed."""
        try:
            headers, claims = super().extract_assertion(assertion)
        except JoseError as error:
            raise InvalidClientError(description="The assertion cannot be read.") from error
        if not isinstance(claims, dict):
            raise InvalidClientError(description="The assertion cannot be read.")
        return headers, claims

    def resolve_client_public_key(self, client: Any) -> KeySet:
        """The registered public keys of the program, as far as they can be used."""
        if client.program.auth_method != self.CLIENT_AUTH_METHOD:
            raise InvalidClientError(description="This client registered no key.")
        keys = good_keys(client.program.jwks or {})
        if not keys:
            raise InvalidClientError(description="This client registered no key that can be used.")
        return KeySet(keys)

    def process_assertion_claims(self, assertion: str, resolve_key: Any) -> Any:
        """Check the signature by an algorithm of ours, then the claims."""
        try:
            token = jwt.decode(assertion, resolve_key, algorithms=ALGORITHMS)
        except JoseError as error:
            raise InvalidClientError(
                description="The assertion is not signed by a registered key."
            ) from error
        self.verify_claims(token.claims)
        return token.claims

    def verify_claims(self, claims: dict[str, Any]) -> None:
        """RFC 7523 section 3, by this node's clock; the life is bounded too, since each is remembered."""
        now, ends, subject, jti = (
            the_node().clock().timestamp(),
            *(claims.get(n) for n in ("exp", "sub", "jti")),
        )
        if subject != claims.get("iss") or not self._is_for_us(claims.get("aud")):
            raise InvalidClientError(description="The assertion is of or for somebody else.")
        if type(ends) is not int or not now - LEEWAY < ends <= now + ASSERTION_SECONDS + LEEWAY:
            raise InvalidClientError(description="The assertion must end within five minutes.")
        for name in ("nbf", "iat"):
            begins = claims.get(name, now)
            if not isinstance(begins, (int, float)) or begins > now + LEEWAY:
                raise InvalidClientError(description="The assertion is not good yet.")
        if not isinstance(jti, str) or not 0 < len(jti) <= JTI_MAX:
            raise InvalidClientError(description="Missing JWT ID.")
        if not the_node().private.oauth.assertions.first_time(str(subject), jti):
            raise InvalidClientError(description="JWT ID is used before.")

    def _is_for_us(self, audience: object) -> bool:
        named = audience if isinstance(audience, list) else [audience]
        return any(ours in named for ours in self.get_audiences())

    def get_audiences(self) -> list[str]:
        """The issuer and the token endpoint (RFC 7523 section 3)."""
        issuer = the_node().private.oauth.tokens.issuer
        return [issuer, f"{issuer}/oauth/token"]
