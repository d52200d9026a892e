"""Who may reply to a public record: an organization that the record names, under its own name."""

from __future__ import annotations

from registry.db.private import PrivateDatabase
from registry.errors import Problem
from registry.identity.kin.reading import registered_names
from registry.identity.rules import Actor
from registry.intake.identities.rules import Identity, Wish
from registry.intake.similar.rules import POINTER, STRANGER, Kind
from registry.intake.similar.targets import Targets
from registry.intake.similar.telling import Telling


def problem(private: PrivateDatabase, targets: Targets, actor: Actor, telling: Telling) -> Problem | None:
    """What keeps the actor from saying this of the record; asked before any unit of work begins."""
    found = telling.problem(targets)
    if found is not None or telling.kind is not Kind.REPLY or telling.record is None:
        return found
    named = targets.names(telling.record)
    with private.read() as session:
        own = registered_names(session, actor.organization_id)
    return Problem(POINTER, STRANGER) if named.isdisjoint(own) else None


def wish(kind: Kind, wish: Wish | None) -> Wish | None:
    """How it names its organization: a reply names it, without being asked."""
    return Wish(Identity.NAMED) if kind is Kind.REPLY and wish is None else wish
