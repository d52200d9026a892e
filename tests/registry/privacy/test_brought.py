"""What of a foreign model's answer is believed, and where it stands in the folded text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.privacy import DETECTORS, Kind, Span, scan
from registry.privacy.brought import believed
from registry.privacy.findings import Finding
from registry.privacy.folding import Folded, fold

TEXT = "the source we call blue\u200bbird said so"


@pytest.mark.parametrize(
    ("span", "kind", "certain"),
    [
        (Span(19, 28, "person"), Kind.PERSON, False),
        (Span(19, 28, "phone", True), Kind.PHONE, True),
        ((19, 28, Kind.ID), Kind.ID, False),
        ((19, 28, "checked-id", True), Kind.CHECKED_ID, True),
    ],
)
def test_a_span_of_a_known_kind_is_believed(span: tuple[object, ...], kind: Kind, certain: bool) -> None:
    found, refused = believed([span], fold(TEXT))
    assert found == [Finding(19, 27, kind, certain)]
    assert refused == 0


@pytest.mark.parametrize(
    "span",
    [
        Span(0, 3, "weather"),
        Span(0, 3, "PERSON"),
        Span(-1, 3, "person"),
        Span(3, 3, "person"),
        Span(5, 3, "person"),
        Span(0, len(TEXT) + 1, "person"),
        Span(23, 24, "person"),  # nothing but the invisible letter
        (0, 3),
        (0, 3, "person", 1),
        (0.0, 3, "person", False),
        (True, 3, "person", False),
        (0, 3, None, False),
        (0, 3, ["person"], False),
        "person",
        None,
        {"start": 0, "end": 3, "kind": "person"},
    ],
)
def test_anything_else_is_refused(span: object) -> None:
    assert believed([span], fold(TEXT)) == ([], 1)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_a_span_comes_back_to_the_letters_it_was_said_of(text: str, start: int, length: int) -> None:
    folded = fold(text)
    found, refused = believed([Span(start, start + length, "person")], folded)
    assert len(found) + refused == 1
    for one in found:
        first, last = folded.span(one.start, one.end)
        assert start <= first < last
        assert fold(text[start : start + length]).text == "" or first < start + length


class Once:
    """A detector that finds one word, to see that what it says is settled with our own findings."""

    def find(self, text: Folded, _language: str) -> list[Finding]:
        return believed([Span(0, 30, "id")], text)[0]


def test_what_a_model_doubts_leaves_what_is_certain_alone() -> None:
    found = scan("call +254 712 345 678 before noon", "en", [*DETECTORS, Once()])
    assert [(one.kind, one.certain) for one in found if one.kind is Kind.PHONE] == [(Kind.PHONE, True)]
    assert all(before.end <= after.start for before, after in pairwise(found))
