"""Programs of organizations as OAuth sees them, and the secrets they show."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.identity.models import Organization
from registry.identity.oauth.models import Client
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

    def secret_matches(self, secret: str) -> bool:
        """Whether this is its secret; compared in constant time."""
        return self.secret_hash is not None and hmac.compare_digest(self.secret_hash, hash_secret(secret))


class Programs:
    """Looking programs up."""

    def __init__(self, private: PrivateDatabase) -> None:
        self._private = private

    def find(self, client_id: str) -> Program | None:
        """The active program of this id, or None."""
        with self._private.read() as session:
            return find(session, client_id)


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
    )
