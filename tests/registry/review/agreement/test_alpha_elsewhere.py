"""Alpha against another implementation, where that is installed (requirements-dev)."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.review.agreement.alpha import alpha, masi, nominal, ordinal

krippendorff = pytest.importorskip("krippendorff")

RATED = st.lists(st.lists(st.sampled_from("1234"), max_size=4), min_size=1, max_size=12)
SETS = st.frozensets(st.sampled_from("abcd"), min_size=1)


def oracle(found: list[list[int]], domain: int, measure: object) -> float:
    """What the package ``krippendorff`` makes of units of numbers below ``domain``."""
    width = max(map(len, found))
    filled = [[*map(float, unit), *[np.nan] * (width - len(unit))] for unit in found]
    data = np.array(filled).T
    result: float = krippendorff.alpha(
        reliability_data=data, level_of_measurement=measure, value_domain=np.arange(domain, dtype=float)
    )
    return result


def several(found: list[list[str]]) -> bool:
    return len(set(chain.from_iterable(unit for unit in found if len(unit) > 1))) > 1


@given(RATED.filter(several))
def test_any_ratings_are_measured_as_another_implementation_does(found: list[list[str]]) -> None:
    numbers = [["1234".index(value) for value in unit] for unit in found]
    assert alpha(found, nominal) == pytest.approx(oracle(numbers, 4, "nominal"))
    assert alpha(found, ordinal(found, "1234")) == pytest.approx(oracle(numbers, 4, "ordinal"))


@given(st.lists(st.lists(SETS, min_size=2, max_size=3), min_size=2, max_size=10))
def test_any_sets_are_measured_as_another_implementation_does(found: list[list[frozenset[str]]]) -> None:
    known = sorted(set(chain.from_iterable(found)), key=sorted)
    if len(known) < 2:
        assert alpha(found, masi) is None
        return

    def distances(v1: np.ndarray[Any, Any], v2: np.ndarray[Any, Any], **_: object) -> np.ndarray[Any, Any]:
        return np.vectorize(lambda a, b: masi(known[int(a)], known[int(b)]))(v1, v2)

    numbers = [[known.index(value) for value in unit] for unit in found]
    assert alpha(found, masi) == pytest.approx(oracle(numbers, len(known), distances))
