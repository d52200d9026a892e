"""The composition root: builds every part from the settings and hands each what it needs."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from api.node import Node, PrivateSide
from registry.clock import Clock, system_clock
from registry.config import Settings
from registry.custody import office as custody
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import SettingError
from registry.federation import office as federation
from registry.federation.claims_told import Speaker, ToldClaims
from registry.federation.introducing import Introducing
from registry.federation.new_key import private_half
from registry.federation.own_witness import load_witness
from registry.fetching import Fetcher
from registry.identity.directory import Directory
from registry.identity.factors import office as factors
from registry.identity.factors.pending import Terms
from registry.identity.kept import KeptForms
from registry.identity.oauth.office import OAuthOffice, open_office
from registry.identity.oauth.office import Terms as LendingTerms
from registry.identity.own_sessions import OwnSessions
from registry.identity.providers import office as providers
from registry.identity.providers.flow import Surroundings
from registry.identity.selfcare import office as selfcare
from registry.identity.sessions import Sessions
from registry.identity.tenants import office as tenants
from registry.intake.attachments import office as attachments
from registry.intake.attachments.office import open_store
from registry.intake.bulk.service import BulkIntake
from registry.intake.held.service import FixHeld
from registry.intake.identities import office as identities
from registry.intake.labelling import Labelling
from registry.intake.labels import Label
from registry.intake.lists import SubmissionLists
from registry.intake.nameless.service import NamelessReports
from registry.intake.personal import brought
from registry.intake.personal.service import PersonalDetails
from registry.intake.revising.service import Revising
from registry.intake.risk.deciding import RiskCheck
from registry.intake.risk.service import Exactness
from registry.intake.service import Intake
from registry.intake.similar.service import SameEvent
from registry.intake.vault.keyring import open_keyring
from registry.intake.vault.keys import DataKeys, carry
from registry.intake.vault.rules import Keeping
from registry.intake.waiting import parties
from registry.ledger.keys import LogKey
from registry.ledger.publishing import LogPublisher
from registry.ledger.reading import LogReader
from registry.limits import Limiter
from registry.mail import open_mailer
from registry.publication.agreement import AgreementTable
from registry.publication.changing import RecordChanges
from registry.publication.curating import CurationDesk
from registry.publication.foreign import ForeignDesk
from registry.publication.green.office import GreenOffice
from registry.publication.service import Publication
from registry.publication.targets import PublicTargets, PublicTexts
from registry.publication.terms import GREEN_TERMS, PublicationTerms
from registry.publication.transparency import Transparency
from registry.record.agreement import Agreements
from registry.record.crowd import RecordCrowd
from registry.record.curation.reading import Curations
from registry.record.node import NodeIdentity, load_node
from registry.record.openness import PublicFigures
from registry.record.reading import Records
from registry.review import office as reviewing
from registry.review.coding.keeping import coded_newest
from registry.review.following import Following
from registry.review.office import Around
from registry.review.queue.reading import ReviewQueue
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from registry.sealing import Sealer
from registry.sharing.dumps.shelf import Shelf
from registry.sharing.dumps.snapshot import Source
from registry.sharing.harvest import Harvest
from search import SearchEngine
from taxonomy import load
from web.green_wiring import Known, open_green

SECRET_FILE = "secret.key"  # noqa: S105 - the name of a file


def build(settings: Settings, clock: Clock = system_clock) -> Node:
    """The node that the settings describe; raises ``SettingError`` when it was never initialised."""
    public = PublicDatabase(settings.public_url)
    taxonomy, identity, harvest = load(), load_node(settings.data_dir), Harvest(public)
    limiter = Limiter(settings.limits_store, secret_key(settings), clock)
    fetcher, curations = Fetcher(loopback=settings.allow_loopback), Curations(public)
    # A node that only serves what another one wrote keeps nothing, and so may promise nothing either.
    witness = None if settings.public_only else load_witness(settings.data_dir, identity, clock)
    log = _log(settings, public, identity, clock)
    way = Introducing(fetcher, identity.id, lambda: private_half(settings.data_dir, log.key), clock)
    others = federation.open_office(public, way, identity, taxonomy, clock, witness)
    log.ask_first(others.own_past.notes)
    known = Known(identity, way.key, others, log, fetcher, taxonomy)
    told = ToldClaims(public, Speaker(identity.id, settings.node_name, settings.base_url))
    dumped = Source(harvest, told, taxonomy)
    if not settings.public_only:
        brought.install(brought.load(settings.detectors, settings.detector_seconds))
    private_side = None if settings.public_only else _private_side(settings, clock, public, limiter, known)
    return Node(
        settings=settings,
        identity=identity,
        clock=clock,
        taxonomy=taxonomy,
        public=public,
        records=Records(public),
        curations=curations,
        federation=others,
        harvest=harvest,
        told=told,
        exports=Shelf(settings.exports_dir, dumped, clock, days=settings.export_days),
        log=log,
        log_reader=LogReader(public),
        agreements=Agreements(public),
        figures=PublicFigures(public),
        search=SearchEngine(settings.index_dir, taxonomy, readings=curations),
        limiter=limiter,
        private_side=private_side,
    )


def _log(settings: Settings, public: PublicDatabase, identity: NodeIdentity, clock: Clock) -> LogPublisher:
    key, folder = LogKey(identity.origin, identity.public_key), settings.data_dir
    return LogPublisher(public, folder, key, identity.id, partial(private_half, folder), clock)


def close(node: Node) -> None:
    """Give back connections and files."""
    node.public.close()
    if node.private_side is not None:
        node.private_side.database.close()
        node.private_side.green.database.close()


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the setting, or the one that ``commons init`` made."""
    if settings.secret_key:
        return settings.secret_key
    try:
        return (settings.data_dir / SECRET_FILE).read_text("ascii").strip()
    except OSError as error:
        raise SettingError(
            name="secret_key", reason="not set, and none was made. Run: commons init"
        ) from error


