"""The node as faces see it: every service, built once by the composition root."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from registry.clock import Clock
from registry.config import Settings
from registry.custody.office import CustodyOffice
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import N_, NotFound
from registry.federation.claims_told import ToldClaims
from registry.federation.office import FederationOffice
from registry.identity.directory import Directory
from registry.identity.factors.office import FactorsOffice
from registry.identity.kept import KeptForms
from registry.identity.oauth.office import OAuthOffice
from registry.identity.own_sessions import OwnSessions
from registry.identity.providers.office import ProvidersOffice
from registry.identity.selfcare.office import SelfcareOffice
from registry.identity.sessions import Sessions
from registry.identity.tenants.office import TenantsOffice
from registry.intake.attachments.office import AttachmentsOffice
from registry.intake.bulk.service import BulkIntake
from registry.intake.held.service import FixHeld
from registry.intake.identities.office import IdentitiesOffice
from registry.intake.labelling import Labelling
from registry.intake.lists import SubmissionLists
from registry.intake.nameless.service import NamelessReports
from registry.intake.personal.service import PersonalDetails
from registry.intake.revising.service import Revising
from registry.intake.risk.service import Exactness
from registry.intake.service import Intake
from registry.intake.similar.service import SameEvent
from registry.ledger.publishing import LogPublisher
from registry.ledger.reading import LogReader
from registry.limits import Limiter
from registry.mail import Mailer
from registry.publication.agreement import AgreementTable
from registry.publication.changing import RecordChanges
from registry.publication.curating import CurationDesk
from registry.publication.foreign import ForeignDesk
from registry.publication.green.office import GreenOffice
from registry.publication.service import Publication
from registry.publication.transparency import Transparency
from registry.record.agreement import Agreements
from registry.record.curation.reading import Curations
from registry.record.hearing import Hearing
from registry.record.node import NodeIdentity
from registry.record.openness import PublicFigures
from registry.record.reading import Records
from registry.review.following import Following
from registry.review.office import ReviewOffice
from registry.review.queue.reading import ReviewQueue
from registry.review.service import Reviews
from registry.sharing.dumps.shelf import Shelf
from registry.sharing.harvest import Harvest
from search import SearchEngine
from taxonomy import Taxonomy

EXTENSION = "incident-commons"
NO_PRIVATE_SIDE = N_(
    "This node only serves public records. Nothing can be reported here, and nobody signs in."
)


@dataclass(frozen=True, slots=True)
class PrivateSide:
    """Services that need the private database; a public-only node has none of them."""

    database: PrivateDatabase
    directory: Directory
    sessions: Sessions
    factors: FactorsOffice
    own_sessions: OwnSessions
    kept: KeptForms
    oauth: OAuthOffice
    providers: ProvidersOffice
    tenants: TenantsOffice
    selfcare: SelfcareOffice
    custody: CustodyOffice
    mailer: Mailer
    limiter: Limiter
    intake: Intake
    labelling: Labelling
    revising: Revising
    held: FixHeld
    same_event: SameEvent
    submissions: SubmissionLists
    bulk: BulkIntake
    personal: PersonalDetails
    nameless: NamelessReports
    following: Following
    attachments: AttachmentsOffice
    exactness: Exactness
    identities: IdentitiesOffice
    queue: ReviewQueue
    reviews: Reviews
    reviewing: ReviewOffice
    agreement: AgreementTable
    publication: Publication
    record_changes: RecordChanges
    foreign: ForeignDesk
    curating: CurationDesk
    transparency: Transparency
    green: GreenOffice


@dataclass(frozen=True, slots=True)
class Node:
    """Everything a view may call."""

    settings: Settings
    identity: NodeIdentity
    clock: Clock
    taxonomy: Taxonomy
    public: PublicDatabase
    records: Records
    curations: Curations
    federation: FederationOffice
    harvest: Harvest
    told: ToldClaims
    exports: Shelf
    log: LogPublisher
    log_reader: LogReader
    agreements: Agreements
    figures: PublicFigures
    search: SearchEngine
    limiter: Limiter
    private_side: PrivateSide | None

    @property
    def private(self) -> PrivateSide:
        """The private side; raises ``NotFound`` that says so on a public-only node."""
        if self.private_side is None:
            raise NotFound(NO_PRIVATE_SIDE)
        return self.private_side

    @property
    def hearing(self) -> Hearing:
        """Whose word is told beside a record."""
        return Hearing(self.federation.peers.unheard(), self.settings.seen_from)

    def require_private(self) -> None:
        """Raises ``NotFound`` that says so on a public-only node, before anything is read."""
        if self.private_side is None:
            raise NotFound(NO_PRIVATE_SIDE)


def the_node() -> Node:
    """The node that serves the present request."""
    node = current_app.extensions[EXTENSION]
    if not isinstance(node, Node):
        raise TypeError("the application was not built by web.app.create_app")
    return node
