"""What exports say of each kind of row. No hash, no sealed secret, and nobody of another organization."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import AuditRow
from registry.custody.reading import plain
from registry.identity.factors.models import TotpFactor
from registry.identity.models import Membership, Organization, Person
from registry.identity.oauth.models import Client, Consent, Grant
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.intake import steps
from registry.intake.attachments import rows
from registry.intake.attachments.models import Attachment
from registry.intake.following import adding
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.risk.models import ExactnessChoice
from registry.intake.vault.originals import thing_of
from registry.review.appealing import rows as appeals
from registry.review.asking.models import Question
from registry.review.asking.rows import question_text, questions
from registry.review.coding.models import Coding
from registry.review.coding.rules import Turn
from registry.review.concluding import decisions_on
from registry.review.models import DecisionRow
from registry.review.noting.models import Remark
from registry.review.noting.rows import words_of
from registry.review.quorum.models import VoteRow


def person(session: Session, row: Person) -> dict[str, Any]:
    """A person, with whether there are one-time codes."""
    totp = session.get(TotpFactor, row.id)
    told = plain(
        row, "id", "email", "new_email", "name", "language", "email_verified_at", "active", "created_at"
    )
    return told | {"password": row.password_hash is not None, "one_time_codes": totp is not None}


def membership(session: Session, row: Membership) -> dict[str, Any]:
    """A role of a person, with the organization's name."""
    organization = session.get_one(Organization, row.organization_id)
    return plain(row, "person_id", "organization_id", "role") | {"organization": organization.name}


def member(session: Session, row: Membership) -> dict[str, Any]:
    """A role in an organization, with the person's name."""
    found = session.get_one(Person, row.person_id)
    return plain(row, "person_id", "organization_id", "role") | {"name": found.name, "email": found.email}


def provider_login(session: Session, row: ProviderLogin) -> dict[str, Any]:
    """Under which name an identity provider knows the person."""
    provider = session.get_one(IdentityProvider, row.provider_id)
    return plain(row, "person_id", "subject", "linked_at") | {
        "provider": provider.name,
        "issuer": provider.issuer,
    }


def consent(session: Session, row: Consent) -> dict[str, Any]:
    """What a person lets a program do."""
    told = plain(row, "person_id", "organization_id", "client_id", "scopes", "agreed_at")
    return told | {"program": _program(session, row.client_id)}


def grant(session: Session, row: Grant) -> dict[str, Any]:
    """A time that a program acted, or may act."""
    told = plain(row, "id", "person_id", "organization_id", "client_id", "scopes", "granted_at")
    told |= plain(row, "provider_id", "expires_at", "revoked_at")
    return told | {"program": _program(session, row.client_id)}


def report(session: Session, row: Submission) -> dict[str, Any]:
    """A report with every version, what was chosen about personal details, every decision and every step.

    Once the original was erased, versions are told without their accounts, and there are no files.
    """
    gone = row.erased_at is not None
    told = plain(row, "id", "organization_id", "author_id", "channel", "state", "version", "title")
    told |= plain(row, "record_id", "published_version", "demo", "created_at", "updated_at", "submitted_at")
    told |= plain(row, "held_asked_at", "held_answered_at", "tlp")
    told |= plain(row, "noticed_at", "erased_at", "kind", "about_record", "about_held", "due_at", "missed_at")
    return told | {
        "versions": _versions(session, row),
        "files": [] if gone else [file(session, one) for one in rows.kept(session, row.id)],
        "details": _details(session, row.id),
        "additions": [] if gone else _additions(session, row.id),
        "questions": [] if gone else _questions(session, row.id),
        "appeals": _appeals(session, row),
        "exactness": _exactness(session, row.id),
        "coding": _coding(session, row.id),
        "decisions": [
            plain(one, "version", "decision", "reason_code", "other_node", "note", "at")
            for one in decisions_on(session, row.id)
        ],
        "steps": [
            plain(one, "at", "action", "old", "new", "reason", "actor_role")
            for one in audit.trail(session, steps.SUBJECT, row.id)
        ],
    }


def _versions(session: Session, row: Submission) -> list[dict[str, Any]]:
    of_this = select(SubmissionVersion).where(SubmissionVersion.submission_id == row.id)
    return [
        plain(one, "submission_id", "number", "author_id", "created_at")
        | {"account": None if row.erased_at is not None or one.gone else one.account}
        for one in session.scalars(of_this.order_by(SubmissionVersion.number))
    ]


