"""Names in free text: what counts as one, and what is a word like any other."""

from __future__ import annotations

import pytest

from registry.account import Account
from registry.account.mentions import mentioned

FOUND = [
    ("Fair Review", "They told Fair Review in May."),
    ("Fair Review", "FAIR REVIEW was told."),
    ("fair review", "Fair  Review was told."),
    ("Fair Review", "(Fair\nReview)"),
    ("Fair Review", "Fair\u200b Review was told."),
    ("Fair Review", "we told fair review, and nobody came"),
    ("R&D Lab (East)", "The R&D Lab (East) runs it."),
    (
        "\u0645\u0646\u0638\u0645\u0629",
        "\u0648\u0645\u0646\u0638\u0645\u0629 \u062a\u0639\u0631\u0641",
    ),
    ("\u5065\u5eb7\u7f51\u7edc", "\u7531\u5065\u5eb7\u7f51\u7edc\u8fd0\u884c"),
]
NOT = [
    ("Fair Review", "It was a fair review of the case."),
    ("Fair Review", "Fair Reviews were written."),
    ("Fair Review", "Unfair Review"),
    ("Fair Review", "Fair. Review it."),
    ("It", "It was IT."),
    ("", "Nothing."),
    (".*", "Anything at all."),
]


def told(text: str, where: str = "text") -> Account:
    if where == "response":
        return Account.from_json({"language": "en", "response": {"detected": text}})
    return Account.from_json({"language": "en", where: text})


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_a_name_is_found_as_names_are_written(name: str, text: str) -> None:
    assert mentioned(told(text), ["Somebody else", name, name]) == (name,)


@pytest.mark.parametrize(("name", "text"), NOT)
def test_words_are_no_names(name: str, text: str) -> None:
    assert mentioned(told(text), [name]) == ()


@pytest.mark.parametrize("where", ["title", "text"])
def test_it_is_looked_for_wherever_somebody_writes_freely(where: str) -> None:
    assert mentioned(told("Fair Review runs it.", where), ["Fair Review"]) == ("Fair Review",)


def test_what_a_field_names_is_no_text() -> None:
    named = Account.from_json({"entities": {"deployers": ["Fair Review"]}})
    assert mentioned(named, ["Fair Review"]) == ()
