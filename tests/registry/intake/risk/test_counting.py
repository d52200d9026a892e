"""What is counted: by pure rules, by the crowd in public, and nothing private below five (P5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, reduce
from itertools import pairwise, product
from operator import or_

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.intake.risk.rules import FEWEST, NEEDED, Counted, smallest, way
from registry.privacy.coarsening import DEFAULT, LADDERS, SEARCHED, Levels, Rungs, finest, outline, rungs
from registry.privacy.coarsening.ladders import MOST_EXACT
from registry.record import store
from registry.record.crowd import RecordCrowd
from registry.record.types import Origin, RecordState, RecordType, Tombstone
from tests.factories import account
from tests.registry.alike import put
from tests.registry.house import House
from tests.registry.privacy.coarsening.samples import exact

TOLD = finest(
    account(place={"exact": "Clinic 5"}, happened={"from": "2026-03-05"}, entities={"systems": ["X"]})
)
ALL = [
    Levels(**dict(zip(SEARCHED, chosen, strict=True)))
    for chosen in product(*(LADDERS[ladder] for ladder in SEARCHED))
]
"""Every point of the lattice."""
POINTS = [rungs(levels) for levels in ALL]


def fewest_steps(enough: Iterable[Levels], start: Levels = DEFAULT) -> Levels | None:
    wanted = {rungs(levels) for levels in enough}
    return smallest(start, TOLD, lambda at: rungs(at) in wanted)


def test_the_smallest_change_is_the_fewest_steps() -> None:
    far, near = Levels(place="withheld", date="year"), Levels(date="quarter")
    assert fewest_steps([far, near]) == near
    assert fewest_steps([DEFAULT, near]) == DEFAULT
    assert fewest_steps([]) is None


def test_of_equally_few_steps_those_that_leave_what_is_needed_most() -> None:
    one_step = [
        Levels(system="type"),
        Levels(place="region"),
        Levels(date="month"),
    ]
    for number in range(len(one_step)):
        assert fewest_steps(one_step[number:]) == one_step[-1]
        assert fewest_steps(one_step[: number + 1]) == one_step[number]


def test_silence_is_no_change() -> None:
    """Only this one point is left out: everything withheld, the year, the type."""
    silence = Levels("withheld", "year", "range", "type", "described", "described", "withheld")
    told = finest(exact())
    assert smallest(DEFAULT, told, lambda at: at == silence) is None
    almost = silence.with_rung("place", "region")
    assert smallest(DEFAULT, told, lambda at: at in (silence, almost)) == almost


def test_what_the_account_does_not_say_is_no_step() -> None:
    told = finest(account(happened={"from": "2026"}, countries=[], entities={}, links=[]))
    seen: list[Levels] = []
    assert smallest(DEFAULT, told, lambda at: bool(seen.append(at))) is None
    assert seen == [DEFAULT]


def test_the_way_there_goes_step_by_step_what_is_needed_least_first() -> None:
    end = Levels(place="region", date="quarter", system="type")
    steps = list(way(DEFAULT, TOLD, end))
    assert [(ladder, before, getattr(after, ladder)) for ladder, before, after in steps] == [
        ("date", "day", "month"),
        ("date", "month", "quarter"),
        ("place", "country", "region"),
        ("system", "name", "type"),
    ]
    assert steps[-1][2] == end
    assert all(later.covers(earlier) for (*_, earlier), (*_, later) in pairwise(steps))


def test_every_searched_ladder_has_its_place_in_the_order() -> None:
    assert sorted(NEEDED) == sorted(SEARCHED)


rung_numbers = st.tuples(*(st.integers(0, len(LADDERS[ladder]) - 1) for ladder in SEARCHED))
populations = st.dictionaries(
    st.sampled_from([f"organization {n}" for n in range(9)]), st.frozensets(rung_numbers, max_size=3)
)
public = st.dictionaries(rung_numbers, st.integers(1, 6), max_size=4)
queries = st.lists(st.sampled_from(ALL), min_size=4, max_size=4)
Waiting = Mapping[str, frozenset[Rungs]]


def answers(counted: Counted, asked: list[Levels]) -> list[object]:
    """All that a reviewer is told: counts, whether there is a crowd, and what would be enough."""
    told = [(counted.published(at), counted.crowded(at), counted.total(at)) for at in asked]
    found = smallest(asked[0], MOST_EXACT, lambda at: counted.total(at) >= FEWEST)
    return [*told, found, [counted.total(at) for _, _, at in way(asked[0], MOST_EXACT, found or asked[0])]]


@cache
def from_there_on(first: Rungs) -> int:
    """The points of the lattice at or beyond these rungs, as bits."""
    return sum(1 << n for n, at in enumerate(POINTS) if reaches(at, first))


def reaches(at: Rungs, first: Rungs) -> bool:
    return all(here >= there for here, there in zip(at, first, strict=True))


def crowds(waiting: Waiting) -> list[Rungs]:
    """Every point at which five organizations or more have a report, found without the rules."""
    at_least = [(1 << len(POINTS)) - 1, *[0] * FEWEST]
    for held in waiting.values():
        here = reduce(or_, map(from_there_on, held), 0)
        for count in range(FEWEST, 0, -1):
            at_least[count] |= at_least[count - 1] & here
    return [at for n, at in enumerate(POINTS) if at_least[FEWEST] >> n & 1]


@given(public, populations, queries, st.integers(0, FEWEST - 1))
@settings(max_examples=250, deadline=None)
def test_no_small_count_of_private_reports_can_be_told(
    seen: dict[Rungs, int], waiting: Waiting, asked: list[Levels], count: int
) -> None:
    """P5, four queries a try: where there is no crowd, each count from 0 to 4 gives the same answers.

    For whatever was asked, another population is made that answers everything alike and has just
    ``count`` organizations there; so neither one answer nor the difference of two tells how many.
    """
    there = Counted(seen, waiting)
    minimal = crowds(waiting)
    assert [there.crowded(at) for at in asked] == [rungs(at) in minimal for at in asked]
    bare = [at for at in asked if not there.crowded(at)]
    for at in bare[:1]:
        others = {f"other {n}": frozenset(minimal) for n in range(FEWEST)}
        others |= {f"other {n}": frozenset((*minimal, rungs(at))) for n in range(count)}
        instead = Counted(seen, others)
        wanted = rungs(at)
        shown = [
            any(all(a >= b for a, b in zip(wanted, r, strict=True)) for r in held) for held in others.values()
        ]
        assert sum(shown) == count
        assert answers(instead, asked) == answers(there, asked)


@given(public, populations, st.sampled_from(ALL), st.sampled_from(ALL))
@settings(max_examples=200, deadline=None)
def test_coarser_rungs_never_count_fewer(
    seen: dict[Rungs, int], waiting: Waiting, here: Levels, there: Levels
) -> None:
    counted, further = Counted(seen, waiting), here.joined(there)
    assert counted.published(further) >= counted.published(here)
    assert counted.total(further) >= counted.total(here)
    assert counted.crowded(further) or not counted.crowded(here)


def alike(house: House, raw: dict[str, object], levels: Levels = DEFAULT, *, demo: bool = False) -> int:
    """How many public reports look like an account, asked of a crowd that just began to look."""
    shared = RecordCrowd(house.public).shared(outline(raw), demo=demo)
    return Counted(shared, {}).published(levels)


def test_what_counts_in_public(wary: House) -> None:
    """Reports that organizations told, as they are now; on both engines."""
    crowd = RecordCrowd(wary.public)

    def count(*, demo: bool = False) -> int:
        shared = Counted(crowd.shared(outline(account()), demo=demo), {})
        assert shared.published(DEFAULT) == alike(wary, account(), demo=demo), "followed as read anew"
        return shared.published(DEFAULT)

    assert count() == 0
    put(wary.public, wary.clock, 1, 2)
    assert count() == 2
    put(wary.public, wary.clock, 3, origin=Origin.EXTERNAL)
    put(wary.public, wary.clock, 4, state=RecordState.RETRACTED)
    put(wary.public, wary.clock, 5, kind=RecordType.INCIDENT)
    put(wary.public, wary.clock, 6, demo=True)
    assert count() == 2
    assert count(demo=True) == 3
    put(wary.public, wary.clock, 7, origin=Origin.PEER, state=RecordState.DISPUTED)
    assert count() == 3
    with wary.public.work() as session:
        first = store.load(session, "AIR-ABCDEFGHIJ-2026-900001")
        moved = account(classification=account()["classification"] | {"sector": ["sector/justice"]})
        store.revise(session, type(first).from_json(first.to_json() | {"account": moved}))
    assert count() == 2
    with wary.public.work() as session:
        day = wary.clock.now.date()
        store.erase(session, Tombstone("AIR-ABCDEFGHIJ-2026-900002", "a mistake", day))
    assert count() == 1


MARCH = {"from": "2026-03", "to": None}
DISTRICT, SYSTEM = {"place": {"district": "Turkana"}}, {"entities": {"systems": ["X1 Bot"]}}
KINDS: list[tuple[str, dict[str, object], dict[str, object], str, str]] = [
    # what differs, ours, theirs, the ladder on which they meet, from which rung on (or never)
    ("nothing", {}, {}, "place", "exact"),
    ("a district", {"place": {"district": "Turkana"}}, {}, "place", "country"),
    (
        "the same district",
        {"place": {"district": "Turkana"}},
        {"place": {"district": "turkana "}},
        "place",
        "exact",
    ),
    ("another country", {}, {"countries": ["UG"]}, "place", "region"),
    ("a region that ours lies in", {}, {"countries": ["withheld"], "regions": ["014"]}, "place", "exact"),
    ("another region", {}, {"countries": ["FR"]}, "place", "withheld"),
    ("a withheld place", {}, {"countries": ["withheld"]}, "place", "withheld"),
    ("a quarter that ours lies in", {"happened": MARCH}, {"happened": {"from": "2026-Q1"}}, "date", "day"),
    ("another month", {"happened": MARCH}, {"happened": {"from": "2026-02"}}, "date", "quarter"),
    ("another quarter", {"happened": MARCH}, {"happened": {"from": "2026-04-01"}}, "date", "year"),
    ("another year", {"happened": MARCH}, {"happened": {"from": "2025"}}, "date", "never"),
    (
        "another day",
        {"happened": {"from": "2026-03-05"}},
        {"happened": {"from": "2026-03-06"}},
        "date",
        "month",
    ),
    ("the month of our day", {"happened": {"from": "2026-03-05"}}, {"happened": MARCH}, "date", "month"),
    (
        "the same day",
        {"happened": {"from": "2026-03-05"}},
        {"happened": {"from": "2026-03-05"}},
        "date",
        "day",
    ),
    ("no date", {}, {"happened": None}, "date", "never"),
    ("a date that is withheld", {}, {"happened": {"from": "withheld"}}, "date", "never"),
    ("no date of ours", {"happened": {"from": "unknown"}}, {}, "date", "day"),
    (
        "another system",
        {"entities": {"systems": ["X1 Bot"]}},
        {"entities": {"systems": ["Y"]}},
        "system",
        "type",
    ),
    (
        "the same system",
        {"entities": {"systems": ["X1 Bot"]}},
        {"entities": {"systems": ["x1-bot"]}},
        "system",
        "name",
    ),
    ("no developer", {}, {"entities": {"deployers": ["A clinic"]}}, "developers", "described"),
    ("no organization", {}, {"entities": {"developers": ["X"]}}, "organizations", "described"),
    ("no source", {}, {"links": []}, "links", "withheld"),
]


@pytest.mark.parametrize(("what", "ours", "theirs", "ladder", "rung"), KINDS, ids=[kind[0] for kind in KINDS])
def test_from_which_rung_on_a_record_looks_like_ours(
    small_wary: House, what: str, ours: dict[str, object], theirs: dict[str, object], ladder: str, rung: str
) -> None:
    put(small_wary.public, small_wary.clock, 1, **theirs)
    silent = Levels("withheld", "year", "range", "type", "withheld", "withheld", "withheld")
    found = [
        name for name in LADDERS[ladder] if alike(small_wary, account(**ours), silent.with_rung(ladder, name))
    ]
    assert found[:1] == ([] if rung == "never" else [rung]), what


def test_other_fields_and_kinds_of_systems_never_look_alike(small_wary: House) -> None:
    coded = account()["classification"]
    put(small_wary.public, small_wary.clock, 1, classification=coded | {"sector": ["sector/justice"]})
    put(small_wary.public, small_wary.clock, 2, classification=coded | {"system": ["system/scoring"]})
    both = ["sector/justice", "sector/health"]
    put(small_wary.public, small_wary.clock, 3, classification=coded | {"sector": both})
    silent = Levels("withheld", "year", "range", "type", "withheld", "withheld", "withheld")
    assert alike(small_wary, account(), silent) == 1
    assert alike(small_wary, account(classification=coded | {"sector": both}), silent) == 2
    assert alike(small_wary, account(classification=coded | {"sector": []}), silent) == 2
