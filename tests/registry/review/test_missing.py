"""What is open is told all at once, each with what to do."""

from __future__ import annotations

from itertools import product

import pytest

from registry.errors import NotReady
from registry.intake.rules import State
from registry.review.missing import CODING, DETAILS, EXACTNESS, RELATION, Open, missing
from tests.registry.alike import put
from tests.registry.house import House, services

RECORD = "AIR-ABCDEFGHIJ-2026-900001"


@pytest.mark.parametrize("details", [0, 3])
@pytest.mark.parametrize(("risk", "relation"), list(product([False, True], repeat=2)))
@pytest.mark.parametrize("facets", [(), ("severity",), ("kind", "harm")])
def test_every_mixture_names_exactly_what_is_open(
    details: int, risk: bool, relation: bool, facets: tuple[str, ...]
) -> None:
    found = missing(Open(details, risk, 5, relation, facets))
    named = [problem.pointer for problem in found]
    expected = [RELATION] * relation + [f"{CODING}/{facet}" for facet in facets]
    assert named == expected + [DETAILS] * bool(details) + [EXACTNESS] * risk
    said = " ".join(map(str, found))
    assert ("3" in said) == bool(details)
    assert ("fewer than 5" in said) == risk


def test_one_refusal_lists_details_risk_and_relation(house: House) -> None:
    put(house.public, house.clock, 1)
    side, people = services(house.private, house.public, house.clock, threshold=5), house.people
    key = house.draft(text="The clerk, Mrs Wanjiru Kamau, wrote from wanjiru.kamau@clinic.example.")
    things = [one.detail.thing for one in side.personal.found(people.member, key).decided]
    side.personal.choose(people.member, key, dict.fromkeys(things, "keep"), expected=None)
    side.same_event.attach(people.member, key, RECORD, expected=None)
    side.intake.submit(people.member, key)
    side.reviews.claim(people.reviewer, key)
    with pytest.raises(NotReady) as refused:
        side.reviews.accept(people.reviewer, key)
    assert [problem.pointer for problem in refused.value.problems] == [RELATION, DETAILS, EXACTNESS]
    assert all(str(problem) in refused.value.text for problem in refused.value.problems)
    view = side.reviews.read(people.reviewer, key)
    assert (view.submission.summary.state, view.decisions) == (State.IN_REVIEW, ())
