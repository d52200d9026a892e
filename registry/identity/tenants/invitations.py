"""Inviting people into an organization by mail, and accepting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem
from registry.identity.models import Membership, Organization, Person
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, show
from registry.identity.secrets import hash_password
from registry.identity.selfcare.rules import password_problems
from registry.identity.starting import by
from registry.identity.tenants import proofs, rules
from registry.identity.tenants.applications import forget_unconfirmed
from registry.identity.tenants.letters import INVITATION
from registry.identity.tenants.members import hold, hold_person, is_settled, require
from registry.identity.tenants.models import Invitation
from registry.identity.tenants.proofs import LinkDead, Proven
from registry.identity.tenants.rules import as_name, name_problems
from registry.identity.tenants.views import InvitationView, ordered
from registry.outbox import enqueue

SUBJECT = "invitation"
_KNOWN = N_("You are registered here already. Sign in, then open the link again.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of somebody who is to become a person here."""

    name: str
    language: str


class Invitations:
    """Both ends of an invitation: the administrator's, and that of whoever holds the link."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def invite(self, actor: Actor, email: str, roles: Collection[str], language: str) -> str:
        """Invite somebody by mail; returns the invitation's id.

        Raises ``Invalid``, or ``Conflict`` for an address that belongs to the organization or waits already.
        """
        require(actor, Permission.MANAGE_MEMBERS)
        address, now = email.strip().casefold(), self._clock()
        with self._private.work() as session:
            organization = hold(session, actor.organization_id)
            problems = rules.role_problems(roles, may_review=organization.may_review)
            if not rules.is_email(address):
                problems = [Problem("/email", N_("This should be an e-mail address.")), *problems]
            if problems:
                raise Invalid(problems)
            self._refuse_again(session, organization.id, address)
            row = Invitation(
                id=random_key(),
                organization_id=organization.id,
                email=address,
                roles=" ".join(role.value for role in ordered(roles)),
                language=language,
                invited_by=actor.id,
                invited_at=now,
                expires_at=now + timedelta(days=rules.INVITATION_DAYS),
            )
            session.add(row)
            audit.append(session, Step(SUBJECT, row.id, "invite", new=row.roles), by(actor), now)
            enqueue(session, INVITATION, {"invitation_id": row.id}, now)
            return row.id

    def waiting(self, actor: Actor) -> list[InvitationView]:
        """The organization's invitations that nobody has answered yet, newest first."""
        require(actor, Permission.MANAGE_MEMBERS)
        with self._private.read() as session:
            found = session.scalars(
                select(Invitation)
                .where(rows(actor, Permission.MANAGE_MEMBERS, Invitation.organization_id))
                .where(Invitation.ended_at.is_(None))
                .order_by(Invitation.invited_at.desc(), Invitation.id)
            )
            return [_view(row, actor.organization) for row in found]

    def send_again(self, actor: Actor, invitation_id: str) -> None:
        """Send a new link, good for as long as the first was; raises ``NotFound``."""
        now = self._clock()
        with self._private.work() as session:
            row = self._own(session, actor, invitation_id)
            row.expires_at = now + timedelta(days=rules.INVITATION_DAYS)
            audit.append(session, Step(SUBJECT, row.id, "send-again"), by(actor), now)
            enqueue(session, INVITATION, {"invitation_id": row.id}, now)

    def revoke(self, actor: Actor, invitation_id: str) -> None:
        """Take an invitation back; its link stops working. Raises ``NotFound``."""
        now = self._clock()
        with self._private.work() as session:
            row = self._own(session, actor, invitation_id)
            row.ended_at = now
            audit.append(session, Step(SUBJECT, row.id, "revoke"), by(actor), now)

    def opened(self, secret: str) -> InvitationView:
        """What the holder of a link is invited to; raises ``LinkDead``."""
        with self._private.read() as session:
            _, row, organization = self._living(session, secret)
            person = _person(session, row.email)
            known = person is not None and is_settled(session, person)
            return _view(row, organization.name, known=known)

    def accept_as(self, actor: Actor, secret: str) -> str:
        """Join as a person who is signed in; returns the organization's id. Raises ``LinkDead``.

        The link shows that the person reads the invited mailbox, whatever address they signed up with.
        """
        with self._private.work() as session:
            proven, row, _ = self._living(session, secret)
            organization = self._take(session, proven, row)
            self._join(session, row, organization, hold_person(session, actor.id), by(actor))
            return organization.id

    def accept_as_new(self, secret: str, name: str, password: str, language: str) -> str:
        """Join as a new person, whose address the link has shown; returns their id.

        Raises ``LinkDead``, ``Invalid``, or ``Conflict`` when the address belongs to somebody here.
        """
        name, now = as_name(name), self._clock()
        invited = self.opened(secret)
        about = [name, invited.email, invited.organization]
        problems = [*name_problems("/name", name, rules.PERSON_MAX), *password_problems(password, about)]
        if problems:
            raise Invalid(problems)
        password_hash = hash_password(password)
        try:
            with self._private.work() as session:
                proven, row, _ = self._living(session, secret)
                organization = self._take(session, proven, row)
                person = self._register(session, row.email, name, password_hash, language)
                who = By("invited", person.id, row.organization_id)
                audit.append(session, Step("person", person.id, "register"), who, now)
                self._join(session, row, organization, person, who)
        except IntegrityError as error:
            raise Conflict(_KNOWN) from error  # another link to the same address won
        return person.id

    def accept_vouched(
        self, session: Session, secret: str, organization_id: str, person: Person | None, new: Newcomer
    ) -> Person:
        """Join through the organization's own identity provider, in the caller's transaction.

        ``person`` is who it knows already; else a new one, whose address the link has shown. Raises
        ``LinkDead``, also for a link into another organization, or ``Conflict`` as above.
        """
        proven, row, _ = self._living(session, secret)
        if row.organization_id != organization_id:
            raise LinkDead
        organization = self._take(session, proven, row)
        if person is None:
            person = self._register(session, row.email, new.name or row.email, None, new.language)
            who = By("invited", person.id, organization.id)
            audit.append(session, Step("person", person.id, "register"), who, self._clock())
        self._join(session, row, organization, person, By("invited", person.id, organization.id))
        return person

    def _register(
        self, session: Session, email: str, name: str, password_hash: str | None, language: str
    ) -> Person:
        now = self._clock()
        known = session.scalar(select(Person).where(Person.email == email).with_for_update())
        if known is not None and is_settled(session, known):
            raise Conflict(_KNOWN)
        if known is not None:
            forget_unconfirmed(session, known, now)
            session.flush()
        person = Person(
            id=random_key(),
            email=email,
            name=name[: rules.PERSON_MAX],
            language=language,
            password_hash=password_hash,
            email_verified_at=now,
            created_at=now,
        )
        session.add(person)
        session.flush()
        return person

    def _take(self, session: Session, proven: Proven, row: Invitation) -> Organization:
        """Use link and invitation up; of several at once one succeeds and the others raise ``LinkDead``."""
        now = self._clock()
        proofs.use(session, proven, now)
        taken = session.execute(
            update(Invitation)
            .where(Invitation.id == row.id, Invitation.ended_at.is_(None))
            .values(ended_at=now)
            .returning(Invitation.id)
        ).first()
        organization = hold(session, row.organization_id)
        if taken is None or not organization.active:
            raise LinkDead  # perhaps stopped while the link was being used
        return organization

    def _join(
        self, session: Session, row: Invitation, organization: Organization, person: Person, who: By
    ) -> None:
        now = self._clock()
        row.accepted_by = person.id
        offered = rules.assignable(may_review=organization.may_review)
        key = (Membership.person_id == person.id, Membership.organization_id == organization.id)
        held = set(session.scalars(select(Membership.role).where(*key)))
        wanted = [role for role in ordered(row.roles.split()) if role in offered]
        if not wanted:
            raise LinkDead  # the organization may not review any more, and the invitation was to that
        for role in wanted:
            if role.value not in held:
                session.add(Membership(person_id=person.id, organization_id=organization.id, role=role.value))
        audit.append(session, Step(SUBJECT, row.id, "accept", reason=person.id), who, now)

    def _living(self, session: Session, secret: str) -> tuple[Proven, Invitation, Organization]:
        now = self._clock()
        proven = proofs.look(session, proofs.INVITATION, secret, now)
        row = session.get(Invitation, proven.subject_id)
        if row is None or row.ended_at is not None or row.expires_at <= now:
            raise LinkDead
        organization = session.get_one(Organization, row.organization_id)
        if not organization.active:
            raise LinkDead
        return proven, row, organization

    def _own(self, session: Session, actor: Actor, invitation_id: str) -> Invitation:
        require(actor, Permission.MANAGE_MEMBERS)
        row = session.get(Invitation, invitation_id, with_for_update=True)
        if row is None or row.ended_at is not None:
            raise NotFound
        show(actor, Permission.MANAGE_MEMBERS, row.organization_id)
        return row

    def _refuse_again(self, session: Session, organization_id: str, address: str) -> None:
        belongs = (
            select(Membership.id)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.organization_id == organization_id, Person.email == address)
        )
        if session.scalar(belongs.limit(1)) is not None:
            raise Conflict(N_("This person belongs to your organization already."))
        open_ones = (Invitation.organization_id == organization_id, Invitation.ended_at.is_(None))
        waits = select(Invitation.id).where(*open_ones, Invitation.email == address)
        if session.scalar(waits.limit(1)) is not None:
            raise Conflict(
                N_("This address was invited already. Send the invitation again, or take it back.")
            )
        count = session.scalar(select(func.count()).select_from(Invitation).where(*open_ones)) or 0
        if count >= rules.INVITATIONS_MAX:
            raise Conflict(N_("Too many invitations are waiting. Take some of them back first."))


def _person(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == email))


def _view(row: Invitation, organization: str, *, known: bool = False) -> InvitationView:
    return InvitationView(
        id=row.id,
        organization=organization,
        organization_id=row.organization_id,
        email=row.email,
        roles=ordered(row.roles.split()),
        language=row.language,
        expires_at=row.expires_at,
        known=known,
    )
