"""Registering organizations, people and clients; used by the command line and the demo set."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.columns import random_key, storable
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem
from registry.identity.models import Membership, Organization, Person
from registry.identity.oauth.models import Client
from registry.identity.oauth.registering import NewClient, check, make
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES, Role
from registry.identity.secrets import hash_password
from registry.identity.selfcare.rules import PASSWORD_MAX, PASSWORD_MIN
from registry.identity.tenants.models import Invitation
from registry.identity.tenants.rules import DESCRIPTOR_MAX, PERSON_MAX, as_name, name_problems

ORGANIZATION_MAX = 200
"""Characters of a name that an operator types; the column's length."""

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")


class Directory:
    """Who is registered at this node."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private = private
        self._clock = clock

    def add_organization(
        self, name: str, descriptor: str, *, language: str = "en", demo: bool = False
    ) -> str:
        """Register an organization; returns its id.

        Raises ``Invalid``, or ``Conflict`` when the name is taken.
        """
        name, descriptor = as_name(name), as_name(descriptor)
        problems = [
            *name_problems("/name", name, ORGANIZATION_MAX),
            *name_problems("/descriptor", descriptor, DESCRIPTOR_MAX),
        ]
        if problems:
            raise Invalid(problems)
        row = Organization(
            id=random_key(),
            name=name,
            descriptor=descriptor,
            language=language,
            demo=demo,
            created_at=self._clock(),
        )
        self._add(row, "organization", row.id, N_("An organization of this name is registered already."))
        return row.id

    def add_person(self, email: str, name: str, password: str, *, language: str = "en") -> str:
        """Register a person; returns the id. Raises ``Invalid``, or ``Conflict`` when the e-mail is taken."""
        problems = list(_person_problems(email, name, password))
        if problems:
            raise Invalid(problems)
        row = Person(
            id=random_key(),
            email=email.strip().casefold(),
            name=as_name(name),
            language=language,
            password_hash=hash_password(password),
            email_verified_at=self._clock(),  # whoever registers people vouches for their addresses
            created_at=self._clock(),
        )
        self._add(row, "person", row.id, N_("A person with this e-mail is registered already."))
        return row.id

    def grant(self, person_id: str, organization_id: str, roles: Collection[Role]) -> bool:
        """Give a person roles in an organization; roles held already stay as they are.

        Whoever registers a reviewer takes the organization for a reviewing body; returns whether it became
        one by this.
        """
        with self._private.work() as session:
            became = Role.REVIEWER in roles and self._let_review(session, organization_id)
            held = set(session.scalars(_roles_of(person_id, organization_id)))
            for role in sorted(set(roles) - held):
                session.add(
                    Membership(person_id=person_id, organization_id=organization_id, role=Role(role).value)
                )
                step = Step("person", person_id, "grant", new=role, reason=organization_id)
                audit.append(session, step, REGISTRY, self._clock())
        return became

    def add_client(
        self, organization: str, name: str, scopes: Collection[str], way: Way | None = None
    ) -> NewClient:
        """Register a program of an organization (name or id); raises ``NotFound`` or ``Invalid``."""
        way = way or Way()
        check(name, scopes, SCOPES, way)
        row, made = make(self.find_organization(organization), name, scopes, way, self._clock())
        self._add(row, "client", row.id, N_("This client exists already."))
        return made

    def find_organization(self, name_or_id: str) -> str:
        """Id of an organization by its name or id; raises ``NotFound``."""
        with self._private.read() as session:
            query = select(Organization.id).where(
                (Organization.name == name_or_id) | (Organization.id == name_or_id)
            )
            found = session.scalar(query)
        if found is None:
            raise NotFound(N_("No organization is called %(name)s."), name=name_or_id)
        return found

    def find_person(self, email: str) -> str | None:
        """Id of the person with this e-mail, or None."""
        with self._private.read() as session:
            return session.scalar(select(Person.id).where(Person.email == email.strip().casefold()))

    def knows_address(self, email: str) -> bool:
        """Whether the address is a person's, one that a person wishes to have, or of somebody invited."""
        wanted = storable(email.strip().casefold())
        person = select(Person.id).where(or_(Person.email == wanted, Person.new_email == wanted)).limit(1)
        invited = select(Invitation.id).where(Invitation.email == wanted).limit(1)
        with self._private.read() as session:
            return session.scalar(person) is not None or session.scalar(invited) is not None

    def _let_review(self, session: Session, organization_id: str) -> bool:
        row = session.get_one(Organization, organization_id, with_for_update=True)
        if row.may_review:
            return False
        row.may_review = True
        audit.append(session, Step("organization", row.id, "allow-review"), REGISTRY, self._clock())
        return True

    def _add(self, row: Organization | Person | Client, kind: str, row_id: str, taken: str) -> None:
        try:
            with self._private.work() as session:
                session.add(row)
                audit.append(session, Step(kind, row_id, "register"), REGISTRY, self._clock())
        except IntegrityError as error:
            raise Conflict(taken) from error


def organization_names(session: Session) -> dict[str, str]:
    """Id → name of every organization, for pages of those who may know."""
    return {row.id: row.name for row in session.scalars(select(Organization))}


def _roles_of(person_id: str, organization_id: str) -> Select[str]:
    return select(Membership.role).where(
        Membership.person_id == person_id, Membership.organization_id == organization_id
    )


def _person_problems(email: str, name: str, password: str) -> list[Problem]:
    problems = []
    if not _EMAIL.fullmatch(email.strip()):
        problems.append(Problem("/email", N_("This should be an e-mail address.")))
    problems.extend(name_problems("/name", as_name(name), PERSON_MAX))
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        facts = {"least": PASSWORD_MIN, "most": PASSWORD_MAX}
        problems.append(
            Problem("/password", N_("Use between %(least)s and %(most)s characters for a password."), facts)
        )
    return problems
