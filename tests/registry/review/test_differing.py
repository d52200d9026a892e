"""Words that changed between two texts: nothing is lost, nothing made up, and little work."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.review.differing import Change, Piece, differ

SAME, GONE, NEW = Change.SAME, Change.GONE, Change.NEW
TEXTS = st.text(alphabet="ab [PHONE-1]\n.ب", max_size=80)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("Call Ada.", "Call Ada.", [(SAME, "Call Ada.")]),
        ("Call Ada.", "Call [PERSON-1].", [(SAME, "Call "), (GONE, "Ada"), (NEW, "[PERSON-1]"), (SAME, ".")]),
        (
            "Call [PHONE-1].",
            "Call [PHONE-2].",
            [(SAME, "Call "), (GONE, "[PHONE-1]"), (NEW, "[PHONE-2]"), (SAME, ".")],
        ),
        ("", "New", [(NEW, "New")]),
        ("Old", "", [(GONE, "Old")]),
        ("جرعة مزدوجة", "جرعة واحدة", [(SAME, "جرعة "), (GONE, "مزدوجة"), (NEW, "واحدة")]),
    ],
)
def test_words_are_told_apart(old: str, new: str, pieces: list[tuple[Change, str]]) -> None:
    assert differ(old, new) == tuple(Piece(*piece) for piece in pieces)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(old: str, new: str) -> None:
    pieces = differ(old, new)
    assert "".join(one.text for one in pieces if one.change is not NEW) == old
    assert "".join(one.text for one in pieces if one.change is not GONE) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(f"w{n % 97}" for n in range(5_000)), " ".join(f"w{n % 89}" for n in range(5_000))),
        ("a\n" * 10_000, "b\n" * 10_000),
        ("ab " * 6_000, "ba " * 6_000),
    ],
)
def test_the_longest_texts_take_little_work(old: str, new: str) -> None:
    began = time.process_time()
    pieces = differ(old, new)
    assert time.process_time() - began < 5
    assert "".join(one.text for one in pieces if one.change is not NEW) == old


def test_of_a_long_text_only_the_paragraphs_that_changed_are_told() -> None:
    before = [f"Paragraph {number}: " + "word " * 60 for number in range(60)]
    after = [*before[:30], "Paragraph 30: another " + "word " * 60, *before[31:]]
    changed = [one for one in differ("\n".join(before), "\n".join(after)) if one.change is not SAME]
    assert changed == [Piece(NEW, " another")]
