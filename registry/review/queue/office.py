"""What stands around the queue: acts on several, kept views, missed targets."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.review.queue.batch import Batch
from registry.review.queue.keeping import KeptViews
from registry.review.queue.missing import MissedTargets
from registry.review.queue.reading import ReviewQueue
from registry.review.service import Reviews


@dataclass(frozen=True, slots=True)
class QueueOffice:
    """The services of the queue, beside reading it."""

    batch: Batch
    views: KeptViews
    missed: MissedTargets


def open_office(private: PrivateDatabase, clock: Clock, reviews: Reviews) -> QueueOffice:
    """All of them on one database."""
    return QueueOffice(
        Batch(private, reviews, ReviewQueue(private, clock)),
        KeptViews(private, clock),
        MissedTargets(private, clock),
    )
