"""Applying to join the node, and showing that the applicant's address is theirs.

A stranger gets the same answer whatever they type: whether an address or a name is known here is told
by mail to the mailbox itself, or to nobody. The address counts only once its link *and* the password
of the application came together, so that nobody can lay claim to a mailbox that is not theirs and
wait for its owner to press the link.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, By, Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity import removal
from registry.identity.models import Membership, Organization, Person
from registry.identity.rules import Actor, OrganizationState, Role
from registry.identity.secrets import hash_password, password_matches
from registry.identity.selfcare.rules import password_problems
from registry.identity.starting import by
from registry.identity.tenants import proofs, rules
from registry.identity.tenants.letters import ADDRESS_KNOWN, APPLICATION
from registry.identity.tenants.members import hold, hold_person, is_settled
from registry.identity.tenants.models import Application
from registry.identity.tenants.rules import as_name, line_problem, name_problems, one_line, paragraphs
from registry.outbox import enqueue

UNCONFIRMED = "application.unconfirmed"
DECLINED = "application.declined"
"""Kinds of the outbox jobs that forget an application nobody confirmed, or that was declined long ago."""
_RIVALS = 3
"""Tries against others who apply with the same name or address at the same moment."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an organization says of itself when it applies."""

    name: str
    descriptor: str
    website: str
    purpose: str
    language: str = "en"

    def cleaned(self) -> Wish:
        """The same without what cannot be stored or shown."""
        return Wish(
            as_name(self.name),
            one_line(self.descriptor),
            one_line(self.website),
            paragraphs(self.purpose),
            self.language,
        )

    def problems(self) -> list[Problem]:
        """Everything wrong with it."""
        found = [
            *name_problems("/name", self.name, rules.NAME_MAX),
            *line_problem("/descriptor", self.descriptor, rules.DESCRIPTOR_MAX),
            *line_problem("/purpose", self.purpose, rules.PURPOSE_MAX),
        ]
        if self.website and not rules.is_website(self.website):
            found.append(
                Problem("/website", N_("This should be a web address, such as https://example.org."))
            )
        return found


@dataclass(frozen=True, slots=True)
class Applicant:
    """A stranger who applies for an organization and becomes its first administrator."""

    name: str
    email: str
    password: str

    def cleaned(self) -> Applicant:
        """The same without what cannot be stored; the address in the form that it is kept in."""
        return Applicant(as_name(self.name), self.email.strip().casefold(), self.password)

    def problems(self) -> list[Problem]:
        """Everything wrong with it."""
        found = list(name_problems("/person", self.name, rules.PERSON_MAX))
        if not rules.is_email(self.email):
            found.append(Problem("/email", N_("This should be an e-mail address.")))
        return [*found, *password_problems(self.password, [self.name, self.email])]