def make_secret(folder: Path) -> None:
    """Make the signing key unless there is one."""
    path = folder / SECRET_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), "ascii")


def keeping(settings: Settings) -> Keeping:
    """How long originals are kept."""
    return Keeping(
        published=settings.keep_published_days,
        declined=settings.keep_declined_days,
        withdrawn=settings.keep_withdrawn_days,
        drafts=settings.keep_drafts_days,
        notice=settings.draft_notice_days,
    )


def open_private(settings: Settings, clock: Clock) -> PrivateDatabase:
    """The private database with the keys that open what lies in it; raises ``SettingError``."""
    private = PrivateDatabase(settings.private_url)
    carry(private, DataKeys(open_keyring(settings.keyring_path, settings.master_keys), clock))
    parties.carry(private, secret_key(settings))
    return private


def _private_side(
    settings: Settings, clock: Clock, public: PublicDatabase, limiter: Limiter, known: Known
) -> PrivateSide:
    private, every = open_private(settings, clock), settings.publication_every
    green, identity = open_green(settings, private, known, clock), known.identity
    shared, texts = green.side, PublicTexts(public, green.side)
    store, review_terms = open_store(settings.attachments, settings.attachments_dir), _review_terms(settings)
    risk = RiskCheck(RecordCrowd(public), settings.risk_threshold, coded_newest)
    key, taxonomy, targets = secret_key(settings), load(), PublicTargets(public)
    reviews = Reviews(private, clock, risk, review_terms, targets)
    sealer, terms = Sealer(key), Terms(timedelta(hours=settings.session_hours), settings.second_factor)
    beside = Around(store, targets, PublicTargets(public, shared), sealer, taxonomy)
    return PrivateSide(
        database=private,
        directory=Directory(private, clock),
        sessions=Sessions(private, clock, settings.session_hours, factor_asked=settings.second_factor),
        factors=_factors(settings, private, sealer, clock, terms),
        own_sessions=OwnSessions(private, clock),
        kept=KeptForms(private, clock, sealer),
        oauth=_oauth(settings, private, sealer, clock),
        providers=_providers(settings, private, sealer, clock, terms),
        tenants=tenants.open_office(private, clock),
        selfcare=selfcare.open_office(private, clock),
        custody=custody.open_office(private, clock, secret_key=key, keeping=keeping(settings)),
        mailer=open_mailer(settings.mail_url, settings.mail_from, settings.mail_dir, clock),
        limiter=limiter,
        intake=Intake(private, taxonomy, clock, key, targets, known.others.handed.refuse_reports),
        labelling=Labelling(private, clock),
        revising=Revising(private, texts, clock),
        held=FixHeld(private, texts, taxonomy, clock),
        same_event=SameEvent(private, targets, clock),
        submissions=SubmissionLists(private),
        bulk=BulkIntake(private, taxonomy, clock, key, known.others.handed.refuse_reports),
        personal=PersonalDetails(private, clock),
        nameless=NamelessReports(private, clock, taken=settings.open_reports),
        following=Following(private, clock),
        attachments=attachments.open_office(private, store, clock),
        exactness=Exactness(private, clock, risk),
        identities=identities.open_office(private, clock, publication_every=every),
        queue=ReviewQueue(private, clock),
        reviews=reviews,
        reviewing=reviewing.open_office(private, clock, beside, reviews, review_terms),
        agreement=AgreementTable(private, public, taxonomy, clock),
        publication=_publication(settings, private, public, green, known, clock),
        record_changes=RecordChanges(private, public, clock, sealer, node=identity.id, shared=shared),
        foreign=ForeignDesk(private, known.others.judging, clock),
        curating=CurationDesk(private, public, taxonomy, clock),
        transparency=Transparency(private, public, clock),
        green=green,
    )


