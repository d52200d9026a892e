"""What detectors claim is settled without overlaps, and nothing a person can paste breaks the scan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.privacy import DETECTORS, TEXT_MAX, scan
from registry.privacy.findings import Detector, Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.scanning import LEAST_LEFT, settle

SPANS = st.builds(
    lambda start, length, kind, certain: Finding(start, start + length, kind, certain),
    st.integers(0, 60),
    st.integers(1, 20),
    st.sampled_from(Kind),
    st.booleans(),
)


def covered(findings: list[Finding]) -> set[int]:
    return {at for one in findings for at in range(one.start, one.end)}


@given(st.lists(SPANS, max_size=12))
def test_settled_findings_stand_in_order_and_never_overlap(claimed: list[Finding]) -> None:
    settled = settle(claimed)
    assert all(before.end <= after.start for before, after in pairwise(settled))


@given(st.lists(SPANS, max_size=12))
def test_nothing_certain_is_lost_and_nothing_doubtful_becomes_certain(claimed: list[Finding]) -> None:
    settled = settle(claimed)
    assert covered([one for one in settled if one.certain]) == covered(
        [one for one in claimed if one.certain]
    )
    assert covered(settled) <= covered(claimed)


@given(st.lists(SPANS, max_size=12))
def test_what_is_left_unasked_is_shorter_than_a_question_is_worth(claimed: list[Finding]) -> None:
    left = sorted(covered(claimed) - covered(settle(claimed)))
    run = longest = 0
    for before, at in zip([None, *left], left, strict=False):
        run = run + 1 if before is not None and at == before + 1 else 1
        longest = max(longest, run)
    assert longest < LEAST_LEFT


def test_overlapping_doubts_are_one_question_of_the_kind_of_the_longest() -> None:
    claimed = [Finding(0, 6, Kind.PERSON, certain=False), Finding(4, 20, Kind.JOB, certain=False)]
    assert settle(claimed) == [Finding(0, 20, Kind.JOB, certain=False)]


def test_doubts_that_touch_are_one_question_so_that_no_rest_of_two_is_left() -> None:
    claimed = [
        Finding(11, 28, Kind.PERSON, certain=False),
        Finding(28, 32, Kind.ID, certain=False),
        Finding(18, 25, Kind.PHONE, certain=True),
        Finding(29, 44, Kind.PHONE, certain=True),
    ]
    assert [(one.start, one.end) for one in settle(claimed)] == [(11, 18), (18, 25), (25, 29), (29, 44)]


def test_placeholders_are_not_looked_at_again() -> None:
    assert scan("[PHONE-1] and [CHECKED-ID-12] were hidden, [ADDRESS-3] too.", "en") == []


class Codewords:
    """A detector that an operator brings."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        at = text.text.find("bluebird") if language == "en" else -1
        if at >= 0:
            yield Finding(at, at + 8, Kind.PERSON, certain=True)


def test_a_detector_of_an_operator_plugs_in() -> None:
    own: Detector = Codewords()
    text = "the source we call \u200bblue\u200bbird said so"
    assert scan(text, "en") == []
    (found,) = scan(text, "en", [*DETECTORS, own])
    assert text[found.start : found.end] == "blue\u200bbird"
    assert (found.kind, found.certain) == (Kind.PERSON, True)
    assert scan(text, "fr", [own]) == []


HOSTILE = {
    "signs": "@" * TEXT_MAX,
    "combining": "a" + "\u0301" * (TEXT_MAX - 1),
    "surrogates": "\ud800\udfff" * 1000,
    "controls": "".join(map(chr, range(32))) * 50,
    "direction": "\u202e\u2066a1\u2069" * 1000,
    "zeros": "\0" * 1000,
    "emoji": "👩🏽\u200d⚕️" * 500,
    "brackets": "[(" * 5000,
    "digits": "1" * TEXT_MAX,
    "quotes": "'" * 5000,
    "wide": "９" * 5000,
    "empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_scanned_and_positions_stay_inside(name: str) -> None:
    text = HOSTILE[name]
    for language in ("en", "ar", "xx", ""):
        assert all(0 <= one.start < one.end <= len(text) for one in scan(text, language))


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="100000"):
        scan("a" * (TEXT_MAX + 1), "en")


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300) | st.text(alphabet="+0123456789 ()-./@:,ab°NE'\"#رقم شارع", max_size=300),
    st.sampled_from(["en", "fr", "es", "ar", "pt", "sw"]),
)
def test_any_text_can_be_scanned(text: str, language: str) -> None:
    found = scan(text, language)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
