"""Everything about who is named, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.intake.identities.letters import IdentityLetters
from registry.intake.identities.others import ForOthers
from registry.intake.identities.profile import Preferences
from registry.intake.identities.service import Naming


@dataclass(frozen=True, slots=True)
class IdentitiesOffice:
    """The use cases of identities at one node."""

    naming: Naming
    others: ForOthers
    preferences: Preferences
    letters: IdentityLetters


def open_office(private: PrivateDatabase, clock: Clock, *, publication_every: int) -> IdentitiesOffice:
    """An office on this database; batches are ``publication_every`` seconds apart."""
    return IdentitiesOffice(
        naming=Naming(private, clock, publication_every),
        others=ForOthers(private, clock, publication_every),
        preferences=Preferences(private, clock),
        letters=IdentityLetters(private, clock),
    )
