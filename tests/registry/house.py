"""A small house to live in: both databases, every service, people of all roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import text

from api.node import PrivateSide
from registry.clock import Clock, today
from registry.custody import office as custody
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import CommonsError, Unavailable
from registry.federation.handed import HandedOver
from registry.federation.judging import Judging
from registry.federation.view import Reader
from registry.fetching import Fetcher
from registry.identity.directory import Directory
from registry.identity.factors import office as factors
from registry.identity.factors.pending import Terms
from registry.identity.kept import KeptForms
from registry.identity.oauth.office import Terms as LendingTerms
from registry.identity.oauth.office import open_office
from registry.identity.own_sessions import OwnSessions
from registry.identity.providers import office as providers
from registry.identity.providers.flow import Surroundings
from registry.identity.rules import Actor
from registry.identity.selfcare import office as selfcare
from registry.identity.sessions import Sessions
from registry.identity.tenants import office as tenants
from registry.intake.attachments import office as attachments
from registry.intake.bulk.service import BulkIntake
from registry.intake.held.service import FixHeld
from registry.intake.identities import office as identities
from registry.intake.labelling import Labelling
from registry.intake.lists import SubmissionLists
from registry.intake.nameless.service import NamelessReports
from registry.intake.personal.service import PersonalDetails
from registry.intake.revising.service import Revising
from registry.intake.risk.deciding import RiskCheck
from registry.intake.risk.service import Exactness
from registry.intake.service import Intake
from registry.intake.similar.service import SameEvent
from registry.intake.vault import keyfile
from registry.intake.vault.keyring import GivenKeyring
from registry.intake.vault.keys import DataKeys, carry
from registry.intake.waiting import parties
from registry.limits import Limiter
from registry.mail import FolderMailer
from registry.publication.agreement import AgreementTable
from registry.publication.changing import RecordChanges
from registry.publication.curating import CurationDesk
from registry.publication.foreign import ForeignDesk
from registry.publication.service import Publication
from registry.publication.targets import PublicTargets, PublicTexts
from registry.publication.terms import PublicationTerms
from registry.publication.transparency import Transparency
from registry.record.crowd import RecordCrowd
from registry.record.reading import Records
from registry.review import office as reviewing
from registry.review.coding.keeping import coded_newest
from registry.review.following import Following
from registry.review.office import Around
from registry.review.queue.reading import ReviewQueue
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from registry.sealing import Sealer
from taxonomy import load
from tests.conftest import SettableClock
from tests.factories import People, account, keep_details
from tests.registry.green import unused
from tests.registry.shelf import Shelf

NODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST"
SECRET = "test-" * 8
SITE = "https://node.example"
TERMS = Terms(timedelta(hours=12), factor_asked=False)
MASTER_KEYS = "test=" + "a2V5" * 10 + "a2U="
"""A keyring for every house; its key is thirty-two bytes that anybody can read here."""
T = TypeVar("T")


def keyring_in(folder: Path) -> Path:
    """The keyring of every house as a file in this folder; returns its path."""
    path = folder / "keyring.json"
    key_id, _, secret = MASTER_KEYS.partition("=")
    keyfile.write(path, keyfile.Held(key_id, {key_id: secret}))
    return path


def known_keys(clock: Clock) -> DataKeys:
    """What opens whatever lies in a house."""
    return DataKeys(GivenKeyring(MASTER_KEYS), clock)


def _open(private: PrivateDatabase, clock: Clock) -> None:
    carry(private, known_keys(clock))
    parties.carry(private, SECRET)


def services(
    private: PrivateDatabase, public: PublicDatabase, clock: Clock, *, threshold: int = 1, second: int = 0
) -> PrivateSide:
    """Every private service; with a ``threshold`` of 1 all is exact enough; ``second`` % is coded twice."""
    _open(private, clock)
    store, targets, sealer = Shelf(), PublicTargets(public), Sealer(SECRET)
    risk = RiskCheck(RecordCrowd(public), threshold, coded_newest)
    review_terms = ReviewTerms(second_coding=second)
    reviews = Reviews(private, clock, risk, review_terms, targets)
    beside = Around(store, targets, targets, sealer, load())
    return PrivateSide(
        database=private,
        directory=Directory(private, clock),
        sessions=Sessions(private, clock, hours=12, factor_asked=False),
        factors=factors.open_office(private, sealer, clock, issuer="Test node", base_url=SITE, terms=TERMS),
        own_sessions=OwnSessions(private, clock),
        kept=KeptForms(private, clock, sealer),
        oauth=open_office(private, sealer, clock, LendingTerms(SITE, 10, 90, factor_asked=False)),
        providers=providers.open_office(Surroundings(private, sealer, clock, SITE, TERMS), Fetcher()),
        tenants=tenants.open_office(private, clock),
        selfcare=selfcare.open_office(private, clock),
        custody=custody.open_office(private, clock, secret_key=SECRET),
        mailer=FolderMailer(Path(gettempdir()) / "house-mail", "registry@node.example", clock),
        limiter=Limiter("memory://", SECRET, clock),
        intake=Intake(private, load(), clock, SECRET, targets, HandedOver(public, NODE).refuse_reports),
        labelling=Labelling(private, clock),
        revising=Revising(private, PublicTexts(public), clock),
        held=FixHeld(private, PublicTexts(public), load(), clock),
        same_event=SameEvent(private, targets, clock),
        submissions=SubmissionLists(private),
        bulk=BulkIntake(private, load(), clock, SECRET, HandedOver(public, NODE).refuse_reports),
        personal=PersonalDetails(private, clock),
        nameless=NamelessReports(private, clock, taken=True),
        following=Following(private, clock),
        attachments=attachments.open_office(private, store, clock),
        exactness=Exactness(private, clock, risk),
        identities=identities.open_office(private, clock, publication_every=3600),
        queue=ReviewQueue(private, clock),
        reviews=reviews,
        reviewing=reviewing.open_office(private, clock, beside, reviews, review_terms),
        agreement=AgreementTable(private, public, load(), clock),
        publication=Publication(private, public, clock, PublicationTerms(NODE, load().version)),
        record_changes=RecordChanges(private, public, clock, sealer, node=NODE),
        foreign=ForeignDesk(private, _judging(public, clock), clock),
        curating=CurationDesk(private, public, load(), clock),
        transparency=Transparency(private, public, clock),
        green=unused(private, public, clock),
    )


def _judging(public: PublicDatabase, clock: Clock) -> Judging:
    return Judging(public, lambda: Reader(load(), (), today(clock)), clock, NODE)


@dataclass(frozen=True)
class House:
    """Both databases with services and people; ``clock`` stands still until moved."""

    private: PrivateDatabase
    public: PublicDatabase
    clock: SettableClock
    people: People
    side: PrivateSide
    records: Records

    def draft(self, actor: Actor | None = None, **changes: Any) -> str:
        """Id of a new draft with a complete account."""
        made = self.side.intake.create(actor or self.people.member, account(**changes), channel="form")
        return made.view.summary.id

    def submitted(self, actor: Actor | None = None, **changes: Any) -> str:
        """Id of a report just sent."""
        raw = account(**changes)
        made = self.side.intake.create(actor or self.people.member, raw, channel="form", submit=True)
        return made.view.summary.id

    def claimed(self, **changes: Any) -> str:
        """Id of a report that ``people.reviewer`` is examining."""
        key = self.submitted(**changes)
        self.side.reviews.claim(self.people.reviewer, key)
        return key

    def accepted(self, **changes: Any) -> str:
        """Id of an accepted report."""
        key = self.claimed(**changes)
        keep_details(self.side, self.people.reviewer, key)
        self.side.reviews.accept(self.people.reviewer, key)
        return key

    def state(self, key: str) -> str:
        """State of a submission, asked of the database itself."""
        return str(self.ask("SELECT state FROM submission WHERE id = :key", key=key)[0][0])

    def steps(self, key: str) -> list[tuple[str, str | None, str | None]]:
        """Action, old and new state of every step, asked of the database itself."""
        rows = self.ask(
            "SELECT action, old, new FROM audit_event"
            " WHERE subject = 'submission' AND subject_id = :key ORDER BY id",
            key=key,
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def ask(self, question: str, **facts: Any) -> Sequence[Any]:
        """Rows of the private database."""
        with self.private.read() as session:
            return session.execute(text(question), facts).all()

    def ask_public(self, question: str, **facts: Any) -> Sequence[Any]:
        """Rows of the public database."""
        with self.public.read() as session:
            return session.execute(text(question), facts).all()


def open_house(addresses: tuple[str, str], clock: SettableClock, people: People) -> House:
    """A house on databases that are migrated and know the people."""
    private, public = PrivateDatabase(addresses[0]), PublicDatabase(addresses[1])
    return House(private, public, clock, people, services(private, public, clock), Records(public))


def at_once(count: int, act: Callable[[int], T]) -> list[T | CommonsError]:
    """Run ``act`` in so many threads that start together; gives results and errors of the field.

    Raises ``Unavailable``, which parts two that wait for each other: no rule of the field does that.
    """
    barrier = Barrier(count)

    def one(number: int) -> T | CommonsError:
        barrier.wait()
        try:
            return act(number)
        except Unavailable:
            raise
        except CommonsError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
