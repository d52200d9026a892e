"""What is in an export: of a person, and of an organization. A new table is added here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from registry.audit import AuditRow
from registry.custody import told
from registry.custody.models import ErasureRow
from registry.custody.reading import Source, fields
from registry.identity.factors.models import Passkey, RecoveryCode
from registry.identity.models import Membership, Organization, Person, SignIn
from registry.identity.oauth.models import Client, Consent, Grant
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.identity.tenants.models import Application, Invitation, Ruling
from registry.intake.attachments.models import Attachment
from registry.intake.identities.models import NamingPreference, ReportIdentity, ReportOffer
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.risk.models import ExactnessChoice
from registry.review.models import Claim, DecisionRow

_ORGANIZATION = fields("id", "name", "descriptor", "language", "state", "may_review", "demo", "created_at")
_SESSION = fields(
    "person_id", "organization_id", "method", "device", "started_at", "confirmed_at", "expires_at", "ended_at"
)
_PROGRAM = fields(
    "id",
    "organization_id",
    "name",
    "scopes",
    "auth_method",
    "jwks",
    "grant_types",
    "redirect_uris",
    "active",
    "created_at",
)
_INVITATION = fields(
    "id",
    "organization_id",
    "email",
    "roles",
    "invited_by",
    "invited_at",
    "expires_at",
    "accepted_by",
    "ended_at",
)
_INVITED = fields("id", "organization_id", "roles", "invited_at", "ended_at")
_APPLICATION = fields("organization_id", "applicant_id", "website", "purpose", "applied_at")
_RULING = fields("organization_id", "action", "reason", "decided_by", "decided_at")
# Notes may quote a report of another organization, which only reviewers may read.
_DECISION = fields(
    "submission_id", "version", "reviewer_id", "organization_id", "decision", "reason_code", "at"
)
_EXACTNESS = fields(
    "submission_id", "version", "stage", "levels", "reached", "actor_id", "organization_id", "at"
)
_PREFERENCE = fields("organization_id", "identity", "publishes", "terms")
_IDENTITY = fields("submission_id", "identity")
_REQUEST = fields(
    "id",
    "submission_id",
    "asked",
    "told",
    "message",
    "state",
    "version",
    "lends",
    "reason",
    "offered_at",
    "decided_at",
)
# Nothing that leads to the organization that asked.
_OFFER = fields("id", "publisher_id", "message", "state", "lends", "reason", "offered_at", "decided_at")
_ERASURE = fields(
    "submission_id", "organization_id", "state", "record_id", "why", "destroyed", "check_value", "at"
)
_CLAIM = fields("submission_id", "organization_id", "reviewer_id", "until")


def of_person(person: Person) -> list[Source]:
    """Everything on a person. Reports are their organization's: those of present organizations only."""

    def mine(table: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = table.person_id == person.id
        return found

    homes = select(Membership.organization_id).where(Membership.person_id == person.id)
    versions = select(SubmissionVersion.submission_id).where(SubmissionVersion.author_id == person.id)
    files = select(Attachment.submission_id).where(Attachment.author_id == person.id)
    wrote = or_(Submission.author_id == person.id, Submission.id.in_(versions), Submission.id.in_(files))
    written = wrote & Submission.organization_id.in_(homes)
    acts = or_(
        AuditRow.actor_id == person.id, (AuditRow.subject == "person") & (AuditRow.subject_id == person.id)
    )
    passkey, code = fields("person_id", "name", "created_at", "last_used_at"), fields("person_id", "used_at")
    invited = Invitation.accepted_by == person.id
    if person.email_verified_at is not None:  # else somebody else may read mail at that address
        invited = or_(invited, Invitation.email == person.email)
    return [
        Source("person", "who you are here", Person, Person.id == person.id, told.person),
        Source("roles", "your roles in organizations", Membership, mine(Membership), told.membership),
        Source("sessions", "your sign-ins", SignIn, mine(SignIn), _SESSION),
        Source("passkeys", "your passkeys", Passkey, mine(Passkey), passkey),
        Source("recovery-codes", "your recovery codes, unreadable", RecoveryCode, mine(RecoveryCode), code),
        Source("providers", "who vouches for you", ProviderLogin, mine(ProviderLogin), told.provider_login),
        Source("consents", "programs that you let act for you", Consent, mine(Consent), told.consent),
        Source("grants", "when they were let in", Grant, mine(Grant), told.grant),
        Source("invitations", "invitations to your address", Invitation, invited, _INVITED),
        Source(
            "invitations-sent",
            "invitations that you sent, without the addresses of others",
            Invitation,
            Invitation.invited_by == person.id,
            _INVITED,
        ),
        Source(
            "applications",
            "organizations that you applied for",
            Application,
            Application.applicant_id == person.id,
            _APPLICATION,
        ),
        Source("rulings", "your decisions on organizations", Ruling, Ruling.decided_by == person.id, _RULING),
        Source("reports", "reports that you wrote", Submission, written, told.report),
        Source(
            "details",
            "what you chose for personal details in reports; the details are not named",
            DetailChoice,
            DetailChoice.actor_id == person.id,
            told.detail_choice,
        ),
        Source(
            "exactness",
            "how exactly you wished or decided that reports are published",
            ExactnessChoice,
            ExactnessChoice.actor_id == person.id,
            told.exactness_choice,
        ),
        Source("claims", "reports that you review", Claim, Claim.reviewer_id == person.id, _CLAIM),
        Source(
            "decisions",
            "your decisions on reports",
            DecisionRow,
            DecisionRow.reviewer_id == person.id,
            told.decision,
        ),
        Source("acts", "what the audit trail says of you", AuditRow, acts, told.act),
    ]


def of_organization(key: str) -> list[Source]:
    """Everything on an organization."""

    def own(table: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = table.organization_id == key
        return found

    provider = fields("id", "organization_id", "name", "issuer", "client_id", "open", "active", "created_at")
    decided = (AuditRow.subject == "organization") & (AuditRow.subject_id == key)
    acts = or_(own(AuditRow), decided)
    named = ReportIdentity.submission_id.in_(select(Submission.id).where(own(Submission)))
    return [
        Source("organization", "how it is registered", Organization, Organization.id == key, _ORGANIZATION),
        Source(
            "application",
            "what it applied with",
            Application,
            own(Application),
            _APPLICATION,
        ),
        Source(
            "rulings",
            "what the steward decided about it",
            Ruling,
            own(Ruling),
            _RULING,
        ),
        Source("people", "its people and their roles", Membership, own(Membership), told.member),
        Source("invitations", "its invitations", Invitation, own(Invitation), _INVITATION),
        Source("programs", "its programs, without secrets", Client, own(Client), _PROGRAM),
        Source(
            "providers",
            "identity providers that it trusts",
            IdentityProvider,
            own(IdentityProvider),
            provider,
        ),
        Source("consents", "programs that its people let act", Consent, own(Consent), told.consent),
        Source("grants", "when they were let in", Grant, own(Grant), told.grant),
        Source("erasures", "originals that were destroyed", ErasureRow, own(ErasureRow), _ERASURE),
        Source("reports", "its reports with every version", Submission, own(Submission), told.report),
        Source("naming", "how it is usually named", NamingPreference, own(NamingPreference), _PREFERENCE),
        Source("identities", "how its reports name it", ReportIdentity, named, _IDENTITY),
        Source(
            "requests",
            "whom it asked to publish its reports",
            ReportOffer,
            ReportOffer.submission_id.in_(select(Submission.id).where(own(Submission))),
            _REQUEST,
        ),
        Source(
            "offers",
            "reports of others that it was asked to publish",
            ReportOffer,
            ReportOffer.publisher_id == key,
            _OFFER,
        ),
        Source("claims", "reports that its reviewers hold", Claim, own(Claim), _CLAIM),
        Source(
            "decisions",
            "its reviewers' decisions; their notes are in the exports of the reviewers",
            DecisionRow,
            own(DecisionRow),
            _DECISION,
        ),
        Source(
            "exactness",
            "how exactly its people wished or decided that reports are published, without their reasons",
            ExactnessChoice,
            own(ExactnessChoice),
            _EXACTNESS,
        ),
        Source("acts", "what it did, and what was decided about it", AuditRow, acts, told.act),
    ]
