"""Programs of organizations as OAuth sees them, and the secrets they show."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import Organization
from registry.identity.oauth.models import Client
from registry.identity.oauth.rules import awake
from registry.identity.secrets import hash_secret


@dataclass(frozen=True, slots=True)
class Program:
    """A program that may act now: it and its organization are active."""

    id: str
    organization_id: str
    organization: str
    name: str
    scopes: frozenset[str]
    auth_method: str
    grant_types: frozenset[str]
    redirect_uris: tuple[str, ...]
    secret_hash: str | None
    jwks: dict[str, Any] | None
    generation: int

    def secret_matches(self, secret: str) -> bool:
        """Whether this is its secret; compared in constant time."""
        return self.secret_hash is not None and hmac.compare_digest(self.secret_hash, hash_secret(secret))


class Programs:
    """Looking programs up."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def find(self, client_id: str) -> Program | None:
        """The active program of this id, or None."""
        with self._private.read() as session:
            return find(session, client_id)

    def acting(self, client_id: str) -> frozenset[str]:
        """The scopes with which the program may act by itself now; none if it may not act."""
        with self._private.read() as session:
            row = session.execute(
                select(Client.scopes, Organization.may_review)
                .join(Organization, Organization.id == Client.organization_id)
                .where(Client.id == client_id, Client.active, Organization.active)
            ).first()
        return frozenset() if row is None else awake(row.scopes.split(), may_review=row.may_review)

    def revoke_bearer(self, token: str, client_id: str) -> bool:
        """End a program's long-lived token (RFC 7009); whether it was this program's."""
        with self._private.work() as session:
            ended = session.execute(
                update(Client)
                .where(Client.id == client_id, Client.token_hash == hash_secret(token))
                .values(token_hash=None)
                .returning(Client.id)
            ).first()
            if ended is not None:
                step = Step("client", client_id, "revoke-token", reason="revoked by the program")
                audit.append(session, step, REGISTRY, self._clock())
        return ended is not None


def find(session: Session, client_id: str) -> Program | None:
    """The active program of this id, or None, in the caller's transaction."""
    query = (
        select(Client, Organization)
        .join(Organization, Organization.id == Client.organization_id)
        .where(Client.id == client_id, Client.active, Organization.active)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    client, organization = found
    return Program(
        id=client.id,
        organization_id=organization.id,
        organization=organization.name,
        name=client.name,
        scopes=frozenset(client.scopes.split()),
        auth_method=client.auth_method,
        grant_types=frozenset(client.grant_types.split()),
        redirect_uris=tuple(client.redirect_uris),
        secret_hash=client.secret_hash,
        jwks=client.jwks,
        generation=client.generation,
    )
