"""Words that give a withheld name away: taken out where nothing else is meant, named where it may be."""

from __future__ import annotations

import pytest

from registry.privacy.coarsening import DEFAULT, Levels, coarsen, left_standing
from tests.factories import account

HIDDEN = Levels(place="region", system="type", developers="described", organizations="withheld")


def told(text: str, **changes: object) -> dict[str, object]:
    names = {
        "systems": ["RationRank 9"],
        "developers": ["Kestrel Analytics"],
        "deployers": ["Zanafrika Trust"],
    }
    place = {"exact": "Lokichar dispensary"}
    return account(text=text, entities=names, place=place, countries=["KE"], **changes)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("RationRank and both RationRanks failed.", "[SYSTEM-1] and both [SYSTEM-1] failed."),
        ("Zanafrika's staff saw it.", "[ORGANIZATION-1] staff saw it."),
        ("Zanafrika’s staff saw it.", "[ORGANIZATION-1] staff saw it."),
        ("Near Lokichar it failed.", "Near [PLACE-1] it failed."),
    ],
)
def test_a_word_in_no_dictionary_is_taken_out_alone_too(text: str, public: str) -> None:
    raw = told(text)
    found = coarsen(raw, HIDDEN).account
    assert found["text"] == public
    assert coarsen(found, HIDDEN).account == found
    assert left_standing(raw, HIDDEN) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Then Kestrel told us.", "Kestrel"),
        ("It was Kestrel's fault.", "Kestrel's"),
        ("the rationranks failed in the end", "rationranks"),
        ("people of lokichar saw it", "lokichar"),
    ],
)
def test_a_word_that_could_be_another_stays_and_is_named(text: str, left: str) -> None:
    raw = told(text)
    assert coarsen(raw, HIDDEN).account["text"] == text
    assert left_standing(raw, HIDDEN) == (left,)


@pytest.mark.parametrize(
    "text",
    [
        "Trust in Health Analytics is low.",
        "The Dispensary closed.",
        "A kestrel flew over it.",
        "A kestrels' nest",
    ],
)
def test_ordinary_words_tell_nothing(text: str) -> None:
    raw = told(text)
    assert coarsen(raw, HIDDEN).account["text"] == text
    assert left_standing(raw, HIDDEN) == ()


def test_what_is_still_published_is_no_secret() -> None:
    names = {"systems": ["Zanafrika Bot"], "developers": ["Zanafrika"], "deployers": ["Kenya Lokichar Aid"]}
    raw = account(text="Zanafrika of Kenya answered.", entities=names, countries=["KE"])
    levels = Levels(system="type", organizations="withheld")
    assert coarsen(raw, levels).account["text"] == raw["text"]
    assert left_standing(raw, levels) == ()
    further = levels.joined(Levels(developers="withheld", place="withheld"))
    assert "Zanafrika" not in coarsen(raw, further).account["text"]
    assert left_standing(raw, DEFAULT) == ()


def test_without_a_dictionary_nothing_is_taken_out_and_all_is_named() -> None:
    raw = told("Zanafrika walisema.") | {"language": "sw"}
    assert coarsen(raw, HIDDEN).account["text"] == "Zanafrika walisema."
    assert left_standing(raw, HIDDEN) == ("Zanafrika",)


def test_arabic_has_no_capital_letters_and_is_named() -> None:
    names = {"deployers": ["مؤسسة زنافريكا"]}
    raw = account(text="قالت زنافريكا إن النظام أخطأ", entities=names) | {"language": "ar"}
    levels = Levels(organizations="withheld")
    assert coarsen(raw, levels).account["text"] == raw["text"]
    assert left_standing(raw, levels) == ("زنافريكا",)
