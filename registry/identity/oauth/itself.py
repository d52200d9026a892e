"""A program that acts by itself: read with its organization in one query, at every request that it makes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Row, select

from registry.identity.models import Organization
from registry.identity.oauth.models import Client
from registry.identity.oauth.rules import awake
from registry.identity.rules import Actor

PROGRAM: Final = (
    select(
        Client.id,
        Client.name,
        Client.scopes,
        Organization.id.label("organization_id"),
        Organization.name.label("organization"),
        Organization.language,
        Organization.may_review,
    )
    .join(Organization, Organization.id == Client.organization_id)
    .where(Client.active, Organization.active)
)
"""Programs that may act, with all that is known of them; say which one by another ``where``."""


def actor_of(found: Row[str, str, str, str, str, str, bool], asked: frozenset[str] | None = None) -> Actor:
    """The program of a row of ``PROGRAM``, with what it may do; no more than ``asked``, if that is given."""
    scopes = awake(found.scopes.split(), may_review=found.may_review)
    return Actor(
        id=found.id,
        organization_id=found.organization_id,
        organization=found.organization,
        name=found.name,
        scopes=scopes if asked is None else scopes & asked,
        language=found.language,
        client_id=found.id,
    )
