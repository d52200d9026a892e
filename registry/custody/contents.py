"""What is in an export: of a person, and of an organization. A new table is added here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from registry.audit import AuditRow
from registry.custody import judgments, told
from registry.custody.models import ErasureRow
from registry.custody.reading import Source, fields
from registry.identity.factors.models import Passkey, RecoveryCode
from registry.identity.kin.models import Departure, OtherName, Parent
from registry.identity.models import Membership, Organization, Person, SignIn
from registry.identity.oauth.models import Client, Consent, Grant
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.identity.tenants.models import Application, Invitation, Ruling
from registry.intake.attachments.models import Attachment
from registry.intake.identities.models import NamingPreference, ReportIdentity, ReportOffer
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.risk.models import ExactnessChoice

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
_DEPARTURE = fields("person_id", "organization_id", "left_at")
_PARENT = fields("organization_id", "parent_id")
_NAME, _TIE = fields("organization_id", "name"), fields("name")


def of_person(person: Person) -> list[Source]:
    """Everything on a person. Reports are their organization's: those of present organizations only."""
    acts = or_(
        AuditRow.actor_id == person.id, (AuditRow.subject == "person") & (AuditRow.subject_id == person.id)
    )
    return [
        *_ways_in(person),
        *_dealings(person),
        *_writings(person),
        *judgments.of_person(person),
        Source("acts", "what the audit trail says of you", AuditRow, acts, told.act),
    ]


def of_organization(key: str) -> list[Source]:
    """Everything on an organization."""
    acts = or_(
        AuditRow.organization_id == key, (AuditRow.subject == "organization") & (AuditRow.subject_id == key)
    )
    return [
        *_standing(key),
        *_people_and_programs(key),
        *_reports(key),
        *judgments.of_organization(key),
        Source("acts", "what it did, and what was decided about it", AuditRow, acts, told.act),
    ]


def _mine(table: Any, person: Person) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.person_id == person.id
    return found


def _own(table: Any, key: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.organization_id == key
    return found


def _ways_in(person: Person) -> list[Source]:
    """Who a person is here, and by what they, or programs for them, come in."""
    passkey, code = fields("person_id", "name", "created_at", "last_used_at"), fields("person_id", "used_at")
    codes, vouched = _mine(RecoveryCode, person), _mine(ProviderLogin, person)
    return [
        Source("person", "who you are here", Person, Person.id == person.id, told.person),
        Source(
            "roles", "your roles in organizations", Membership, _mine(Membership, person), told.membership
        ),
        Source("sessions", "your sign-ins", SignIn, _mine(SignIn, person), _SESSION),
        Source("passkeys", "your passkeys", Passkey, _mine(Passkey, person), passkey),
        Source("recovery-codes", "your recovery codes, unreadable", RecoveryCode, codes, code),
        Source("providers", "who vouches for you", ProviderLogin, vouched, told.provider_login),
        Source(
            "consents", "programs that you let act for you", Consent, _mine(Consent, person), told.consent
        ),
        Source("grants", "when they were let in", Grant, _mine(Grant, person), told.grant),
    ]


def _dealings(person: Person) -> list[Source]:
    """What a person had to do with organizations."""
    invited = Invitation.accepted_by == person.id
    if person.email_verified_at is not None:  # else somebody else may read mail at that address
        invited = or_(invited, Invitation.email == person.email)
    sent, applied = Invitation.invited_by == person.id, Application.applicant_id == person.id
    others = "invitations that you sent, without the addresses of others"
    return [
        Source("invitations", "invitations to your address", Invitation, invited, _INVITED),
        Source("invitations-sent", others, Invitation, sent, _INVITED),
        Source("applications", "organizations that you applied for", Application, applied, _APPLICATION),
        Source("rulings", "your decisions on organizations", Ruling, Ruling.decided_by == person.id, _RULING),
    ]


def _writings(person: Person) -> list[Source]:
    """Reports of a person's present organizations that the person had a part in, and choices for any."""
    homes = select(Membership.organization_id).where(Membership.person_id == person.id)
    versions = select(SubmissionVersion.submission_id).where(SubmissionVersion.author_id == person.id)
    files = select(Attachment.submission_id).where(Attachment.author_id == person.id)
    wrote = or_(Submission.author_id == person.id, Submission.id.in_(versions), Submission.id.in_(files))
    written = wrote & Submission.organization_id.in_(homes)
    return [
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
    ]


def _standing(key: str) -> list[Source]:
    """What an organization is to this node."""
    kin = or_(Parent.organization_id == key, Parent.parent_id == key)
    return [
        Source("organization", "how it is registered", Organization, Organization.id == key, _ORGANIZATION),
        Source(
            "names", "its other names", OtherName, _own(OtherName, key), fields("organization_id", "name")
        ),
        Source("kin", "to which organization it belongs, and which belong to it", Parent, kin, _PARENT),
        Source("application", "what it applied with", Application, _own(Application, key), _APPLICATION),
        Source("rulings", "what the steward decided about it", Ruling, _own(Ruling, key), _RULING),
    ]


def _people_and_programs(key: str) -> list[Source]:
    """Who and what acts for an organization."""
    provider = fields("id", "organization_id", "name", "issuer", "client_id", "open", "active", "created_at")
    trusted = _own(IdentityProvider, key)
    return [
        Source("people", "its people and their roles", Membership, _own(Membership, key), told.member),
        Source("departures", "people who left it lately", Departure, _own(Departure, key), _DEPARTURE),
        Source("invitations", "its invitations", Invitation, _own(Invitation, key), _INVITATION),
        Source("programs", "its programs, without secrets", Client, _own(Client, key), _PROGRAM),
        Source("providers", "identity providers that it trusts", IdentityProvider, trusted, provider),
        Source("consents", "programs that its people let act", Consent, _own(Consent, key), told.consent),
        Source("grants", "when they were let in", Grant, _own(Grant, key), told.grant),
    ]


def _reports(key: str) -> list[Source]:
    """What an organization sent, and how it is named or names others in it."""
    sent = select(Submission.id).where(_own(Submission, key))
    named, asked = ReportIdentity.submission_id.in_(sent), ReportOffer.submission_id.in_(sent)
    usual, offered = _own(NamingPreference, key), ReportOffer.publisher_id == key
    return [
        Source("erasures", "originals that were destroyed", ErasureRow, _own(ErasureRow, key), _ERASURE),
        Source("reports", "its reports with every version", Submission, _own(Submission, key), told.report),
        Source("naming", "how it is usually named", NamingPreference, usual, _PREFERENCE),
        Source("identities", "how its reports name it", ReportIdentity, named, _IDENTITY),
        Source("requests", "whom it asked to publish its reports", ReportOffer, asked, _REQUEST),
        Source("offers", "reports of others that it was asked to publish", ReportOffer, offered, _OFFER),
    ]
