"""Access tokens: made and checked here and nowhere else (RFC 9068, signed with ES256).

A token is believed only if its form, its signature and every claim are right *and* the database
says that what stands behind it is alive: the program, its organization, the person, the grant
(claim ``sid``), and the token itself. So ending any of these ends every token at once. A program's own
tokens name its generation (claim ``gen``), so what was stopped stays dead when the program goes on.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.exc import IntegrityError

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors.models import Passkey, TotpFactor
from registry.identity.models import Membership, Organization, Person
from registry.identity.oauth.itself import PROGRAM, actor_of
from registry.identity.oauth.keys import Keys
from registry.identity.oauth.models import Client, Grant, RevokedToken
from registry.identity.rules import FACTOR_ROLES, Actor, Role

TYPE: Final = "at+jwt"
TOKEN_MAX: Final = 2_000
"""Characters of a token that are looked at; ours have about 900. Bounded before parsing (CVE-2025-61920)."""
LEEWAY: Final = 60
"""Seconds by which clocks may differ."""
_ALGORITHMS = ["ES256"]
_REGISTRY = JWSRegistry(algorithms=_ALGORITHMS)
_GENERATIONS: Final = 2**31 - 1
"""What the database can hold."""
_TEXTS = ("iss", "sub", "client_id", "scope", "jti")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says, checked for form only."""

    subject: str
    client_id: str
    scopes: tuple[str, ...]
    grant_id: str | None
    jti: str
    issued_at: int
    expires_at: int
    generation: int | None


