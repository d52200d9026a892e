"""Rules of OAuth at this node. Pure.

What RFC 9700 (best current practice) leaves open is decided here: PKCE with S256 from everybody,
exact redirect addresses, no password and no implicit grant, codes that live one minute.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from registry.errors import N_, Problem
from registry.identity.rules import FACTOR_ROLES, PERMISSIONS, SCOPES, Actor, Role

CODE_SECONDS: Final = 60
"""Life of an authorization code (ASVS 5, 10.4.3 level 3)."""
DEVICE_SECONDS: Final = 600
DEVICE_INTERVAL: Final = 5
"""Seconds between two questions of a waiting device (RFC 8628 section 3.5)."""
ASSERTION_SECONDS: Final = 300
"""Longest life of a client assertion, so that the table of seen ones stays small."""
REDIRECTS_MAX: Final = 10
REDIRECT_MAX: Final = 500
KEYS_MAX: Final = 10
"""Redirect addresses of a program, characters in one, and keys of a program."""

AUTH_METHODS: Final = ("client_secret_basic", "private_key_jwt", "none")
"""How a program shows who it is; ``none`` is for programs that cannot keep a secret."""
DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
GRANT_TYPES: Final = ("authorization_code", "refresh_token", "client_credentials", DEVICE_GRANT)

NO_BEARER: Final = N_("Only a program that acts by itself with a secret can have a bearer token.")

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_PRIVATE_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+", re.ASCII)
_PRINTABLE = re.compile(r"[!-~]+", re.ASCII)


def is_challenge(text: str | None, method: str | None) -> bool:
    """Whether a code challenge is one of S256 (RFC 7636 section 4.2); ``plain`` is not offered."""
    return method == "S256" and text is not None and _CHALLENGE.fullmatch(text) is not None


def scopes_of(text: str | None) -> tuple[str, ...]:
    """The scopes of a space-separated list, each once, in the order of ``SCOPES``; unknown ones last."""
    given = set((text or "").split())
    return (*(scope for scope in SCOPES if scope in given), *sorted(given - set(SCOPES)))


def narrowed(asked: Iterable[str], allowed: Collection[str]) -> tuple[str, ...] | None:
    """What was asked for, if all of it is allowed; everything allowed when nothing was asked; else None."""
    wanted = scopes_of(" ".join(asked))
    if not wanted:
        return scopes_of(" ".join(allowed))
    return wanted if set(wanted) <= set(allowed) else None


def scopes_for(roles: Collection[Role]) -> frozenset[str]:
    """The scopes that a person of these roles can let a program use: none that the person lacks."""
    held = {line.scope for line in PERMISSIONS.values() if line.scope and set(roles) & line.roles}
    return frozenset(held | {"records:read"})


def lent(actor: Actor, asked: Iterable[str]) -> tuple[str, ...]:
    """Of what a program asks for, what this person can lend it now; roles that rest lend nothing."""
    held = scopes_for(actor.roles - FACTOR_ROLES if actor.lacks_factor else actor.roles)
    return tuple(scope for scope in scopes_of(" ".join(asked)) if scope in held)


def rests(actor: Actor, asked: Iterable[str]) -> bool:
    """Whether this person could lend more of it once they have shown a second factor."""
    if not actor.lacks_factor:
        return False
    resting = actor.roles & FACTOR_ROLES or FACTOR_ROLES  # in a session it is known only that there are some
    return bool(set(asked) & (scopes_for(resting) - scopes_for(actor.roles - FACTOR_ROLES)))


def may_bear(auth_method: str, grant_types: Collection[str]) -> bool:
    """Whether a program may have a long-lived bearer token: one that acts by itself and by nothing else."""
    return auth_method == "client_secret_basic" and set(grant_types) == {"client_credentials"}


def awake(scopes: Iterable[str], *, may_review: bool) -> frozenset[str]:
    """Of its scopes, those with which a program may act by itself now.

    Where its organization may not review, no program of it may either, whoever registered it.
    """
    return frozenset(scope for scope in scopes if may_review or not scope.startswith("reviews:"))


def is_itself(auth_method: str, redirect_uri: str) -> bool:
    """Whether it is certain who gets a code: a program that authenticates, or the owner of an https address.

    Any program on a machine can wait at a loopback address or under another's scheme, so a consent
    that is remembered must not answer those by itself (RFC 8252 section 8.6).
    """
    return auth_method != "none" or redirect_uri.startswith("https://")


def redirect_problem(uri: str) -> str | None:
    """Why an address cannot be a redirect address, or None.

    https anywhere; http on this machine only (RFC 8252 section 7.3); an app's own scheme in reversed
    domain form (section 7.1). Never with a fragment, a user name or a wildcard.
    """
    if not _PRINTABLE.fullmatch(uri) or len(uri) > REDIRECT_MAX:
        return N_("Use 1 to 500 visible ASCII characters.")
    if "#" in uri or "*" in uri or "\\" in uri:
        return N_("No fragment, user name, wildcard or backslash is possible here.")
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return N_("This should be a web address.")
    if parts.username is not None:
        return N_("No fragment, user name, wildcard or backslash is possible here.")
    web = bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host or "")))
    own = _PRIVATE_SCHEME.fullmatch(parts.scheme) is not None and not parts.netloc
    if web or own:
        return None
    return N_("Use https, http on this machine only, or an app's own scheme such as org.example.app:/done.")


def redirect_problems(uris: Collection[str]) -> list[Problem]:
    """Everything wrong with a list of redirect addresses."""
    if len(uris) > REDIRECTS_MAX:
        return [Problem("/redirect_uris", N_("At most %(most)s addresses."), {"most": REDIRECTS_MAX})]
    found = ((number, redirect_problem(uri)) for number, uri in enumerate(uris))
    return [Problem(f"/redirect_uris/{number}", message) for number, message in found if message]


@dataclass(frozen=True, slots=True)
class Way:
    """How a program gets in: how it shows who it is, and by which grants.

    ``bearer`` asks for a long-lived token besides, for a program that cannot do OAuth.
    """

    auth_method: str = AUTH_METHODS[0]
    grant_types: tuple[str, ...] = ("client_credentials",)
    redirect_uris: tuple[str, ...] = ()
    jwks: Mapping[str, Any] | None = None
    bearer: bool = False

    def problems(self) -> Iterator[Problem]:
        """Everything wrong with it."""
        if self.auth_method not in AUTH_METHODS:
            yield Problem("/auth_method", N_("Choose one of: %(known)s."), {"known": ", ".join(AUTH_METHODS)})
        if not self.grant_types or not set(self.grant_types) <= set(GRANT_TYPES):
            yield Problem("/grant_types", N_("Choose one of: %(known)s."), {"known": ", ".join(GRANT_TYPES)})
        if self.auth_method == "none" and "client_credentials" in self.grant_types:
            yield Problem("/grant_types", N_("A program without a secret cannot act by itself."))
        if ("authorization_code" in self.grant_types) != bool(self.redirect_uris):
            yield Problem("/redirect_uris", N_("Redirect addresses belong to the grant authorization_code."))
        yield from redirect_problems(self.redirect_uris)
        signs = self.auth_method == "private_key_jwt"
        if signs != (self.jwks is not None) or (self.jwks is not None and not _is_public(self.jwks)):
            yield Problem("/jwks", N_("private_key_jwt needs a key set (JWKS) with public keys only."))
        if self.bearer and not may_bear(self.auth_method, self.grant_types):
            yield Problem("/bearer", NO_BEARER)


def _is_public(jwks: Mapping[str, Any]) -> bool:
    keys = jwks.get("keys")
    return (
        isinstance(keys, list)
        and 0 < len(keys) <= KEYS_MAX
        and all(
            isinstance(key, dict) and key.get("kty") in ("EC", "RSA", "OKP") and "d" not in key
            for key in keys
        )
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