def _details(session: Session, key: str) -> list[dict[str, Any]]:
    of_this = select(DetailChoice).where(DetailChoice.submission_id == key)
    return [
        plain(one, "stage", "choice", "at") | {"thing": thing_of(session, key, one.thing)}
        for one in session.scalars(of_this.order_by(DetailChoice.at, DetailChoice.thing))
    ]


def _appeals(session: Session, row: Submission) -> list[dict[str, Any]]:
    """The one appeal of a report, if there was one."""
    made = appeals.of(session, row)
    if made is None:
        return []
    return [{"submission_id": row.id, "at": made.at.isoformat(), "writer": made.writer, "reason": made.text}]


def _additions(session: Session, key: str) -> list[dict[str, Any]]:
    return [
        {"submission_id": key, "number": number}
        | {"at": one.at.isoformat(), "writer": one.writer, "text": one.text}
        for number, one in enumerate(adding.additions(session, key), 1)
    ]


def _questions(session: Session, key: str) -> list[dict[str, Any]]:
    """What reviewers asked, without who, and what was answered."""
    return [
        {"submission_id": key, "number": one.number, "version": one.version, "text": one.text}
        | {"asked_at": one.asked_at.isoformat(), "answer": one.answer, "writer": one.writer}
        | {"answered_at": None if one.answered_at is None else one.answered_at.isoformat()}
        for one in questions(session, key)
    ]


def _exactness(session: Session, key: str) -> list[dict[str, Any]]:
    of_this = select(ExactnessChoice).where(ExactnessChoice.submission_id == key)
    return [
        plain(one, "version", "stage", "levels", "at")
        for one in session.scalars(of_this.order_by(ExactnessChoice.id))
    ]


def _coding(session: Session, key: str) -> list[dict[str, Any]]:
    """What reviewers made of the classification; the second coders' answers say nothing of the report."""
    of_this = select(Coding).where(Coding.submission_id == key, Coding.turn == Turn.REVIEW.value)
    return [
        plain(one, "version", "facet", "codes", "standing", "at")
        for one in session.scalars(of_this.order_by(Coding.id))
    ]


def file(session: Session, row: Attachment) -> dict[str, Any]:
    """An attached file; the file itself can be downloaded from its report."""
    told = plain(row, "id", "submission_id", "number", "media", "size", "width", "height")
    return told | plain(row, "author_id", "created_at") | {"description": rows.description(session, row)}


def decision(_session: Session, row: DecisionRow | VoteRow) -> dict[str, Any]:
    """A decision, or a vote, on a report of another organization."""
    told = plain(row, "submission_id", "version", "reviewer_id", "organization_id", "decision")
    return told | plain(row, "reason_code", "note", "at")


def question(_session: Session, row: Question) -> dict[str, Any]:
    """A question that was asked about a report of another organization; the answer is theirs."""
    told = plain(row, "submission_id", "number", "version", "reviewer_id", "organization_id", "asked_at")
    return told | {"text": question_text(row)}


def remark(_session: Session, row: Remark) -> dict[str, Any]:
    """A note to other reviewers on a report of another organization."""
    told = plain(row, "submission_id", "number", "version", "reviewer_id", "organization_id", "at")
    return told | {"text": words_of(row)}


def coding(_session: Session, row: Coding) -> dict[str, Any]:
    """How a reviewer classified a facet of a report of another organization."""
    told = plain(row, "submission_id", "version", "turn", "facet", "codes", "standing", "confidence")
    return told | plain(row, "note", "reviewer_id", "organization_id", "at")


def detail_choice(_session: Session, row: DetailChoice) -> dict[str, Any]:
    """What somebody chose for a personal detail, which no export names."""
    return plain(row, "submission_id", "thing", "stage", "choice", "actor_id", "at")


def exactness_choice(_session: Session, row: ExactnessChoice) -> dict[str, Any]:
    """How exactly somebody wished or decided that a report is published, and what was counted then."""
    told = plain(row, "submission_id", "version", "stage", "levels", "public_alike", "crowded", "threshold")
    return told | plain(row, "reached", "reason", "actor_id", "organization_id", "at")


def act(_session: Session, row: AuditRow) -> dict[str, Any]:
    """A line of the audit trail."""
    told = plain(row, "at", "subject", "subject_id", "action", "old", "new", "reason")
    return told | plain(row, "actor_id", "actor_role", "organization_id")


def _program(session: Session, client_id: str) -> str:
    return session.get_one(Client, client_id).name