class AccessTokens:
    """Makes access tokens for this API and says who stands behind one.

    ``factor_asked`` is the setting ``second_factor``: while a person has no second factor, their trusted
    roles rest for programs too, as they do in a session.
    """

    def __init__(
        self,
        private: PrivateDatabase,
        keys: Keys,
        clock: Clock,
        issuer: str,
        minutes: int,
        *,
        factor_asked: bool = True,
    ) -> None:
        self._private, self._keys, self._clock, self._factor_asked = private, keys, clock, factor_asked
        self.issuer, self.audience = issuer, f"{issuer}/api/v1"
        self.life = timedelta(minutes=minutes)

    def make_for_program(self, client_id: str, scopes: tuple[str, ...], generation: int) -> str:
        """A token of a program acting by itself; ``generation`` is that of when it showed who it is."""
        return self._make(client_id, client_id, scopes, {"gen": generation})

    def make_for_person(self, *, client_id: str, subject: str, scopes: tuple[str, ...], grant_id: str) -> str:
        """A token of a program acting for the person (``subject``) of a grant."""
        return self._make(client_id, subject, scopes, {"sid": grant_id})

    def _make(self, client_id: str, subject: str, scopes: tuple[str, ...], stands_on: dict[str, Any]) -> str:
        now = int(self._clock().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject,
            "client_id": client_id,
            "scope": " ".join(scopes),
            "iat": now,
            "nbf": now,
            "exp": now + int(self.life.total_seconds()),
            "jti": secrets.token_urlsafe(16),
        }
        key = self._keys.signing()
        header = {"alg": "ES256", "typ": TYPE, "kid": key.kid}
        return jwt.encode(header, claims | stands_on, key, registry=_REGISTRY)

    def claims(self, token: str) -> Claims | None:
        """What a token of ours says, or None for every other text; asks no database but for keys."""
        if len(token) > TOKEN_MAX or not token.isascii():
            return None
        try:
            checked = jwt.decode(token, self._key_for, algorithms=_ALGORITHMS, registry=_REGISTRY)
        except (JoseError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if checked.header.get("typ") != TYPE or set(checked.header) != {"alg", "typ", "kid"}:
            return None
        return self._checked(checked.claims)

    def actor(self, token: str) -> Actor | None:
        """Who is acting with this token, or None when it is not, or no longer, good."""
        claims = self.claims(token)
        if claims is None:
            return None
        return self._person(claims) if claims.grant_id is not None else self._program(claims)

    def revoke(self, claims: Claims) -> None:
        """End one access token before its time (RFC 7009); twice is fine."""
        ends = self._clock() + self.life + timedelta(seconds=LEEWAY)
        try:
            with self._private.work() as session:
                session.add(RevokedToken(jti=claims.jti, expires_at=ends))
        except IntegrityError:
            return

    def _key_for(self, guest: Any) -> Any:
        kid = guest.headers().get("kid")
        key = self._keys.verifying(kid) if isinstance(kid, str) else None
        if key is None:
            raise KeyError("kid")
        return key

    def _checked(self, raw: dict[str, Any]) -> Claims | None:
        now = self._clock().timestamp()
        texts = all(isinstance(raw.get(name), str) for name in _TEXTS)
        times = all(type(raw.get(name)) is int for name in ("exp", "iat", "nbf"))
        if not texts or not times or raw["iss"] != self.issuer or not self._is_for_us(raw.get("aud")):
            return None
        # Ours are made by this very clock: nothing may be accepted after its end, little before its start.
        if raw["exp"] <= now or raw["nbf"] > now + LEEWAY or raw["iat"] > now + LEEWAY:
            return None
        grant_id = raw.get("sid")
        if grant_id is not None and not isinstance(grant_id, str):
            return None
        generation = raw.get("gen")
        if generation is not None and not (type(generation) is int and 0 <= generation <= _GENERATIONS):
            return None
        return Claims(
            subject=raw["sub"],
            client_id=raw["client_id"],
            scopes=tuple(raw["scope"].split()),
            grant_id=grant_id,
            jti=raw["jti"],
            issued_at=raw["iat"],
            expires_at=raw["exp"],
            generation=generation,
        )

    def _is_for_us(self, audience: object) -> bool:
        return audience == self.audience or (isinstance(audience, list) and self.audience in audience)

    def _program(self, claims: Claims) -> Actor | None:
        if claims.subject != claims.client_id or claims.generation is None:
            return None
        facts = {"id": claims.client_id, "jti": claims.jti, "generation": claims.generation}
        with self._private.read() as session:
            found = session.connection().execute(_PROGRAM, facts).first()
        return None if found is None else actor_of(found, frozenset(claims.scopes))

    def _person(self, claims: Claims) -> Actor | None:
        now = self._clock()
        facts = {"grant": claims.grant_id, "jti": claims.jti, "client": claims.client_id, "now": now}
        with self._private.read() as session:
            rows = session.connection().execute(_PERSON, facts).all()
        if not rows or rows[0].person_id != claims.subject:
            return None
        first = rows[0]
        allowed = frozenset(first.client_scopes.split()) & frozenset(first.granted.split())
        held = frozenset(Role(row.role) for row in rows)
        lacks = self._factor_asked and not first.has_factor and bool(held & FACTOR_ROLES)
        return Actor(
            id=first.person_id,
            organization_id=first.organization_id,
            organization=first.organization,
            name=first.name,
            roles=held - FACTOR_ROLES if lacks else held,
            scopes=frozenset(claims.scopes) & allowed,
            language=first.language,
            lacks_factor=lacks,
            client_id=claims.client_id,
        )


_REVOKED = select(RevokedToken.jti).where(RevokedToken.jti == bindparam("jti")).exists()
_PROGRAM = PROGRAM.where(
    Client.id == bindparam("id"), Client.generation == bindparam("generation"), ~_REVOKED
)
_HAS_FACTOR = or_(
    exists().where(Passkey.person_id == Person.id),
    exists().where(TotpFactor.person_id == Person.id, TotpFactor.confirmed_at.is_not(None)),
)
_HOME = Organization.__table__.alias("home")
_PERSON = (
    select(
        Grant.person_id,
        Grant.scopes.label("granted"),
        Client.scopes.label("client_scopes"),
        Organization.id.label("organization_id"),
        Organization.name.label("organization"),
        Person.name,
        Person.language,
        Membership.role,
        _HAS_FACTOR.label("has_factor"),
    )
    .join(Client, Client.id == Grant.client_id)
    .join(_HOME, _HOME.c.id == Client.organization_id)
    .join(Organization, Organization.id == Grant.organization_id)
    .join(Person, Person.id == Grant.person_id)
    .join(
        Membership,
        (Membership.person_id == Grant.person_id) & (Membership.organization_id == Grant.organization_id),
    )
    .where(
        Grant.id == bindparam("grant"),
        Grant.client_id == bindparam("client"),
        Grant.revoked_at.is_(None),
        Grant.expires_at > bindparam("now", type_=Grant.expires_at.type),
        Client.active,
        _HOME.c.state == "active",
        Organization.active,
        Person.active,
        ~_REVOKED,
    )
)
