"""Keeping an organization's choice for one report, inside the unit of work of whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry import audit
from registry.account import Account
from registry.account.about import is_about
from registry.audit import By, Step
from registry.db.columns import random_key
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.models import Organization
from registry.identity.tenants.rules import one_line, paragraphs
from registry.intake import steps
from registry.intake.due import PUBLICATION_DUE, next_batch
from registry.intake.identities import letters, naming
from registry.intake.identities.models import MESSAGE, ReportOffer, offer_text
from registry.intake.identities.rules import (
    OFFERS_MAX,
    USUAL,
    Deed,
    Identity,
    OfferState,
    Wish,
    after,
    wish_problems,
)
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.similar.rules import SHOWN, Kind
from registry.intake.vault.originals import sealed_text
from registry.outbox import enqueue

SUBJECT = "naming"
"""The audit trail's word for choices; reviewers and holders of receipts do not read these lines."""
OFFER = "offer"
"""The audit trail's word for requests to publish. Its lines name the request, never the report."""


def start(
    session: Session, submission_id: str, organization_id: str, wish: Wish | None, who: By, now: datetime
) -> Identity:
    """Give a report that was just written its identity, and say which; raises ``Invalid``."""
    if wish is not None:
        choose(session, session.get_one(Submission, submission_id), wish, who, now)
        return wish.identity
    usual = naming.usual_identity(session, organization_id)
    if usual is not USUAL:
        naming.keep_identity(session, submission_id, usual)
    return usual


def choose(session: Session, row: Submission, wish: Wish, who: By, now: datetime) -> bool:
    """Keep a choice for a report whose row is held, recall what it replaces, and ask who is to be asked.

    Returns whether anything changed. Raises ``Invalid``, or ``Conflict`` for one who asked too often.
    """
    wish = replace(wish, publisher=one_line(wish.publisher), message=paragraphs(wish.message))
    _check(session, row, wish)
    before, open_offer = naming.identity_of(session, row.id), naming.open_offer(session, row.id)
    if _holds_already(wish, before, open_offer):
        return False
    if open_offer is not None:
        move(session, open_offer, Deed.RECALL, who, now)
        session.flush()  # a new request may take its place
    naming.keep_identity(session, row.id, wish.identity)
    step = Step(SUBJECT, row.id, "choose-identity", before.value, wish.identity.value)
    audit.append(session, step, who, now)
    if wish.identity is Identity.DELEGATED:
        _ask(session, row, wish, who, now)
    session.flush()
    return True


def sent(session: Session, row: Submission, now: datetime) -> None:
    """A report was sent, or sent again: whoever is to publish it hears of it."""
    offer = naming.open_offer(session, row.id)
    if offer is not None and offer.version != row.version:
        letters.ask(session, offer, now)


def release(session: Session, row: Submission, now: datetime, every: int) -> None:
    """Let the door look again with its next batch, where only its identity kept an accepted report."""
    if row.state == State.ACCEPTED.value and naming.goes_on(session, row):
        enqueue(session, PUBLICATION_DUE, {}, next_batch(now, every))


def move(session: Session, offer: ReportOffer, deed: Deed, who: By, now: datetime) -> None:
    """Take a step of the transition table and append it to the trail; raises ``Conflict``."""
    old = OfferState(offer.state)
    new = after(deed, old)
    offer.state, offer.decided_at = new.value, now
    audit.append(session, Step(OFFER, offer.id, deed.value, old.value, new.value), who, now)


def touched(row: Submission, now: datetime) -> None:
    """Whoever saw the report before has not seen what is chosen now."""
    row.lock += 1
    row.updated_at = now


def _check(session: Session, row: Submission, wish: Wish) -> None:
    own = session.get_one(Organization, row.organization_id)
    problems = list(wish_problems(wish, own.name))
    if Kind(row.kind) is Kind.REPLY and wish.identity is not Identity.NAMED:
        problems.append(Problem("/identity", SHOWN))
    if not problems and wish.identity is Identity.DELEGATED:
        account = Account.from_json(steps.newest(session, row).account)
        if is_about(account, wish.publisher):
            message = N_("Your report names this organization. It cannot publish it; name another one.")
            problems.append(Problem("/publisher", message))
    if problems:
        raise Invalid(problems)


def _holds_already(wish: Wish, before: Identity, offer: ReportOffer | None) -> bool:
    if wish.identity is not Identity.DELEGATED:
        return wish.identity is before
    if offer is None or offer.asked.casefold() != wish.publisher.casefold():
        return False
    return (offer.told, offer.message) == (wish.tell, wish.message)


def _ask(session: Session, row: Submission, wish: Wish, who: By, now: datetime) -> None:
    asked = select(func.count()).where(ReportOffer.submission_id == row.id)
    if (session.scalar(asked) or 0) >= OFFERS_MAX:
        raise Conflict(N_("You have asked %(count)s times already. Choose another way."), count=OFFERS_MAX)
    key = random_key()
    sealed = sealed_text(session, row.id, wish.message, offer_text(key, MESSAGE)) if wish.message else None
    offer = ReportOffer(
        id=key,
        submission_id=row.id,
        publisher_id=_reached(session, row, wish.publisher),
        asked=wish.publisher,
        told=wish.tell,
        sealed_message=sealed,
        state=OfferState.OFFERED.value,
        offered_at=now,
    )
    session.add(offer)
    audit.append(session, Step(OFFER, offer.id, "offer", new=offer.state), who, now)
    if State(row.state) not in (State.DRAFT, State.REVISING):
        letters.ask(session, offer, now)


def _reached(session: Session, row: Submission, name: str) -> str | None:
    """The organization of this name, unless there is none or its people have examined the report.

    The one that asks sees no difference: it must not learn who is here, nor who reviews.
    """
    query = select(Organization.id).where(_called(name), Organization.active)
    found = session.scalar(query.order_by(Organization.id).limit(1))
    trail = audit.trail(session, steps.SUBJECT, row.id)
    return None if found in {entry.organization_id for entry in trail} else found


def _called(name: str) -> ColumnElement[bool]:
    return (Organization.name == name) | (func.lower(Organization.name) == name.lower())
