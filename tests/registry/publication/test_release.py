"""When and under which numbers reports appear: not when and in which order they came in.

P2 and P3 of the security plan. What cannot be hidden is said in docs/adr/0011.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import String, insert

from registry.audit import AuditRow
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateBase
from registry.intake.due import PUBLICATION_DUE, next_batch
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.receipts import receipt_hash
from registry.intake.risk.deciding import RiskCheck
from registry.intake.vault.keys import keys_of
from registry.intake.vault.originals import sealed_account, sealed_title
from registry.outbox import is_due
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.models import ReleaseRow
from registry.review.releasing import draw
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from tests.conftest import SettableClock
from tests.factories import keep_details
from tests.registry.house import House

MANY = 1_000
IDS = 10_000
HOURS = 72
CHI_15 = 44.3
"""χ² of 15 degrees of freedom that chance exceeds once in ten thousand."""


def test_ids_are_drawn_evenly_and_carry_no_time() -> None:
    """Each of their 32 hex digits is even over 10,000, and their order is not that of being made."""
    keys = [random_key() for _ in range(IDS)]
    assert len(set(keys)) == IDS
    assert all(len(key) == 32 for key in keys)
    worst = max(_chi(Counter(key[place] for key in keys)) for place in range(32))
    assert worst < CHI_15 * 1.2  # 32 places at once
    assert abs(correlation(range(IDS), ranks(keys))) < 0.04  # four standard deviations


def test_every_private_thing_is_called_by_a_random_key() -> None:
    """No table counts its rows, but the trail, whose numbers no answer holds."""
    counted = [
        column
        for table in PrivateBase.metadata.sorted_tables
        for column in table.primary_key
        if len(table.primary_key) == 1 and not isinstance(column.type, String)
    ]
    assert [str(column) for column in counted] == [
        "audit_event.id",
        "exactness_choice.id",
        "review_coding.id",
    ]
    assert AuditRow.__tablename__ == "audit_event"


def test_serials_and_positions_do_not_follow_the_order_of_arrival(small_house: House) -> None:
    """1,000 reports in one batch: neither the AIR id nor the place in the database tells which came first."""
    sent = _accepted_in_order(small_house, MANY, small_house.clock)
    small_house.side.publication.publish_batch()
    records = dict(_pairs(small_house.ask("SELECT id, record_id FROM submission")))
    serials = [int(records[key].rpartition("-")[2]) for key in sent]
    places = dict(_pairs(small_house.ask_public("SELECT id, seq FROM record")))
    rows = dict(_pairs(small_house.ask_public("SELECT id, rowid FROM record")))
    tokens = dict(_pairs(small_house.ask_public("SELECT record_id, token FROM publication")))
    assert sorted(serials) == list(range(1, MANY + 1))
    for order in (
        serials,
        [places[records[key]] for key in sent],
        [rows[records[key]] for key in sent],
        ranks([tokens[records[key]] for key in sent]),
    ):
        assert abs(correlation(range(MANY), order)) < 0.13  # four standard deviations
    # Nor does a serial's half tell the half in which its report came: 2 × 2 table, one degree of freedom.
    late = sum(serial > MANY // 2 for serial in serials[MANY // 2 :])
    expected = MANY / 4
    assert (late - expected) ** 2 / expected * 4 < 15.2  # once in ten thousand


def test_the_moment_of_release_is_even_over_the_whole_time(clock: SettableClock) -> None:
    longest = timedelta(hours=HOURS)
    moments = [draw(clock(), longest) - clock() for _ in range(IDS)]
    assert min(moments) >= timedelta(0)
    assert max(moments) <= longest
    sixteenths = Counter(min(15, int(moment / longest * 16)) for moment in moments)
    assert _chi(sixteenths) < CHI_15
    assert draw(clock(), timedelta(0)) == clock()


def test_reports_of_one_day_are_published_in_an_order_of_their_own(clock: SettableClock) -> None:
    """Accepted over one hour, released over three days: which batch a report is in says next to nothing.

    Of reports that were accepted days apart the later one does come later: an order cannot be hidden
    from whoever looks every day. A day apart it is right about four times in five, and an hour apart a coin.
    """
    longest, dice = timedelta(hours=HOURS), random.Random(7)  # noqa: S311 - a seed is the point
    accepted = sorted(clock() + timedelta(seconds=dice.randrange(3_600)) for _ in range(MANY))
    batches = [next_batch(draw(at, longest), 3_600) for at in accepted]
    assert abs(correlation(range(MANY), [batch.timestamp() for batch in batches])) < 0.14
    days = [batch.date().toordinal() for batch in batches]
    assert abs(correlation(range(MANY), days)) < 0.14
    assert len(set(days)) == 4


def test_an_accepted_report_waits_for_its_moment_and_then_for_the_batch(house: House) -> None:
    slow = _slow(house)
    key = _accepted(house, slow)
    released = house.ask("SELECT not_before FROM review_release WHERE submission_id = :key", key=key)
    assert len(released) == 1
    _release_at(house, key, house.clock.now + timedelta(hours=50))
    for early in (0, 49):
        house.clock.now = house.clock.now.replace(minute=30) + timedelta(hours=early)
        assert house.side.publication.publish_batch() == []
        assert house.side.publication.held_back() == 1
    house.clock.forward(hours=2)
    assert house.side.publication.held_back() == 0
    assert len(house.side.publication.publish_batch()) == 1


def test_the_work_for_the_door_comes_after_the_moment(house: House) -> None:
    """The job is at the end of the interval in which the moment lies, so that the batch finds it."""
    for _ in range(5):
        key = _accepted(house, _slow(house))
        released = _released_at(house, key)
        with house.private.read() as session:
            due = next_batch(released, 3_600)
            assert is_due(session, PUBLICATION_DUE, due)
            assert due - released <= timedelta(hours=1)
            assert due > released
    assert not house.side.publication.batch_is_due()


def test_the_operator_can_let_everything_out_at_once(house: House) -> None:
    key = _accepted(house, _slow(house))
    _release_at(house, key, house.clock.now + timedelta(hours=50))
    assert len(house.side.publication.publish_batch(early=True)) == 1


def test_a_node_that_holds_nothing_back_publishes_with_the_next_batch(house: House) -> None:
    key = house.accepted()
    assert _released_at(house, key) == house.clock.now
    assert len(house.side.publication.publish_batch()) == 1


def ranks(values: Sequence[str]) -> list[int]:
    """The place of each in the order of all."""
    order = {value: place for place, value in enumerate(sorted(values))}
    return [order[value] for value in values]


def correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Pearson's coefficient; of ranks it is Spearman's."""
    mean_a, mean_b = sum(first) / len(first), sum(second) / len(second)
    both = sum((a - mean_a) * (b - mean_b) for a, b in zip(first, second, strict=True))
    spread = sum((a - mean_a) ** 2 for a in first) * sum((b - mean_b) ** 2 for b in second)
    return float(both / spread**0.5)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [([1, 2, 3], [2, 4, 6], 1.0), ([1, 2, 3], [3, 2, 1], -1.0), ([1, 2, 3, 4], [1, -1, -1, 1], 0.0)],
)
def test_the_coefficient_is_one(first: list[float], second: list[float], expected: float) -> None:
    assert correlation(first, second) == pytest.approx(expected)