def _publication(
    settings: Settings,
    private: PrivateDatabase,
    public: PublicDatabase,
    green: GreenOffice,
    known: Known,
    clock: Clock,
) -> Publication:
    """The door, and beside it the one to what only partners read."""
    terms = PublicationTerms(known.identity.id, load().version, settings.ask_held_days, settings.seen_from)
    shared = replace(terms, node=green.identity.id, licence=GREEN_TERMS, label=Label.GREEN)
    beside = Publication(private, green.database, clock, shared)
    beside.ask_first(lambda: green.log.state().trouble)
    door = Publication(private, public, clock, terms, beside=beside)
    door.ask_first(lambda: known.log.state().trouble)
    return door


def _providers(
    settings: Settings, private: PrivateDatabase, sealer: Sealer, clock: Clock, terms: Terms
) -> providers.ProvidersOffice:
    around = Surroundings(private, sealer, clock, settings.base_url, terms)
    return providers.open_office(around, Fetcher(loopback=settings.allow_loopback))


def _factors(
    settings: Settings, private: PrivateDatabase, sealer: Sealer, clock: Clock, terms: Terms
) -> factors.FactorsOffice:
    return factors.open_office(
        private, sealer, clock, issuer=settings.node_name, base_url=settings.base_url, terms=terms
    )


def _oauth(settings: Settings, private: PrivateDatabase, sealer: Sealer, clock: Clock) -> OAuthOffice:
    terms = LendingTerms(
        issuer=settings.base_url.rstrip("/"),
        token_minutes=settings.token_minutes,
        grant_days=settings.grant_days,
        factor_asked=settings.second_factor,
    )
    return open_office(private, sealer, clock, terms)


def _review_terms(settings: Settings) -> ReviewTerms:
    return ReviewTerms(
        claim_hours=settings.claim_hours,
        publication_every=settings.publication_every,
        publication_delay=settings.publication_delay,
        second_coding=settings.second_coding,
        severe_from=settings.severe_from,
        blind=settings.blind_review,
        appeal_days=settings.appeal_days,
        appeal_target_days=settings.appeal_target_days,
    )
