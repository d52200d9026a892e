"""Removing what identity keeps of a person or of an organization, in the caller's transaction.

The rows themselves stay under their random ids, empty, because the audit trail and other rows point
at them; nothing that says who it was is left. Guards and what lies in other rooms are the caller's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from registry.audit import By
from registry.identity.factors.models import FactorChallenge, MailedProof, Passkey, RecoveryCode, TotpFactor
from registry.identity.kin.models import DeclaredTie, Departure, OtherName, Parent
from registry.identity.models import KeptForm, Membership, Organization, PendingSignIn, Person, SignIn
from registry.identity.oauth import grants
from registry.identity.oauth.models import (
    AuthorizationCode,
    Client,
    Consent,
    DeviceCode,
    Grant,
    RefreshToken,
    SeenAssertion,
)
from registry.identity.providers.models import IdentityProvider, ProviderAttempt, ProviderLogin
from registry.identity.rules import OrganizationState
from registry.identity.tenants.models import Application, Invitation, Ruling
from registry.outbox import enqueue

FORGET_LETTERS: Final = "mail.forget"
"""Kind of the outbox job that deletes letters to addresses that nobody here has any more."""
_OF_A_PERSON: tuple[Any, ...] = (
    SignIn,
    PendingSignIn,
    TotpFactor,
    Passkey,
    RecoveryCode,
    ProviderLogin,
    ProviderAttempt,
    Consent,
    KeptForm,
    Membership,
    Departure,
    DeclaredTie,
)
"""Tables of which every row of a person goes."""


def forget_person(session: Session, person: Person, by: By, now: datetime) -> None:
    """Remove name, address, factors, sessions, roles and consents; end every grant.

    Letters to the address that lie on this node are deleted by the worker, once this is done.
    """
    end_grants(session, Grant.person_id == person.id, by, now, "the person is gone")
    _delete_tokens(session, Grant.person_id == person.id)
    theirs = select(SignIn.id).where(SignIn.person_id == person.id)
    session.execute(delete(FactorChallenge).where(FactorChallenge.sign_in_id.in_(theirs)))
    for table in _OF_A_PERSON:
        session.execute(delete(table).where(table.person_id == person.id))
    session.execute(delete(MailedProof).where(MailedProof.subject_id == person.id))
    _forget_invitations(session, Invitation.accepted_by == person.id)
    if person.email_verified_at is not None:  # else the address, and what was sent there, is not theirs
        _forget_invitations(session, Invitation.email == person.email)
    person.email, person.name, person.language = f"erased:{person.id}", "", ""
    person.password_hash, person.email_verified_at, person.active = None, None, False
    person.new_email = None
    enqueue(session, FORGET_LETTERS, {}, now)


def forget_organization(session: Session, row: Organization, by: By, now: datetime) -> None:
    """Remove its name, people's roles, sessions, programs, providers, invitations and rulings."""
    own = select(Client.id).where(Client.organization_id == row.id)
    granted = or_(Grant.organization_id == row.id, Grant.client_id.in_(own))
    end_grants(session, granted, by, now, "the organization is gone")
    _delete_tokens(session, granted)
    session.execute(delete(DeviceCode).where(DeviceCode.client_id.in_(own)))
    session.execute(delete(SeenAssertion).where(SeenAssertion.client_id.in_(own)))
    session.execute(delete(Consent).where(or_(Consent.organization_id == row.id, Consent.client_id.in_(own))))
    session.execute(delete(Grant).where(granted))
    session.execute(delete(Client).where(Client.organization_id == row.id))
    providers = select(IdentityProvider.id).where(IdentityProvider.organization_id == row.id)
    session.execute(delete(ProviderLogin).where(ProviderLogin.provider_id.in_(providers)))
    end_providers_sessions(session, row.id, now)
    _forget_invitations(session, Invitation.organization_id == row.id)
    sessions = select(SignIn.id).where(SignIn.organization_id == row.id)
    session.execute(delete(FactorChallenge).where(FactorChallenge.sign_in_id.in_(sessions)))
    session.execute(delete(Parent).where(or_(Parent.organization_id == row.id, Parent.parent_id == row.id)))
    for table in (IdentityProvider, KeptForm, SignIn, Membership, Departure, OtherName, Application, Ruling):
        session.execute(delete(table).where(table.organization_id == row.id))
    row.name, row.descriptor, row.language = f"erased:{row.id}", "", ""
    row.state, row.may_review = OrganizationState.ERASED.value, False