class Applications:
    """What somebody does who wants an organization to join."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def apply(self, wish: Wish, applicant: Applicant) -> None:
        """Keep a stranger's application; raises ``Invalid`` for its form, never for what is known here."""
        wish, applicant = wish.cleaned(), applicant.cleaned()
        problems = [*wish.problems(), *applicant.problems()]
        if problems:
            raise Invalid(problems)
        # Hashed before anything is looked up, so that a known address takes as long as a new one.
        password_hash = hash_password(applicant.password)
        for _ in range(_RIVALS):
            try:
                with self._private.work() as session:
                    self._keep(session, wish, applicant, password_hash)
            except IntegrityError:
                continue  # a rival took the name or the address meanwhile; look again
            return

    def apply_as(self, actor: Actor, wish: Wish) -> None:
        """Keep the application of somebody who is known here already; raises ``Invalid``."""
        wish = wish.cleaned()
        if wish.problems():
            raise Invalid(wish.problems())
        for _ in range(_RIVALS):
            try:
                with self._private.work() as session:
                    self._add(session, wish, actor.id, by(actor))
            except IntegrityError:
                continue
            return
        raise Conflict

    def opened(self, secret: str) -> None:
        """Raises ``LinkDead`` unless the link of an application still works."""
        with self._private.read() as session:
            proofs.look(session, proofs.CONFIRM, secret, self._clock())

    def confirm(self, secret: str, password: str) -> None:
        """Take the applicant's address as shown; raises ``LinkDead``, or ``Invalid`` for a wrong password."""
        with self._private.read() as session:
            proven = proofs.look(session, proofs.CONFIRM, secret, self._clock())
            person = session.get(Person, proven.subject_id)
        if person is None or not password_matches(password, person.password_hash):
            raise Invalid([Problem("/password", N_("This is not the password of the application."))])
        now = self._clock()
        with self._private.work() as session:
            proofs.use(session, proven, now)
            hold_person(session, person.id).email_verified_at = now
            audit.append(session, Step("person", person.id, "verify-email"), By("applicant", person.id), now)

    def lapse(self, kind: str, application_id: str) -> None:
        """Forget an application for which the job of this kind still has its reason; else do nothing."""
        now = self._clock()
        with self._private.work() as session:
            row = session.get(Application, application_id)
            if row is None:
                return
            state = OrganizationState(hold(session, row.organization_id).state)
            applicant = hold_person(session, row.applicant_id)
            waits = state is OrganizationState.APPLIED and applicant.email_verified_at is None
            reasons = {UNCONFIRMED: waits, DECLINED: state is OrganizationState.DECLINED}
            if reasons[kind]:
                forget_application(session, row, REGISTRY, now)

    def _keep(self, session: Session, wish: Wish, applicant: Applicant, password_hash: str) -> None:
        now = self._clock()
        known = session.scalar(select(Person).where(Person.email == applicant.email).with_for_update())
        if known is not None and not is_settled(session, known):
            # Nobody showed that the address is theirs, so the newest who says so gets the chance.
            forget_unconfirmed(session, known, now)
            session.flush()
        elif known is not None:
            enqueue(session, ADDRESS_KNOWN, {"person_id": known.id}, now)
            return
        person = Person(
            id=random_key(),
            email=applicant.email,
            name=applicant.name,
            language=wish.language,
            password_hash=password_hash,
            created_at=now,
        )
        session.add(person)
        session.flush()
        who = By("applicant", person.id)
        audit.append(session, Step("person", person.id, "register"), who, now)
        application_id = self._add(session, wish, person.id, who)
        enqueue(session, APPLICATION, {"application_id": application_id}, now)
        lapses = now + timedelta(days=rules.CONFIRM_DAYS)
        enqueue(session, UNCONFIRMED, {"application_id": application_id}, lapses)

    def _add(self, session: Session, wish: Wish, person_id: str, who: By) -> str:
        now = self._clock()
        organization = Organization(
            id=random_key(),
            name=_free_name(session, wish.name),
            descriptor=wish.descriptor,
            language=wish.language,
            state=OrganizationState.APPLIED.value,
            created_at=now,
        )
        session.add(organization)
        session.flush()
        application = Application(
            id=random_key(),
            organization_id=organization.id,
            applicant_id=person_id,
            website=wish.website,
            purpose=wish.purpose,
            applied_at=now,
        )
        session.add(application)
        for role in (Role.MEMBER, Role.ORG_ADMIN):
            session.add(Membership(person_id=person_id, organization_id=organization.id, role=role.value))
        session.flush()
        step = Step("organization", organization.id, "apply", new=OrganizationState.APPLIED.value)
        audit.append(session, step, who, now)
        return application.id


def forget_application(session: Session, row: Application, who: By, now: datetime) -> None:
    """Remove an application with its organization, and its applicant unless they belong elsewhere."""
    organization = session.get_one(Organization, row.organization_id)
    applicant, old = session.get_one(Person, row.applicant_id), organization.state
    removal.forget_organization(session, organization, who, now)
    elsewhere = select(Membership.id).where(Membership.person_id == applicant.id).limit(1)
    if session.scalar(elsewhere) is None:
        removal.forget_person(session, applicant, who, now)
        audit.append(session, Step("person", applicant.id, "erase"), who, now)
    step = Step("organization", organization.id, "erase", old, OrganizationState.ERASED.value)
    audit.append(session, step, who, now)


def forget_unconfirmed(session: Session, person: Person, now: datetime) -> None:
    """Remove somebody who never showed that the address is theirs, with what they applied for."""
    for row in session.scalars(select(Application).where(Application.applicant_id == person.id)):
        forget_application(session, row, REGISTRY, now)
    if person.active:
        removal.forget_person(session, person, REGISTRY, now)
        audit.append(session, Step("person", person.id, "erase"), REGISTRY, now)


def alike(session: Session, name: str) -> list[Organization]:
    """Organizations here whose names a reader could take for this one."""
    here = select(Organization).where(Organization.state != OrganizationState.ERASED.value)
    looks = rules.likeness(name)
    found = session.scalars(here.order_by(Organization.created_at, Organization.id))
    return [row for row in found if rules.likeness(row.name) == looks]


def _free_name(session: Session, name: str) -> str:
    return rules.twin(name, secrets.token_hex(3)) if alike(session, name) else name
