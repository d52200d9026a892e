"""What is in an export of what people and organizations judged. A new table of review is added here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from registry.custody import told
from registry.custody.reading import Source, fields
from registry.identity.kin.models import DeclaredTie, Departure
from registry.identity.models import Person
from registry.intake.risk.models import ExactnessChoice
from registry.review.aftercare.models import ChangeRow
from registry.review.asking.models import Question
from registry.review.coding.models import Coding
from registry.review.independence.models import Recusal, Unmasking
from registry.review.models import Claim, DecisionRow
from registry.review.news.models import NewsItem, NewsWish
from registry.review.noting.models import Remark
from registry.review.pools.models import Assignment, ReviewerWishes
from registry.review.queue.models import QueueView
from registry.review.quorum.models import VoteRow

# Notes may quote a report of another organization, which only reviewers may read.
_DECISION = fields(
    "submission_id",
    "version",
    "reviewer_id",
    "organization_id",
    "decision",
    "reason_code",
    "other_node",
    "at",
)
_EXACTNESS = fields(
    "submission_id", "version", "stage", "levels", "reached", "actor_id", "organization_id", "at"
)
_CODING = fields(
    "submission_id", "version", "turn", "facet", "codes", "standing", "confidence", "reviewer_id", "at"
)
# As the notes above.
_QUESTION = fields("submission_id", "number", "version", "reviewer_id", "organization_id", "asked_at")
_REMARK = fields("submission_id", "number", "version", "reviewer_id", "organization_id", "at")
_RECUSAL = fields("submission_id", "reviewer_id", "reason_code", "at")
_VIEW = fields("person_id", "name", "asked", "created_at")
_WISH, _NEWS = fields("person_id", "rhythm", "told_at"), fields("person_id", "submission_id", "news")
_PROPOSAL = fields(
    *("id", "record_id", "revision", "into_record", "into_revision", "kind", "reason_code", "state"),
    *("proposed_by", "organization_id"),
    *("proposed_at", "refusal", "decided_at", "not_before", "done_at"),
)
# Not who proposed it: that may be another organization's.
_RULED = fields("id", "record_id", "kind", "refusal", "decided_by", "decider_organization_id", "decided_at")
_GIVEN, _WISHES = fields("submission_id", "reviewer_id", "at", "until"), fields("person_id", "wishes")
_CLAIM = fields("submission_id", "organization_id", "reviewer_id", "until")
_DEPARTURE, _TIE = fields("person_id", "organization_id", "left_at"), fields("person_id", "name")


def of_person(person: Person) -> list[Source]:
    """What a person reviews and decided."""
    decided, voted = DecisionRow.reviewer_id == person.id, VoteRow.reviewer_id == person.id
    aside, asked = Recusal.reviewer_id == person.id, Question.reviewer_id == person.id
    kept, unmasked = _mine(QueueView, person), Unmasking.reviewer_id == person.id
    wish, news = _mine(NewsWish, person), _mine(NewsItem, person)
    given = Assignment.reviewer_id == person.id
    noted, left = Remark.reviewer_id == person.id, _mine(Departure, person)
    proposed, ruled = ChangeRow.proposed_by == person.id, ChangeRow.decided_by == person.id
    return [
        Source("claims", "reports that you review", Claim, Claim.reviewer_id == person.id, _CLAIM),
        Source("decisions", "your decisions on reports", DecisionRow, decided, told.decision),
        Source("votes", "your votes where several decide", VoteRow, voted, told.decision),
        Source("questions", "what you asked about reports", Question, asked, told.question),
        Source("remarks", "your notes to other reviewers", Remark, noted, told.remark),
        Source("changes-proposed", "changes of records that you proposed", ChangeRow, proposed, _PROPOSAL),
        Source("changes-decided", "changes of records that you decided on", ChangeRow, ruled, _RULED),
        Source("views", "views of the review queue that you keep", QueueView, kept, _VIEW),
        Source("given", "reports that you were given to look at", Assignment, given, _GIVEN),
        Source("reviewing", "how you wish to review", ReviewerWishes, _mine(ReviewerWishes, person), _WISHES),
        Source("letters", "how soon you want letters about reports", NewsWish, wish, _WISH),
        Source("news", "what you are still to be told", NewsItem, news, _NEWS),
        Source("unmaskings", "reports whose tellers you asked for", Unmasking, unmasked, _RECUSAL),
        Source("recusals", "reports that you stepped aside from", Recusal, aside, _RECUSAL),
        Source("ties", "organizations that you do not judge", DeclaredTie, _mine(DeclaredTie, person), _TIE),
        Source("departures", "organizations that you left", Departure, left, _DEPARTURE),
        Source("codings", "how you classified reports", Coding, Coding.reviewer_id == person.id, told.coding),
    ]


def of_organization(key: str) -> list[Source]:
    """What an organization's reviewers hold and decided."""
    proposed, ruled = _own(ChangeRow, key), ChangeRow.decider_organization_id == key
    return [
        Source("changes-proposed", "changes of records that it proposed", ChangeRow, proposed, _PROPOSAL),
        Source("changes-decided", "changes that its reviewers decided on", ChangeRow, ruled, _RULED),
        Source("claims", "reports that its reviewers hold", Claim, _own(Claim, key), _CLAIM),
        Source(
            "decisions",
            "its reviewers' decisions; their notes are in the exports of the reviewers",
            DecisionRow,
            _own(DecisionRow, key),
            _DECISION,
        ),
        Source("votes", "its reviewers' votes where several decide", VoteRow, _own(VoteRow, key), _DECISION),
        Source(
            "questions",
            "that its reviewers asked; what they asked is in the exports of the reviewers",
            Question,
            _own(Question, key),
            _QUESTION,
        ),
        Source(
            "remarks",
            "that its reviewers wrote notes; the notes are in the exports of the reviewers",
            Remark,
            _own(Remark, key),
            _REMARK,
        ),
        Source(
            "codings",
            "how its reviewers classified reports, without their notes",
            Coding,
            _own(Coding, key),
            _CODING,
        ),
        Source(
            "exactness",
            "how exactly its people wished or decided that reports are published, without their reasons",
            ExactnessChoice,
            _own(ExactnessChoice, key),
            _EXACTNESS,
        ),
    ]


def _mine(table: Any, person: Person) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.person_id == person.id
    return found


def _own(table: Any, key: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.organization_id == key
    return found
