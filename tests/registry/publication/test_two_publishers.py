"""Two publishers at once: each report becomes exactly one record, however their steps mix."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from registry.errors import CommonsError, Conflict
from registry.publication.service import Parcel, Publication
from tests.registry.house import House, at_once
from tests.registry.publication.runs import AT_ANY_MOMENT, NEVER, TIME_UP, Runner, books_agree, published

STEPS = 4
MIXES = [
    tuple(1 if turn in second else 0 for turn in range(2 * STEPS))
    for second in itertools.combinations(range(2 * STEPS), STEPS)
]
"""Every order in which the four steps of two publishers can follow one another: 70 of them."""


def accept(house: House, count: int, prefix: str = "Report") -> dict[str, str]:
    """Accepted reports: title → id."""
    titles = [f"{prefix} {number}" for number in range(count)]
    return {title: house.accepted(title=title) for title in titles}


def publishing(door: Publication) -> Iterator[None]:
    """A publisher that waits after each of its steps."""
    door.reserve()
    yield
    parcels: Sequence[Parcel] = door.open_parcels()
    yield
    written = door.write(parcels)
    yield
    door.mark(written)
    yield


def test_there_are_seventy_ways_to_mix_their_steps() -> None:
    assert len(set(MIXES)) == 70


def test_every_mix_of_the_steps_of_two_publishes_once(house: House) -> None:
    """A report is accepted before each mix."""
    reports: dict[str, str] = {}
    door = house.side.publication
    for number, mix in enumerate(MIXES):
        title = f"Before mix {number}"
        reports[title] = house.accepted(title=title)
        publishers = publishing(door), publishing(door)
        for turn in mix:
            next(publishers[turn])
        assert house.state(reports[title]) == "published", mix
    books_agree(house, reports)


def test_threads_that_publish_at_once_publish_once(house: House) -> None:
    reports = accept(house, 8)
    results = at_once(4, lambda _: house.side.publication.publish_batch())
    assert not [result for result in results if isinstance(result, CommonsError)]
    books_agree(house, reports)


def test_processes_that_publish_at_once_publish_once(house: House) -> None:
    """Two processes open the door again and again while reports are being accepted, until they are killed."""
    reports: dict[str, str] = {}
    with Runner(house) as runner:
        runner.begin(AT_ANY_MOMENT, 1.2, again=True, count=2)
        reports |= accept(house, 12)
        assert runner.ended() == [TIME_UP, TIME_UP]
        runner.begin(NEVER, count=2)
        assert runner.ended() == [0, 0]
    books_agree(house, reports)


def test_what_is_taken_back_while_two_publish_is_either_gone_or_public(house: House) -> None:
    reports = accept(house, 6)
    titles = list(reports)

    def withdraw(number: int) -> object:
        return house.side.intake.withdraw(house.people.member, reports[titles[number]])

    acts: list[Callable[[], object]] = [
        house.side.publication.publish_batch,
        *(lambda number=number: withdraw(number) for number in range(len(titles))),
        house.side.publication.publish_batch,
    ]
    results = at_once(len(acts), lambda n: acts[n]())
    house.side.publication.publish_batch()
    assert {type(result) for result in results if isinstance(result, CommonsError)} <= {Conflict}
    assert not isinstance(results[0], CommonsError)
    assert not isinstance(results[-1], CommonsError)
    gone = {title for title, key in reports.items() if house.state(key) == "withdrawn"}
    told = zip(titles, results[1:-1], strict=True)
    assert gone == {title for title, result in told if not isinstance(result, CommonsError)}
    assert set(published(house)) == set(titles) - gone
    assert {house.state(reports[title]) for title in set(titles) - gone} <= {"published"}
    at_the_door = {row[0] for row in house.ask("SELECT submission_id FROM handover")}
    assert at_the_door == {reports[title] for title in set(titles) - gone}
