"""What stands around a review, beside the queue and the acts on a report, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.intake.attachments.stores import Store
from registry.review.aftercare import office as aftercare
from registry.review.aftercare.looking import PublicLooks
from registry.review.aftercare.office import CareOffice
from registry.review.appealing.service import Appeals
from registry.review.asking.service import Questions
from registry.review.coding.second import SecondCoding
from registry.review.evidence import Evidence
from registry.review.independence.letting_go import LettingGo
from registry.review.labelling import Narrowing
from registry.review.news.service import NewsLetters
from registry.review.noting.service import Remarks
from registry.review.pools.service import OwnWork
from registry.review.queue import office as queue
from registry.review.queue.office import QueueOffice
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from registry.review.versions import Versions
from registry.sealing import Sealer
from taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class ReviewOffice:
    """Services that work on what ``Reviews`` decides about."""

    questions: Questions
    remarks: Remarks
    news: NewsLetters
    versions: Versions
    evidence: Evidence
    desk: QueueOffice
    own_work: OwnWork
    second_coding: SecondCoding
    appeals: Appeals
    care: CareOffice
    narrowing: Narrowing
    letting_go: LettingGo


@dataclass(frozen=True, slots=True)
class Around:
    """What the office needs from elsewhere: where files lie, what is public, what seals texts, the codes.

    ``looks`` knows public records, for anybody; ``all_looks`` those as well that are for partners only.
    """

    store: Store
    looks: PublicLooks
    all_looks: PublicLooks
    sealer: Sealer
    taxonomy: Taxonomy


def open_office(
    private: PrivateDatabase, clock: Clock, around: Around, reviews: Reviews, terms: ReviewTerms
) -> ReviewOffice:
    """An office on this database."""
    every = terms.publication_every
    return ReviewOffice(
        questions=Questions(private, clock),
        remarks=Remarks(private, clock),
        news=NewsLetters(private, clock),
        versions=Versions(private),
        evidence=Evidence(private, around.store),
        desk=queue.open_office(private, clock, reviews),
        own_work=OwnWork(private, clock, around.taxonomy, reviews),
        second_coding=SecondCoding(private, clock, publication_every=every),
        care=aftercare.open_office(
            private, clock, around.looks, around.sealer, publication_every=every, all_looks=around.all_looks
        ),
        narrowing=Narrowing(private, clock),
        appeals=Appeals(private, clock, terms, around.all_looks),
        letting_go=LettingGo(private, clock),
    )
