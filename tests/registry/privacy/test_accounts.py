"""A whole account: every field is looked at, a thing is decided once, hiding leaves nothing certain."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.privacy.accounts import Detail, details, texts, thing, without
from registry.privacy.findings import Kind

PHONE = "+254 712 345 678"
ACCOUNT: dict[str, Any] = {
    "language": "en",
    "title": f"Bot gave out {PHONE}",
    "text": f"The bot read Wanjiku Kamau her number, {PHONE}, aloud. Her address is 14 Moi Avenue, Flat 3.",
    "response": {"done": "We wrote to w.kamau@clinic.example.", "lessons": "Ask first."},
    "entities": {"harmed": ["Wanjiku Kamau"], "developers": ["Kamau Analytics"], "systems": ["Zuri"]},
    "links": ["https://news.example/story", "https://files.example/s/Zx81LmQ0aT?pw=harvest22"],
}


def by_kind(account: dict[str, Any], kind: Kind) -> list[Detail]:
    return [one for one in details(account) if one.kind is kind]


def all_of(account: dict[str, Any]) -> dict[str, Any]:
    found = details(account)
    return without(account, found, {one.thing for one in found})


def test_every_text_has_its_pointer_in_reading_order() -> None:
    assert [pointer for pointer, _ in texts(ACCOUNT)] == [
        "/title",
        "/text",
        "/response/done",
        "/response/lessons",
        "/entities/harmed/0",
        "/entities/developers/0",
        "/entities/systems/0",
        "/links/0",
        "/links/1",
    ]


def test_the_same_thing_in_two_fields_is_one_detail_with_two_spots() -> None:
    (phone,) = by_kind(ACCOUNT, Kind.PHONE)
    assert [spot.pointer for spot in phone.spots] == ["/title", "/text"]
    said = dict(texts(ACCOUNT))
    assert {said[spot.pointer][spot.start : spot.end] for spot in phone.spots} == {PHONE}


def test_organizations_and_products_are_no_persons() -> None:
    pointers = {spot.pointer for one in details(ACCOUNT) for spot in one.spots if not one.certain}
    assert "/entities/harmed/0" in pointers
    assert not any(pointer.startswith(("/entities/developers", "/entities/systems")) for pointer in pointers)


def test_certain_findings_count_in_the_name_of_an_organization_too() -> None:
    account = {"language": "en", "entities": {"deployers": [f"Clinic, call {PHONE}"]}}
    assert [one.kind for one in details(account)] == [Kind.PHONE]


def test_hiding_puts_the_same_placeholder_wherever_it_stands() -> None:
    (phone,) = by_kind(ACCOUNT, Kind.PHONE)
    changed = without(ACCOUNT, details(ACCOUNT), {phone.thing})
    assert changed["title"] == "Bot gave out [PHONE-1]"
    assert "her number, [PHONE-1], aloud" in changed["text"]
    assert "w.kamau@clinic.example" in changed["response"]["done"]  # was not among the things


def test_a_link_that_opens_something_is_left_out_as_a_whole() -> None:
    assert all_of(ACCOUNT)["links"] == ["https://news.example/story"]


def test_the_account_itself_is_not_changed() -> None:
    before = deepcopy(ACCOUNT)
    all_of(ACCOUNT)
    assert before == ACCOUNT


def test_hiding_nothing_changes_nothing() -> None:
    assert without(ACCOUNT, details(ACCOUNT), ()) == ACCOUNT


def test_an_empty_account_has_no_details() -> None:
    assert details({}) == []
    assert without({}, [], ()) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+254 712", "+254-712", True),
        ("A@B.example", "a@b.EXAMPLE", True),
        ("٠٧١٢", "0712", True),
        ("0712", "0713", False),
        ("\ud800", "\udfff", True),  # no letters at all: still no error
    ],
)
def test_spelling_makes_no_other_thing(one: str, other: str, same: bool) -> None:
    assert (thing(Kind.PHONE, one) == thing(Kind.PHONE, other)) is same
    assert thing(Kind.PHONE, one) != thing(Kind.EMAIL, one)


PIECES = (
    "call +254 712 345 678",
    "a.b@clinic.example",
    "(at) dot",
    "14 Moi Avenue, Flat 3",
    "-1.292066, 36.821946",
    "@amina_k",
    "https://files.example/s/Zx81LmQ0aT?pw=x1",
    "10.44.7.19",
    "4111 1111 1111 1111",
    "calle 13 # 45-67",
    "12",
    "N",
    "[PHONE-1]",
    "tent 14",
    "P.O. Box 1183",
    "الهاتف ٠٧٧٠ ٥٥٥ ٠١٨٤",
    "شارع ١٢، بيت ٤",
    "oh seven seven double oh nine",
    ",",
    ".",
    "/",
    "and",
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join),
    st.sampled_from(["en", "es", "ar"]),
)
def test_after_hiding_everything_nothing_certain_is_found_again(text: str, title: str, language: str) -> None:
    account = {"language": language, "title": title, "text": text, "links": [title] if title else []}
    again = [one for one in details(all_of(account)) if one.certain]
    assert again == []