def end_access(session: Session, person_id: str, organization_id: str, by: By, now: datetime) -> None:
    """End a person's roles, sessions, consents, grants and provider's sign-in in one organization."""
    for table in (Membership, Consent, KeptForm):
        session.execute(
            delete(table).where(table.person_id == person_id, table.organization_id == organization_id)
        )
    session.merge(Departure(person_id=person_id, organization_id=organization_id, left_at=now))
    providers = select(IdentityProvider.id).where(IdentityProvider.organization_id == organization_id)
    session.execute(
        delete(ProviderLogin).where(
            ProviderLogin.person_id == person_id, ProviderLogin.provider_id.in_(providers)
        )
    )
    mine = (SignIn.person_id == person_id) & (SignIn.organization_id == organization_id)
    end_sessions(session, mine, now)
    granted = (Grant.person_id == person_id) & (Grant.organization_id == organization_id)
    end_grants(session, granted, by, now, "the person left")


def end_grants(session: Session, which: ColumnElement[bool], by: By, now: datetime, reason: str) -> int:
    """End every living grant of these, each with a line in the trail; returns how many."""
    living = list(session.scalars(select(Grant.id).where(which, Grant.revoked_at.is_(None))))
    for grant_id in living:
        grants.end(session, grant_id, reason, by, now)
    return len(living)


def disconnect(session: Session, person_id: str, by: By, now: datetime, reason: str) -> int:
    """End whatever programs may do for a person, and forget what they agreed to; returns how many ended.

    A consent that is remembered would let the next request in without a question, so it goes too.
    """
    session.execute(delete(Consent).where(Consent.person_id == person_id))
    return end_grants(session, Grant.person_id == person_id, by, now, reason)


def end_vouched(session: Session, which: ColumnElement[bool], by: By, now: datetime, reason: str) -> int:
    """End the living grants of these, and forget what was agreed to with them; returns how many ended."""
    living = select(Grant.id).where(
        which,
        Grant.revoked_at.is_(None),
        Grant.person_id == Consent.person_id,
        Grant.client_id == Consent.client_id,
        Grant.organization_id == Consent.organization_id,
    )
    session.execute(delete(Consent).where(living.exists()).execution_options(synchronize_session=False))
    return end_grants(session, which, by, now, reason)


def end_sessions(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    """End every open session of these."""
    session.execute(update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=now))


def end_providers_sessions(session: Session, organization_id: str, now: datetime) -> None:
    """End what began through an organization's identity providers, also if it is for another organization."""
    providers = select(IdentityProvider.id).where(IdentityProvider.organization_id == organization_id)
    end_sessions(session, SignIn.provider_id.in_(providers), now)
    for table in (PendingSignIn, ProviderAttempt):
        session.execute(delete(table).where(table.provider_id.in_(providers)))


def _delete_tokens(session: Session, which: ColumnElement[bool]) -> None:
    grant_ids = select(Grant.id).where(which)
    for table in (AuthorizationCode, RefreshToken, DeviceCode):
        session.execute(delete(table).where(table.grant_id.in_(grant_ids)))


def _forget_invitations(session: Session, which: ColumnElement[bool]) -> None:
    ids = select(Invitation.id).where(which)
    session.execute(delete(MailedProof).where(MailedProof.subject_id.in_(ids)))
    session.execute(delete(Invitation).where(which))
