"""Alpha against published worked examples."""

from __future__ import annotations

import pytest

from registry.review.agreement.alpha import alpha, masi, nominal, ordinal

GAP = "."


def units(*rows: str) -> list[list[str]]:
    """Units of the rows of coders, a character a value; a point where somebody said nothing."""
    return [[value for value in unit if value != GAP] for unit in zip(*rows, strict=True)]


TWO_VALUES = units("0100000000", "1110010010")
FIVE_NAMES = units("aabbdcccedda", "babbbccceddd")
FOUR_CODERS = units("123321412...", "1233224125..", ".33323422513", "12332441251.")
THREE_CODERS = units(".....34121133.3", "1.213343.......", "..21344.21133.4")


def test_two_coders_and_two_values() -> None:
    """Krippendorff 2011, section A."""
    assert alpha(TWO_VALUES, nominal) == pytest.approx(0.095, abs=0.0005)


def test_two_coders_and_five_names() -> None:
    """Krippendorff 2011, section B."""
    assert alpha(FIVE_NAMES, nominal) == pytest.approx(0.692, abs=0.0005)


def test_four_coders_and_gaps() -> None:
    """Krippendorff 2011, section C and the section on other metrics."""
    assert alpha(FOUR_CODERS, nominal) == pytest.approx(0.743, abs=0.0005)
    assert alpha(FOUR_CODERS, ordinal(FOUR_CODERS, "12345")) == pytest.approx(0.815, abs=0.0005)


def test_three_coders_of_whom_one_says_little() -> None:
    """The worked example of the article "Krippendorff's alpha" of Wikipedia."""
    assert alpha(THREE_CODERS, nominal) == pytest.approx(0.691, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("ab", "ab", 0.0),
        ("ab", "abcd", 2 / 3),  # the documented example of NLTK, whose M is rounded to 0.67
        ("abc", "bcd", 1 - 1 / 3 * 1 / 2),
        ("a", "b", 1.0),
        ("a", "ab", 1 - 2 / 3 * 1 / 2),
    ],
)
def test_masi_as_passonneau_defines_it(one: str, other: str, distance: float) -> None:
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(distance)
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(distance)


@pytest.mark.parametrize("nothing", [[], [["a"], ["b"]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_pairs_or_nothing_differs_there_is_no_alpha(nothing: list[list[str]]) -> None:
    assert alpha(nothing, nominal) is None
