"""A reviewer narrows with whom a report is shared; only whoever told it can have it told to more."""

from __future__ import annotations

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor
from registry.identity.starting import by
from registry.intake.labelling import give
from registry.intake.labels import Label
from registry.review import under_review
from registry.review.workflow import Act


class Narrowing:
    """What the reviewer of a report says."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def to_partners(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> None:
        """Share a report that one has claimed with partners only.

        Raises ``NotFound``, ``Stale``, ``Invalid`` where it names a public record, and ``Conflict`` for a
        report that is published already or that somebody else reviews.
        """
        with self._private.work() as session:
            row, _ = under_review.claimed(
                session, actor, submission_id, expected, Act.DECIDE_PART, self._clock()
            )
            give(session, row, Label.GREEN, by(actor), self._clock())
