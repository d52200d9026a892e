"""What the authorization server says of itself (RFC 8414 section 2)."""

from __future__ import annotations

from typing import Any

from api.oauth.assertion import ALGORITHMS
from registry.identity.oauth.rules import AUTH_METHODS, GRANT_TYPES
from registry.identity.rules import SCOPES


def metadata(issuer: str) -> dict[str, Any]:
    """The document for one issuer."""
    ways = {"auth_methods_supported": list(AUTH_METHODS), "auth_signing_alg_values_supported": ALGORITHMS}
    endpoints = ("token", "revocation", "introspection")
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/oauth/authorize",
        "token_endpoint": f"{issuer}/oauth/token",
        "revocation_endpoint": f"{issuer}/oauth/revoke",
        "introspection_endpoint": f"{issuer}/oauth/introspect",
        "device_authorization_endpoint": f"{issuer}/oauth/device",
        "jwks_uri": f"{issuer}/oauth/jwks",
        "service_documentation": f"{issuer}/about#programs",
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANT_TYPES),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "ui_locales_supported": ["en", "fr", "es", "ar"],
        **{f"{endpoint}_endpoint_{name}": value for endpoint in endpoints for name, value in ways.items()},
    }
