"""What stands around a review, beside the queue and the acts on a report, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.intake.attachments.stores import Store
from registry.review.asking.service import Questions
from registry.review.coding.second import SecondCoding
from registry.review.evidence import Evidence
from registry.review.news.service import NewsLetters
from registry.review.noting.service import Remarks
from registry.review.queue import office as queue
from registry.review.queue.office import QueueOffice
from registry.review.service import Reviews
from registry.review.versions import Versions


@dataclass(frozen=True, slots=True)
class ReviewOffice:
    """Services that work on what ``Reviews`` decides about."""

    questions: Questions
    remarks: Remarks
    news: NewsLetters
    versions: Versions
    evidence: Evidence
    desk: QueueOffice
    second_coding: SecondCoding


def open_office(
    private: PrivateDatabase, clock: Clock, store: Store, reviews: Reviews, *, publication_every: int
) -> ReviewOffice:
    """An office on this database and this store of files."""
    return ReviewOffice(
        questions=Questions(private, clock),
        remarks=Remarks(private, clock),
        news=NewsLetters(private, clock),
        versions=Versions(private),
        evidence=Evidence(private, store),
        desk=queue.open_office(private, clock, reviews),
        second_coding=SecondCoding(private, clock, publication_every=publication_every),
    )
