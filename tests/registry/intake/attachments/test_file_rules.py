"""Rules of attachments: which names are what, what is said of the others, how much there is room for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import Invalid
from registry.intake.attachments import rules
from registry.intake.attachments.rules import (
    DAY_MAX,
    DESCRIPTION_MAX,
    ENDINGS,
    FILES_MAX,
    INSTEAD,
    REPORT_MAX,
    UNKNOWN,
    DayIsFull,
    FileTooLarge,
    Held,
    Kind,
    Media,
)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("photo.jpg", "jpg"),
        ("Photo.JPG", "jpg"),
        (" a.b.Png ", "png"),
        ("C:\\people\\Wanjiru.pdf", "pdf"),
        ("../../etc/passwd.txt", "txt"),
        ("photo", ""),
        (".jpg", ""),
        ("photo.", ""),
        ("", ""),
        ("photo.jpg\x00", ""),
        ("photo.j p", ""),
        ("صورة.png", "png"),
        ("photo.ｐｎｇ", ""),
        ("photo.waytoolong", ""),
    ],
)
def test_only_the_ending_of_a_name_counts(name: str, ending: str) -> None:
    assert rules.ending_of(name) == ending


def test_no_ending_is_ours_and_foreign() -> None:
    ours = [ending for endings in ENDINGS.values() for ending in endings]
    assert len(ours) == len(set(ours))
    assert not set(ours) & set(INSTEAD)


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("docx", "Office files"),
        ("xlsx", "Office files"),
        ("zip", "Archives"),
        ("svg", "Web pages"),
        ("html", "Web pages"),
        ("exe", "Programs"),
        ("mp4", "Sound and video"),
        ("mp3", "Sound and video"),
        ("heic", "Save it as JPEG or PNG"),
        ("eml", "Messages"),
        ("xyz", "This kind of file"),
        ("", "This kind of file"),
    ],
)
def test_each_refusal_says_what_to_do_instead(ending: str, words: str) -> None:
    assert rules.kind_by_ending(ending) is None
    assert words in rules.instead(ending)
    assert "attach" in rules.instead(ending).lower() or "Say in the report" in rules.instead(ending)
    assert rules.instead("unheard") == UNKNOWN


def test_every_kept_type_has_a_kind_and_an_ending_of_that_kind() -> None:
    for media in Media:
        assert media.ending in ENDINGS[media.kind]
    assert {media.kind for media in Media} == set(Kind)


@pytest.mark.parametrize(
    ("held", "taken", "kept", "refusal"),
    [
        (Held(0, 0, 0), 10, 10, None),
        (Held(FILES_MAX - 1, 0, 0), 10, 10, None),
        (Held(FILES_MAX, 0, 0), 10, 10, Invalid),
        (Held(1, REPORT_MAX - 10, 0), 10, 10, None),
        (Held(1, REPORT_MAX - 10, 0), 11, 11, FileTooLarge),
        (Held(1, 0, DAY_MAX - 10), 10, 10, None),
        (Held(1, 0, DAY_MAX - 10), 11, 1, DayIsFull),
    ],
)
def test_there_is_room_up_to_the_limit(
    held: Held, taken: int, kept: int, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        rules.make_room(held, taken=taken, kept=kept)
    else:
        with pytest.raises(refusal) as caught:
            rules.make_room(held, taken=taken, kept=kept)
        assert type(caught.value) is refusal


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "a\x00b", "\x07", "x" * (DESCRIPTION_MAX + 1)])
def test_a_description_says_something_and_not_too_much(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.described(text)
    assert [problem.pointer for problem in caught.value.problems] == ["/description"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=60))
def test_a_description_is_one_line_without_a_blank_too_many(text: str) -> None:
    if not text.strip():
        return
    kept = rules.described(text)
    assert kept.split() == text.split()
    assert rules.described(kept) == kept
