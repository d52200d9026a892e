"""Whether somebody signs in through an organization, asked of the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.identity.providers.models import IdentityProvider, ProviderLogin


def has_provider(session: Session, person_id: str, *, but: str = "") -> bool:
    """Whether a provider that is switched on lets this person in; ``but`` is one that does not count."""
    query = (
        select(ProviderLogin.subject)
        .join(IdentityProvider, IdentityProvider.id == ProviderLogin.provider_id)
        .where(ProviderLogin.person_id == person_id, IdentityProvider.active, IdentityProvider.id != but)
    )
    return session.scalar(query.limit(1)) is not None
