"""Things of an account: one for the same words everywhere, and exact places after others were hidden."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.intake.personal.things import hidden, name_of, things, things_of_title
from registry.privacy.accounts import Detail, texts
from tests.factories import account

NAME, MAIL, PHONE = "Wanjiru Kamau", "wanjiru.kamau@clinic.example", "+254 712 345 678"
PROFILE = "https://example.org/people?id=4711&token=Zk81qXv0Lm29TtBc"


def told(**changes: Any) -> dict[str, Any]:
    """An account with a person, an e-mail address and a telephone number in many fields."""
    whole: dict[str, Any] = account(
        title=f"{NAME} was refused",
        text=f"The clerk, Mrs {NAME}, wrote from {MAIL}. Call {PHONE}.\nThen {NAME} left; call {PHONE}.",
        response={"done": f"We called {PHONE}.", "lessons": f"Ask {NAME} first, or {MAIL}."},
        entities={"harmed": [NAME, "A patient"], "deployers": ["A clinic network"]},
    )
    return whole | changes


def thing(found: tuple[Detail, ...], words: str) -> Detail:
    return next(one for one in found if one.thing == name_of(words))


def said(raw: dict[str, Any], found: Detail) -> set[str]:
    """What stands at every spot of a detail."""
    where = dict(texts(raw))
    return {where[spot.pointer][spot.start : spot.end] for spot in found.spots}


def test_the_same_words_are_one_thing_in_every_field() -> None:
    raw = told()
    found = things(raw)
    assert len({one.thing for one in found}) == len(found)
    fields = {words: {spot.pointer for spot in thing(found, words).spots} for words in (NAME, MAIL, PHONE)}
    assert fields[NAME] >= {"/title", "/text", "/response/lessons", "/entities/harmed/0"}
    assert fields[MAIL] == {"/text", "/response/lessons"}
    assert fields[PHONE] == {"/text", "/response/done"}
    assert len([spot for spot in thing(found, PHONE).spots if spot.pointer == "/text"]) == 2
    assert said(raw, thing(found, NAME)) == {NAME}


def test_words_that_no_detector_saw_in_another_place_belong_to_the_thing() -> None:
    """Detectors judge by context; a name in a bare list of words is none to them."""
    odd = f"zx {NAME} zx"
    raw = told(response={"done": odd, "lessons": ""})
    found = thing(things(raw), NAME)
    assert "/response/done" in {spot.pointer for spot in found.spots}
    shown, _ = hidden(raw, things(raw), {found.thing})
    assert NAME not in json.dumps(shown)


def test_what_is_hidden_is_hidden_inside_longer_words_too() -> None:
    raw = told()
    found = things(raw)
    shown, left = hidden(raw, found, {name_of(NAME)})
    assert NAME not in json.dumps(shown)
    assert "The clerk, Mrs [PERSON-1], wrote from" in shown["text"]
    assert not any(NAME in words for one in left for words in said(shown, one))


def test_part_of_a_longer_word_is_another_word() -> None:
    raw = told(response={"done": f"{NAME}s and Pre{NAME}", "lessons": ""})
    shown, _ = hidden(raw, things(raw), {name_of(NAME)})
    assert shown["response"]["done"] == f"{NAME}s and Pre{NAME}"
    assert NAME not in shown["text"]


@pytest.mark.parametrize("other", ["WANJIRU KAMAU", "Wanjiru  Kamau", "Wanjiru-Kamau", "wanjiru kamau"])
def test_another_spelling_is_the_same_thing(other: str) -> None:
    assert name_of(other) == name_of(NAME)


@pytest.mark.parametrize("other", ["Wanjiru Kamal", "Kamau Wanjiru", "Wanjiru", ""])
def test_other_words_are_another_thing(other: str) -> None:
    assert name_of(other) != name_of(NAME)


def test_links_with_something_hidden_are_left_out_and_the_others_move_up() -> None:
    raw = told(links=[f"https://example.org/x?mail={MAIL}", "https://example.org/notice", PROFILE])
    found = things(raw)
    gone = {one.thing for one in found if any(spot.pointer == "/links/0" for spot in one.spots)}
    assert gone
    shown, left = hidden(raw, found, gone)
    assert MAIL not in json.dumps(shown["links"])
    assert "https://example.org/notice" in shown["links"]
    where = dict(texts(shown))
    for one in left:
        for spot in one.spots:
            assert name_of(where[spot.pointer][spot.start : spot.end]) == one.thing


def test_marks_that_somebody_typed_are_not_given_out_again() -> None:
    raw = told(text=f"It said [PERSON-1] and [PHONE-7]. Mrs {NAME} called {PHONE}.")
    found = things(raw)
    first, left = hidden(raw, found, {name_of(NAME)})
    second, _ = hidden(first, left, {name_of(PHONE)})
    assert "[PERSON-1] and [PHONE-7]. Mrs [PERSON-2] called [PHONE-8]." in second["text"]


def test_a_number_no_mark_has_room_for_breaks_nothing() -> None:
    raw = told(text=f"See [PHONE-9999]. Call {PHONE} or write to {MAIL}.")
    shown, left = hidden(raw, things(raw), {name_of(PHONE)})
    assert PHONE not in shown["text"]
    assert said(shown, thing(left, MAIL)) == {MAIL}


def test_a_title_by_itself_knows_what_was_hidden_elsewhere() -> None:
    """Read alone, a title may hold words that only the whole text shows to be a name."""
    for title in (f"zx {NAME} zx", f"{NAME}: a report", f"On ({NAME})"):
        found = things_of_title(title, "en", {name_of(NAME)})
        shown, _ = hidden({"title": title}, found, {name_of(NAME)})
        assert NAME not in shown["title"]


def test_spaces_that_a_detector_took_along_hide_nothing_less() -> None:
    """Here the second name is found with the space before it, and the first is part of a longer one."""
    raw = told(text=f"Amina Yusuf {NAME} {PHONE} Amina Yusuf")
    found = things(raw)
    assert thing(found, "Amina Yusuf").text == " Amina Yusuf"
    shown, _ = hidden(raw, found, {name_of(NAME), name_of("Amina Yusuf")})
    assert "Amina Yusuf" not in shown["text"]


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(
        st.sampled_from([NAME, MAIL, PHONE, "Amina Yusuf", "the", "clinic", "é", "\u200d", "م"]), max_size=25
    ),
    first=st.sets(st.sampled_from([NAME, MAIL, PHONE, "Amina Yusuf"])),
    second=st.sets(st.sampled_from([NAME, MAIL, PHONE, "Amina Yusuf"])),
)
def test_places_stay_exact_through_two_stages(words: list[str], first: set[str], second: set[str]) -> None:
    raw = told(text=" ".join(words), links=[f"https://example.org/?m={MAIL}", "https://example.org/b"])
    found = things(raw)
    shown, left = hidden(raw, found, set(map(name_of, first)))
    public, last = hidden(shown, left, set(map(name_of, second)))
    for account_then, details_then in ((raw, found), (shown, left), (public, last)):
        where = dict(texts(account_then))
        for one in details_then:
            for spot in one.spots:
                assert name_of(where[spot.pointer][spot.start : spot.end]) == one.thing
    everything = json.dumps(public, ensure_ascii=False)
    for words_gone in first | second:
        if any(one.thing == name_of(words_gone) for one in found):
            assert words_gone not in everything
