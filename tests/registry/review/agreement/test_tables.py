"""What is published of agreement: measures by facet, small counts gone."""

from __future__ import annotations

import pytest

from registry.review.agreement.alpha import alpha, masi
from registry.review.agreement.tables import FEWEST, MEASURED_FROM, NONE, Measure, measure_of, tabulate
from taxonomy import load

TAXONOMY = load()
A, B, C = "failure/bias", "failure/missed", "failure/drift"


@pytest.mark.parametrize(
    ("facet", "measure"),
    [
        ("kind", Measure.NOMINAL),
        ("severity", Measure.ORDINAL),
        *((name, Measure.MASI) for name in ("failure", "harm", "sector", "system")),
    ],
)
def test_how_each_facet_of_the_core_is_measured(facet: str, measure: Measure) -> None:
    assert measure_of(TAXONOMY.facets[facet]) is measure


@pytest.mark.parametrize("n", [0, FEWEST - 1, FEWEST, MEASURED_FROM - 1, MEASURED_FROM])
def test_small_numbers_are_not_told(n: int) -> None:
    pairs = [((A,), (B,) if number % 2 else (A,)) for number in range(n)]
    (line,) = tabulate(TAXONOMY, {"failure": pairs})
    assert line.n == (n if n >= FEWEST else 0)
    assert (line.alpha is not None) == (n >= MEASURED_FROM)
    assert all(one.count >= FEWEST for one in line.confusions)


def test_confusions_of_sets_do_not_say_who_chose_what() -> None:
    pairs = [((A, B), (A, C))] * FEWEST + [((C, A), (B, A))] * FEWEST + [((A,), (A, B))] * FEWEST
    (line,) = tabulate(TAXONOMY, {"failure": pairs})
    found = {(one.code, one.other): one.count for one in line.confusions}
    assert found == {(A, A): 3 * FEWEST, (C, B): 2 * FEWEST, (B, NONE): FEWEST}
    assert line.alpha == alpha([[frozenset(one), frozenset(other)] for one, other in pairs], masi)


def test_a_severity_that_is_not_known_has_no_rank() -> None:
    known = [(("severity/minor",), ("severity/serious",))] * 6 + [
        (("severity/none",), ("severity/none",))
    ] * 6
    unknown = [(("severity/unknown",), ("severity/minor",))] * FEWEST
    (line,) = tabulate(TAXONOMY, {"severity": known + unknown})
    (without,) = tabulate(TAXONOMY, {"severity": known})
    assert (line.n, line.alpha) == (12, without.alpha)
    assert ("severity/minor", "severity/unknown") in {(one.code, one.other) for one in line.confusions}
