"""Use cases of administrators: how reports usually name the organization, and publishing for others."""

from __future__ import annotations

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, Problem
from registry.identity.models import Organization
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by
from registry.identity.tenants.members import hold, require
from registry.identity.tenants.rules import one_line
from registry.intake.identities.models import NamingPreference
from registry.intake.identities.rules import OWN, TERMS_MAX, USUAL, Identity
from registry.intake.identities.views import Preference


class Preferences:
    """What an organization says about its identity once for all."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def read(self, actor: Actor) -> Preference:
        """The actor's own organization."""
        require(actor, Permission.MANAGE_ORGANIZATION)
        with self._private.read() as session:
            organization = session.get_one(Organization, actor.organization_id)
            row = session.get(NamingPreference, organization.id)
            return Preference(
                name=organization.name,
                descriptor=organization.descriptor,
                identity=USUAL if row is None else Identity(row.identity),
                publishes=row is not None and row.publishes,
                terms="" if row is None else row.terms,
            )

    def change(self, actor: Actor, identity: str, *, publishes: bool, terms: str) -> None:
        """Say how reports begun from now on name the organization, and whether it publishes for others.

        Reports that were begun before keep what they have. Raises ``Invalid``.
        """
        require(actor, Permission.MANAGE_ORGANIZATION)
        terms = one_line(terms)
        problems = []
        if identity not in OWN:
            facts: dict[str, object] = {"known": ", ".join(OWN)}
            problems.append(Problem("/identity", N_("Choose one of: %(known)s."), facts))
        if len(terms) > TERMS_MAX:
            facts = {"length": len(terms), "limit": TERMS_MAX}
            message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
            problems.append(Problem("/terms", message, facts))
        if problems:
            raise Invalid(problems)
        with self._private.work() as session:
            hold(session, actor.organization_id)
            session.merge(
                NamingPreference(
                    organization_id=actor.organization_id,
                    identity=identity,
                    publishes=publishes,
                    terms=terms,
                )
            )
            step = Step("organization", actor.organization_id, "naming", new=identity)
            audit.append(session, step, by(actor), self._clock())
