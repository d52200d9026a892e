"""What is believed of an identity provider, and of what it says about a person. Pure.

OpenID Connect Core 1.0 and Discovery 1.0, with RFC 9207 (who answers) and RFC 9700 (good practice).
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from registry.addresses import BadAddress, read_address
from registry.errors import N_, CommonsError, Problem

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
"""Public-key signatures only: with HMAC the public key would be the secret, ``none`` is no signature."""
LEEWAY: Final = 60
"""Seconds by which the provider's clock may differ from ours."""
FAR: Final = 1e11
"""Seconds since 1970 that nobody means."""
ATTEMPT_SECONDS: Final = 600
"""How long somebody may take at their provider."""
SUBJECT_MAX: Final = 255
"""OpenID Connect Core section 2."""
NAME_MAX: Final = 120
CLIENT_ID_MAX: Final = 200
SECRET_MAX: Final = 500
PROVIDERS_MAX: Final = 5
"""Providers of one organization."""
WELL_KNOWN: Final = "/.well-known/openid-configuration"
ISSUER_MAX: Final = 400
"""Leaves room for the path above."""


class Trouble(StrEnum):
    """Why a sign-in through a provider came to nothing."""

    STRAY = "stray"  # no such sign-in was begun in this browser, or it was used, or took too long
    REFUSED = "refused"  # the provider says that the person, or it, does not want to
    DOWN = "down"  # it does not answer, or too slowly
    UNFIT = "unfit"  # its description or its keys are not as they should be
    MIXED_UP = "mixed-up"  # somebody else answered
    EXCHANGE = "exchange"  # it does not take our credentials or the code
    TOKEN = "token"  # noqa: S105 - a word; what it says of the person cannot be believed
    CLOCK = "clock"  # its clock or ours is wrong


class ProviderTrouble(CommonsError):
    """A sign-in through a provider came to nothing; ``trouble`` says why in general terms."""

    message = N_("Signing in through your organization did not work.")

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Description:
    """What a provider says of itself, as far as it matters here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    auth_method: str
    names_itself: bool
    """Whether it adds ``iss`` to its answers (RFC 9207), so that one without is not from it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an ID token must agree with; ``began`` is when the sign-in was begun, in seconds."""

    issuer: str
    client_id: str
    nonce: str
    began: float


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at their provider. Only ``subject`` tells people apart; the rest is hearsay."""

    subject: str
    email: str | None = None
    name: str | None = None


def no_mailbox(person_id: str) -> str:
    """What stands for the e-mail of somebody whose provider alone knows them: nobody can type or mail it."""
    return f"provider:{person_id}"


def issuer_problems(issuer: str, *, loopback: bool) -> list[Problem]:
    """What is wrong with an issuer's address as an administrator typed it."""
    try:
        place = read_address(issuer, loopback=loopback)
    except BadAddress:
        place = None
    if place is None or "?" in issuer or len(issuer) > ISSUER_MAX:
        return [
            Problem(
                "/issuer",
                N_("This should be the https:// address of a server on the internet, without ? and #."),
            )
        ]
    return []


def document_url(issuer: str) -> str:
    """Where a provider describes itself (Discovery section 4)."""
    return issuer.removesuffix("/") + WELL_KNOWN


def describe(document: Mapping[str, Any], issuer: str, *, loopback: bool) -> Description:
    """Read a provider's description; raises ``ProviderTrouble`` unless it is that of ``issuer``."""
    if document.get("issuer") != issuer:
        raise ProviderTrouble(Trouble.UNFIT)
    places = [document.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(_is_place(place, loopback=loopback) for place in places):
        raise ProviderTrouble(Trouble.UNFIT)
    algorithms = _words(document.get("id_token_signing_alg_values_supported"), ALGORITHMS)
    if "code" not in _words(document.get("response_types_supported"), ["code"]):
        raise ProviderTrouble(Trouble.UNFIT)
    if not set(algorithms) & set(ALGORITHMS):
        raise ProviderTrouble(Trouble.UNFIT)
    to_people, to_us, keys = (str(place) for place in places)
    return Description(
        issuer,
        authorization_endpoint=to_people,
        token_endpoint=to_us,
        jwks_uri=keys,
        auth_method=_auth_method(document),
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def check_answerer(description: Description, named: str | None) -> None:
    """Raises ``ProviderTrouble`` unless the answer comes from the provider that was asked (RFC 9207)."""
    if named != description.issuer and (named is not None or description.names_itself):
        raise ProviderTrouble(Trouble.MIXED_UP)


def check_claims(claims: Mapping[str, Any], expected: Expected, now: float) -> Identity:
    """Who an ID token, whose signature is good, is about (Core section 3.1.3.7).

    Raises ``ProviderTrouble``; ``now`` is in seconds.
    """
    nonce, subject = claims.get("nonce"), claims.get("sub")
    honest = claims.get("iss") == expected.issuer and _is_for(claims, expected.client_id)
    if not honest or not isinstance(nonce, str) or not _same(nonce, expected.nonce):
        raise ProviderTrouble(Trouble.TOKEN)
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX:
        raise ProviderTrouble(Trouble.TOKEN)
    if not subject.isascii() or not subject.isprintable():
        raise ProviderTrouble(Trouble.TOKEN)
    _check_times(claims, expected.began, now)
    return Identity(subject, _text(claims.get("email")), _text(claims.get("name")))


def _check_times(claims: Mapping[str, Any], began: float, now: float) -> None:
    ends, made, begins = (_moment(claims.get(name)) for name in ("exp", "iat", "nbf"))
    if ends is None or made is None or (begins is None and "nbf" in claims):
        raise ProviderTrouble(Trouble.TOKEN)
    if ends + LEEWAY <= now or max(made, begins or 0) > now + LEEWAY or made < began - LEEWAY:
        raise ProviderTrouble(Trouble.CLOCK)


def _is_for(claims: Mapping[str, Any], client_id: str) -> bool:
    audience, party = claims.get("aud"), claims.get("azp")
    if party is not None and party != client_id:
        return False
    if isinstance(audience, list) and client_id in audience:
        return len(audience) == 1 or party == client_id
    return bool(audience == client_id)


def _auth_method(document: Mapping[str, Any]) -> str:
    known = _words(document.get("token_endpoint_auth_methods_supported"), ["client_secret_basic"])
    for method in ("client_secret_basic", "client_secret_post"):
        if method in known:
            return method
    raise ProviderTrouble(Trouble.UNFIT)


def _is_place(place: object, *, loopback: bool) -> bool:
    try:
        return isinstance(place, str) and read_address(place, loopback=loopback) is not None
    except BadAddress:
        return False


def _words(found: object, otherwise: Collection[str]) -> Collection[str]:
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else otherwise


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _moment(value: object) -> float | None:
    """A number of seconds, if it is one in reason."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < FAR:
        return None
    return float(value)


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None
