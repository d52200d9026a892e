"""Which person here a provider's subject is, and how somebody new becomes one.

A provider and a subject are a person, never an e-mail: whoever controls a provider can assert any
address. Three ways lead in: an invitation, connecting it to the account that one is signed in to, and
a provider that is open to all of its organization.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.db.columns import random_key
from registry.errors import N_, CommonsError, Conflict, NotAllowed
from registry.identity.factors.pending import Pending, Terms, enter
from registry.identity.models import Membership, Person
from registry.identity.providers.attempts import Wish
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.identity.providers.rules import Identity, ProviderTrouble, Trouble, no_mailbox
from registry.identity.rules import Actor, Role
from registry.identity.selfcare.letters import CHANGE
from registry.identity.starting import PROVIDER, SignedIn, by
from registry.identity.tenants.invitations import Invitations, Newcomer
from registry.identity.tenants.members import hold, hold_person
from registry.identity.tenants.rules import PERSON_MAX, is_email, one_line
from registry.outbox import enqueue


class UnknownHere(NotAllowed):
    """The provider knows them, this node does not."""

    message = N_("Your organization knows you, but this node does not know you yet.")


class AddressKnown(Conflict):
    """Their provider says that an address is theirs that is an account's here. It may say so of any."""

    message = N_(
        "There may be an account for you already. Sign in with its password, then connect your organization"
        " on your account page."
    )


class NoMember(NotAllowed):
    """They were known here, and do not belong to the provider's organization any more."""

    message = N_("You do not belong to this organization here any more.")


class ConnectedElsewhere(CommonsError):
    """The identity is another person's here, or the person has another identity of this provider."""

    message = N_("This could not be connected: it is in use already.")


@dataclass(frozen=True, slots=True)
class Host:
    """The node that somebody arrives at; ``language`` is that of the page they came from."""

    invitations: Invitations
    terms: Terms
    language: str
    device: str


def settle(
    session: Session, provider: IdentityProvider, identity: Identity, wish: Wish, now: datetime, host: Host
) -> SignedIn | Pending:
    """Sign in whom a provider vouches for, in the caller's transaction.

    Raises ``UnknownHere``, ``AddressKnown``, ``NoMember``, or what ``Invitations`` does.
    """
    known = session.get(ProviderLogin, (provider.id, identity.subject))
    person = session.get(Person, known.person_id) if known is not None else None
    if person is not None and not person.active:
        raise UnknownHere
    arrival = Newcomer(_name(identity), host.language)
    if wish.invitation:
        invitation = wish.invitation
        person = host.invitations.accept_vouched(
            session, invitation, provider.organization_id, person, arrival
        )
    elif person is None and provider.open:
        person = _newcomer(session, provider, identity, arrival, now)
    if person is None:
        raise UnknownHere
    if known is None:
        _connect(
            session, provider, identity, person.id, By("provider", person.id, provider.organization_id), now
        )
        session.flush()
    if not _belongs(session, person.id, provider.organization_id):
        raise NoMember
    return enter(session, person, PROVIDER, now, host.terms, device=host.device, provider_id=provider.id)


def connect(
    session: Session, provider: IdentityProvider, identity: Identity, actor: Actor, now: datetime
) -> None:
    """Make the identity one of the signed-in person's ways in; again is fine.

    Raises ``ConnectedElsewhere``, or ``ProviderTrouble`` for a provider of another organization.
    """
    if provider.organization_id != actor.organization_id:
        raise ProviderTrouble(Trouble.STRAY)
    hold_person(session, actor.id)
    known = session.get(ProviderLogin, (provider.id, identity.subject))
    mine = select(ProviderLogin.subject).where(
        ProviderLogin.provider_id == provider.id, ProviderLogin.person_id == actor.id
    )
    held = session.scalar(mine)
    if held == identity.subject:
        return
    if known is not None or held is not None:
        raise ConnectedElsewhere
    _connect(session, provider, identity, actor.id, by(actor), now)


def _connect(
    session: Session, provider: IdentityProvider, identity: Identity, person_id: str, who: By, now: datetime
) -> None:
    session.add(
        ProviderLogin(provider_id=provider.id, subject=identity.subject, person_id=person_id, linked_at=now)
    )
    audit.append(session, Step("person", person_id, "connect-provider", reason=provider.id), who, now)


def _newcomer(
    session: Session, provider: IdentityProvider, identity: Identity, new: Newcomer, now: datetime
) -> Person:
    """A new member. The address that the provider asserts is asked for proof like any other."""
    hold(session, provider.organization_id)
    address = (identity.email or "").casefold()
    if address and session.scalar(select(Person.id).where(Person.email == address)) is not None:
        raise AddressKnown
    key = random_key()
    person = Person(
        id=key,
        email=no_mailbox(key),
        new_email=address if is_email(address) else None,
        name=new.name or address.partition("@")[0][:PERSON_MAX] or key[:8],
        language=new.language,
        created_at=now,
    )
    session.add(person)
    session.flush()
    session.add(Membership(person_id=key, organization_id=provider.organization_id, role=Role.MEMBER.value))
    who = By("provider", key, provider.organization_id)
    steps = [Step("person", key, "register"), Step("person", key, "roles", "", Role.MEMBER.value)]
    audit.append_all(session, steps, who, now)
    if person.new_email is not None:
        enqueue(session, CHANGE, {"person_id": key}, now)
    return person


def _belongs(session: Session, person_id: str, organization_id: str) -> bool:
    session.flush()
    query = select(Membership.id).where(
        Membership.person_id == person_id, Membership.organization_id == organization_id
    )
    return session.scalar(query.limit(1)) is not None


def _name(identity: Identity) -> str:
    return one_line(identity.name or "")[:PERSON_MAX]