def _chi(counted: Counter[object], cells: int = 16) -> float:
    expected = sum(counted.values()) / cells
    seen = [*counted.values(), *[0] * (cells - len(counted))]
    return sum((one - expected) ** 2 / expected for one in seen)


def _pairs(rows: Sequence[Sequence[object]]) -> list[tuple[str, object]]:
    return [(str(row[0]), row[1]) for row in rows]


def _slow(house: House) -> Reviews:
    """Reviews at a node that holds back what is accepted."""
    risk = RiskCheck(RecordCrowd(house.public), 1)
    return Reviews(
        house.private, house.clock, risk, ReviewTerms(publication_delay=HOURS), PublicTargets(house.public)
    )


def _accepted(house: House, reviews: Reviews) -> str:
    key = house.claimed()
    keep_details(house.side, house.people.reviewer, key)
    reviews.accept(house.people.reviewer, key)
    return key


def _released_at(house: House, key: str) -> object:
    with house.private.read() as session:
        return session.get_one(ReleaseRow, key).not_before


def _release_at(house: House, key: str, moment: object) -> None:
    with house.private.work() as session:
        session.get_one(ReleaseRow, key).not_before = moment


def _accepted_in_order(house: House, count: int, clock: Clock) -> list[str]:
    """So many accepted reports, a minute apart, put into the tables at once; oldest first."""
    keys = [random_key() for _ in range(count)]
    begun, who = clock() - timedelta(minutes=count), house.people.member
    with house.private.work() as session:
        for number, key in enumerate(keys):
            at = begun + timedelta(minutes=number)
            keys_of(session).make(session, key)
            session.execute(
                insert(Submission).values(
                    id=key,
                    organization_id=who.organization_id,
                    author_id=who.id,
                    channel="api",
                    state="accepted",
                    version=1,
                    lock=4,
                    sealed_title=sealed_title(session, key, "A report"),
                    receipt_hash=receipt_hash(key),
                    demo=False,
                    created_at=at,
                    updated_at=at,
                    submitted_at=at,
                )
            )
            session.execute(
                insert(SubmissionVersion).values(
                    submission_id=key,
                    number=1,
                    sealed_account=sealed_account(session, key, 1, {"title": "A report", "text": "A dose."}),
                    author_id=who.id,
                    created_at=at,
                )
            )
    return keys
